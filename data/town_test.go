package data

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"

	"github.com/google/go-cmp/cmp"
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
	same(t, brief(iss), []string{"zone.not_covered counties.geojson 1  330921", "people.outside_zones  0 all 40"})
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
			"zone.unknown_parent towns.geojson 1  south",
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
		"zone.not_covered counties.geojson 1  330921",
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

// Minutes at the facility are read where the project names their column, and
// only there.
func TestDelay(t *testing.T) {
	list := "名称,经度,纬度,delay\n甲,122.005,30.005,5\n乙,122.005,30.006,2.01 min\n丙,122.005,30.007,\n丁,122.005,30.008,-1\n戊,122.005,30.009,很久\n己,122.005,30.001,1440分钟\n庚,122.005,30.002,1441\n"
	project := "population: [{file: all.asc}]\nfacilities: [{file: l.csv, kind: clinic, delay: delay}]\n"
	ds, iss := mustOpen(t, town(t, project, map[string]string{"l.csv": list}))
	var got []int32
	for _, f := range ds.Facilities {
		got = append(got, f.DelayS)
	}
	same(t, got, []int32{300, 121, 0, 0, 0, 86400, 0})
	same(t, brief(iss)[:3], []string{"facility.delay l.csv 5 delay -1", "facility.delay l.csv 6 delay 很久", "facility.delay l.csv 8 delay 1441"})
	ds, _ = mustOpen(t, town(t, strings.Replace(project, ", delay: delay", "", 1), map[string]string{"l.csv": list}))
	same(t, ds.Facilities[0].DelayS, int32(0))
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

// Without a map the table of kinds says what words mean; the rest is listed
// with counts and a guess.
func TestKindsByTable(t *testing.T) {
	list := "name,lon,lat,类别,等级\na,122.005,30.005,卫生院,\nb,122.005,30.006,三甲医院,\nc,122.005,30.007,高亭镇中心小学,省级\nd,122.005,30.008,乡卫生院分院,\ne,122.005,30.009,乡卫生院分院,\nf,122.005,30.01,急诊室,\n"
	for _, kind := range []string{"kind: {column: 类别}", "kind: 类别"} {
		p := strings.Replace(base, "kind: {column: 类别, map: {医院: hospital, 诊所: clinic}}", kind, 1)
		ds, iss := mustOpen(t, town(t, "kinds: own.yaml\n"+p, map[string]string{"clinics.csv": list, "own.yaml": "- {kind: clinic, words: [急诊室]}\n"}))
		var got []string
		for _, f := range ds.Facilities {
			got = append(got, f.Kind+f.Tier)
		}
		same(t, got, []string{"township_hospital", "hospital三级", "primary_school省级", "乡卫生院分院", "乡卫生院分院", "clinic"})
		u := find(iss, "kind.unmapped")
		same(t, len(u), 1)
		if u[0].Row != 5 || u[0].Value != "乡卫生院分院" || u[0].Args["count"] != 2 || u[0].Args["guess"] != "township_hospital" {
			t.Errorf("%+v", u)
		}
	}
}
