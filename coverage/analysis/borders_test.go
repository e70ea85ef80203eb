package analysis_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Two cities of one row of cells each side of a border; W stands in the west and
// says nothing, E in the east and is open to the people of zone a, N in no zone.
// Cells are 100 m.
func twoCities() *coverage.Dataset {
	ds := coveragetest.Town{
		Zones:      "aaaabbbb",
		People:     "21111121",
		Facilities: "W....E..",
		Kinds:      map[byte]string{'W': "clinic", 'E': "clinic"}, Rural: "?",
	}.Dataset()
	ds.Facilities[1].Share = "zone a"
	return ds
}

// Within 200 m and of their own W serves 40 of the 50 people of a, E (in b, 100 m
// from the border) all of the 50 of b: 10 in the fifth cell, 10 at it, 20, 10. With E
// open to a the fourth cell of a (200 m off) is served too. Without borders the
// same.
func TestBordersOfTwoCities(t *testing.T) {
	for _, c := range []struct {
		name, share   string
		choice        analysis.Choice
		inA, inB, sum float64
	}{
		{"no borders", "", analysis.Choice{}, 50, 50, 100},
		{"own", "", analysis.Choice{Borders: "town"}, 40, 50, 90},
		{"stated by name", "zone a", analysis.Choice{Borders: "town"}, 50, 50, 100},
		{"stated by id", "x, a", analysis.Choice{Borders: "town"}, 50, 50, 100},
		{"stated, left out", "zone a", analysis.Choice{Borders: "town", OwnOnly: true}, 40, 50, 90},
		{"open", "全部", analysis.Choice{Borders: "town"}, 50, 50, 100},
		{"closed", "否", analysis.Choice{Borders: "town"}, 40, 50, 90},
	} {
		ds := twoCities()
		ds.Facilities[1].Share = c.share
		c.choice.AdHoc = within("clinic", "200m")
		run := ask(t, ds, c.choice)
		for _, r := range run.Coverage[0].Rows {
			if want := map[string]float64{"": c.sum, "a": c.inA, "b": c.inB}[r.Zone]; r.Served != want {
				t.Errorf("%s: %v served in %q, want %v", c.name, r.Served, r.Zone, want)
			}
		}
		if got := slices.ContainsFunc(run.LeftOut, func(l coverage.LeftOut) bool { return l.Key == "share_unread" }); got != (c.name == "stated by id") {
			t.Errorf("%s: left out %+v", c.name, run.LeftOut)
		}
	}
}

// People and facilities in no zone of the level are on no side: they have what is
// open to everybody, and that is told.
func TestOnNoSideOfABorder(t *testing.T) {
	ds := twoCities()
	ds.Zones = ds.Zones[:1]
	for i, z := range ds.Demand.Zone {
		if z > 0 {
			ds.Demand.Zone[i] = -1
		}
	}
	c := analysis.Choice{AdHoc: within("clinic", "200m"), Borders: "town"}
	ds.Facilities[1].Share = ""
	run := ask(t, ds, c)
	if got := run.Coverage[0].Rows[0].Served; got != 40 {
		t.Errorf("%v served, want the 40 of W", got)
	}
	var told []string
	for _, l := range run.LeftOut {
		told = append(told, l.Key)
		if l.Key == "no_side" && l.People != 50 {
			t.Errorf("%v people on no side", l.People)
		}
		if l.Key == "facility_no_side" && !strings.Contains(l.Message.EN, "E") {
			t.Errorf("%+v", l)
		}
	}
	if !slices.Contains(told, "no_side") || !slices.Contains(told, "facility_no_side") {
		t.Errorf("left out: %v", told)
	}
	ds.Facilities[1].Share = "yes"
	if got := ask(t, ds, c).Coverage[0].Rows[0].Served; got != 100 {
		t.Errorf("%v served, want all", got)
	}
}

func TestBordersThatCannotBe(t *testing.T) {
	for key, c := range map[string]analysis.Choice{
		"choice.borders":      {Borders: "planet"},
		"choice.area_borders": {Borders: "town", CellRule: coverage.CellArea},
	} {
		c.AdHoc = within("clinic", "200m")
		_, err := analysis.New(twoCities(), "test").Run(t.Context(), c, nil)
		if said, ok := err.(*coverage.Error); !ok || said.Key != key || said.Code != coverage.Invalid {
			t.Errorf("%s: %v", key, err)
		}
	}
	_, err := analysis.New(twoCities(), "test").Isochrone(t.Context(), orb.Point{}, []coverage.Threshold{{Seconds: 60}}, false, analysis.Choice{Borders: "town"})
	if said, ok := err.(*coverage.Error); !ok || said.Key != "isochrone.borders" {
		t.Errorf("isochrone: %v", err)
	}
}

// A route leads to the nearest facility that people of the place may use.
func TestRouteWithinBorders(t *testing.T) {
	ds := twoCities()
	e := analysis.New(ds, "test")
	for _, c := range []struct{ borders, share, want string }{{"", "", "E"}, {"town", "", "W"}, {"town", "a", "E"}} {
		ds.Facilities[1].Share = c.share
		r, err := e.Route(t.Context(), ds.Demand.At[3], []string{"clinic"}, true, analysis.Choice{Borders: c.borders})
		if err != nil || r.Facility.ID != c.want {
			t.Errorf("%+v: %v, %v", c, r, err)
		}
	}
}

// counties is the ferry town with ground, cut into counties A (towns p and q, the
// halves of the first island) and B (the second island), and with clinics and
// shares at random.
func counties(t *rapid.T) *coverage.Dataset {
	ds := coveragetest.FerryTown()
	coveragetest.FerryGround(ds)
	ds.Transport.Ground.Roads = "walk"
	cutIntoCounties(ds)
	ds.Facilities[0].Share = someShare.Draw(t, "share of C")
	for i := range rapid.IntRange(1, 4).Draw(t, "more facilities") {
		f := ds.Facilities[0]
		f.ID, f.At, f.Share = fmt.Sprintf("F%d", i), dryCell(t, ds, "at"), someShare.Draw(t, "share")
		f.DelayS = rapid.Int32Range(0, 60).Draw(t, "delay")
		if twin := ds.Facilities[len(ds.Facilities)-1]; rapid.IntRange(0, 2).Draw(t, "twin") == 0 { // as far from everybody
			f.At, f.DelayS = twin.At, twin.DelayS
		}
		f.Landmass = landOf(ds, f.At)
		ds.Facilities = append(ds.Facilities, f)
	}
	return ds
}

var someShare = rapid.SampledFrom([]string{"", "", "all", "A", "B", "p", "town q；B", "A, p", "nobody knows", "no"})

func cutIntoCounties(ds *coverage.Dataset) {
	g := ds.Demand.Grid
	ds.Zones = []coverage.Zone{
		{ID: "A", Name: "county A", Level: "county", Parent: -1, Geometry: square(g, 0, 0, 10, 4)},
		{ID: "B", Name: "county B", Level: "county", Parent: -1, Geometry: square(g, 13, 0, 18, 4)},
		{ID: "p", Name: "town p", Level: "town", Parent: 0, Geometry: square(g, 0, 0, 5, 4)},
		{ID: "q", Name: "town q", Level: "town", Parent: 0, Geometry: square(g, 5, 0, 10, 4)},
	}
	e := analysis.New(ds, "test")
	for i, at := range ds.Demand.At {
		ds.Demand.Zone[i] = e.ZoneAt(at)
	}
}

// dryCell is the centre of a cell of the ferry town's islands.
func dryCell(t *rapid.T, ds *coverage.Dataset, name string) orb.Point {
	cell := rapid.Int32Range(0, 4*18-1).Filter(func(c int32) bool { col := c % 18; return col < 10 || col > 12 }).Draw(t, name)
	x, y := ds.Demand.Grid.Centre(cell)
	return orb.Point{x, y}
}

func landOf(ds *coverage.Dataset, at orb.Point) int32 {
	return int32(slices.IndexFunc(ds.Land, func(l coverage.Land) bool { return inside(l.Geometry, at) }))
}

// mayUse is who may use what, word by word: the obvious answer.
func mayUse(ds *coverage.Dataset, home, live int32, share, level string) bool {
	up := func(z int32, stop func(coverage.Zone) bool) int32 {
		for z >= 0 && !stop(ds.Zones[z]) {
			z = ds.Zones[z].Parent
		}
		return z
	}
	ofLevel := func(z coverage.Zone) bool { return z.Level == level }
	if side := up(home, ofLevel); side >= 0 && side == up(live, ofLevel) {
		return true
	}
	for _, word := range strings.FieldsFunc(share, func(r rune) bool { return r == ',' || r == '；' }) {
		word = strings.TrimSpace(word)
		if word == "all" || up(live, func(z coverage.Zone) bool { return z.ID == word || z.Name == word }) >= 0 {
			return true
		}
	}
	return false
}

// oneByOne answers every row by itself, on a dataset in which the facilities that
// it may not use are closed.
func oneByOne(t *rapid.T, ds *coverage.Dataset, c analysis.Choice) (cost []uint32, nearest []int32, count []uint16) {
	e := analysis.New(ds, "test")
	homes, level := e.FacilityZones(), c.Borders
	c.Borders = ""
	for i := range ds.Demand.At {
		one := *ds
		one.Facilities = slices.Clone(ds.Facilities)
		for f := range one.Facilities {
			if !mayUse(ds, homes[f], ds.Demand.Zone[i], one.Facilities[f].Share, level) {
				one.Facilities[f].Status = "closed"
			}
		}
		got := runOf(t, e.For(&one), c).Coverage[0]
		cost, nearest = append(cost, got.Cost[i]), append(nearest, got.Nearest[i])
		if got.Within != nil {
			count = append(count, got.Within[i])
		}
	}
	return cost, nearest, count
}

// Within borders every row has what it would have if the facilities that are not
// its to use did not stand.
func TestBordersAgainstTheObviousAnswer(t *testing.T) {
	for _, mode := range []string{"line", "walk", "drive", "friction", "mixed"} {
		t.Run(mode, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				ds := counties(t)
				land := rapid.Bool().Draw(t, "landmass")
				c := inSeconds(mode, rapid.Int32Range(60, 1800).Draw(t, "within"))
				c.Borders, c.Landmass, c.Within = rapid.SampledFrom([]string{"county", "town"}).Draw(t, "borders"), &land, true
				bordersOnce(t, ds, c)
			})
		})
	}
}

func TestBordersOfTownsAgainstTheObviousAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 5))
		ds := county(r, rapid.IntRange(16, 100).Draw(t, "cells"), rapid.IntRange(1, 9).Draw(t, "clinics"))
		for i := range ds.Facilities {
			ds.Facilities[i].Share = []string{"", "all", "t0", "t1；town 2", "c", "no"}[r.IntN(6)]
		}
		for i := range ds.Demand.Zone {
			if r.IntN(9) == 0 {
				ds.Demand.Zone[i] = -1
			}
		}
		land := rapid.Bool().Draw(t, "landmass")
		bordersOnce(t, ds, analysis.Choice{
			AdHoc:   []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Metres: float64(rapid.IntRange(50, 3000).Draw(t, "metres"))}}},
			Borders: []string{"town", "county"}[r.IntN(2)], Landmass: &land, Within: true,
		})
	})
}

func bordersOnce(t *rapid.T, ds *coverage.Dataset, c analysis.Choice) {
	got := runOf(t, analysis.New(ds, "test"), c).Coverage[0]
	cost, nearest, count := oneByOne(t, ds, c)
	if !slices.Equal(got.Cost, cost) || !slices.Equal(got.Nearest, nearest) || !slices.Equal(got.Within, count) {
		t.Fatalf("costs %v\nwant  %v\nnearest %v\nwant    %v\nwithin %v\nwant   %v", got.Cost, cost, got.Nearest, nearest, got.Within, count)
	}
}

// Opening a border never lowers coverage, for anybody: own facilities only, then
// as the shares say, then without borders; and one share more.
func TestOpeningABorderNeverLowersCoverage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := counties(t)
		mode := rapid.SampledFrom([]string{"line", "walk", "friction", "mixed"}).Draw(t, "mode")
		c := inSeconds(mode, 600)
		c.Borders = rapid.SampledFrom([]string{"county", "town"}).Draw(t, "borders")
		stated, own, open := c, c, c
		own.OwnOnly, open.Borders = true, ""
		e := analysis.New(ds, "test")
		steps := []*coverage.Run{runOf(t, e, own), runOf(t, e, stated)}
		more := *ds
		more.Facilities = slices.Clone(ds.Facilities)
		f := &more.Facilities[rapid.IntRange(0, len(more.Facilities)-1).Draw(t, "opens")]
		f.Share += "," + someShare.Draw(t, "to")
		steps = append(steps, runOf(t, e.For(&more), stated), runOf(t, e, open))
		for k, run := range steps[1:] {
			for i, cost := range run.Coverage[0].Cost {
				if before := steps[k].Coverage[0].Cost[i]; cost > before {
					t.Fatalf("step %d: row %d takes %d, and took %d", k+1, i, cost, before)
				}
			}
		}
	})
}

// What a run is made with is in its hash; without borders nothing new is.
func TestBordersAreInTheHash(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range []analysis.Choice{{}, {OwnOnly: true}, {Borders: "town"}, {Borders: "town", OwnOnly: true}} {
		c.AdHoc = within("clinic", "200m")
		run := ask(t, twoCities(), c)
		text, err := json.Marshal(run.Options)
		if err != nil || strings.Contains(string(text), "borders") != (c.Borders != "") || strings.Contains(string(text), "own_only") != (c.Borders != "" && c.OwnOnly) {
			t.Errorf("%s, %v", text, err)
		}
		seen[run.Hash] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d hashes, want 3: share is nothing without borders", len(seen))
	}
}
