package data

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"
)

// Coordinates in every declared system come out in WGS 84.
func TestSystems(t *testing.T) {
	want := orb.Point{122.005, 30.005}
	for _, code := range []string{"GCJ-02", "BD-09", "EPSG:4490", "EPSG:4550", "EPSG:4529", "EPSG:32651", "EPSG:3857"} {
		c, err := crs.Parse(code)
		if err != nil {
			t.Fatal(err)
		}
		at := c.FromWGS84(want)
		if code == "EPSG:4529" { // a zone whose meridian is far: 123 E is zone 41
			c, _ = crs.Parse("EPSG:4529")
			at = c.FromWGS84(want)
		}
		list := fmt.Sprintf("name,x,y\na,%.9f,%.9f\n", at[0], at[1])
		p := strings.Replace(base, "kind: {column: 类别, map: {医院: hospital, 诊所: clinic}}", "kind: clinic, crs: '"+code+"'", 1)
		ds, _, err := Open(context.Background(), town(t, p, map[string]string{"clinics.csv": list}), Options{}, nil)
		if err != nil {
			t.Errorf("%s: %v", code, err)
			continue
		}
		if got := ds.Facilities[0].At; math.Abs(got[0]-want[0]) > 1e-8 || math.Abs(got[1]-want[1]) > 1e-8 {
			t.Errorf("%s: %v", code, got)
		}
	}
}

// A grid in Gauss-Kruger metres: cell centres in WGS 84, zones by centre.
func TestProjectedGrid(t *testing.T) {
	c, _ := crs.Parse("EPSG:4550")
	sw := c.FromWGS84(orb.Point{122.0005, 30.0005})
	asc := fmt.Sprintf("ncols 2\nnrows 2\nxllcorner %.3f\nyllcorner %.3f\ncellsize 1000\n1 2\n3 4\n", sw[0], sw[1])
	for _, rule := range []string{"centre", "area"} {
		p := strings.Replace(base, "{file: all.asc}", "{file: all.asc, crs: EPSG:4550}", 1) + "cell_rule: " + rule + "\n"
		ds, _ := mustOpen(t, town(t, p, map[string]string{"all.asc": asc}))
		same(t, ds.Demand.Grid.CRS, "EPSG:4550")
		x, y := ds.Demand.Grid.Centre(2)
		for i, cell := range ds.Demand.Cell {
			if want := c.ToWGS84(orb.Point{x, y}); cell == 2 && ds.Demand.At[i] != want {
				t.Error(ds.Demand.At[i], want)
			}
		}
		by, all := sums(ds, "all")
		if math.Abs(all-10) > 1e-5 || rule == "centre" && by["330921100"] != 10 || rule == "area" && (by["330921100"] < 9 || by["330922"] <= 0) {
			t.Errorf("%s: %v %v", rule, by, all)
		}
	}
}

func TestPointTables(t *testing.T) {
	f := excelize.NewFile()
	for i, row := range [][]any{
		{"某县各村人口"},
		{"村名", "经度", "纬度", "人口", "老年人口"},
		{"甲", "122°00′18″", "30.005", "1,234人", 200},
		{"乙", 122.025, 30.035, "NA", "30"},
		{"丙", 122.5, 30.5, 10, 1},
		{"丁", 122.005, 30.006, -5, 1},
		{"合计", nil, nil, 1244, 231},
	} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	dir := town(t, "max_bad_share: 0.3\n"+strings.Replace(base, "{file: all.asc}", `{points: {file: villages.xlsx, groups: {"60+": 老年人口, all: 人口}}}`, 1), nil)
	if err := f.SaveAs(filepath.Join(dir, "villages.xlsx")); err != nil {
		t.Fatal(err)
	}
	ds, iss := mustOpen(t, dir)
	d := ds.Demand
	same(t, d.Groups, []string{"all", "60+"})
	same(t, d.Pop, [][]float32{{1234, 0, 10}, {200, 30, 1}})
	same(t, d.Zone, []int32{2, 1, -1})
	same(t, d.Cell, []int32{-1, -1, -1})
	same(t, d.Landmass, []int32{0, 0, -1})
	if !d.Grid.IsZero() {
		t.Error(d.Grid)
	}
	same(t, brief(iss)[:4], []string{
		"zone.not_covered counties.geojson 1  330921",
		"population.missing villages.xlsx 4 人口 NA", "population.absurd villages.xlsx 6 人口 -5", "data.remark_row villages.xlsx 7 经度 合计",
	})
}

func TestGroups(t *testing.T) {
	old := strings.Replace(gridText1, "1 2 3 4", "0 0 0 0", 1)
	other := strings.Replace(gridText1, "xllcorner 122", "xllcorner 122.001", 1)
	p := strings.Replace(base, "- {file: all.asc}", "- {file: m.asc, group: '60+'}\n  - {file: all.asc}\n  - {file: f.asc, group: '60+'}", 1)
	ds, _ := mustOpen(t, town(t, p, map[string]string{"m.asc": old, "f.asc": strings.ReplaceAll(old, "16", "100")}))
	same(t, ds.Demand.Groups, []string{"all", "60+"})
	same(t, ds.Demand.Pop[1], []float32{0, 0, 0, 0, 10, 12, 14, 16, 18, 20, 22, 24, 30, 116})
	for key, files := range map[string]map[string]string{
		"population.grids_differ":   {"m.asc": old, "f.asc": other},
		"population.twice":          {"m.asc": old, "f.asc": old},
		"population.nobody":         {"m.asc": old, "f.asc": "ncols 4\nnrows 4\nxllcorner 122\nyllcorner 30\ncellsize 0.01\n" + strings.Repeat("0 0 0 0\n", 4)},
		"population.negative_cells": {"m.asc": old, "f.asc": strings.Replace(gridText1, "5 6 7 8", "-5 -6 -7 8", 1)},
	} {
		_, iss, err := Open(context.Background(), town(t, p, files), Options{}, nil)
		if err == nil || iss.Count(key) == 0 {
			t.Errorf("%s: %v %v", key, err, brief(iss))
		}
	}
}
