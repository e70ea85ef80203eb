package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"
	"lifecircle/coverage/message"
	"lifecircle/data/export"
	"lifecircle/data/raster"
	"lifecircle/data/vector"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "write the golden files")

// islands is two islands with a clinic on the one; cells are 100 m. The run asks
// for a clinic within 150 m: on island a the cells beside C are served, diagonal
// ones too; island b is out of reach.
func islands(t testing.TB) (*coverage.Dataset, *coverage.Run) {
	ds := coveragetest.Town{
		Zones: `
			aaaa~~bb
			aaaa~~bb`,
		People: `
			1111..21
			11.1..13`,
		Groups: map[string]string{"60+": `
			1.......
			.......2`},
		Facilities: `
			...C....
			........`,
		Kinds: map[byte]string{'C': "clinic"},
		Rural: "b",
	}.Dataset()
	ds.Note = coverage.Text{ZH: "示意数据", EN: "illustrative data"}
	ds.Facilities[0].Name, ds.Facilities[0].Capacity = "=1+1, \"卫生院\"", 12.5
	ds.Facilities[0].Source = coverage.Ref{File: "a.xlsx", Sheet: "表", Row: 7}
	threshold, err := coverage.ParseThreshold("150m")
	if err != nil {
		t.Fatal(err)
	}
	run, err := analysis.New(ds, "test").Run(context.Background(), analysis.Choice{
		AdHoc: []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: threshold}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return ds, run
}

var fixed = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func write(t testing.TB, ds *coverage.Dataset, run *coverage.Run, o export.Options) []byte {
	t.Helper()
	o.At = fixed
	var b bytes.Buffer
	if err := export.Layer(context.Background(), &b, ds, run, o, nil); err != nil {
		t.Fatalf("%s as %s: %v", o.Layer, o.Format, err)
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got, see -update):\n%s", name, diff)
	}
}

func TestGolden(t *testing.T) {
	ds, run := islands(t)
	run.Hash, run.Options = "hash", coverage.RunOptions{} // held by package analysis
	for i := range run.Coverage[0].Gaps {
		run.Coverage[0].Gaps[i].AreaM2 = math.Round(run.Coverage[0].Gaps[i].AreaM2)
	}
	for _, layer := range export.Layers() {
		golden(t, layer+".geojson", write(t, ds, run, export.Options{Layer: layer, Format: "geojson"}))
		golden(t, layer+".csv", write(t, ds, run, export.Options{Layer: layer, Format: "csv", Lang: "zh", BOM: true}))
	}
}

// Every layer and format gives the same bytes twice.
func TestDeterministic(t *testing.T) {
	ds, run := islands(t)
	for _, layer := range export.Layers() {
		for _, format := range export.Formats() {
			o := export.Options{Layer: layer, Format: format, Lang: "zh"}
			if o.Validate() != nil {
				continue
			}
			if !bytes.Equal(write(t, ds, run, o), write(t, ds, run, o)) {
				t.Errorf("%s as %s differs from one time to the next", layer, format)
			}
		}
	}
}

// The features read back from GeoJSON and GeoPackage are those of the dataset
// and the run.
func TestReadBack(t *testing.T) {
	ds, run := islands(t)
	want := map[string]int{
		"facilities": 1, "zones": len(ds.Zones), "demand": ds.Demand.Len(),
		"coverage": len(run.Coverage[0].Rows), "gaps": len(run.Coverage[0].Gaps),
	}
	for _, format := range []string{"geojson", "gpkg"} {
		for layer, n := range want {
			b := write(t, ds, run, export.Options{Layer: layer, Format: format})
			var issues coverage.Issues
			name := "x." + format
			l, err := vector.Read(context.Background(), fstest.MapFS{name: {Data: b}}, name, vector.Options{}, &issues, nil)
			if err != nil {
				t.Fatal(err)
			}
			without := 0 // rows of the whole area have no geometry
			for _, r := range run.Coverage[0].Rows {
				if layer == "coverage" && r.Zone == "" {
					without++
				}
			}
			if format == "geojson" && issues.Fatal() != 0 || format == "gpkg" && issues.Fatal() != int64(without) {
				t.Errorf("%s %s: %d faults", layer, format, issues.Fatal())
			}
			if len(l.Features) != n-without {
				t.Errorf("%s %s: %d features, want %d", layer, format, len(l.Features), n-without)
			}
			checkBack(t, ds, run, layer, l)
		}
	}
}

// checkBack compares shapes to the centimetre that GeoJSON keeps.
func checkBack(t *testing.T, ds *coverage.Dataset, run *coverage.Run, layer string, l *vector.Layer) {
	t.Helper()
	const cm = 2e-7
	for i, f := range l.Features {
		var want orb.Bound
		switch layer {
		case "facilities":
			want = ds.Facilities[i].At.Bound()
		case "zones":
			want = ds.Zones[i].Geometry.Bound()
		case "gaps":
			want = run.Coverage[0].Gaps[i].Geometry.Bound()
		case "demand":
			w, s, e, n := ds.Demand.Grid.Bounds(ds.Demand.Cell[i])
			want = orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, n}}
		default:
			continue
		}
		got := f.Geometry.Bound()
		if planar.Distance(got.Min, want.Min) > cm || planar.Distance(got.Max, want.Max) > cm {
			t.Errorf("%s %s %d: %v, want %v", layer, l.Format, i, got, want)
		}
	}
}

// The zones' people are those of the coverage table to the last digit, also
// with more people than one block holds and with parents.
func TestZonePeople(t *testing.T) {
	ds := &coverage.Dataset{Demand: &coverage.DemandSet{Groups: []string{"all"}, Pop: [][]float32{nil}}}
	ds.Zones = []coverage.Zone{{ID: "city", Level: "city", Parent: -1}, {ID: "a", Level: "town", Parent: 0}, {ID: "b", Level: "town", Parent: 0}}
	d := ds.Demand
	for i := range 100_000 {
		d.At, d.Cell, d.Landmass = append(d.At, orb.Point{122, 30}), append(d.Cell, -1), append(d.Landmass, -1)
		d.Zone = append(d.Zone, int32(i%3)) // some live in the city outside its towns
		d.Setting = append(d.Setting, coverage.Setting(i%2+1))
		d.Pop[0] = append(d.Pop[0], float32(i%97)*0.37)
	}
	ds.Facilities = []coverage.Facility{{ID: "f", Kind: "clinic", At: orb.Point{122, 30}, Landmass: -1}}
	threshold, _ := coverage.ParseThreshold("1km")
	run, err := analysis.New(ds, "test").Run(context.Background(), analysis.Choice{
		AdHoc: []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: threshold}},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	records := readCSV(t, write(t, ds, nil, export.Options{Layer: "zones", Format: "csv"}))
	for i, zone := range ds.Zones {
		got, err := strconv.ParseFloat(records[i+1][5], 64)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, r := range run.Coverage[0].Rows {
			if r.Zone == zone.ID && r.Setting == "all" && r.Group == "all" {
				found = true
				if r.Population != got {
					t.Errorf("%s: %v, the coverage table says %v", zone.ID, got, r.Population)
				}
			}
		}
		if !found {
			t.Errorf("no row of %s", zone.ID)
		}
	}
}

func readCSV(t *testing.T, b []byte) [][]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func TestXLSX(t *testing.T) {
	ds, run := islands(t)
	for _, layer := range export.Layers() {
		b := write(t, ds, run, export.Options{Layer: layer, Format: "xlsx", Lang: "zh"})
		f, err := excelize.OpenReader(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		sheets := f.GetSheetList()
		if len(sheets) != 2 || sheets[0] != message.Render("zh", "export.layer."+layer, nil) || sheets[1] != "说明" {
			t.Fatalf("%s: sheets %v", layer, sheets)
		}
		rows, err := f.GetRows(sheets[0], excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		want := readCSV(t, write(t, ds, run, export.Options{Layer: layer, Format: "csv", Lang: "zh"}))
		if len(rows) != len(want) {
			t.Fatalf("%s: %d rows, the csv has %d", layer, len(rows), len(want))
		}
		for i := range want {
			for k := range rows[i] {
				if same := sameCell(rows[i][k], want[i][k]); !same {
					t.Errorf("%s row %d column %d: %q, csv %q", layer, i+1, k+1, rows[i][k], want[i][k])
				}
			}
		}
		about, err := f.GetRows(sheets[1])
		if err != nil || len(about) < 2 || about[1][1] != "示意数据" {
			t.Errorf("%s: about %v %v", layer, about, err)
		}
		if cell, _ := f.GetCellFormula(sheets[0], "C2"); cell != "" {
			t.Errorf("%s: a name became the formula %q", layer, cell)
		}
	}
}

// sameCell compares texts, and numbers as numbers.
func sameCell(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		return math.Abs(x-y) <= 1e-7
	}
	return a == b || a == "1" && b == "true" || a == "0" && b == "false" || strings.EqualFold(a, b)
}

func readTIF(t *testing.T, b []byte) (raster.Header, []float32) {
	t.Helper()
	f, err := raster.OpenGeoTIFF(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	cells, err := f.ReadBand(context.Background(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return f.Header(), cells
}

func TestTIF(t *testing.T) {
	ds, run := islands(t)
	_, people := readTIF(t, write(t, ds, nil, export.Options{Layer: "demand", Format: "tif"}))
	nan := float32(math.NaN())
	want := []float32{10, 10, 10, 10, nan, nan, 20, 10, 10, 10, nan, 10, nan, nan, 10, 30}
	sameCells(t, people, want, 0)
	_, old := readTIF(t, write(t, ds, nil, export.Options{Layer: "demand", Format: "tif", Group: "60+"}))
	if old[0] != 10 || old[15] != 20 {
		t.Errorf("60+: %v", old)
	}
	_, metres := readTIF(t, write(t, ds, run, export.Options{Layer: "coverage", Format: "tif"}))
	far := float32(export.BeyondMetres)
	want = []float32{300, 200, 100, 0, nan, nan, far, far, float32(100 * math.Sqrt(10)), float32(100 * math.Sqrt(5)), nan, 100, nan, nan, far, far}
	sameCells(t, metres, want, 0.02)
}

func sameCells(t *testing.T, got, want []float32, tolerance float64) {
	t.Helper()
	for i := range want {
		g, w := float64(got[i]), float64(want[i])
		if math.IsNaN(g) != math.IsNaN(w) || math.Abs(g-w) > tolerance {
			t.Errorf("cell %d: %v, want %v", i, g, w)
		}
	}
}

func TestRefusals(t *testing.T) {
	ds, run := islands(t)
	points := *ds
	demand := *ds.Demand
	demand.Cell = append([]int32{-1}, ds.Demand.Cell[1:]...)
	points.Demand = &demand
	two := *run
	two.Coverage = append(two.Coverage[:1:1], two.Coverage[0])
	none := &coverage.Dataset{}
	for _, tt := range []struct {
		ds   *coverage.Dataset
		run  *coverage.Run
		o    export.Options
		code coverage.Code
		key  string
	}{
		{ds, run, export.Options{Layer: "roads", Format: "csv"}, coverage.Invalid, "export.unknown_layer"},
		{ds, run, export.Options{Layer: "zones", Format: "dxf"}, coverage.Invalid, "export.unknown_format"},
		{ds, run, export.Options{Layer: "zones", Format: "tif"}, coverage.Invalid, "export.no_raster"},
		{ds, nil, export.Options{Layer: "gaps", Format: "csv"}, coverage.Invalid, "export.no_run"},
		{none, run, export.Options{Layer: "demand", Format: "tif"}, coverage.Unsupported, "export.no_grid"},
		{&points, run, export.Options{Layer: "demand", Format: "tif"}, coverage.Unsupported, "export.points"},
		{ds, run, export.Options{Layer: "demand", Format: "tif", Group: "0-3"}, coverage.NotFound, "export.no_group"},
		{ds, &two, export.Options{Layer: "coverage", Format: "tif"}, coverage.Invalid, "export.choose_standard"},
		{ds, run, export.Options{Layer: "coverage", Format: "tif", Standard: "x"}, coverage.NotFound, "export.no_standard"},
	} {
		err := export.Layer(context.Background(), io.Discard, tt.ds, tt.run, tt.o, nil)
		var e *coverage.Error
		if !errors.As(err, &e) || e.Code != tt.code || e.Key != tt.key || strings.Contains(e.In("zh"), "{") {
			t.Errorf("%+v: %v, want %s", tt.o, err, tt.key)
		}
	}
	// Groups whose names differ in case only have columns of their own.
	twins := *ds
	twins.Demand = &coverage.DemandSet{Groups: []string{"a", "A"}, Pop: [][]float32{{}, {}}}
	if b := write(t, &twins, nil, export.Options{Layer: "demand", Format: "gpkg"}); len(b) == 0 {
		t.Error("no bytes")
	}
	// An empty dataset has empty layers, and they are whole files.
	for _, layer := range []string{"facilities", "zones", "demand"} {
		for _, format := range []string{"geojson", "csv", "gpkg", "xlsx"} {
			if b := write(t, none, nil, export.Options{Layer: layer, Format: format}); len(b) == 0 {
				t.Errorf("empty %s as %s: no bytes", layer, format)
			}
		}
	}
}

// The gaps on standard output are those of the layer.
func TestGapsGeoJSON(t *testing.T) {
	_, run := islands(t)
	var b bytes.Buffer
	if err := export.GapsGeoJSON(&b, run.Coverage[0].Gaps); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Type     string
		Features []struct {
			Properties coverage.Gap
			Geometry   struct{ Type string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Type != "FeatureCollection" || len(doc.Features) != len(run.Coverage[0].Gaps) || len(doc.Features) == 0 {
		t.Fatalf("%+v", doc)
	}
	for i, f := range doc.Features {
		want := run.Coverage[0].Gaps[i]
		want.Geometry, want.Rows = nil, nil
		if diff := cmp.Diff(want, f.Properties); diff != "" || !strings.HasSuffix(f.Geometry.Type, "Polygon") {
			t.Error(diff, f.Geometry.Type)
		}
	}
	b.Reset()
	if err := export.GapsGeoJSON(&b, nil); err != nil || !strings.Contains(b.String(), `"features":[`) || !json.Valid(b.Bytes()) {
		t.Errorf("%s %v", b.String(), err)
	}
}
