package data

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lifecircle/coverage"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// The county of these tests: two towns side by side, 200 cells of a hundredth
// of a degree with ten people each, land off the south coast of neither.
//
//	30.1 +--------+--------+
//	     |  西镇  |  东镇  |
//	30.0 +--------+--------+
//	    122.0   122.1    122.2
func faultZones(extra string) string {
	square := func(code, name string, x0, x1 float64) string {
		return fmt.Sprintf(`{"type":"Feature","properties":{"code":%q,"name":%q},"geometry":{"type":"Polygon","coordinates":[[[%[3]g,30],[%[4]g,30],[%[4]g,30.1],[%[3]g,30.1],[%[3]g,30]]]}}`, code, name, x0, x1)
	}
	return `{"type":"FeatureCollection","features":[` + square("330921100", "西镇", 122, 122.1) + "," + square("330921101", "东镇", 122.1, 122.2) + extra + "]}"
}

func faultGrid() string {
	return "ncols 20\nnrows 10\nxllcorner 122\nyllcorner 30\ncellsize 0.01\nNODATA_value -9\n" + strings.Repeat(strings.Repeat("10 ", 20)+"\n", 10)
}

const faultProject = `
max_bad_share: 0.9
zones: [{file: zones.geojson, id: code, name: name, level: town}]
population:
  - {file: people.asc}
  - points: {file: villages.xlsx, groups: {old: 老年人口, all: 人口}}
facilities:
  - {file: list.xlsx, id: 编号, kind: {column: 类别}}
  - {file: schools.csv, kind: {column: 类别, map: {小学: primary_school}}, name: 名称, capacity: 学位数}
`

// Clean rows of a workbook with title, notes and total as people have them.
func cleanFacilities() [][]any {
	rows := [][]any{
		{"岱山县设施一览表（2025）"},
		{},
		{"编号", "名称", "类别", "经度", "纬度", "床位数", "所属乡镇", "状态"},
	}
	kinds := []string{"卫生院", "社区卫生服务中心", "村卫生室", "幼儿园", "小学", "养老院", "日间照料中心", "幸福食堂", "零工驿站", "门诊部"}
	for i := range 30 {
		town, x := "西镇", 122.0051
		if i%2 == 1 {
			town, x = "东镇", 122.1051
		}
		rows = append(rows, []any{
			fmt.Sprint("F", i+1), fmt.Sprintf("第%d%s", i+1, kinds[i%10]), kinds[i%10],
			x + float64(i%9)*0.01, 30.0051 + float64(i%10)*0.01, fmt.Sprint(10+i, "张"), town, "营业",
		})
	}
	return rows
}

func cleanVillages() [][]any {
	rows := [][]any{{"村名", "经度", "纬度", "人口", "老年人口"}}
	for i := range 12 {
		rows = append(rows, []any{fmt.Sprint("村", i), 122.005 + 0.01*float64(i), 30.055, 1000 + 10*i, 200 + i})
	}
	return rows
}

const cleanSchools = "名称,类别,经度,纬度,学位数\n东湖小学,小学,122.05,30.05,900\n西山小学,小学,122.06,30.06,\"1,200\"\n"

func saveBook(t testing.TB, dir, name string, rows [][]any, more ...func(*excelize.File)) {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range more {
		m(f)
	}
	if err := f.SaveAs(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// faultFolder writes the project; files replace the clean ones.
func faultFolder(t testing.TB, facilities, villages [][]any, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "project.yaml", faultProject)
	write(t, dir, "zones.geojson", faultZones(""))
	write(t, dir, "people.asc", faultGrid())
	write(t, dir, "schools.csv", cleanSchools)
	for name, text := range files {
		write(t, dir, name, text)
	}
	saveBook(t, dir, "list.xlsx", facilities, func(f *excelize.File) { _ = f.MergeCell("Sheet1", "A1", "H1") })
	saveBook(t, dir, "villages.xlsx", villages)
	return dir
}

func TestCleanWorkbook(t *testing.T) {
	ds, iss, err := Open(context.Background(), faultFolder(t, cleanFacilities(), cleanVillages(), nil), Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	// The project lists the old before all, and draws people from a grid and from
	// points: that is told, on no row.
	same(t, brief(iss), []string{"population.mixed villages.xlsx 0 人口 all"})
	same(t, len(ds.Facilities), 32)
}

// fault is one change to a clean sheet, and the issues that it must give.
type fault struct {
	key    string
	column int
	value  any
	says   string // the column of the issue
}

// Each fault stands on a row of its own, and is found there and nowhere else.
func TestEveryFaultOnItsRow(t *testing.T) {
	faults := []fault{
		{"lonlat.missing", 3, "", "经度"},
		{"lonlat.missing", 4, "NA", "纬度"},
		{"lonlat.text", 3, "东经一百二十二度", "经度"},
		{"lonlat.text", 4, "30.0.5", "纬度"},
		{"lonlat.text", 3, "122°75′00″", "经度"},
		{"lonlat.range", 3, 222.05, "经度, 纬度"},
		{"lonlat.range", 4, -95, "经度, 纬度"},
		{"lonlat.swapped", 3, "30.05N", "经度"},
		{"lonlat.metres", 3, 422000, "经度, 纬度"},
		{"place.outside_zones", 3, 121.5, "经度, 纬度"},
		{"place.outside_zones", 4, 30.1051, "经度, 纬度"},
		{"place.outside_zones", 4, 29.99, "经度, 纬度"},
		{"place.other_zone", 6, "", "所属乡镇"}, // filled below with the other town
		{"place.unknown_zone", 6, "酉镇", "所属乡镇"},
		{"kind.missing", 2, "", "类别"},
		{"kind.unmapped", 2, "火葬场", "类别"},
		{"facility.no_id", 0, "", "编号"},
		{"facility.duplicate_id", 0, "F1", "编号"},
		{"facility.capacity_text", 5, "约20", "床位数"},
		{"facility.capacity_text", 5, "20-30", "床位数"},
		{"facility.capacity_absurd", 5, -5, "床位数"},
		{"facility.capacity_absurd", 5, 99999999, "床位数"},
		{"facility.capacity_large", 5, 50000, "床位数"},
		{"facility.capacity_fraction", 5, 12.5, "床位数"},
		{"facility.capacity_text", 5, time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC), "床位数"}, // "3-5", as Excel took it
		{"facility.status", 7, "??", "状态"},
	}
	rows := cleanFacilities()
	const first = 4 // index of the first row that is changed
	var want []string
	for i, f := range faults {
		row := rows[first+i]
		if f.key == "place.other_zone" {
			f.value = map[any]string{"西镇": "东镇", "东镇": "西镇"}[row[6]]
		}
		row[f.column] = f.value
		want = append(want, fmt.Sprintf("%s %d %s", f.key, first+i+1, f.says))
	}
	rows = append(rows,
		[]any{"G1", "第一村卫生室", "村卫生室", 0, 0, 10, "西镇", ""},
		[]any{"G2", "第二村卫生室", "村卫生室", 30.05, 122.05, 10, "西镇", ""},
		[]any{"G3", "第 1 卫生院", "卫生院", 122.0051, 30.0061, 10, "西镇", ""},
		[]any{"合计", "", "", "", "", 999},
		[]any{"注：床位数为核定数"},
	)
	want = append(want, "lonlat.zero 34 经度, 纬度", "lonlat.swapped 35 经度, 纬度", "facility.near_duplicate 36 名称", "data.remark_row 37 经度", "data.remark_row 38 经度")
	iss := found(t, faultFolder(t, rows, cleanVillages(), nil), "list.xlsx", want)
	for _, i := range iss.List() {
		m := i.Message()
		if strings.ContainsAny(m.EN+m.ZH, "{}") || m.EN == m.ZH || strings.Contains(m.EN, i.Key) {
			t.Errorf("%s: %q %q", i.Key, m.EN, m.ZH)
		}
	}
}

// found opens a folder and compares the issues of a file, as "key row column",
// with those wanted; the order does not matter.
func found(t testing.TB, dir, file string, want []string) *coverage.Issues {
	t.Helper()
	_, iss, err := Open(context.Background(), dir, Options{KeepAllIssues: true}, nil)
	if err != nil && coverage.CodeOf(err) != coverage.Unusable {
		t.Fatal(err)
	}
	var got []string
	for _, i := range iss.List() {
		if i.File == file && i.Row > 0 {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %d %s", i.Key, i.Row, i.Column)))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	same(t, got, want)
	return iss
}

func TestVillageFaults(t *testing.T) {
	rows := cleanVillages()
	for i, c := range []struct {
		column int
		value  any
	}{{3, -4}, {3, "1,2345"}, {3, ""}, {3, 99999999}, {4, 5000}, {1, ""}, {1, "122.05度分"}, {3, 400000}, {4, "三百"}} {
		rows[1+i][c.column] = c.value
	}
	want := []string{
		"population.absurd 2 人口", "data.not_a_number 3 人口", "population.missing 4 人口", "population.absurd 5 人口", "population.group_exceeds 6 老年人口",
		"lonlat.missing 7 经度", "lonlat.text 8 经度", "population.outlier 9 人口", "data.not_a_number 10 老年人口",
	}
	found(t, faultFolder(t, cleanFacilities(), rows, nil), "villages.xlsx", want)

	rows = cleanVillages()
	for _, r := range rows[1:] {
		r[4] = 0
	}
	_, iss := mustOpen(t, faultFolder(t, cleanFacilities(), rows, nil))
	same(t, iss.Count("population.empty_group"), int64(1))
}

// Faults of CSV text, each on its line.
func TestTextFaults(t *testing.T) {
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String("名称,类别,经度,纬度,学位数\n东湖小学,小学,122.05,30.05,900\n西山小学,小学,122.06,30.06,900,多一格\n南@小学,小学,122.07,30.06,900\n北河小学,小学,12２.０8,30.06,一百\n后山小学,中学,122.09,30.07,30\n")
	if err != nil {
		t.Fatal(err)
	}
	gbk = strings.Replace(gbk, "@", "\xff", 1)
	found(t, faultFolder(t, cleanFacilities(), cleanVillages(), map[string]string{"schools.csv": gbk}), "schools.csv", []string{
		"table.extra_cells 3", "table.undecodable 4 名称", "facility.capacity_text 5 学位数", "kind.unknown 6 类别",
	})
}

// Faults of zones.
func TestZoneFaults(t *testing.T) {
	zone := func(code, name, ring string) string {
		return fmt.Sprintf(`,{"type":"Feature","properties":{"code":%q,"name":%q},"geometry":{"type":"Polygon","coordinates":[[%s]]}}`, code, name, ring)
	}
	bowtie := zone("330921102", "南镇", "[122,29.9],[122.2,29.99],[122.2,29.9],[122,29.99],[122,29.9]")
	over := zone("330921103", "北镇", "[122,30.09],[122.1,30.09],[122.1,30.2],[122,30.2],[122,30.09]")
	for _, c := range []struct {
		extra string
		want  []string
	}{
		{bowtie, []string{"zone.crosses_itself 3", "zone.no_people 3 all", "zone.no_people 3 old"}},
		{over, []string{"zone.overlaps 3", "zone.no_people 3 all", "zone.no_people 3 old"}},
		{zone("330921103", "远镇", "[122.4,30],[122.5,30],[122.5,30.1],[122.4,30]"), []string{"zone.no_people 3 all", "zone.no_people 3 old"}},
		{zone("330921101", "东镇", "[122.2,30],[122.3,30],[122.3,30.1],[122.2,30]"), []string{"zone.merged 3"}},
		{zone("", "无名", "[122.2,30],[122.3,30],[122.3,30.1],[122.2,30]"), []string{"zone.no_id 3 code"}},
		{zone("330921105", "开口", "[122.2,30],[122.3,30],[122.3,30.1],[122.2,30.001]"), []string{"vector.ring.open 3"}},
	} {
		iss := found(t, faultFolder(t, cleanFacilities(), cleanVillages(), map[string]string{"zones.geojson": faultZones(c.extra)}), "zones.geojson", slices.Clone(c.want))
		if c.extra == over {
			continue
		}
		if n := iss.Count("place.outside_zones"); n != 0 && c.want[0] != "zone.no_id 3 code" {
			t.Errorf("%v: %d places outside", c.want, n)
		}
	}
	// Mended only when asked.
	dir := faultFolder(t, cleanFacilities(), cleanVillages(), map[string]string{"zones.geojson": faultZones(bowtie)})
	before, _ := mustOpen(t, dir)
	same(t, len(before.Zones[2].Geometry), 1)
	write(t, dir, "project.yaml", strings.Replace(faultProject, "level: town", "level: town, mend: true", 1))
	after, iss := mustOpen(t, dir)
	same(t, len(after.Zones[2].Geometry), 2)
	same(t, []int64{iss.Count("zone.mended"), iss.Count("zone.crosses_itself")}, []int64{1, 0})
}

// A zone that is missing in the middle shows by the people who live there.
func TestMissingZone(t *testing.T) {
	var features []string
	for i := range 9 {
		if i == 4 {
			continue
		}
		x, y := 122+float64(i%3)*0.06, 30+float64(i/3)*0.03
		features = append(features, fmt.Sprintf(`{"type":"Feature","properties":{"code":"z%d","name":"z%d"},"geometry":{"type":"Polygon","coordinates":[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]}}`,
			i, i, x, y, x+0.06, y, x+0.06, y+0.03, x, y+0.03, x, y))
	}
	dir := faultFolder(t, cleanFacilities(), cleanVillages(), map[string]string{"zones.geojson": `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + "]}"})
	_, iss := mustOpen(t, dir)
	holes := find(iss, "zone.hole")
	if len(holes) != 1 || holes[0].Column != "town" {
		t.Fatalf("%+v", holes)
	}
	// 18 cells of ten people, and the villages in it: rows at 30.055 and six
	// columns from 122.065.
	same(t, holes[0].Args["people"], fmt.Sprint(18*10+1060+1070+1080+1090+1100+1110))
}

// A damaged workbook is an error that names it, whatever is cut off.
func TestDamagedWorkbook(t *testing.T) {
	dir := faultFolder(t, cleanFacilities(), cleanVillages(), nil)
	book, err := os.ReadFile(filepath.Join(dir, "list.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range [][]byte{book[:len(book)/2], book[:10], bytes.Replace(book, []byte("PK\x01\x02"), []byte("PK\x01\x03"), 1)} {
		write(t, dir, "list.xlsx", string(part))
		_, iss, err := Open(context.Background(), dir, Options{}, nil)
		if coverage.CodeOf(err) != coverage.Unusable || iss.Count("table.corrupt") != 1 {
			t.Errorf("%d bytes: %v", len(part), err)
		}
	}
}

// What need not be found out for faults that are only counted changes nothing in
// those that are told.
func TestOnlyCountedFaults(t *testing.T) {
	var list strings.Builder
	list.WriteString("名称,类别,经度,纬度,所属乡镇\n")
	for i := range 200 {
		x, town := 122.0051+0.0009*float64(i), [4]string{"西镇", "东镇", "岱山县西镇", "海镇"}[i%4]
		fmt.Fprintf(&list, "n%d,诊所,%.5f,%.5f,%s\n", i, x, 30.05+0.06*float64(i%7/6), town)
	}
	var kept [2][]string
	for k, all := range []bool{false, true} {
		dir := faultFolder(t, cleanFacilities(), cleanVillages(), map[string]string{"p.csv": list.String()})
		write(t, dir, "project.yaml", strings.Replace(faultProject, "facilities:\n", "facilities:\n  - {file: p.csv, kind: {column: 类别}}\n", 1))
		_, iss, err := Open(context.Background(), dir, Options{KeepAllIssues: all}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"place.other_zone", "place.outside_zones"} {
			told := find(iss, key)
			if iss.Count(key) <= coverage.MaxExamples || all && int64(len(told)) != iss.Count(key) {
				t.Fatalf("%s: %d of %d", key, len(told), iss.Count(key))
			}
			for _, i := range told[:coverage.MaxExamples] {
				kept[k] = append(kept[k], i.Message().EN)
			}
			for _, i := range told {
				if strings.Contains(i.Message().EN, "{") {
					t.Errorf("%s", i.Message().EN)
				}
			}
		}
	}
	same(t, kept[0], kept[1])
}
