package vector

import (
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/data/datatest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// ogrSource is what GDAL is given to write in every format: Chinese names, a
// hole, an island in a lake, several parts, heights, missing values.
const ogrSource = `{"type":"FeatureCollection","name":"镇界","features":[
{"type":"Feature","properties":{"名称":"岱山县高亭镇","code":330921001,"share":0.125,"note":null},
 "geometry":{"type":"MultiPolygon","coordinates":[[[[122,30],[123,30],[123,31],[122,31],[122,30]],[[122.2,30.2],[122.2,30.8],[122.8,30.8],[122.8,30.2],[122.2,30.2]]],[[[122.4,30.4],[122.6,30.4],[122.6,30.6],[122.4,30.4]]]]}},
{"type":"Feature","properties":{"名称":"衢山镇","code":330921100,"share":null,"note":"岛"},
 "geometry":{"type":"MultiPolygon","coordinates":[[[[124,30],[125,30],[125,31],[124,30]]]]}}]}`

// ogr runs ogr2ogr from the file in dir and returns the file that it wrote.
func ogr(t testing.TB, dir, source, out string, args ...string) {
	t.Helper()
	tool := datatest.Program(t, "ogr2ogr", "gdal-bin")
	cmd := exec.Command(tool, append(args, out, source)...)
	cmd.Dir = dir
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("ogr2ogr %v: %v\n%s", args, err, text)
	}
}

// GDAL writes the same features in many ways; all of them read back the same.
func TestOGRVariants(t *testing.T) {
	tests := []struct {
		name, out string
		args      []string
		z, text   bool // loses Z; every attribute is text
		o         Options
	}{
		{name: "utf-8", out: "a.shp", args: []string{"-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"}},
		{name: "gbk", out: "a.shp", args: []string{"-f", "ESRI Shapefile", "-lco", "ENCODING=GBK"}},
		{name: "cp936 without .cpg", out: "a.shp", args: []string{"-f", "ESRI Shapefile", "-lco", "ENCODING=CP936"}},
		{name: "polygon z", out: "a.shp", args: []string{"-f", "ESRI Shapefile", "-lco", "SHPT=POLYGONZ", "-lco", "ENCODING=UTF-8"}, z: true},
		{name: "polygon m", out: "a.shp", args: []string{"-f", "ESRI Shapefile", "-lco", "SHPT=POLYGONM", "-lco", "ENCODING=UTF-8"}, z: true},
		{name: "zip", out: "a.shz", args: []string{"-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8"}},
		{name: "geopackage", out: "a.gpkg", args: []string{"-f", "GPKG"}},
		{name: "geopackage z", out: "a.gpkg", args: []string{"-f", "GPKG", "-dim", "XYZ"}, z: true},
		{name: "geopackage zm", out: "a.gpkg", args: []string{"-f", "GPKG", "-dim", "XYZM"}, z: true},
		{name: "geojson", out: "a.geojson", args: []string{"-f", "GeoJSON"}},
		{name: "geojson 2008", out: "a.geojson", args: []string{"-f", "GeoJSON", "-lco", "RFC7946=NO"}},
		{name: "csv", out: "a.csv", args: []string{"-f", "CSV", "-lco", "GEOMETRY=AS_WKT"}, text: true},
		{name: "csv tab", out: "a.csv", args: []string{"-f", "CSV", "-lco", "GEOMETRY=AS_WKT", "-lco", "SEPARATOR=TAB"}, text: true},
		{name: "kml", out: "a.kml", args: []string{"-f", "KML"}, text: true},
	}
	want, _ := mustRead(t, files("s.geojson", ogrSource), "s.geojson", Options{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "s.geojson"), []byte(ogrSource), 0o600); err != nil {
				t.Fatal(err)
			}
			ogr(t, dir, "s.geojson", tt.out, append(tt.args, "-nlt", "PROMOTE_TO_MULTI")...)
			if tt.name == "cp936 without .cpg" {
				_ = os.Remove(filepath.Join(dir, "a.cpg"))
			}
			got, issues := mustRead(t, os.DirFS(dir), tt.out, tt.o)
			if n := issues.Count("vector.z_dropped"); (n == 1) != tt.z || int(n) != len(issues.List()) {
				t.Errorf("issues %v", keys(issues))
			}
			sameFeatures(t, want, got, tt.text)
		})
	}
}

// sameFeatures compares area, bounds, parts and the values of named columns.
func sameFeatures(t *testing.T, want, got *Layer, text bool) {
	t.Helper()
	if len(got.Features) != len(want.Features) {
		t.Fatalf("%d features, want %d", len(got.Features), len(want.Features))
	}
	for i, w := range want.Features {
		g := got.Features[i]
		a, okA := Polygons(w.Geometry)
		b, okB := Polygons(g.Geometry)
		if !okA || !okB || len(a) != len(b) || math.Abs(planar.Area(a)-planar.Area(b)) > 1e-12 || a.Bound() != b.Bound() {
			t.Errorf("feature %d: %v, want %v", i, b, a)
		}
		for c, name := range want.Columns {
			v := w.Values[c]
			if f, isFloat := v.(float64); text && v != nil && !isFloat {
				v = fmt.Sprint(v)
			} else if text && isFloat {
				v = fmt.Sprint(f)
			}
			k := got.Column(name)
			if k < 0 {
				t.Errorf("no column %s in %v", name, got.Columns)
				continue
			}
			if diff := cmp.Diff(v, g.Values[k]); diff != "" {
				t.Errorf("feature %d, %s: %s", i, name, diff)
			}
		}
	}
}

// The real counties, written by GDAL as a Shapefile (which turns and regroups
// rings) and as a GeoPackage, keep their parts, areas and names.
func TestOGRCounties(t *testing.T) {
	data := shared(t)
	for _, name := range []string{"china/gcj02/330900.json", "china/gcj02/420100.json"} {
		doc, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		want, _ := mustRead(t, data, name, Options{})
		want.Columns = []string{"adcode", "name"}
		for out, option := range map[string]string{"a.shp": "ENCODING=GB18030", "a.gpkg": "SPATIAL_INDEX=NO"} {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "s.json"), doc, 0o600); err != nil {
				t.Fatal(err)
			}
			ogr(t, dir, "s.json", out, "-select", "adcode,name", "-lco", option, "-nlt", "PROMOTE_TO_MULTI")
			got, issues := mustRead(t, os.DirFS(dir), out, Options{})
			if len(issues.List()) != 0 {
				t.Errorf("%s: %v", out, keys(issues))
			}
			sameCounties(t, want, got)
		}
	}
}

func sameCounties(t *testing.T, want, got *Layer) {
	t.Helper()
	for i, w := range want.Features {
		a, _ := Polygons(w.Geometry)
		b, ok := Polygons(got.Features[i].Geometry)
		if !ok || len(a) != len(b) || math.Abs(planar.Area(a)-planar.Area(b)) > 1e-12 || a.Bound() != b.Bound() {
			t.Errorf("%v: %d parts, area %v; want %d, %v", w.Values[1], len(b), planar.Area(b), len(a), planar.Area(a))
		}
		if got.Features[i].Values[got.Column("name")] != w.Values[1] {
			t.Errorf("name %v, want %v", got.Features[i].Values, w.Values[1])
		}
	}
}

// counties are n star-shaped polygons of many positions with a hole and an
// island, about as detailed as the counties of China.
func counties(n, positions int) string {
	var b strings.Builder
	b.WriteString(`{"type":"FeatureCollection","features":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		x, y := float64(i%60), float64(i/60)
		fmt.Fprintf(&b, `{"type":"Feature","properties":{"adcode":%d,"name":"县%d"},"geometry":{"type":"MultiPolygon","coordinates":[[`, 100000+i, i)
		star(&b, x, y, 0.5, positions)
		b.WriteByte(',')
		star(&b, x, y, 0.1, 20)
		b.WriteString(`],[`)
		star(&b, x, y, 0.05, 20)
		b.WriteString(`]]}}`)
	}
	b.WriteString(`]}`)
	return b.String()
}

func star(b *strings.Builder, x, y, r float64, n int) {
	b.WriteByte('[')
	for i := range n + 1 {
		a := 2 * math.Pi * float64(i%n) / float64(n)
		d := r * (0.8 + 0.2*math.Cos(float64(i%n)))
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(b, "[%.7f,%.7f]", x+d*math.Cos(a), y+d*math.Sin(a))
	}
	b.WriteByte(']')
}

func BenchmarkGeoJSON3000Counties(b *testing.B) {
	benchmark(b, files("a.json", counties(3000, 1000)), "a.json")
}

func BenchmarkShapefile3000Counties(b *testing.B) {
	l := benchmarkLayer(b)
	var records []shapeRecord
	var rows [][]string
	for _, f := range l.Features {
		var rings []orb.Ring
		for _, p := range f.Geometry.(orb.MultiPolygon) {
			for _, r := range p {
				rings = append(rings, reversed(r))
			}
		}
		records = append(records, shapeRecord{5, polygonContent(0, rings...)})
		rows = append(rows, []string{fmt.Sprint(f.Values[0]), fmt.Sprint(f.Values[1])})
	}
	shp, dbf := makeShapefile(records, []dbfColumn{{"adcode", 'N', 10, 0}, {"name", 'C', 20, 0}}, rows)
	set := files("a.shp", string(shp), "a.dbf", string(dbf))
	benchmark(b, set, "a.shp")
}

func benchmarkLayer(b *testing.B) *Layer {
	b.Helper()
	return readOrFail(b, files("a.json", counties(3000, 1000)), "a.json")
}
