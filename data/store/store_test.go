package store_test

import (
	"math"
	"testing"

	"lifecircle/data/store"
	"lifecircle/data/store/storetest"

	"lifecircle/coverage"
)

// TestPrintsTellEveryChange changes one value at a time: just the print of its
// layer must change.
func TestPrintsTellEveryChange(t *testing.T) {
	saved := map[string]string{}
	prints, err := store.Prints(storetest.Town())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range prints {
		saved[p.Layer] = p.SHA256
	}
	for name, c := range map[string]struct {
		layer  string
		change func(*coverage.Dataset)
	}{
		"nothing":        {"", func(*coverage.Dataset) {}},
		"negative zero":  {"", func(ds *coverage.Dataset) { ds.Facilities[1].Capacity = math.Copysign(0, -1) }},
		"kind":           {"facilities", func(ds *coverage.Dataset) { ds.Facilities[0].Kind = "x" }},
		"last bit":       {"facilities", func(ds *coverage.Dataset) { ds.Facilities[0].At[0] = math.Nextafter(ds.Facilities[0].At[0], 0) }},
		"delay":          {"facilities", func(ds *coverage.Dataset) { ds.Facilities[1].DelayS = 1 }},
		"no delay":       {"facilities", func(ds *coverage.Dataset) { ds.Facilities[0].DelayS = 0 }},
		"order":          {"facilities", func(ds *coverage.Dataset) { f := ds.Facilities; f[0], f[1] = f[1], f[0] }},
		"name and level": {"zones", func(ds *coverage.Dataset) { ds.Zones[2].Name, ds.Zones[2].Level = "a", "" }},
		"level and name": {"zones", func(ds *coverage.Dataset) { ds.Zones[2].Name, ds.Zones[2].Level = "", "a" }},
		"parent":         {"zones", func(ds *coverage.Dataset) { ds.Zones[2].Parent = 1 }},
		"corner":         {"zones", func(ds *coverage.Dataset) { ds.Zones[3].Geometry[0][1][1][0] += 1e-12 }},
		"island":         {"land", func(ds *coverage.Dataset) { ds.Land = ds.Land[:1] }},
		"people":         {"demand", func(ds *coverage.Dataset) { ds.Demand.Pop[2][7] *= 1.0000002 }},
		"cell":           {"demand", func(ds *coverage.Dataset) { ds.Demand.Cell[7]++ }},
		"setting":        {"demand", func(ds *coverage.Dataset) { ds.Demand.Setting[7] = coverage.Rural }},
		"no demand":      {"demand", func(ds *coverage.Dataset) { ds.Demand = nil }},
	} {
		ds := storetest.Town()
		c.change(ds)
		edits, err := store.Edits(ds, saved)
		if err != nil {
			t.Fatal(err)
		}
		if c.layer == "" && len(edits) != 0 || c.layer != "" && (len(edits) != 1 || edits[0].Layer != c.layer) {
			t.Errorf("%s: edits of %q are told as %v", name, c.layer, edits)
		}
	}
}

// TestDocument holds the kept answer to a golden text and to itself.
func TestDocument(t *testing.T) {
	run := &coverage.Run{
		Hash: "h", Version: "v", Inputs: []coverage.Source{{Role: "zones", File: "a.gpkg", SHA256: "s", Rows: 2}},
		Coverage: []coverage.Coverage{{
			Rows: []coverage.Row{{Standard: "s", Level: "total", Population: 1.0 / 3}},
			Gaps: []coverage.Gap{{ID: 7, Groups: map[string]float64{"b": 2, "a": 1}, Geometry: storetest.Square(0, 0, 1)}},
		}},
	}
	const want = `{"run":{"hash":"h","version":"v","inputs":[{"role":"zones","file":"a.gpkg","sha256":"s","rows":2}],` +
		`"options":{"standards":null,"groups":null,"levels":null,"landmass":false,"cell_rule":"","min_people":0,"within":false},"left_out":null},` +
		`"rows":[{"standard":"s","kind":null,"mode":"","threshold":{},"level":"total","zone":"","name":"","group":"","setting":"","population":0.3333333333333333,"served":0,"share":0,"facilities":0}],` +
		`"gaps":[{"id":7,"rank":0,"standard":"","zone":"","zone_name":"","population":0,"groups":{"a":1,"b":2},"cells":0,"area_m2":0,"nearest":{"facility":"","name":""},"at":[0,0]}]}`
	got, err := store.Document(run)
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}
