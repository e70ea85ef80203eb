package sample_test

import (
	"context"
	"path/filepath"
	"testing"

	"lifecircle/coverage"
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
