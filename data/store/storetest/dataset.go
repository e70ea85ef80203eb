package storetest

import (
	"fmt"
	"math"
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// Square is a zone-sized square of side degrees with its lower left corner at
// (x, y).
func Square(x, y, side float64) orb.MultiPolygon {
	return orb.MultiPolygon{{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}}}
}

// Town is a dataset that uses every field: two levels of zones, two landmasses,
// cells and points, roads, boats and open ground, awkward names and numbers.
func Town() *coverage.Dataset {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 122, Y0: 30.5, DX: 0.1 / 3, DY: 0.1 / 3, Cols: 6, Rows: 6}
	ds := &coverage.Dataset{
		Name:   coverage.Text{ZH: "岱山县（示例）", EN: "Town of O'Hara, \"quoted\"; DROP TABLE zones; --"},
		Note:   coverage.Text{ZH: "示意数据", EN: "illustrative\nin two lines"},
		Credit: coverage.Text{EN: "© nobody 𠮷"},
		Zones: []coverage.Zone{
			{ID: "330921", Name: "岱山县", Level: "county", Parent: -1, Geometry: Square(122, 30.3, 0.2)},
			{ID: "330921100", Name: "高亭镇", Level: "town", Parent: 0, Setting: coverage.Urban, Geometry: Square(122, 30.3, 0.1)},
			{ID: "O'x\"y", Name: "", Level: "", Parent: 0, Setting: coverage.Rural},
			{ID: "hole", Name: "环", Level: "town", Parent: -1, Geometry: orb.MultiPolygon{
				{
					{{122.1, 30.4}, {122.2, 30.4}, {122.2, 30.5}, {122.1, 30.5}, {122.1, 30.4}},
					{{122.12, 30.42}, {122.12, 30.44}, {122.14, 30.44}, {122.12, 30.42}},
				}, Square(0.1+0.2, 1.0/3, 1e-7)[0],
			}},
		},
		Land:      []coverage.Land{{Geometry: Square(122, 30.3, 0.1)}, {Geometry: Square(122.1, 30.4, 0.1)}},
		Standards: []coverage.Standard{TownStandard("xianning-2025/medical", coverage.Threshold{Seconds: 900}), TownStandard("b", coverage.Threshold{Metres: 1250.125})},
		Sources: []coverage.Source{
			{Role: "zones", File: "区划/zones.gpkg", Layer: "gadm", CRS: "EPSG:4490", SHA256: strings.Repeat("ab", 32), Rows: 4},
			{Role: "population", File: "pop.tif", Rows: math.MaxInt64},
		},
		Packs: []coverage.Pack{{ID: "p", YAML: "id: p\nname: {zh: \"中\", en: \"'\"}\n"}, {}},
	}
	ds.Facilities = townFacilities()
	ds.Demand = townDemand(spec)
	ds.Transport = townTransport()
	return ds
}

// TownStandard is a standard for clinics with rules by setting.
func TownStandard(id string, t coverage.Threshold) coverage.Standard {
	far := coverage.Threshold{Seconds: 2 * t.Seconds, Metres: 2 * t.Metres}
	line := coverage.Travel{Mode: "line", As: "walk", SpeedKMH: 4.8, Detour: 1.3}
	return coverage.Standard{
		ID: id, Name: coverage.Text{ZH: "医疗 15 分钟圈", EN: "clinic & hospital <15 min"}, Clause: "§3.2", Service: "medical",
		Kinds: []string{"hospital", "clinic"}, Group: "60+", Target: 0.9,
		Rules: []coverage.Rule{{Setting: coverage.Urban, Threshold: t, Travel: line}, {Setting: coverage.Rural, Threshold: far, Travel: line}},
	}
}

func townFacilities() []coverage.Facility {
	return []coverage.Facility{
		{
			ID: "z-last-first", Site: "s1", Name: "县第一人民医院", Kind: "hospital", Tier: "二级甲等", At: orb.Point{122.0123456789, 30.3987654321},
			Capacity: 0.1 + 0.2, Zone: "高亭镇", Status: "open", Opens: "1998", Closes: "2031-05-01", Mobile: true, Share: "军民", DelayS: 480, Landmass: 0,
			Source: coverage.Ref{File: "a.xlsx", Sheet: "设施", Row: 17},
		},
		{ID: "a", Site: "a", Kind: "clinic", At: orb.Point{-0.5, -30}, Landmass: -1},
		{ID: strings.Repeat("长", 400), Name: "it's \\ \t", Kind: "clinic", At: orb.Point{math.Nextafter(122.1, 123), 30.45}, Capacity: math.MaxFloat64, DelayS: math.MaxInt32, Landmass: 1},
	}
}

// townDemand has a row a cell, one cell on two zones, and two points.
func townDemand(spec grid.Spec) *coverage.DemandSet {
	d := &coverage.DemandSet{Grid: spec, Groups: []string{"all", "60+", "60 +", "ALL", "男60-64"}, Pop: make([][]float32, 5)}
	add := func(cell int32, at orb.Point, zone, land int32, setting coverage.Setting) {
		d.Cell, d.At = append(d.Cell, cell), append(d.At, at)
		d.Zone, d.Landmass, d.Setting = append(d.Zone, zone), append(d.Landmass, land), append(d.Setting, setting)
		for g := range d.Pop {
			d.Pop[g] = append(d.Pop[g], float32(len(d.At))/float32(g+3))
		}
	}
	for cell := range int32(spec.Cells()) {
		x, y := spec.Centre(cell)
		add(cell, orb.Point{x, y}, cell%4, cell%3-1, coverage.Setting(cell%3))
		if cell == 8 {
			add(cell, orb.Point{x, y}, -1, 1, coverage.Rural)
		}
	}
	add(-1, orb.Point{122.01, 30.31}, 1, 0, coverage.Urban)
	add(-1, orb.Point{122.02, 30.32}, -1, -1, coverage.SettingAny)
	d.Pop[0][3], d.Pop[1][4] = math.SmallestNonzeroFloat32, math.MaxFloat32
	return d
}

// RunOn is a run on ds with made-up answers that use every field; seed makes
// runs differ.
func RunOn(ds *coverage.Dataset, seed int) *coverage.Run {
	run := &coverage.Run{
		Hash: fmt.Sprintf("%064x", seed), Version: fmt.Sprintf("v1.%d", seed), Inputs: ds.Sources,
		Options: coverage.RunOptions{Standards: ds.Standards, Groups: []string{"60+"}, Landmass: true, CellRule: coverage.CellCentre, MinPeople: 0.5},
		LeftOut: []coverage.LeftOut{{Key: "no_zone", People: 1.0 / 3, Message: coverage.Text{ZH: "无", EN: "none"}}},
	}
	for k, s := range ds.Standards {
		run.Coverage = append(run.Coverage, answer(ds, s, seed+k))
	}
	return run
}

func answer(ds *coverage.Dataset, s coverage.Standard, seed int) coverage.Coverage {
	n := 0
	if ds.Demand != nil {
		n = ds.Demand.Len()
	}
	c := coverage.Coverage{
		Standard: s, Cost: make([]uint32, n), Nearest: make([]int32, n), Within: make([]uint16, n), Served: make([]float32, n), Judged: make([]bool, n),
	}
	for i := range n {
		c.Nearest[i] = int32((i+seed)%(len(ds.Facilities)+1)) - 1
		c.Cost[i], c.Within[i] = uint32(i*100_001+seed), uint16(i)
		if c.Nearest[i] < 0 {
			c.Cost[i] = coverage.Never
		}
		c.Judged[i] = i%5 != 0
		c.Served[i] = float32(i%3) / 2
	}
	c.Rows = []coverage.Row{{Standard: s.ID, Kind: s.Kinds, Mode: "line", Level: "total", Group: "60+", Setting: "all", Population: 10, Served: 1.0 / 3, Share: 1.0 / 30, Facilities: 3}}
	for _, z := range ds.Zones {
		c.Rows = append(c.Rows, coverage.Row{
			Standard: s.ID, Kind: s.Kinds, Mode: "line", Threshold: coverage.ThresholdAnswer{BySetting: map[string]coverage.Threshold{"urban": {Seconds: 900}, "rural": {Seconds: 1800}}},
			Level: z.Level, Zone: z.ID, Name: z.Name, Group: "60+", Setting: "urban", Population: float64(seed), Target: 0.9,
		})
	}
	for rank := range 3 {
		c.Gaps = append(c.Gaps, coverage.Gap{
			ID: int64(rank) + math.MaxInt32, Rank: rank + 1, Standard: s.ID, Zone: "330921100", ZoneName: "高亭镇", Population: 100.0 / float64(rank+3),
			Groups: map[string]float64{"all": 1, "60+": 1.0 / 3}, Cells: 2, AreaM2: 1e6 / 7.0, At: orb.Point{122.05, 30.35},
			Nearest: coverage.GapNearest{Facility: "a", Name: "甲", Seconds: int64(901 + rank)}, Geometry: Square(122.01*float64(rank+1), 30.3, 0.01),
		})
	}
	return c
}
