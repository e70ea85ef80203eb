package data

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
)

// Wuhan's people of 60 and over, by district, as the 2020 census counts them;
// computed from the workbook with another program.
var wuhanSixty = map[string]float64{
	"420102": 217494, "420103": 127952, "420104": 144103, "420105": 160230, "420106": 231028, "420107": 109585, "420111": 296094,
	"420112": 120385, "420113": 25020, "420114": 159540, "420115": 145076, "420116": 233593, "420117": 175188,
}

func TestWuhanScaledToCensus(t *testing.T) {
	var files, entries, columns []string
	for _, age := range []string{"60", "65", "70", "75", "80"} {
		for _, sex := range []string{"f", "m"} {
			name := "pop_" + age + "_" + sex + "_wuhan.tif"
			files = append(files, "china/wuhan-worldpop/"+name)
			entries = append(entries, "  - {file: "+name+", group: \"60+\"}\n")
		}
	}
	for _, age := range []string{"60到64岁", "65到69岁", "70到74岁", "75到79岁", "80到84岁", "85岁以上"} {
		columns = append(columns, "男_"+age, "女_"+age)
	}
	dir := copyShared(t, "zones: [{file: 420100.json, id: adcode, name: name, level: district, crs: GCJ-02}]\npopulation:\n"+strings.Join(entries, "")+
		"zone_snap_m: 1000\nscale_to: {file: census_county_2020_v1.xlsx, zone: 区划代码, groups: {\"60+\": ["+strings.Join(columns, ", ")+"]}}\n",
		append(files, "china/gcj02/420100.json", "china/census2020/census_county_2020_v1.xlsx")...)
	ds, iss, err := Open(context.Background(), dir, Options{KeepAllIssues: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	by, _ := sums(ds, "60+")
	for id, want := range wuhanSixty {
		if math.Abs(by[id]-want) > 0.5 {
			t.Errorf("%s: %.1f people, want %.0f", id, by[id], want)
		}
	}
	factors := append(find(iss, "scale.factor"), find(iss, "scale.far")...)
	if len(factors) != 13 || iss.Count("scale.no_total") != 0 || iss.Count("scale.not_a_zone") != 0 || iss.Count("people.snapped") != 1 {
		t.Error(brief(iss))
	}
	for _, i := range factors {
		t.Log(i.Message().EN)
	}
	for _, i := range find(iss, "people.snapped") {
		t.Log(i.Message().EN)
	}
}

const censusCSV = "代码,名称,总人口,老年,青年\n330921,west,\"1,000\",100,200\n330922,east,72,NA,10\n330923,south,5,1,1\n330900,city,9999,1,1\n110101,far,x,y,z\n"

func scaled(groups, more string) string {
	return strings.Replace(base, "  - {file: towns.geojson, id: code, name: name, level: town}\n", "", 1) + "scale_to: {file: census.csv, zone: 代码, groups: {" + groups + "}" + more + "}\n"
}

// The west has 33 people on the grid and 1,000 in the census, the east 36 and 72.
func TestScaling(t *testing.T) {
	ds, iss := mustOpen(t, town(t, scaled(`all: 总人口, "60+": 老年`, ""), map[string]string{"census.csv": censusCSV}))
	by, _ := sums(ds, "all")
	same(t, []string{fmt.Sprintf("%.3f", by["330921"]), fmt.Sprintf("%.3f", by["330922"]), fmt.Sprintf("%.3f", by[""])}, []string{"1000.000", "72.000", "40.000"})
	old, all := sums(ds, "60+") // derived; the east has no total
	if math.Abs(old["330921"]-100) > 1e-4 || math.Abs(all-100) > 1e-4 {
		t.Error(old)
	}
	for i, z := range ds.Demand.Zone {
		if z == 0 && math.Abs(float64(ds.Demand.Pop[1][i])-0.1*float64(ds.Demand.Pop[0][i])) > 1e-4 {
			t.Errorf("row %d: %v of %v", i, ds.Demand.Pop[1][i], ds.Demand.Pop[0][i])
		}
	}
	var got []string
	for _, s := range brief(iss) {
		if strings.HasPrefix(s, "scale.") {
			got = append(got, s)
		}
	}
	same(t, got, []string{
		"scale.no_total census.csv 3 老年 NA", "scale.not_a_zone census.csv 4 代码 330923",
		"scale.far census.csv 2 all 30.3030", "scale.far census.csv 3 all 2.0000", "scale.derived census.csv 2 60+ 0.1000",
	})
	ds, _ = mustOpen(t, town(t, scaled(`all: 总人口, "60+": 老年, "0-6": 青年`, ", method: iterative, limit: 100"), map[string]string{"census.csv": censusCSV}))
	young, _ := sums(ds, "0-6")
	if math.Abs(young["330921"]-200) > 1e-3 || math.Abs(young["330922"]-10) > 1e-3 {
		t.Error(young)
	}
	for i := range ds.Demand.Pop[0] {
		if ds.Demand.Pop[1][i]+ds.Demand.Pop[2][i] > ds.Demand.Pop[0][i]*1.00001 {
			t.Errorf("row %d has more old and young people than people", i)
		}
	}
}

// Rows that name no zone are told once, with their people; totals and footnotes
// are not among them.
func TestScalingTellsRowsOfNoZone(t *testing.T) {
	project := strings.Replace(scaled("all: 总人口", ", level: county"), "zone: 代码", "zone: 名称", 1)
	census := "名称,总人口\nwest,\"1,000\"\neast,72\n渔山乡,\"2,500\"\n大鱼山,30\n两县合计,\"1,072\"\n全市,\"3,602\"\n合计,\"3,602\"\n注：2020 年,\n"
	_, iss := mustOpen(t, town(t, project, map[string]string{"census.csv": census}))
	found := find(iss, "scale.unmatched")
	if len(found) != 1 {
		t.Fatal(brief(iss))
	}
	same(t, brief(iss)[:1], []string{"scale.unmatched census.csv 4 名称 渔山乡"})
	for lang, want := range map[string]string{"en": "2 rows with 2530 people (all)", "zh": "2 行（“all”共 2530 人）"} {
		if text := found[0].Message().In(lang); !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
}

func TestScalingRefused(t *testing.T) {
	for key, c := range map[string]struct{ project, census string }{
		"scale.no_zone":  {scaled("all: 总人口", ""), "代码,总人口\n1,2\n"},
		"data.no_column": {scaled("all: 人口", ""), censusCSV},
		"data.missing":   {strings.Replace(scaled("all: 总人口", ""), "census.csv", "none.csv", 1), censusCSV},
	} {
		_, iss, err := Open(context.Background(), town(t, c.project, map[string]string{"census.csv": c.census}), Options{}, nil)
		if err == nil || iss.Count(key) != 1 {
			t.Errorf("%s: %v", key, err)
		}
	}
	_, iss := mustOpen(t, town(t, scaled("all: 总人口", ""), map[string]string{"census.csv": censusCSV + "330921,west,4,5,6\n"}))
	same(t, iss.Count("scale.twice"), int64(1))
}

// The last column of cells lies 500 m to the east of the east county.
func TestPeopleNearTheBorder(t *testing.T) {
	for _, rule := range []string{"centre", "area"} {
		for snap, outside := range map[string]float64{"0": 40, "400": 40, "600": 0} {
			ds, iss := mustOpen(t, town(t, "cell_rule: "+rule+"\nzone_snap_m: "+snap+"\n"+base, nil))
			by, all := sums(ds, "all")
			if math.Abs(by[""]-outside) > 1e-3 || math.Abs(by["330922"]-(76-outside)) > 1e-3 || math.Abs(all-109) > 1e-3 {
				t.Errorf("%s %s: %v", rule, snap, by)
			}
			told := find(iss, "people.snapped")
			if len(told) != int(1-outside/40) || len(told) == 1 && (told[0].Value != "40" || told[0].Args["cells"] != 4) {
				t.Errorf("%s %s: %+v", rule, snap, told)
			}
			same(t, iss.Count("people.outside_zones"), int64(outside/40))
		}
	}
	points := strings.Replace(base, "{file: all.asc}", "{points: {file: p.csv, groups: {all: n}}}", 1)
	ds, iss := mustOpen(t, town(t, "zone_snap_m: 600\n"+points, map[string]string{"p.csv": "x,y,n\n122.035,30.02,7\n122.005,30.005,5\n122.2,30,3\n"}))
	by, _ := sums(ds, "all")
	same(t, by, map[string]float64{"330922": 7, "330921100": 5, "": 3})
	same(t, iss.Count("people.snapped"), int64(1))
}
