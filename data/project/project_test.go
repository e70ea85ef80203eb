package project

import (
	"fmt"
	"strings"
	"testing"

	"lifecircle/coverage"

	"github.com/google/go-cmp/cmp"
)

// full is the example of the agreed form, and every other key once.
const full = `name: {zh: 科摩罗, en: Comoros}
note: illustrative
credit: {en: WorldPop}
crs: EPSG:4490
zones:
  - {file: islands.gpkg, layer: gadm, id: GID_1, name: NAME_1, level: island}
  - file: zones/towns.shp
    id: code
    level: town
    parent: county
    crs: gcj02
    encoding: gbk
    setting: {column: 城乡, map: {"111": urban, 220: rural}}
population:
  - {file: worldpop.tif}
  - {file: old.tif, group: "60+", band: 2}
  - points: {file: villages.xlsx, sheet: 一, x: 经度, y: 纬度, groups: {all: 人口, "60+": 老年人口}}
facilities:
  - {file: health.gpkg, layer: health, name: name, kind: {column: amenity, map: {hospital: hospital, 卫生院: clinic}, others: skip}}
  - {file: ./a/../b.csv, kind: school, id: 编号, xy: 坐标, capacity: 学位, tier: t, status: s, zone: z, opens: o, closes: c, mobile: m, share: sh, site: si}
  - {file: c.csv, kind: {column: type}}
kinds: words/kinds.yaml
land: {file: land.gpkg, layer: l}
land_join_m: 25.5
land_snap_m: 0
cell_rule: area
zone_snap_m: 300
setting: {degree_of_urbanisation: true}
scale_to: {file: c.xlsx, zone: z, groups: {all: a, "60+": [b, c]}, method: iterative, level: county, limit: 2}
max_bad_share: 0.25
networks: [{file: comoros-2021.osm.pbf}]
ferries:
  - {file: ferries.csv}
standards: [xianning-2025, my-pack.yaml]
`

func TestEveryKey(t *testing.T) {
	iss := &coverage.Issues{}
	got := Parse("project.yaml", []byte(full), iss)
	want := &Project{
		Name: coverage.Text{ZH: "科摩罗", EN: "Comoros"}, Note: coverage.Text{ZH: "illustrative", EN: "illustrative"}, Credit: coverage.Text{EN: "WorldPop"},
		CRS: "EPSG:4490",
		Zones: []Zones{
			{Source: Source{File: "islands.gpkg", Layer: "gadm", Line: 6}, ID: "GID_1", Name: "NAME_1", Level: "island"},
			{
				Source: Source{File: "zones/towns.shp", CRS: "GCJ-02", Encoding: "gbk", Line: 7}, ID: "code", Level: "town", Parent: "county",
				Setting: Setting{Column: "城乡", Map: map[string]coverage.Setting{"111": coverage.Urban, "220": coverage.Rural}},
			},
		},
		Population: []Population{
			{Source: Source{File: "worldpop.tif", Line: 15}, Group: "all", Band: 1},
			{Source: Source{File: "old.tif", Line: 16}, Group: "60+", Band: 2},
			{Source: Source{File: "villages.xlsx", Sheet: "一", Line: 17}, Points: &Points{X: "经度", Y: "纬度", Groups: []Group{{"all", "人口"}, {"60+", "老年人口"}}}},
		},
		Facilities: []Facilities{
			{Source: Source{File: "health.gpkg", Layer: "health", Line: 19}, Name: "name", Kind: Kind{Column: "amenity", Map: map[string]string{"hospital": "hospital", "卫生院": "clinic"}, Others: Skip}},
			{
				Source: Source{File: "b.csv", Line: 20}, Kind: Kind{Word: "school"}, ID: "编号", XY: "坐标", Capacity: "学位", Tier: "t", Status: "s", Zone: "z",
				Opens: "o", Closes: "c", Mobile: "m", Share: "sh", Site: "si",
			},
			{Source: Source{File: "c.csv", Line: 21}, Kind: Kind{Column: "type", Others: Keep}},
		},
		Kinds: "words/kinds.yaml",
		ScaleTo: &ScaleTo{
			Source: Source{File: "c.xlsx", Line: 29}, Zone: "z", Groups: []ScaleGroup{{"all", []string{"a"}}, {"60+", []string{"b", "c"}}},
			Level: "county", Iterative: true, Limit: 2,
		},
		Land:      Land{Source: Source{File: "land.gpkg", Layer: "l", Line: 23}},
		LandJoinM: 25.5, LandSnapM: 0, CellRule: coverage.CellArea, ZoneSnapM: 300, DegreeOfUrban: true, MaxBadShare: 0.25,
		Networks:  []Source{{File: "comoros-2021.osm.pbf", Line: 31}},
		Ferries:   []Source{{File: "ferries.csv", Line: 33}},
		Standards: []Standard{{ID: "xianning-2025", Line: 34}, {File: "my-pack.yaml", Line: 34}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if iss.Fatal() != 0 || iss.Count("project.unused") != 2 {
		t.Error(texts(iss))
	}
}

func TestDefaults(t *testing.T) {
	iss := &coverage.Issues{}
	p := Parse("p", []byte("population: [{file: a.tif}]\nland: none\n"), iss)
	if p.CRS != "EPSG:4326" || p.LandJoinM != 50 || p.LandSnapM != 1000 || p.CellRule != coverage.CellCentre || p.MaxBadShare != 0.1 || p.Land.FromZones() || iss.Fatal() != 0 {
		t.Errorf("%+v %v", p, texts(iss))
	}
}

func texts(iss *coverage.Issues) []string {
	var s []string
	for _, i := range iss.List() {
		s = append(s, i.Message().EN)
	}
	return s
}

// Each fault is found at its line and column; %s in the template is the key's
// place.
func TestFaults(t *testing.T) {
	const ok = "population: [{file: a.tif}]\n"
	for text, want := range map[string]string{
		"zone: []\n" + ok: "project.unknown_key 1:1 zone",
		ok + "zones:\n  - {file: a, id: i, level: town,  colour: red}\n":  "project.unknown_key 3:36 zones[1].colour",
		ok + "zones:\n  - file: a\n    level: town\n":                     "project.missing 3:5 zones[1].id",
		ok + "facilities: [{file: ../a.csv, kind: x}]\n":                  "project.path 2:21 facilities[1].file",
		ok + "facilities: [{file: /etc/passwd, kind: x}]\n":               "project.path 2:21 facilities[1].file",
		ok + "facilities: [{file: 'C:\\a.csv', kind: x}]\n":               "project.path 2:21 facilities[1].file",
		ok + "facilities: [{file: 'a\\..\\..\\a.csv', kind: x}]\n":        "project.path 2:21 facilities[1].file",
		ok + "facilities: [{file: a, kind: {column: k, others: drop}}]\n": "project.value 2:50 facilities[1].kind.others",
		ok + "facilities: [{file: a, kind: k, x: lon}]\n":                 "project.missing 2:14 facilities[1].y",
		ok + "crs: EPSG:99999\n":                                          "project.crs 2:6 crs",
		ok + "crs: EPSG:2436\n":                                           "project.crs_datum 2:6 crs",
		ok + "crs:\n":                                                     "project.type 2:6 crs",
		ok + "cell_rule: median\n":                                        "project.value 2:12 cell_rule",
		ok + "max_bad_share: 10%\n":                                       "project.value 2:16 max_bad_share",
		ok + "max_bad_share: .nan\n":                                      "project.value 2:16 max_bad_share",
		ok + "zones: {file: a}\n":                                         "project.type 2:8 zones",
		ok + "scale_to: {file: c.xlsx, zone: z, groups: {}}\n":            "project.type 2:43 scale_to.groups",
		ok + "scale_to: {file: c.xlsx, zone: z, groups: {all: []}}\n":     "project.type 2:49 scale_to.groups.all",
		ok + "zones: [{file: a, id: i, level: total}]\n":                  "project.level_total 2:9 zones[1].level",
		"name: x\n":                 "project.missing 1:1 population",
		ok + ok:                     "project.syntax 2:1 ",
		ok + "a: [b\n":              "project.syntax 2:4 ",
		"":                          "project.missing 0:0 population",
		"# nothing\n":               "project.missing 0:0 population",
		ok + "---\n" + ok:           "project.syntax 0:0 ",
		"- a\n":                     "project.type 1:1 ",
		strings.Repeat("[", 200000): "project.syntax 0:0 ",
		ok + "zones:\n  - {file: t, id: i, level: town}\n  - {file: c, id: i, level: county}\n": "project.levels 4:0 zones",
	} {
		iss := &coverage.Issues{}
		Parse("project.yaml", []byte(text), iss)
		var got []string
		for _, i := range iss.List() {
			got = append(got, fmt.Sprintf("%s %d:%v %s", i.Key, i.Row, i.Args["col"], i.Column))
		}
		if len(got) != 1 || got[0] != want || iss.Fatal() != 1 {
			t.Errorf("%.80q:\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	iss := &coverage.Issues{}
	Parse("p", []byte("colour: red\ncrs: nowhere\nzones: [{file: /a, id: b}]\nfacilities: []\n"), iss)
	if got := texts(iss); len(got) != 6 {
		t.Errorf("%d: %s", len(got), strings.Join(got, "\n"))
	}
	for _, i := range iss.List() {
		m := i.Message()
		if strings.Contains(m.EN+m.ZH, "{") && i.Key != "project.type" || m.EN == i.Key || m.ZH == "" {
			t.Errorf("%s: %q %q", i.Key, m.EN, m.ZH)
		}
	}
}

func TestAnchors(t *testing.T) {
	iss := &coverage.Issues{}
	p := Parse("p", []byte("population: [{file: &f a.tif}, {file: *f, group: b}]\n"), iss)
	if iss.Fatal() != 0 || p.Population[1].File != "a.tif" {
		t.Error(p.Population, texts(iss))
	}
	Parse("p", []byte("population: &a [*a]\n"), iss) // must end
}

func FuzzParse(f *testing.F) {
	f.Add(full)
	f.Add("population: [{file: &f a.tif}, {file: *f}]\n<<: *f\n")
	f.Add("a: |\n  b\n? c\n: d\n")
	f.Fuzz(func(t *testing.T, text string) {
		iss := &coverage.Issues{}
		p := Parse("p", []byte(text), iss)
		if iss.Fatal() > 0 {
			return
		}
		for _, e := range p.Population {
			if e.File == "" || strings.HasPrefix(e.File, "/") || strings.HasPrefix(e.File, "..") {
				t.Fatalf("path %q", e.File)
			}
		}
	})
}
