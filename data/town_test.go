package data

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/crs"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/xuri/excelize/v2"
)

// The town of these tests: a grid of 4 x 4 cells of 0.01 degrees whose lower
// left corner is 122 E 30 N, two counties side by side, and a town in the lower
// half of the west one. The east county ends before the last column of cells.
//
//	30.04 +-----------+---------+
//	      |           |         |
//	      |   west    |  east   |  sea
//	30.02 |-----------|         |
//	      |   town    |         |
//	30.00 +-----------+---------+
//	     122.00     122.02    122.03  122.04
const (
	gridText1 = "ncols 4\nnrows 4\nxllcorner 122\nyllcorner 30\ncellsize 0.01\nNODATA_value -9\n" +
		"1 2 3 4\n5 6 7 8\n9 10 11 12\n-9 0 15 16\n"
	counties = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"330921","name":"west"},"geometry":{"type":"Polygon","coordinates":[[[122,30],[122.02,30],[122.02,30.04],[122,30.04],[122,30]]]}},
{"type":"Feature","properties":{"code":"330922","name":"east"},"geometry":{"type":"Polygon","coordinates":[[[122.02,30],[122.03,30],[122.03,30.04],[122.02,30.04],[122.02,30]]]}}]}`
	towns = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"330921100","name":"town","in":"west","cx":"111"},"geometry":{"type":"Polygon","coordinates":[[[122,30],[122.02,30],[122.02,30.02],[122,30.02],[122,30]]]}}]}`
	clinicsCSV = "编号,名称,经度,纬度,类别,床位数\n1,甲,122.005,30.005,医院,120张\n2,乙,122.025,30.035,诊所,无\n"
	base       = `
zones:
  - {file: counties.geojson, id: code, name: name, level: county}
  - {file: towns.geojson, id: code, name: name, level: town}
population:
  - {file: all.asc}
facilities:
  - {file: clinics.csv, kind: {column: 类别, map: {医院: hospital, 诊所: clinic}}}
`
)

func town(t testing.TB, project string, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"all.asc": gridText1, "counties.geojson": counties, "towns.geojson": towns, "clinics.csv": clinicsCSV} {
		write(t, dir, name, text)
	}
	for name, text := range files {
		write(t, dir, name, text)
	}
	write(t, dir, "project.yaml", project)
	return dir
}

func mustOpen(t testing.TB, dir string) (*coverage.Dataset, *coverage.Issues) {
	t.Helper()
	ds, iss, err := Open(context.Background(), dir, Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return ds, iss
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// brief says issues as "key file row column value".
func brief(iss *coverage.Issues) []string {
	var out []string
	for _, i := range iss.List() {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %d %s %s", i.Key, i.File, i.Row, i.Column, i.Value)))
	}
	return out
}

func TestTown(t *testing.T) {
	ds, iss := mustOpen(t, town(t, base, nil))
	by, all := sums(ds, "all")
	same(t, all, 109.0)
	same(t, by, map[string]float64{"330921100": 19, "330921": 14, "330922": 36, "": 40})
	same(t, []int32{ds.Zones[0].Parent, ds.Zones[1].Parent, ds.Zones[2].Parent}, []int32{-1, -1, 0})
	same(t, ds.Demand.Cell[:3], []int32{0, 1, 2})
	same(t, ds.Demand.Len(), 14)
	at := ds.Demand.At[0]
	if math.Abs(at[0]-122.005) > 1e-12 || math.Abs(at[1]-30.035) > 1e-12 {
		t.Error(at)
	}
	same(t, len(ds.Land), 1)
	same(t, ds.Demand.Landmass[3], int32(0)) // 480 m off
	f := ds.Facilities
	same(t, len(f), 2)
	same(t, []string{f[0].ID, f[0].Site, f[0].Name, f[0].Kind, f[1].Kind}, []string{"clinics-2", "clinics-2", "甲", "hospital", "clinic"})
	same(t, []float64{f[0].Capacity, f[1].Capacity, f[0].At[0]}, []float64{120, 0, 122.005})
	same(t, f[0].Source, coverage.Ref{File: "clinics.csv", Row: 2})
	same(t, brief(iss), []string{"zone.not_covered  0  330921", "people.outside_zones  0 all 40"})
	var roles []string
	for _, s := range ds.Sources {
		roles = append(roles, fmt.Sprint(s.Role, " ", s.File, " ", s.Rows, " ", len(s.SHA256)))
	}
	same(t, roles, []string{"project project.yaml 0 64", "zones counties.geojson 2 64", "zones towns.geojson 1 64", "population all.asc 16 64", "facilities clinics.csv 2 64"})
	again, _ := mustOpen(t, town(t, base, nil))
	same(t, ds, again)
}

func TestAreaRule(t *testing.T) {
	// Cells moved half a cell east and south: each lies over up to four zones.
	moved := strings.Replace(strings.Replace(gridText1, "xllcorner 122", "xllcorner 122.005", 1), "yllcorner 30", "yllcorner 29.995", 1)
	ds, _ := mustOpen(t, town(t, "cell_rule: area\n"+base, map[string]string{"all.asc": moved}))
	by, all := sums(ds, "all")
	// By hand, rows from the top; columns 0 and 1 are in the west by 1 and 1/2,
	// columns 1 and 2 in the east by 1/2 and 1/2; the second row is the west's
	// upper half and the town's upper half; the last row is half off the south.
	want := map[string]float64{
		"330921":    (1 + 1.0) + (5+3)/2.0,
		"330921100": (5+3)/2.0 + (9 + 5) + 0,
		"330922":    (1 + 1.5) + (3 + 3.5) + (5 + 5.5) + (0+7.5)/2,
	}
	want[""] = 109 - want["330921"] - want["330921100"] - want["330922"]
	for id, n := range want {
		if math.Abs(by[id]-n) > 1e-4 {
			t.Errorf("%q: %v, want %v", id, by[id], n)
		}
	}
	if math.Abs(all-109) > 1e-4 {
		t.Errorf("%v people", all)
	}
	if !slices.IsSorted(ds.Demand.Cell) {
		t.Error("rows of one cell are apart")
	}
}

func TestParentsAndSettings(t *testing.T) {
	byPlace := strings.ReplaceAll(towns, "330921100", "T-1")
	for name, c := range map[string]struct{ project, towns, issue string }{
		"code":   {base, towns, ""},
		"place":  {base, byPlace, ""},
		"column": {strings.Replace(base, "level: town", "level: town, parent: in", 1), byPlace, ""},
		"unknown": {
			strings.Replace(base, "level: town", "level: town, parent: in", 1), strings.ReplaceAll(byPlace, `"in":"west"`, `"in":"south"`),
			"zone.unknown_parent  0  south",
		},
	} {
		ds, iss := mustOpen(t, town(t, c.project, map[string]string{"towns.geojson": c.towns}))
		same(t, ds.Zones[2].Parent, int32(0))
		if c.issue != "" && !slices.Contains(brief(iss), c.issue) {
			t.Errorf("%s: %v", name, brief(iss))
		}
	}
	p := strings.Replace(strings.Replace(base, "level: town", "level: town, setting: {column: cx, map: {111: urban}}", 1), "level: county", "level: county, setting: rural", 1)
	ds, _ := mustOpen(t, town(t, p, nil))
	same(t, []coverage.Setting{ds.Zones[0].Setting, ds.Zones[2].Setting}, []coverage.Setting{coverage.Rural, coverage.Urban})
	for i, z := range ds.Demand.Zone {
		want := map[int32]coverage.Setting{-1: coverage.SettingAny, 0: coverage.Rural, 1: coverage.Rural, 2: coverage.Urban}[z]
		same(t, ds.Demand.Setting[i], want)
	}
}

func TestInheritSettings(t *testing.T) {
	const a, u, r = coverage.SettingAny, coverage.Urban, coverage.Rural
	parents := []int32{-1, -1, -1, 0, 0, 1, 1, 2}
	zones := make([]coverage.Zone, len(parents))
	for i, s := range []coverage.Setting{a, a, u, u, u, u, r, a} {
		zones[i] = coverage.Zone{Parent: parents[i], Setting: s}
	}
	inheritSettings(zones)
	var got []coverage.Setting
	for _, z := range zones {
		got = append(got, z.Setting)
	}
	same(t, got, []coverage.Setting{u, a, u, u, u, u, r, u})
}

func TestSignificant(t *testing.T) {
	for code, want := range map[string]string{"420000": "42", "420100": "4201", "420102": "420102", "420102000000": "420102", "420102001000": "420102001", "42": "42", "110000": "11", "419001": "419001"} {
		same(t, significant(code), want)
	}
}

// Everything that can be wrong with a list of facilities, each on its row.
func TestFacilityFaults(t *testing.T) {
	list := `机构一览,,,,,,
编号,名称,经度,纬度,类别,床位数,状态
1,good,122.005,30.005,医院,10,营业
2,none,,,医院,10,
3,text,12x,30.005,医院,10,
4,swapped,30.005,122.005,医院,10,
5,far,200,30.005,医院,10,
6,zero,0,0,医院,10,
7,metres,422000,3347306,医院,10,
8,outside,121,30,医院,10,
9,kind,122.005,30.005,药店,10,
10,nokind,122.005,30.005,,10,
1,twice,122.015,30.005,医院,10,
12,beds,122.015,30.005,医院,多,
13,minus,122.015,30.005,医院,-3,
14,status,122.015,30.005,医院,3,？？
合计,,,,,140,
`
	p := strings.Replace("max_bad_share: 0.9\n"+base, "clinics.csv,", "clinics.csv, id: 编号,", 1)
	ds, iss := mustOpen(t, town(t, p, map[string]string{"clinics.csv": list}))
	same(t, brief(iss), []string{
		"zone.not_covered  0  330921",
		"lonlat.missing clinics.csv 4 经度",
		"lonlat.text clinics.csv 5 经度 12x",
		"lonlat.swapped clinics.csv 6 经度, 纬度 30.005, 122.005",
		"lonlat.range clinics.csv 7 经度, 纬度 200, 30.005",
		"lonlat.zero clinics.csv 8 经度, 纬度 0, 0",
		"lonlat.metres clinics.csv 9 经度, 纬度 422000, 3347306",
		"place.outside_zones clinics.csv 10 经度, 纬度 121, 30",
		"kind.unknown clinics.csv 11 类别 药店",
		"kind.missing clinics.csv 12 类别",
		"facility.duplicate_id clinics.csv 13 编号 1",
		"facility.capacity_text clinics.csv 14 床位数 多",
		"facility.capacity_absurd clinics.csv 15 床位数 -3",
		"facility.status clinics.csv 16 状态 ？？",
		"data.remark_row clinics.csv 17 经度 合计",
		"people.outside_zones  0 all 40",
	})
	var ids []string
	for _, f := range ds.Facilities {
		ids = append(ids, f.ID)
	}
	same(t, ids, []string{"1", "8", "12", "13", "14"})
	same(t, ds.Facilities[0].Status, "open")
	for _, i := range iss.List() {
		if m := i.Message(); strings.Contains(m.EN+m.ZH, "{") || m.EN == m.ZH {
			t.Errorf("%s: %q %q", i.Key, m.EN, m.ZH)
		}
	}
	_, iss, err := Open(context.Background(), town(t, strings.Replace(p, "0.9", "0.1", 1), map[string]string{"clinics.csv": list}), Options{}, nil)
	same(t, coverage.CodeOf(err), coverage.Unusable)
	same(t, iss.Count("data.bad_share"), int64(1))
	r := Report(iss, err == nil)
	if r.Usable || r.RowsRead != 18 || r.Counts["lonlat.swapped"] != 1 || len(r.Issues) == 0 || r.Issues[0].Message.ZH == "" {
		t.Errorf("%+v", r)
	}
}

func TestKinds(t *testing.T) {
	list := "name,lon,lat,type\na,122.005,30.005,医院\nb,122.005,30.005,药店\nc,122.005,30.005,药店\nd,122.005,30.005,\n"
	for others, want := range map[string]string{"skip": "hospital", "keep": "hospital 药店 药店"} {
		p := strings.Replace(base, "{column: 类别, map: {医院: hospital, 诊所: clinic}}", "{column: type, map: {医院: hospital}, others: "+others+"}", 1)
		ds, iss := mustOpen(t, town(t, "max_bad_share: 0.3\n"+p, map[string]string{"clinics.csv": list}))
		var kinds []string
		for _, f := range ds.Facilities {
			kinds = append(kinds, f.Kind)
		}
		same(t, strings.Join(kinds, " "), want)
		key := map[string]string{"skip": "kind.skipped", "keep": "kind.unmapped"}[others]
		if got := find(iss, key); len(got) == 0 || got[0].Value != "药店" || got[0].Args["count"] != 2 || got[0].Row != 3 {
			t.Errorf("%s: %+v", others, got)
		}
	}
}

func TestSameIDInTwoLists(t *testing.T) {
	p := strings.Replace(base, "clinics.csv,", "clinics.csv, id: 编号,", 1) + "  - {file: schools.csv, kind: school, id: id}\n"
	ds, iss := mustOpen(t, town(t, p, map[string]string{"schools.csv": "id,x,y\n1,122.01,30.01\n9,122.01,30.02\n"}))
	var ids []string
	for _, f := range ds.Facilities {
		ids = append(ids, f.ID+"@"+f.Site)
	}
	same(t, ids, []string{"1@1", "2@2", "1-school@1", "9@9"})
	same(t, iss.Count("facility.id_changed"), int64(1))
}

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
		"zone.not_covered  0  330921",
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

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, project string
		files         map[string]string
		code          coverage.Code
		key           string
	}{
		{"missing file", strings.Replace(base, "all.asc", "none.asc", 1), nil, coverage.NotFound, "data.missing"},
		{"missing list", strings.Replace(base, "clinics.csv", "none.csv", 1), nil, coverage.NotFound, "data.missing"},
		{"no column", strings.Replace(base, "column: 类别", "column: 种类", 1), nil, coverage.Unusable, "data.no_column"},
		{"no coordinates", base, map[string]string{"clinics.csv": "名称,类别\n甲,医院\n"}, coverage.Unusable, "data.no_coordinates"},
		{"header only", base, map[string]string{"clinics.csv": "名称,经度,纬度,类别\n"}, coverage.Unusable, "data.empty"},
		{"empty list", base, map[string]string{"clinics.csv": ""}, coverage.Unusable, "table.empty"},
		{"zone id", strings.Replace(base, "id: code", "id: nocode", 1), nil, coverage.Unusable, "data.no_column"},
		{"zone twice", base, map[string]string{"towns.geojson": strings.ReplaceAll(towns, "330921100", "330921")}, coverage.Unusable, "zone.duplicate"},
		{"zone degrees", strings.Replace(base, "level: town", "level: town, crs: EPSG:4549", 1), nil, coverage.Unusable, "data.bad_zones"},
		{"zone point", base, map[string]string{"towns.geojson": `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1","name":"x"},"geometry":{"type":"Point","coordinates":[122,30]}}]}`}, coverage.Unusable, "zone.not_polygon"},
		{"raster garbage", base, map[string]string{"all.asc": "II*\x00garbage"}, coverage.NotFound, "raster.truncated"},
		{"pack", base + "standards: [no-such-pack]\n", nil, coverage.NotFound, "standard.no_pack"},
		{"own pack", base + "standards: [mine.yaml]\n", map[string]string{"mine.yaml": "id: mine\nstandards: [{id: a}]\n"}, coverage.Unusable, "standard.missing"},
		{"project", base + "colour: red\n", nil, coverage.Unusable, "project.unknown_key"},
	} {
		_, iss, err := Open(context.Background(), town(t, c.project, c.files), Options{}, nil)
		if coverage.CodeOf(err) != c.code || iss.Count(c.key) == 0 {
			t.Errorf("%s: %v\n%v", c.name, err, brief(iss))
		}
		if en, zh := coverage.Explain(err, "en"), coverage.Explain(err, "zh"); strings.Contains(en+zh, "{") || en == zh {
			t.Errorf("%s: %q %q", c.name, en, zh)
		}
	}
	_, _, err := Open(context.Background(), filepath.Join(t.TempDir(), "none"), Options{}, nil)
	same(t, coverage.CodeOf(err), coverage.NotFound)
}

// Nothing outside the folder is read, not even through a link.
func TestFolderIsTheLimit(t *testing.T) {
	out := t.TempDir()
	write(t, out, "all.asc", gridText1)
	write(t, out, "clinics.csv", clinicsCSV)
	write(t, out, "counties.geojson", counties)
	for _, name := range []string{"all.asc", "clinics.csv", "counties.geojson"} {
		dir := town(t, base, nil)
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(filepath.Join(out, name), filepath.Join(dir, name)); err != nil {
			t.Skip("no links here")
		}
		if _, iss, err := Open(context.Background(), dir, Options{}, nil); err == nil {
			t.Errorf("%s: read through a link; %v", name, brief(iss))
		}
	}
	dir := town(t, base, nil) // a link that stays inside is fine
	if err := os.Rename(filepath.Join(dir, "all.asc"), filepath.Join(dir, "b.asc")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b.asc", filepath.Join(dir, "all.asc")); err != nil {
		t.Fatal(err)
	}
	mustOpen(t, filepath.Join(dir, "project.yaml"))
}

func TestStandardsAndLandFile(t *testing.T) {
	pack := "id: mine\nstandards:\n  - {id: a, name: {en: A}, service: medical, kinds: [hospital], group: all, rules: [{setting: all, within: 1km, mode: line, detour: 1}]}\n"
	p := base + "standards: [xianning-2025, mine.yaml]\nland: {file: land.geojson}\nland_snap_m: 0\n"
	land := strings.Replace(towns, `"code"`, `"c"`, 1)
	ds, iss := mustOpen(t, town(t, p, map[string]string{"mine.yaml": pack, "land.geojson": land}))
	same(t, len(ds.Packs), 2)
	same(t, ds.Packs[1], coverage.Pack{ID: "mine", YAML: pack})
	same(t, ds.Standards[len(ds.Standards)-1].ID, "mine/a")
	same(t, len(ds.Land), 1)
	same(t, []int32{ds.Facilities[0].Landmass, ds.Facilities[1].Landmass}, []int32{0, -1})
	same(t, []int64{iss.Count("place.off_land"), iss.Count("people.off_land")}, []int64{1, 1})
	ds, _ = mustOpen(t, town(t, base+"land: none\n", nil))
	same(t, len(ds.Land), 0)
	same(t, ds.Facilities[0].Landmass, int32(-1))
}

func TestZonePartsAsRows(t *testing.T) {
	more := strings.Replace(counties, `"code":"330922","name":"east"`, `"code":"330921","name":"west"`, 1)
	ds, iss := mustOpen(t, town(t, base, map[string]string{"counties.geojson": more}))
	same(t, len(ds.Zones), 2)
	same(t, len(ds.Zones[0].Geometry), 2)
	same(t, iss.Count("zone.merged"), int64(1))
}

func TestCancel(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, _, err := Open(ctx, town(t, base, nil), Options{}, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
