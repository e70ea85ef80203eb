package project

import (
	"fmt"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

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
  - {file: ./a/../b.csv, kind: school, id: 编号, xy: 坐标, capacity: 学位, tier: t, status: s, zone: z, opens: o, closes: c, mobile: m, share: sh, site: si, delay: de}
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
networks:
  - {file: comoros-2021.osm.pbf}
  - {file: b.pbf, ferries: false}
  - {file: roads.shp, layer: l, crs: gcj02, encoding: gbk, class: 等级, map: {国道: primary, 1: skip, 小巷: lane}, default: residential, speed: 限速, oneway: 单行, tags: {surface: 路面}, join_m: 2}
profiles:
  ambulance: {like: drive, kmh: {primary: 70, lane: 6}, maxspeed: none}
  drive: {kmh: {track: 15}, maxspeed_share: 0.8, surface: {surface=gravel: 30}, turns: []}
  walk: {access: foot}
boats: {scenario: guaranteed, wait_cap_min: 20, headway_min: 45, boarding_min: 0, speed_kmh: 20, stay_min: 90, max_days_lost: 5}
snap: {limit_m: 800, near_m: 0, walk_kmh: 4}
friction:
  cell_m: 90
  kmh: 3.5
  landcover: {file: lc.tif, band: 2, classes: {10: 3, 80: 0}}
  heights: [{file: dem.tif}, {file: N12E043.hgt.zip, crs: EPSG:4490}]
  slope: langmuir
  barriers: [{file: rivers.gpkg, layer: rivers, touch: true}, {file: walls.shp}]
  roads: ambulance
  neighbours: 8
ferries:
  - {file: ferries.csv}
  - file: boats.xlsx
    sheet: 一
    crs: EPSG:4490
    name: 航线
    from: 起
    to: 讫
    from_lon: a
    from_lat: b
    to_lon: c
    to_lat: d
    quays: {file: quays.csv, name: n, xy: 坐标}
    minutes: m
    departures: dep
    headway: h
    first: f
    last: l
    return_departures: rd
    return_headway: rh
    return_first: rf
    return_last: rl
    boarding: bo
    passengers: p
    vehicles: v
    days_lost: dl
    season: s
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
				Opens: "o", Closes: "c", Mobile: "m", Share: "sh", Site: "si", Delay: "de",
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
		Networks: []Network{
			{Source: Source{File: "comoros-2021.osm.pbf", Line: 32}, Default: "unclassified", JoinM: 0.5},
			{Source: Source{File: "b.pbf", Line: 33}, Default: "unclassified", JoinM: 0.5, NoFerries: true},
			{
				Source: Source{File: "roads.shp", Layer: "l", CRS: "GCJ-02", Encoding: "gbk", Line: 34}, Class: "等级", Map: map[string]string{"国道": "primary", "1": "skip", "小巷": "lane"},
				Default: "residential", Speed: "限速", Oneway: "单行", Tags: map[string]string{"surface": "路面"}, JoinM: 2,
			},
		},
		Profiles: fullProfiles(),
		Boats:    network.Boats{Scenario: network.Guaranteed, WaitCapS: 1200, HeadwayS: 2700, BoardingS: 0.001, KMH: 20, StayS: 5400, MaxDaysLost: 5},
		Snap:     search.SnapOptions{LimitM: 800, NearM: -1, WalkKMH: 4},
		Friction: &Friction{
			Line: 42, CellM: 90, KMH: 3.5, LandCover: &LandCover{Source: Source{File: "lc.tif", Line: 44}, Band: 2, Classes: map[int32]float64{10: 3, 80: 0}},
			Heights: []Source{{File: "dem.tif", Line: 45}, {File: "N12E043.hgt.zip", CRS: "EPSG:4490", Line: 45}}, Slope: "langmuir",
			Barriers: []Barrier{{Source: Source{File: "rivers.gpkg", Layer: "rivers", Line: 47}, Touch: true}, {Source: Source{File: "walls.shp", Line: 47}}}, Roads: "ambulance",
		},
		Ferries: []Ferries{
			{Source: Source{File: "ferries.csv", Line: 51}},
			{
				Source: Source{File: "boats.xlsx", Sheet: "一", CRS: "EPSG:4490", Line: 52}, Name: "航线", From: "起", To: "讫", FromX: "a", FromY: "b", ToX: "c", ToY: "d",
				Quays:   &Quays{Source: Source{File: "quays.csv", Line: 62}, Name: "n", XY: "坐标"},
				Minutes: "m", Boarding: "bo", Out: Times{"dep", "h", "f", "l"}, Back: Times{"rd", "rh", "rf", "rl"}, Passengers: "p", Vehicles: "v", DaysLost: "dl", SeasonDays: "s",
			},
		},
		Standards: []Standard{{ID: "xianning-2025", Line: 77}, {File: "my-pack.yaml", Line: 77}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if iss.Fatal() != 0 {
		t.Error(texts(iss))
	}
}

// fullProfiles are the shipped ones as the example changes them.
func fullProfiles() []profile.Profile {
	list := profile.Shipped()
	walk, drive := &list[0], &list[3]
	walk.Access = []string{"foot"}
	drive.KMH["track"], drive.MaxSpeedShare, drive.Surface["surface=gravel"], drive.Turns = 15, 0.8, 30, nil
	ambulance := profile.Car()
	ambulance.Name, ambulance.KMH["track"], ambulance.MaxSpeedShare, ambulance.Surface["surface=gravel"], ambulance.Turns = "ambulance", 15, 0.8, 30, nil
	ambulance.KMH["primary"], ambulance.KMH["lane"], ambulance.MaxSpeed = 70, 6, ""
	return append(list, ambulance)
}

// What stands in no key is as documented.
func TestMovingDefaults(t *testing.T) {
	iss := &coverage.Issues{}
	p := Parse("p", []byte("population: [{file: a.tif}]\nnetworks: [{file: a.pbf}]\nfriction: {heights: [{file: d.tif}]}\n"), iss)
	want := &Friction{Line: 3, KMH: 4, Heights: []Source{{File: "d.tif", Line: 3}}, Slope: "tobler", Roads: "walk", Knights: true}
	if d := cmp.Diff(want, p.Friction); d != "" || iss.Fatal() != 0 || !p.Moves() {
		t.Error(d, texts(iss))
	}
	p = Parse("p", []byte("population: [{file: a.tif}]\nfriction: {heights: [{file: d.tif}], slope: none, roads: none, grid: population}\n"), iss)
	if p.Friction.Slope != "" || p.Friction.Roads != "" || iss.Fatal() != 0 {
		t.Errorf("%+v", p.Friction)
	}
	p = Parse("p", []byte("population: [{file: a.tif}]\nboats: {wait_cap_min: 0, stay_min: 0}\nsnap: {near_m: 20}\n"), iss)
	if p.Boats != (network.Boats{WaitCapS: 0.001, StayS: 0.001}) || p.Snap != (search.SnapOptions{NearM: 20}) || p.Moves() {
		t.Errorf("%+v %+v", p.Boats, p.Snap)
	}
	if d := cmp.Diff(profile.Shipped(), p.Profiles); d != "" {
		t.Error(d)
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
		ok + "networks: [{file: a.pbf, class: k}]\n":                      "project.lines_only 2:33 networks[1].class",
		ok + "networks: [{file: a.shp, ferries: false}]\n":                "project.tags 2:12 networks[1].ferries",
		ok + "networks: [{file: a.shp, map: {a: primary}}]\n":             "project.missing 2:12 networks[1].class",
		ok + "networks: [{file: a.shp, class: k, map: {a: primery}}]\n":   "project.class 2:0 networks[1].map.a",
		ok + "networks: [{file: a.shp, default: skip}]\n":                 "project.class 2:0 networks[1].default",
		ok + "networks: [{file: a.shp, tags: {highway: k}}]\n":            "project.tag_has_key 2:42 networks[1].tags.highway",
		ok + "networks: [{file: a.shp, join_m: -1}]\n":                    "project.value 2:34 networks[1].join_m",
		ok + "profiles: {line: {kmh: {track: 1}}}\n":                      "project.profile_name 2:12 profiles.line",
		ok + "profiles: {drive: {kmh: {track: 301}}}\n":                   "project.value 2:33 profiles.drive.kmh.track",
		ok + "profiles: {drive: {kph: {track: 1}}}\n":                     "project.unknown_key 2:20 profiles.drive.kph",
		ok + "profiles: {taxi: {maxspeed: cap}}\n":                        "project.missing 2:18 profiles.taxi.kmh",
		ok + "profiles: {taxi: {like: car}}\n":                            "project.profile_like 2:18 profiles.taxi.like",
		ok + "profiles: {a: {like: b}, b: {like: a}}\n":                   "project.profile_circle 2:29 profiles.b.like",
		ok + "profiles: {drive: {surface: {gravel: 3}}}\n":                "project.value 2:38 profiles.drive.surface.gravel",
		ok + "boats: {scenario: rarely}\n":                                "project.value 2:19 boats.scenario",
		ok + "boats: {headway_min: 0}\n":                                  "project.value 2:22 boats.headway_min",
		ok + "snap: {limit_m: 0}\n":                                       "project.value 2:17 snap.limit_m",
		ok + "ferries: [{file: a.csv, from_lon: x}]\n":                    "project.missing 2:11 ferries[1].from_lat",
		ok + "ferries: [{file: a.csv, quays: {name: x}}]\n":               "project.missing 2:32 ferries[1].quays.file",
		ok + "friction: {cell_m: 100, grid: population}\n":                "project.either 2:11 friction",
		ok + "friction: {slope: tobler}\n":                                "project.missing 2:11 friction.heights",
		ok + "friction: {roads: car}\n":                                   "project.no_profile 2:0 friction.roads",
		ok + "friction: {neighbours: 4}\n":                                "project.value 2:24 friction.neighbours",
		ok + "friction: {landcover: {file: l.tif}}\n":                     "project.missing 2:23 friction.landcover.classes",
		ok + "friction: {landcover: {file: l.tif, classes: {wood: 3}}}\n": "project.value 2:53 friction.landcover.classes.wood",
		ok + "friction: {shares: [{file: l.tif}]}\n":                      "project.missing 2:21 friction.shares[1].kmh",
		ok + "friction: {kmh: 0}\n":                                       "project.value 2:17 friction.kmh",
		"name: x\n":                                                       "project.missing 1:1 population",
		ok + ok:                                                           "project.syntax 2:1 ",
		ok + "a: [b\n":                                                    "project.syntax 2:4 ",
		"":                                                                "project.missing 0:0 population",
		"# nothing\n":                                                     "project.missing 0:0 population",
		ok + "---\n" + ok:                                                 "project.syntax 0:0 ",
		"- a\n":                                                           "project.type 1:1 ",
		strings.Repeat("[", 200000):                                       "project.syntax 0:0 ",
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
