package vector

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"
	"testing/fstest"

	"lifecircle/coverage"
	"lifecircle/coverage/message"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// files is a file system of texts.
func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

func mustRead(t *testing.T, fsys fs.FS, name string, o Options) (*Layer, *coverage.Issues) {
	t.Helper()
	issues := &coverage.Issues{KeepAll: true}
	l, err := Read(context.Background(), fsys, name, o, issues, nil)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return l, issues
}

// wantError reads and wants a coverage.Error with a key of the catalogue.
func wantError(t *testing.T, fsys fs.FS, name string, o Options, code coverage.Code, key string) *coverage.Error {
	t.Helper()
	l, err := Read(context.Background(), fsys, name, o, &coverage.Issues{}, nil)
	var e *coverage.Error
	if !errors.As(err, &e) || e.Code != code || e.Key != key {
		t.Fatalf("%s: got %v, %v; want %s %s", name, l, err, code, key)
	}
	if !message.Has(key) || strings.Contains(e.In("zh"), "{") {
		t.Errorf("%s: message of %s has a hole: %s", name, key, e.In("zh"))
	}
	return e
}

// keys lists the issues as "row key".
func keys(issues *coverage.Issues) []string {
	var out []string
	for _, i := range issues.List() {
		s := i.Message()
		if !message.Has(i.Key) || strings.ContainsAny(strings.ReplaceAll(s.ZH+s.EN, i.Value, ""), "{}") {
			out = append(out, "no whole message for "+i.Key+": "+s.EN)
		}
		out = append(out, strings.TrimPrefix(i.Key, "vector."))
	}
	return out
}

// shared is the folder of real data, or the test is skipped.
func shared(t testing.TB) fs.FS {
	dir := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("real data are not here: ../shared/data beside the repository")
	}
	return os.DirFS(dir)
}

func TestRealFiles(t *testing.T) {
	data := shared(t)
	tests := []struct {
		name, format, crs string
		features          int
		column            string
		first             any
	}{
		{"comoros/zones.gpkg", "gpkg", "EPSG:4326", 3, "GID_1", "COM.1_1"},
		{"comoros/health.gpkg", "gpkg", "EPSG:4326", 70, "amenity", "pharmacy"},
		{"comoros/water.gpkg", "gpkg", "EPSG:4326", 121, "waterway", "stream"},
		{"china/gcj02/420100.json", "geojson", "", 13, "adcode", int64(420102)},
		{"china/gcj02/330900.json", "geojson", "", 4, "name", "定海区"},
		{"china/wgs84/selected_counties_wkt.csv", "csv", "", 50, "name", "昌黎县"},
		{"china/wuhan-worldpop/wuhan-boundary.shp", "shapefile", "", 1, "name", "武汉市"},
		{"accessmod-demo/road__demo/road__demo/road__demo.shp", "shapefile", "", 825, "class", int64(1005)},
		{"accessmod-demo/zone_admin__city/zone_admin__city/zone_admin__city.shp", "shapefile", "", 3, "zone", "amMedCity"},
	}
	for _, tt := range tests {
		l, issues := mustRead(t, data, tt.name, Options{})
		var want []string
		if tt.format == "geojson" { // their outer rings run clockwise
			want = []string{"geojson.winding"}
		}
		if l.Format != tt.format || l.CRS != tt.crs || len(l.Features) != tt.features || !slices.Equal(keys(issues), want) {
			t.Errorf("%s: %s, %s, %d features, issues %v", tt.name, l.Format, l.CRS, len(l.Features), keys(issues))
			continue
		}
		if c := l.Column(tt.column); c < 0 || l.Features[0].Values[c] != tt.first {
			t.Errorf("%s: %s is %v of %v", tt.name, tt.column, l.Features[0].Values, l.Columns)
		}
	}
}

func TestDetectRefuses(t *testing.T) {
	fsys := files("empty.geojson", "", "a.shp", "hello", "a.dbf", "x", "a.docx", "hello", "b.gpkg", "not a database")
	wantError(t, fsys, "missing.gpkg", Options{}, coverage.NotFound, "vector.file.missing")
	wantError(t, os.DirFS(t.TempDir()), "../a.shp", Options{}, coverage.NotFound, "vector.file.unreadable")
	wantError(t, fsys, "empty.geojson", Options{}, coverage.Unusable, "vector.file.empty")
	wantError(t, fsys, "a.shp", Options{}, coverage.Unusable, "vector.file.corrupt")
	wantError(t, fsys, "b.gpkg", Options{}, coverage.Unusable, "vector.file.corrupt")
	wantError(t, fsys, "a.dbf", Options{}, coverage.Unusable, "vector.file.sidefile")
	wantError(t, fsys, "a.docx", Options{}, coverage.Unsupported, "vector.file.format")
}

func TestPolygons(t *testing.T) {
	cw := orb.Ring{{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}}
	ccwHole := orb.Ring{{1, 1}, {2, 1}, {2, 2}, {1, 1}}
	g := orb.Collection{orb.Polygon{cw, ccwHole}, orb.MultiPolygon{{cw.Clone()}}}
	mp, ok := Polygons(g)
	if !ok || len(mp) != 2 || mp[0][0].Orientation() != orb.CCW || mp[0][1].Orientation() != orb.CW || planar.Area(mp) != 31.5 {
		t.Errorf("%v, %v", mp, ok)
	}
	if cw.Orientation() != orb.CW || ccwHole.Orientation() != orb.CCW {
		t.Error("the caller's rings were turned")
	}
	open := orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {0, 4}}}
	for _, g := range []orb.Geometry{nil, orb.Point{}, orb.Collection{}, orb.MultiPolygon{}, open, orb.Collection{orb.Polygon{cw}, orb.Point{}}} {
		if mp, ok := Polygons(g); ok {
			t.Errorf("%v gave %v", g, mp)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, fsys := range samples(t) {
		if l, err := Read(ctx, fsys, name, Options{}, &coverage.Issues{}, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, %v", name, l, err)
		}
	}
}

func TestMaxBytes(t *testing.T) {
	for _, name := range []string{"a.csv", "a.shp"} {
		wantError(t, samples(t)[name], name, Options{MaxBytes: 10}, coverage.Unusable, "vector.file.large")
	}
}

// samples is a small file of every format, each with the same two features.
func samples(t testing.TB) map[string]fstest.MapFS {
	shp, dbf := makeShapefile([]shapeRecord{
		{5, polygonContent(0, orb.Ring{{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}}, orb.Ring{{1, 1}, {2, 1}, {2, 2}, {1, 1}})},
		{5, polygonContent(0, orb.Ring{{8, 0}, {8, 4}, {12, 4}, {8, 0}})},
	}, []dbfColumn{{"name", 'C', 10, 0}}, [][]string{{"甲"}, {"乙"}})
	set := fstest.MapFS{"a.shp": {Data: shp}, "a.dbf": {Data: dbf}}
	return map[string]fstest.MapFS{
		"a.geojson": files("a.geojson", `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"甲"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[2,2],[2,1],[1,1]]]}},
{"type":"Feature","properties":{"name":"乙"},"geometry":{"type":"Polygon","coordinates":[[[8,0],[12,4],[8,4],[8,0]]]}}]}`),
		"a.csv": files("a.csv", "name,wkt\n甲,\"POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 2,2 1,1 1))\"\n乙,\"POLYGON((8 0,12 4,8 4,8 0))\"\n"),
		"a.kml": files("a.kml", `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<Placemark><name>甲</name><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,4 0,0</coordinates></LinearRing></outerBoundaryIs>
<innerBoundaryIs><LinearRing><coordinates>1,1 2,2 2,1 1,1</coordinates></LinearRing></innerBoundaryIs></Polygon></Placemark></Folder>
<Placemark><name>乙</name><Polygon><outerBoundaryIs><LinearRing><coordinates>8,0,0 12,4,0 8,4,0 8,0,0</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
</Document></kml>`),
		"a.shp":  set,
		"a.zip":  {"a.zip": {Data: zipped(t, map[string][]byte{"县界/a.shp": shp, "县界/a.dbf": dbf})}},
		"a.gpkg": {"a.gpkg": {Data: makePackage(t, twoPolygons)}},
	}
}

// Every format gives the same two features.
func TestFormatsAgree(t *testing.T) {
	for name, fsys := range samples(t) {
		l, issues := mustRead(t, fsys, name, Options{})
		if len(l.Features) != 2 || l.Rows != 2 || issues.RowsRead != 2 || len(issues.List()) != 0 {
			t.Fatalf("%s: %d features of %d rows, %v", name, len(l.Features), l.Rows, keys(issues))
		}
		c := l.Column("NAME")
		for i, want := range []struct {
			name string
			area float64
		}{{"甲", 15.5}, {"乙", 8}} {
			f := l.Features[i]
			mp, ok := Polygons(f.Geometry)
			if !ok || planar.Area(mp) != want.area || f.Values[c] != want.name || f.Ref.File != name || f.Ref.Row < 1 || f.Ref.Sheet != l.Name {
				t.Errorf("%s: %v (%v), area %v, %v", name, f, l.Columns, planar.Area(mp), f.Ref)
			}
			if orb.Equal(mp, orb.MultiPolygon{f.Geometry.(orb.Polygon)}) != true {
				t.Errorf("%s: rings not wound: %v", name, f.Geometry)
			}
		}
	}
}

// A file cut short anywhere gives an error that names it, or the whole content
// (what is cut was white space or padding); never a part of it as if whole.
func TestTruncated(t *testing.T) {
	for name, fsys := range samples(t) {
		whole := fsys[name].Data
		for _, n := range cuts(len(whole)) {
			short := fstest.MapFS{}
			for k, v := range fsys {
				short[k] = v
			}
			short[name] = &fstest.MapFile{Data: whole[:n]}
			issues := &coverage.Issues{}
			l, err := Read(context.Background(), short, name, Options{}, issues, nil)
			var e *coverage.Error
			switch {
			case err == nil && len(l.Features) == 2:
			case err == nil && issues.Fatal() > 0 && name == "a.csv":
			case err == nil && name == "a.csv" && bytes.ContainsAny(whole[n-1:n+1], "\n"): // a table may end at any row
			case !errors.As(err, &e) || !strings.Contains(e.Error(), name):
				t.Fatalf("%s cut to %d of %d bytes: %v, %v", name, n, len(whole), l, err)
			}
		}
	}
}

// cuts are up to 200 lengths below n.
func cuts(n int) []int {
	var out []int
	for i := 0; i < n; i += max(1, n/200) {
		out = append(out, i)
	}
	sort.Ints(out)
	return out
}

func readOrFail(b *testing.B, fsys fs.FS, name string) *Layer {
	b.Helper()
	l, err := Read(context.Background(), fsys, name, Options{}, &coverage.Issues{}, nil)
	if err != nil {
		b.Fatal(err)
	}
	return l
}

func benchmark(b *testing.B, fsys fstest.MapFS, name string) {
	b.Helper()
	b.SetBytes(int64(len(fsys[name].Data)))
	b.ReportAllocs()
	for b.Loop() {
		if l := readOrFail(b, fsys, name); len(l.Features) != 3000 {
			b.Fatal(len(l.Features))
		}
	}
}
