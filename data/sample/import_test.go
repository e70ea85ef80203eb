package sample_test

import (
	"context"
	"path/filepath"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/data"
	"lifecircle/data/sample"
)

// TestImport reads the example as any project is read.
func TestImport(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "example")
	if err := sample.WriteTo(dir); err != nil {
		t.Fatal(err)
	}
	ds, issues, err := data.Open(context.Background(), dir, data.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range issues.List() {
		t.Errorf("%+v: %s", i.Ref, i.Message().EN)
	}
	people := map[coverage.Setting]float64{}
	for i, n := range ds.Demand.Group("all") {
		people[ds.Demand.Setting[i]] += float64(n)
		if ds.Demand.Zone[i] < 0 || ds.Demand.Landmass[i] < 0 {
			t.Errorf("row %d: zone %d, landmass %d", i, ds.Demand.Zone[i], ds.Demand.Landmass[i])
		}
	}
	if people[coverage.Urban] != 142851 || people[coverage.Rural] != 65131 || people[coverage.SettingAny] != 0 {
		t.Errorf("people %v", people)
	}
	if len(ds.Land) != 16 || len(ds.Zones) != 1+7+88 || len(ds.Standards) == 0 {
		t.Errorf("%d landmasses, %d zones, %d standards", len(ds.Land), len(ds.Zones), len(ds.Standards))
	}
	if n := len(ds.Facilities); n != 93 {
		t.Errorf("%d facilities", n)
	}
	for _, f := range ds.Facilities {
		if f.Landmass < 0 || f.Kind == "" || f.Zone == "" {
			t.Errorf("%+v", f)
		}
	}
}

// opened is the example as the program reads it.
func opened(t *testing.T) *coverage.Dataset {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "example")
	if err := sample.WriteTo(dir); err != nil {
		t.Fatal(err)
	}
	ds, _, err := data.Open(context.Background(), dir, data.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// TestTransport: roads and every boat are there, and the first standard, which
// the page shows, is still one along straight lines.
func TestTransport(t *testing.T) {
	ds := opened(t)
	if ds.Transport == nil || ds.Transport.Roads == nil {
		t.Fatal("no roads")
	}
	g := ds.Transport.Roads
	if boats := g.Ferries(); len(boats) != 11 || g.Nodes() < 1000 {
		t.Errorf("%d boats, %d nodes", len(boats), g.Nodes())
	}
	if s := ds.Standards[0]; s.ID != "xianning-2025/medical" || s.Rules[0].Travel.Mode != coverage.ModeLine {
		t.Errorf("first standard %+v", s)
	}
}

// TestModes: the ways of moving differ as they should.
func TestModes(t *testing.T) {
	ds := opened(t)
	choice := analysis.Choice{Standards: []string{"xianning-2025/medical"}}
	answer, err := analysis.New(ds, "test").CompareModes(context.Background(), choice, []string{"line", "walk", "drive"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]analysis.ModeRow{}
	for _, r := range answer.Rows {
		rows[r.Mode+" "+r.Name] = r
	}
	walk, drive := rows["walk "], rows["drive "]
	if !(walk.Share > 0.5 && walk.Share < 0.9 && drive.Share > 0.95 && drive.Share < 1) {
		t.Errorf("walk %+v, drive %+v", walk, drive)
	}
	for _, village := range []string{"官山村", "江南村", "黄泽村", "小衢村", "樟木山村"} {
		if r := rows["drive "+village]; r.Population == 0 || r.Served != 0 || r.Unreachable != r.Population {
			t.Errorf("%s: driving %+v", village, r)
		}
		if r := rows["walk "+village]; (r.Unreachable == r.Population) != (village == "樟木山村") { // the others have a boat
			t.Errorf("%s: walking %+v", village, r)
		}
	}
	upHill := drive.Unreachable
	for _, r := range answer.Rows {
		if r.Level == "village" && r.Mode == "drive" && r.Unreachable == r.Population {
			upHill -= r.Unreachable
		}
		if r.Level == "village" && r.Mode == "walk" && r.Served > rows["drive "+r.Name].Served+rows["drive "+r.Name].Unreachable {
			t.Errorf("%s: walking serves %v, driving %v", r.Name, r.Served, rows["drive "+r.Name].Served)
		}
	}
	if upHill <= 0 {
		t.Error("no house lies off the roads of an island that has some")
	}
}

// TestBoatScenarios: the less boats are counted upon, the fewer have a hospital
// within the hour.
func TestBoatScenarios(t *testing.T) {
	engine, served := analysis.New(opened(t), "test"), map[string]float64{}
	for _, boats := range []string{"best", "typical", "guaranteed", "off", ""} {
		choice := analysis.Choice{Standards: []string{"daishan-roads/hospital-hour"}, Boats: boats, Groups: []string{"all"}}
		run, err := engine.Run(context.Background(), choice, nil)
		if err != nil {
			t.Fatal(err)
		}
		served[boats] = run.Coverage[0].Rows[0].Served
	}
	if !(served["best"] > served["typical"] && served["typical"] > served["guaranteed"] && served["guaranteed"] > served["off"] && served["off"] > 0) {
		t.Errorf("served %v", served)
	}
	if served[""] != served["guaranteed"] { // as the standard says
		t.Errorf("served %v", served)
	}
}
