package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

var collections = []string{
	"/facilities", "/zones", "/demand", "/coverage", "/gaps", "/circles", "/circles?kind=clinic&within=300km",
	"/coverage?kind=clinic&within=100m", "/gaps?kind=clinic&within=100m", "/demand?zone=b&limit=2",
	"/route?kind=clinic&from=179.99,-16.005&landmass=off", "/route?kind=clinic&from=-179.99,-16.005&landmass=off", "/isochrone?from=179.999,-16.005&within=300m,5km&landmass=off",
}

// atDateLine is a town of four cells on both sides of the antimeridian.
func atDateLine() *coverage.Dataset {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 179.98, Y0: -16, DX: 0.01, DY: 0.01, Cols: 4, Rows: 1}
	ds := &coverage.Dataset{
		Demand:     &coverage.DemandSet{Grid: spec, Groups: []string{"all"}, Pop: [][]float32{{1, 2, 3, 4}}},
		Facilities: []coverage.Facility{{ID: "F", Kind: "clinic", At: orb.Point{179.999, -16.005}, Landmass: -1}},
		Zones: []coverage.Zone{{ID: "z", Name: "z", Level: "island", Parent: -1, Geometry: orb.MultiPolygon{
			{{{179.98, -16.01}, {180.02, -16.01}, {180.02, -16}, {179.98, -16}, {179.98, -16.01}}},
		}}},
	}
	for c := range int32(4) {
		x, y := spec.Centre(c)
		d := ds.Demand
		d.Cell, d.At, d.Zone = append(d.Cell, c), append(d.At, orb.Point{x, y}), append(d.Zone, 0)
		d.Landmass, d.Setting = append(d.Landmass, -1), append(d.Setting, coverage.SettingAny)
	}
	return ds
}

func TestStrictGeoJSON(t *testing.T) {
	for name, ds := range map[string]*coverage.Dataset{"town": town(), "date line": atDateLine()} {
		h := serve(ds)
		for _, target := range collections {
			if name == "date line" {
				if strings.Contains(target, "zone=") {
					continue
				}
				if !strings.Contains(target, "within") && !strings.HasPrefix(target, "/route") && !strings.HasPrefix(target, "/demand") && !strings.HasPrefix(target, "/zones") && !strings.HasPrefix(target, "/facilities") {
					target += "?kind=clinic&within=1km"
				}
			}
			checkCollection(t, name+target, get(t, h, target).Body.Bytes())
		}
	}
}

var tooLong = regexp.MustCompile(`[0-9]\.[0-9]{8,}`)

func checkCollection(t *testing.T, name string, body []byte) {
	t.Helper()
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		t.Fatalf("%s: %v: %s", name, err, body)
	}
	if string(raw["type"]) != `"FeatureCollection"` || raw["crs"] != nil || raw["features"] == nil {
		t.Fatalf("%s: %.200s", name, body)
	}
	var c collection
	if err := json.Unmarshal(body, &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Features) == 0 {
		t.Errorf("%s: empty", name)
	}
	if len(c.BBox) != 4 {
		t.Fatalf("%s: bbox %v", name, c.BBox)
	}
	ids := map[string]bool{}
	for _, f := range c.Features {
		if f.Type != "Feature" || f.Properties == nil || ids[fmt.Sprint(f.ID)] {
			t.Errorf("%s: feature %v of type %s", name, f.ID, f.Type)
		}
		ids[fmt.Sprint(f.ID)] = true
		if tooLong.Match(f.Geometry) {
			t.Errorf("%s: more than seven decimals: %s", name, f.Geometry)
		}
		checkGeometry(t, name, f.Geometry, c.BBox)
	}
}

func checkGeometry(t *testing.T, name string, text []byte, box []float64) {
	t.Helper()
	var g struct {
		Type        string
		Coordinates json.RawMessage
	}
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	into := func(v any) {
		if err := json.Unmarshal(g.Coordinates, v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	switch g.Type {
	case "Point":
		var p [2]float64
		into(&p)
		checkPosition(t, name, p, box)
	case "Polygon":
		var p [][][2]float64
		into(&p)
		checkPolygon(t, name, p, box)
	case "MultiPolygon":
		var m [][][][2]float64
		into(&m)
		if len(m) < 2 {
			t.Errorf("%s: %d polygons in a MultiPolygon", name, len(m))
		}
		for _, p := range m {
			checkPolygon(t, name, p, box)
		}
	case "LineString":
		var l [][2]float64
		into(&l)
		checkLine(t, name, l, box)
	case "MultiLineString":
		var m [][][2]float64
		into(&m)
		if len(m) < 2 {
			t.Errorf("%s: %d lines in a MultiLineString", name, len(m))
		}
		for _, l := range m {
			checkLine(t, name, l, box)
		}
	default:
		t.Errorf("%s: geometry %s", name, g.Type)
	}
}

func checkLine(t *testing.T, name string, l [][2]float64, box []float64) {
	t.Helper()
	if len(l) < 2 {
		t.Errorf("%s: a line of %d positions", name, len(l))
	}
	for i, at := range l {
		checkPosition(t, name, at, box)
		if i > 0 && math.Abs(at[0]-l[i-1][0]) > 180 {
			t.Errorf("%s: crosses the antimeridian: %v", name, l)
		}
	}
}

func checkPolygon(t *testing.T, name string, p [][][2]float64, box []float64) {
	t.Helper()
	for i, ring := range p {
		if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
			t.Errorf("%s: ring not closed: %v", name, ring)
		}
		var twice float64
		for k, at := range ring {
			checkPosition(t, name, at, box)
			if k > 0 {
				before := ring[k-1]
				twice += (before[0]-ring[0][0])*(at[1]-ring[0][1]) - (at[0]-ring[0][0])*(before[1]-ring[0][1])
				if math.Abs(at[0]-before[0]) > 180 {
					t.Errorf("%s: crosses the antimeridian: %v", name, ring)
				}
			}
		}
		if (twice > 0) != (i == 0) {
			t.Errorf("%s: ring %d turns the wrong way", name, i)
		}
	}
}

func checkPosition(t *testing.T, name string, p [2]float64, box []float64) {
	t.Helper()
	in := p[0] >= box[0] && p[0] <= box[2]
	if box[0] > box[2] {
		in = p[0] >= box[0] || p[0] <= box[2]
	}
	if !in || p[1] < box[1] || p[1] > box[3] || math.Abs(p[0]) > 180 {
		t.Errorf("%s: %v is not in bbox %v", name, p, box)
	}
}

// Boxes and clicks work on both sides of the antimeridian.
func TestDateLine(t *testing.T) {
	h := serve(atDateLine())
	for target, want := range map[string]int{
		"/demand?bbox=179,-17,-179,-15":                              4,
		"/demand?bbox=179,-17,180,-15":                               2, // the third cell begins at 180, as -180
		"/demand?bbox=-180,-17,-179,-15":                             2,
		"/demand?bbox=-179.995,-17,-179,-15":                         2,
		"/zones?bbox=-179.99,-17,-179,-15":                           1,
		"/zones?bbox=-179.97,-17,179.97,-15":                         0,
		"/circles?kind=clinic&within=1km&bbox=-180,-17,-179.995,-15": 1,
	} {
		if c := decode[collection](t, get(t, h, target)); c.NumberMatched != want {
			t.Errorf("%s: %d, want %d", target, c.NumberMatched, want)
		}
	}
	project := decode[struct{ BBox [4]float64 }](t, get(t, h, "/project"))
	if project.BBox != [4]float64{179.98, -16.01, -179.98, -16} {
		t.Errorf("the project lies in %v", project.BBox)
	}
	for _, lon := range []string{"-179.985", "-179.995", "179.995", "179.985"} {
		f := decode[feature](t, get(t, h, "/at?kind=clinic&within=1km&lat=-16.005&lon="+lon))
		if pop := f.Properties["pop"].(map[string]any)["all"]; pop != map[string]float64{"179.985": 1, "179.995": 2, "-179.995": 3, "-179.985": 4}[lon] {
			t.Errorf("at %s: %v people", lon, pop)
		}
	}
}

// GDAL sees the features that we say there are.
func TestGDALReadsGeoJSON(t *testing.T) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		if os.Getenv("LIFECIRCLE_REQUIRE") == "all" {
			t.Fatal("ogrinfo (gdal-bin) is not installed")
		}
		t.Skip("ogrinfo (gdal-bin) is not installed")
	}
	h, dir := serve(town()), t.TempDir()
	for i, target := range collections {
		body := get(t, h, target).Body.Bytes()
		var c collection
		if err := json.Unmarshal(body, &c); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, strconv.Itoa(i)+".geojson")
		if err := os.WriteFile(file, body, 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command("ogrinfo", "-al", "-so", file).CombinedOutput()
		if err != nil || strings.Contains(string(out), "Warning") || strings.Contains(string(out), "ERROR") {
			t.Errorf("%s: %v\n%s", target, err, out)
		}
		if !strings.Contains(string(out), fmt.Sprintf("Feature Count: %d\n", len(c.Features))) || !strings.Contains(string(out), "WGS 84") {
			t.Errorf("%s: %d features, but\n%s", target, len(c.Features), out)
		}
	}
}
