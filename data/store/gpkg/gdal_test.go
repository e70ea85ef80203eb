package gpkg

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/datatest"
	"lifecircle/data/gpkgblob"
	"lifecircle/data/store/storetest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// gdal runs a program of GDAL, which must have nothing to say on stderr.
func gdal(t testing.TB, name string, args ...string) string {
	t.Helper()
	datatest.Program(t, name, "gdal-bin")
	var out, said bytes.Buffer
	c := exec.Command(name, args...)
	c.Stdout, c.Stderr = &out, &said
	if err := c.Run(); err != nil || said.Len() > 0 || strings.Contains(out.String(), "Warning") {
		t.Fatalf("%s %q: %v\n%s%s", name, args, err, &said, &out)
	}
	return out.String()
}

// saved is a store that holds the town and a run on it.
func saved(t testing.TB) (*Store, *coverage.Dataset, *coverage.Run) {
	t.Helper()
	s, ds := create(t), storetest.Town()
	run := storetest.RunOn(ds, 1)
	if err := s.Save(t.Context(), ds, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveRun(t.Context(), run, nil); err != nil {
		t.Fatal(err)
	}
	return s, ds, run
}

func TestGDALReadsEveryLayer(t *testing.T) {
	s, ds, run := saved(t)
	n := ds.Demand.Len()
	rows := len(run.Coverage) * (1 + len(ds.Zones))
	for layer, want := range map[string][]string{
		"facilities":      {"Geometry: Point", "Feature Count: 3", "Extent: (-0.500000, -30.000000) - (122.100000, 30.450000)", "县第一人民医院", `ID["EPSG",4326]`},
		"zones":           {"Geometry: Multi Polygon", "Feature Count: 4", "Extent: (0.300000, 0.333333) - (122.200000, 30.500000)", "岱山县", "MULTIPOLYGON (((122.1 30.4"},
		"land":            {"Geometry: Multi Polygon", "Feature Count: 2"},
		"demand":          {"Geometry: Point", fmt.Sprint("Feature Count: ", n), "people_60plus: Real", "people_all_2: Real", "people_男60_64"},
		"coverage":        {"Geometry: Unknown (any)", fmt.Sprint("Feature Count: ", n*len(run.Coverage)), "judged: Integer(Boolean)", "POLYGON ((122", "POINT (122.01 30.31)"},
		"coverage_zones":  {"Geometry: Multi Polygon", fmt.Sprint("Feature Count: ", rows), "level (String) = total", "threshold (String) = urban 15min, rural 30min"},
		"gaps":            {"Geometry: Multi Polygon", fmt.Sprint("Feature Count: ", 3*len(run.Coverage)), `people (String) = {"60+":0.3333333333333333,"all":1}`, "seconds (Integer64) = 901"},
		"standards":       {"Geometry: None", "Feature Count: 2", "医疗 15 分钟圈"},
		"project":         {"Geometry: None", "Feature Count: 5", "示意数据"},
		"packs":           {"Feature Count: 2"},
		"sources":         {"Feature Count: 2", "区划/zones.gpkg"},
		"runs":            {"Feature Count: 1"},
		"layer_styles":    {"Feature Count: 8", "RuleRenderer", "SimpleLine"},
		"transport_parts": {"Geometry: None", "Feature Count: 4", "data: Binary", "part (String) = heights"},
		"transport_roads": {
			"Geometry: Line String", fmt.Sprint("Feature Count: ", ds.Transport.Roads.Edges()), "Extent: (122.010000, 30.310000) - (122.130000, 30.420000)",
			"LINESTRING (122.03 30.315,122.11 30.41)", "name (String) = 高亭—衢山", `tags (String) = highway=primary; surface=石板 "slab"`,
		},
	} {
		out := gdal(t, "ogrinfo", "-ro", s.path, layer)
		for _, text := range want {
			if !strings.Contains(out, text) {
				t.Errorf("ogrinfo of %s does not say %q:\n%.3000s", layer, text, out)
			}
		}
	}
}

// TestGDALUsesTheIndex asks for a window that the packed R-tree must answer as
// a look at every row does.
func TestGDALUsesTheIndex(t *testing.T) {
	s, ds := create(t), storetest.Cells(90)
	if err := s.Save(t.Context(), ds, nil); err != nil {
		t.Fatal(err)
	}
	const w, so, e, n = 116.0101, 33.9502, 116.0305, 33.9807
	inside := 0
	for _, p := range ds.Demand.At {
		if p[0] >= w && p[0] <= e && p[1] >= so && p[1] <= n {
			inside++
		}
	}
	out := gdal(t, "ogrinfo", "-ro", "-so", "-spat", fmt.Sprint(w), fmt.Sprint(so), fmt.Sprint(e), fmt.Sprint(n), s.path, "demand")
	if want := fmt.Sprint("Feature Count: ", inside); inside == 0 || !strings.Contains(out, want+"\n") {
		t.Errorf("want %s:\n%s", want, out)
	}
}

// TestIndexesAreSound asks SQLite itself about every R-tree and the whole file.
func TestIndexesAreSound(t *testing.T) {
	s, _, _ := saved(t)
	big := create(t)
	if err := big.Save(t.Context(), storetest.Cells(120), nil); err != nil { // three levels of nodes
		t.Fatal(err)
	}
	for _, s := range []*Store{s, big} {
		err := s.read(func(c *conn) error {
			for _, name := range []string{"facilities", "zones", "land", "demand", "transport_roads", "coverage", "gaps"} {
				if v, err := c.scalar(fmt.Sprintf("SELECT rtreecheck('rtree_%s_geom')", name)); err != nil || v != "ok" {
					t.Errorf("R-tree of %s: %v, %v", name, v, err)
				}
			}
			for query, want := range map[string]any{
				"PRAGMA integrity_check":                        "ok",
				"SELECT count(*) FROM pragma_foreign_key_check": int64(0),
				"SELECT count(*) FROM rtree_demand_geom":        func() any { n, _ := c.scalar("SELECT count(*) FROM demand"); return n }(),
			} {
				if v, err := c.scalar(query); err != nil || v != want {
					t.Errorf("%s: %v, %v, want %v", query, v, err, want)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestEditsInAGIS changes the file as QGIS does, through GDAL: Load must see
// it, and say so in the sources.
func TestEditsInAGIS(t *testing.T) {
	s, ds, run := saved(t)
	edit := func(sql string) { gdal(t, "ogrinfo", "-q", s.path, "-sql", sql) }
	edit("UPDATE facilities SET kind = 'clinic', capacity = 7 WHERE id = 'z-last-first'")
	edit("UPDATE facilities SET geom = " + literal(t, 122.15, 30.45) + " WHERE id = 'a'")
	edit("INSERT INTO facilities (geom, name, kind) VALUES (" + literal(t, 122.05, 30.35) + ", '新诊所', 'clinic')")
	want := storetest.Town()
	want.Facilities[0].Kind, want.Facilities[0].Capacity = "clinic", 7
	want.Facilities[1].At, want.Facilities[1].Landmass = orb.Point{122.15, 30.45}, 1 // moved onto the second island
	want.Facilities = append(want.Facilities, coverage.Facility{ID: "new-4", Name: "新诊所", Kind: "clinic", At: orb.Point{122.05, 30.35}})
	got, err := s.Load(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Facilities, got.Facilities); diff != "" {
		t.Error("facilities (-want +got): ", diff)
	}
	if len(got.Sources) != len(ds.Sources)+1 || got.Sources[2].Layer != "facilities" || got.Sources[2].Rows != 4 {
		t.Errorf("the sources do not tell of the edit: %v", got.Sources)
	}
	run.Hash += "x"
	if err := s.SaveRun(t.Context(), run, nil); coverage.CodeOf(err) != coverage.Conflict {
		t.Errorf("a run on the data before the edit was kept: %v", err)
	}
	if err := s.SaveRun(t.Context(), storetest.RunOn(got, 5), nil); err != nil {
		t.Error(err)
	}
	edit("INSERT INTO facilities (geom, id) VALUES (" + literal(t, 1, 2) + ", 'a')")
	if _, err := s.Load(t.Context(), nil); coverage.CodeOf(err) != coverage.Unusable || !strings.Contains(err.Error(), `"a"`) {
		t.Errorf("two facilities of one id: %v", err)
	}
	edit("DELETE FROM facilities WHERE fid = 5")
	edit("UPDATE zones SET parent = 'nowhere' WHERE fid = 2")
	if _, err := s.Load(t.Context(), nil); coverage.CodeOf(err) != coverage.Unusable || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a zone in no zone: %v", err)
	}
}

// literal is a point as SQL.
func literal(t testing.TB, x, y float64) string {
	t.Helper()
	blob, err := gpkgblob.Encode(orb.Point{x, y}, srsID)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("X'%x'", blob)
}

// TestLayersOfUsersStay puts a layer and a style of a user into the file.
func TestLayersOfUsersStay(t *testing.T) {
	s, ds, _ := saved(t)
	extra := t.TempDir() + "/extra.geojson"
	features := []any{}
	for i := range 300 {
		features = append(features, map[string]any{"type": "Feature", "properties": map[string]any{"名": fmt.Sprint("点", i)}, "geometry": map[string]any{
			"type": "Point", "coordinates": []float64{122 + float64(i)/1000, 30},
		}})
	}
	text, err := json.Marshal(map[string]any{"type": "FeatureCollection", "features": features})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(extra, text, 0o600); err != nil {
		t.Fatal(err)
	}
	gdal(t, "ogr2ogr", "-update", "-nln", "我的图层", s.path, extra)
	gdal(t, "ogrinfo", "-q", s.path, "-sql", "INSERT INTO layer_styles (f_table_name, f_geometry_column, styleName, styleQML, useAsDefault) VALUES ('coverage', 'geom', 'mine', '<qgis/>', 1)")
	before := gdal(t, "ogrinfo", "-ro", s.path, "我的图层")
	for step, write := range []func() error{
		func() error { return s.SaveRun(t.Context(), storetest.RunOn(ds, 2), nil) },
		func() error { return s.Save(t.Context(), ds, nil) },
		func() error { return s.SaveRun(t.Context(), storetest.RunOn(ds, 3), nil) },
	} {
		if err := write(); err != nil {
			t.Fatal(err)
		}
		if after := gdal(t, "ogrinfo", "-ro", s.path, "我的图层"); after != before {
			t.Errorf("step %d: the user's layer has changed", step)
		}
		styles := gdal(t, "ogrinfo", "-ro", "-q", s.path, "-sql", "SELECT styleName FROM layer_styles WHERE f_table_name = 'coverage' AND useAsDefault")
		if !strings.Contains(styles, "mine") || strings.Contains(styles, "= lifecircle") {
			t.Errorf("step %d: the user's default style is lost: %s", step, styles)
		}
		got, err := s.Load(t.Context(), nil)
		if err != nil || storetest.Same(ds, got) != "" {
			t.Errorf("step %d: %v %s", step, err, storetest.Same(ds, got))
		}
	}
}

// TestValid has GDAL's validator go through the requirements of the GeoPackage
// standard one by one, warnings counted as errors: an empty project, one with
// everything, one of points only.
func TestValid(t *testing.T) {
	const python = "/usr/bin/python3" // the one that Debian's modules belong to
	if exec.Command(python, "-c", "import osgeo_utils.samples.validate_gpkg").Run() != nil {
		datatest.Missing(t, "validate_gpkg is not installed (Debian: python3-gdal)")
	}
	full, ds, _ := saved(t)
	empty, points := create(t), create(t)
	for i := range ds.Demand.Cell {
		ds.Demand.Cell[i] = -1
	}
	err := errors.Join(empty.Save(t.Context(), &coverage.Dataset{}, nil),
		points.Save(t.Context(), ds, nil), points.SaveRun(t.Context(), storetest.RunOn(ds, 1), nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*Store{full, empty, points} {
		gdal(t, python, "-m", "osgeo_utils.samples.validate_gpkg", "-k", "--extra", "--warning-as-error", s.path)
	}
}
