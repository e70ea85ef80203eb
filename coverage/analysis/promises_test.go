package analysis_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"
	"lifecircle/geo/network"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// What programs of this kind got wrong, each as a promise held through the whole
// job.

var movingModes = []string{"walk", "drive", "friction"}

func inSeconds(mode string, seconds int32) analysis.Choice {
	return analysis.Choice{Mode: mode, AdHoc: []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: seconds}}}}
}

func runOf(t *rapid.T, e *analysis.Engine, c analysis.Choice) *coverage.Run {
	run, err := e.Run(t.Context(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func anyStreetTown(t *rapid.T) (*streetTown, *rand.Rand) {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 4))
	return drawStreetTown(r, rapid.IntRange(3, 7).Draw(t, "side"), rapid.IntRange(1, 4).Draw(t, "clinics")), r
}

// T minutes are at most T, whoever is asked: the column of coverage, the table,
// the gaps and the route of every row.
func TestTMinutesMeanAtMostT(t *testing.T) {
	served, left := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s, r := anyStreetTown(t)
		e := analysis.New(s.ds, "test")
		for _, mode := range movingModes {
			all := runOf(t, e, inSeconds(mode, 86400)).Coverage[0].Cost
			limit := int32(60)
			if c := all[r.IntN(len(all))]; c != coverage.Never {
				limit = max(1, int32((c+999)/1000)-int32(r.IntN(2))) // the second in which some row is reached, or the one before
			}
			c := &runOf(t, e, inSeconds(mode, limit)).Coverage[0]
			var people, reached float64
			for i, cost := range c.Cost {
				if cost != all[i] {
					t.Fatalf("%s: row %d takes %d ms within %d s, %d within a day", mode, i, cost, limit, all[i])
				}
				if in := cost <= uint32(limit)*1000; (c.Served[i] == 1) != in || !in && c.Served[i] != 0 {
					t.Fatalf("%s: row %d takes %d ms, of %d s: served %v", mode, i, cost, limit, c.Served[i])
				}
				people += float64(s.ds.Demand.Pop[0][i])
				reached += float64(s.ds.Demand.Pop[0][i]) * float64(c.Served[i])
				if c.Served[i] == 1 {
					served++
				} else {
					left++
				}
			}
			if total := c.Rows[0]; math.Abs(total.Served-reached) > 1e-6 || math.Abs(total.Population-people) > 1e-6 {
				t.Fatalf("%s: the table says %v of %v, the rows %v of %v", mode, total.Served, total.Population, reached, people)
			}
			gapsHold(t, s.ds, c)
			for range 4 {
				routeAgrees(t, e, s.ds, c, mode, r.IntN(len(c.Cost)))
			}
		}
	})
	if served < 300 || left < 300 {
		t.Errorf("%d rows served, %d not: too few to tell", served, left)
	}
}

// gapsHold checks that every row left unserved lies in one gap, and no other row.
func gapsHold(t *rapid.T, ds *coverage.Dataset, c *coverage.Coverage) {
	for i, at := range ds.Demand.At {
		in := 0
		for _, g := range c.Gaps {
			if g.Geometry.Bound().Contains(at) && planar.MultiPolygonContains(g.Geometry, at) {
				in++
			}
		}
		if want := 1 - int(c.Served[i]); in != want {
			t.Fatalf("row %d served %v lies in %d gaps", i, c.Served[i], in)
		}
	}
}

func routeAgrees(t *rapid.T, e *analysis.Engine, ds *coverage.Dataset, c *coverage.Coverage, mode string, row int) {
	r, err := e.Route(t.Context(), ds.Demand.At[row], []string{"clinic"}, false, analysis.Choice{Mode: mode})
	if c.Cost[row] == coverage.Never {
		if coverage.CodeOf(err) != coverage.Infeasible {
			t.Fatalf("%s: row %d is never reached, but a route says %v", mode, row, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("%s: row %d is reached in %d ms, but a route says %v", mode, row, c.Cost[row], err)
	}
	sum := r.DelayMS
	for _, s := range r.Steps {
		sum += s.Cost
	}
	if r.Cost != c.Cost[row] || sum != r.Cost || r.Facility.ID != ds.Facilities[c.Nearest[row]].ID {
		t.Fatalf("%s: row %d takes %d ms to %d, the route %d (its steps %d) to %s", mode, row, c.Cost[row], c.Nearest[row], r.Cost, sum, r.Facility.ID)
	}
}

// The people of an isochrone are those whom coverage serves from that place; a
// wider limit serves all that a narrower one does, and draws all that it draws.
func TestNestedLimitsGiveNestedSets(t *testing.T) {
	drawn, towns := 0, uint64(5)
	if testing.Short() {
		towns = 2
	}
	for seed := range towns {
		r := rand.New(rand.NewPCG(seed, 44))
		s := drawStreetTown(r, 4+int(seed), 1)
		s.ds.Facilities[0].DelayS = 0 // an isochrone is of a place, not of a facility
		e := analysis.New(s.ds, "test")
		limits := []coverage.Threshold{{Seconds: int32(30 + r.IntN(200))}, {Seconds: int32(240 + r.IntN(300))}, {Seconds: int32(600 + r.IntN(1200))}}
		for n, mode := range movingModes {
			direction := []string{"to", "from"}[(int(seed)+n)%2]
			a, err := e.Isochrone(t.Context(), s.ds.Facilities[0].At, limits, false, analysis.Choice{Mode: mode, Direction: direction})
			if err != nil {
				t.Fatal(err)
			}
			nestedRuns(t, e, a, mode, direction)
			drawn += nestedAreas(t, r, s, a)
		}
	}
	if drawn < 100*int(towns) {
		t.Errorf("only %d places inside some area", drawn)
	}
}

func nestedRuns(t *testing.T, e *analysis.Engine, a *analysis.IsochroneAnswer, mode, direction string) {
	t.Helper()
	var inner *coverage.Coverage
	for i, limit := range a.Within {
		choice := inSeconds(mode, limit.Seconds)
		choice.Direction = direction
		run, err := e.Run(t.Context(), choice, nil)
		if err != nil {
			t.Fatal(err)
		}
		c := &run.Coverage[0]
		if got := a.Areas[i].People[0]; math.Abs(got-c.Rows[0].Served) > 1e-6 || got == 0 && i > 1 {
			t.Errorf("%s %s within %v: the isochrone has %v people, coverage serves %v", mode, direction, limit, got, c.Rows[0].Served)
		}
		for row := range c.Served {
			if inner != nil && inner.Served[row] > c.Served[row] {
				t.Errorf("%s: row %d is served within %v and not within %v", mode, row, a.Within[i-1], limit)
			}
		}
		inner = c
	}
}

// nestedAreas tries places all over the town.
func nestedAreas(t *testing.T, r *rand.Rand, s *streetTown, a *analysis.IsochroneAnswer) (drawn int) {
	size := float64(150*s.side + 400)
	for range 200 {
		at := s.at(r.Float64()*size, r.Float64()*size)
		before := false
		for i := range a.Areas {
			in := planar.MultiPolygonContains(a.Areas[i].Geometry, at)
			if before && !in {
				t.Fatalf("%s: %v is drawn within %v and not within %v", a.Travel.Mode, at, a.Within[i-1], a.Within[i])
			}
			if before = in; in {
				drawn++
			}
		}
	}
	return drawn
}

// A street more never lowers coverage: nobody's time grows who lives at a street
// (within [search.SnapOptions].NearM, 50 m) before, or off all streets still. Only
// somebody who comes to live at a street by the new one leaves the others within
// a walk alone (and from within a barrier one goes to the nearest open cell).
func TestAddingAStreetNeverLowersCoverage(t *testing.T) {
	compared, faster := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s, r := anyStreetTown(t)
		limit := int32(60 + r.IntN(600))
		before := map[string]*coverage.Coverage{}
		for _, mode := range movingModes {
			before[mode] = &runOf(t, analysis.New(s.ds, "test"), inSeconds(mode, limit)).Coverage[0]
		}
		near := s.atStreets(49, true)
		for range 1 + r.IntN(3) {
			s.add(r, uint32(r.IntN(len(s.places))), uint32(r.IntN(len(s.places))))
		}
		s.build()
		still := s.atStreets(51, false)
		for _, mode := range movingModes {
			old, now := before[mode], &runOf(t, analysis.New(s.ds, "test"), inSeconds(mode, limit)).Coverage[0]
			for i := range now.Cost {
				if !near[mode].settled(still[mode], i) {
					continue
				}
				if compared++; now.Cost[i] < old.Cost[i] {
					faster++
				}
				if now.Cost[i] > old.Cost[i] || now.Served[i] < old.Served[i] {
					t.Fatalf("%s: row %d took %d ms, with a street more %d", mode, i, old.Cost[i], now.Cost[i])
				}
			}
		}
	})
	if compared < 1000 || faster < 100 {
		t.Errorf("%d rows compared, %d of them faster: too few to tell", compared, faster)
	}
}

// Where every street within the limit may be taken (near_m as great as limit_m) a
// street more makes nobody's way longer, whoever comes to live at it.
func TestAddingAStreetNeverLowersAnythingWhereAllAreNear(t *testing.T) {
	compared, faster := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		s, r := anyStreetTown(t)
		s.ds.Transport.Snap = search.SnapOptions{MinNodes: 1, LimitM: 200, NearM: 200}
		before := map[string]*coverage.Coverage{}
		for _, mode := range []string{"walk", "drive"} {
			before[mode] = &runOf(t, analysis.New(s.ds, "test"), inSeconds(mode, 300)).Coverage[0]
		}
		for range 1 + r.IntN(3) {
			s.add(r, uint32(r.IntN(len(s.places))), uint32(r.IntN(len(s.places))))
		}
		s.build()
		for mode, old := range before {
			now := &runOf(t, analysis.New(s.ds, "test"), inSeconds(mode, 300)).Coverage[0]
			for i := range now.Cost {
				if compared++; now.Cost[i] < old.Cost[i] {
					faster++
				}
				if now.Cost[i] > old.Cost[i] || now.Served[i] < old.Served[i] {
					t.Fatalf("%s: row %d took %d ms, with a street more %d", mode, i, old.Cost[i], now.Cost[i])
				}
			}
		}
	})
	if compared < 1000 || faster < 100 {
		t.Errorf("%d rows compared, %d of them faster: too few to tell", compared, faster)
	}
}

// atStreets tells by mode which rows have a street within 50 m that the mode may
// use (both ways: a one-way street takes points only while it is part of a round),
// or stand on open ground, and the same of facilities.
func (s *streetTown) atStreets(metres float64, bothWays bool) map[string]atStreet {
	out := map[string]atStreet{}
	for _, mode := range movingModes {
		p, g := s.ds.Transport.Profile(mode), s.ds.Transport.Ground
		near := func(at orb.Point) bool {
			if p == nil {
				return g.Seconds[g.Grid.Cell(at[0], at[1])] < math.MaxFloat32
			}
			for i, e := range s.streets {
				forward, backward := p.Speeds(s.tags[i])
				open := forward > 0 && backward > 0 || !bothWays && forward+backward > 0
				if open && planar.DistanceFromSegment(s.places[e[0]], s.places[e[1]], at)*equatorM < metres {
					return true
				}
			}
			return false
		}
		a := atStreet{ground: p == nil}
		for _, at := range s.ds.Demand.At {
			a.rows = append(a.rows, near(at))
		}
		for _, f := range s.ds.Facilities {
			a.facilities = append(a.facilities, near(f.At))
		}
		out[mode] = a
	}
	return out
}

// atStreet tells who lives, and what stands, at a street.
type atStreet struct {
	ground           bool // in an open cell
	rows, facilities []bool
}

// settled reports whether a row and all facilities are at a street before, or off
// all streets after.
func (a atStreet) settled(after atStreet, row int) bool {
	ok := func(before, after bool) bool { return before || !a.ground && !after }
	for f := range a.facilities {
		if !ok(a.facilities[f], after.facilities[f]) {
			return false
		}
	}
	return ok(a.rows[row], after.rows[row])
}

// From the end of a pier and from 50 m inland the way differs by the walk between
// the two: who walks along the water's edge boards no boat, and who sails pays
// the wait.
func TestPierAndFiftyMetresInlandAgree(t *testing.T) {
	town := func(clinic string) *coverage.Dataset {
		ds := coveragetest.Town{
			CellM: 50,
			Zones: `
				aaaaaaaaaa~~~~bb
				aaaaaaaaaa~~~~bb
				aaaaaaaaaa~~~~bb`,
			People: `
				................
				1.......11......
				................`,
			Facilities: clinic,
			Kinds:      map[byte]string{'C': "clinic"}, Rural: "?",
		}.Dataset()
		coveragetest.Roads{
			Places: `
				....S...........
				L.......IP....QR
				................`,
			Streets: []coveragetest.Street{{Along: "LIP"}, {Along: "SI"}, {Along: "QR"}},
			Ferries: []coveragetest.Ferry{{From: "P", To: "Q", SailS: 120, Ferry: network.Ferry{Out: network.Timetable{HeadwayS: 600}}}},
		}.Add(ds)
		return ds
	}
	const step = 50 * 0.72
	along := ask(t, town(`
		................
		C...............
		................`), inSeconds("walk", 3600))
	near(t, "along the shore", seconds(along), 0, 8*step, 9*step)
	across := ask(t, town(`
		................
		..............C.
		................`), inSeconds("walk", 3600))
	const boat = 300 + 300 + 120
	near(t, "over the water", seconds(across), 9*step+boat, step+boat, boat)
}

// A ferry every ten minutes costs five minutes of wait, not half an hour; one of
// which nothing is known half of its assumed hour; a rare one no more than the cap.
func TestFerryCostsItsOwnWait(t *testing.T) {
	for headway, wait := range map[int32]float64{600: 300, 120: 60, 3600: 1800, 0: 1800, 7200: 1800} {
		ds := coveragetest.FerryTown()
		coveragetest.Roads{
			Places: `
			A........B...Q...E
			..................
			..................
			..................`,
			Streets: []coveragetest.Street{{Along: "AB"}, {Along: "QE"}},
			Ferries: []coveragetest.Ferry{{From: "B", To: "Q", SailS: 300, Ferry: network.Ferry{Out: network.Timetable{HeadwayS: headway}}}},
		}.Add(ds)
		for _, mode := range []string{"walk", "bike"} {
			onFoot := map[string]float64{"walk": 0.72, "bike": 3.6 / 15}[mode]
			got := seconds(ask(t, ds, inSeconds(mode, 7200)))
			if want := 400*onFoot + 300 + 300 + wait; math.Abs(got[1]-want) > 0.1 {
				t.Errorf("a boat every %d s by %s: %v s from the quay, want %v", headway, mode, got[1], want)
			}
		}
	}
}

// People on an islet with a street of its own and no boat reach nothing, with and
// without the landmass rule: their cost is never, they are a gap without a
// nearest facility, and a run tells of them.
func TestIsletIsUnreachableAndListed(t *testing.T) {
	off := false
	for _, landmass := range []*bool{nil, &off} {
		for _, mode := range []string{"walk", "drive", "friction"} {
			ds := coveragetest.Town{
				Zones: `
					aaaa~~~~~~bb
					aaaa~~~~~~bb`,
				People: `
					1..........2
					............`,
				Facilities: `
					...C........
					............`,
				Kinds: map[byte]string{'C': "clinic"}, Rural: "?",
			}.Dataset()
			coveragetest.Ground(ds, ds.Demand.Grid, `
					....~~~~~~..
					....~~~~~~..`, 5)
			coveragetest.Roads{Places: `
					A..B......IK
					............`, Streets: []coveragetest.Street{{Along: "AB"}, {Along: "IK"}}}.Add(ds)
			ds.Transport.Snap.LimitM = 150
			c := inSeconds(mode, 86400)
			c.Landmass = landmass
			run := ask(t, ds, c)
			cover := run.Coverage[0]
			if cover.Cost[1] != coverage.Never || cover.Nearest[1] != -1 || cover.Served[1] != 0 || cover.Cost[0] == coverage.Never {
				t.Errorf("%s: costs %v, nearest %v, served %v", mode, cover.Cost, cover.Nearest, cover.Served)
			}
			if len(cover.Gaps) != 1 || cover.Gaps[0].Population != 20 || cover.Gaps[0].Nearest.Facility != "" || cover.Gaps[0].Nearest.Seconds != 0 {
				t.Errorf("%s: gaps %+v", mode, cover.Gaps)
			}
			// With the shipped size of a piece of network both streets are yards;
			// the clinic makes only its own one count.
			ds.Transport.Snap.MinNodes = 0
			run = ask(t, ds, c)
			told := false
			for _, l := range run.LeftOut {
				told = told || l.Key == "cut_off" && l.People == 20
			}
			if run.Coverage[0].Cost[1] != coverage.Never || mode != "friction" && !told {
				t.Errorf("%s: cost %d, left out %+v", mode, run.Coverage[0].Cost[1], run.LeftOut)
			}
		}
	}
}

// Slope on hilly ground makes a way up another one than the way down; on ground
// whose heights are all the same, or all unknown, it changes nothing and a run says so.
func TestSlopeThatChangesNothingWarns(t *testing.T) {
	hill := func(height func(col int) float32) *coverage.Dataset {
		ds := coveragetest.Town{
			Zones: "aaaaaaaa", People: "1......1", Facilities: "...C....",
			Kinds: map[byte]string{'C': "clinic"}, Rural: "?",
		}.Dataset()
		coveragetest.Ground(ds, ds.Demand.Grid, "........", 5)
		ds.Transport.Ground.Slope = "tobler"
		for col := range 8 {
			ds.Transport.Ground.Heights = append(ds.Transport.Ground.Heights, height(col))
		}
		return ds
	}
	warns := func(run *coverage.Run) bool {
		for _, l := range run.LeftOut {
			if l.Key == "flat_slope" && l.Message.EN != "" && l.Message.ZH != "" {
				return true
			}
		}
		return false
	}
	hilly := hill(func(col int) float32 { return float32(20 * col) })
	to := ask(t, hilly, inSeconds("friction", 7200))
	c := inSeconds("friction", 7200)
	c.Direction = "from"
	from := ask(t, hilly, c)
	if a, b := to.Coverage[0].Cost, from.Coverage[0].Cost; a[0] == b[0] || a[0] == a[1]*3/4 || warns(to) || warns(from) {
		t.Errorf("on a hill: %v to the clinic, %v from it, warned %v", a, b, warns(to))
	}
	for name, ds := range map[string]*coverage.Dataset{
		"level":   hill(func(int) float32 { return 300 }),
		"unknown": hill(func(int) float32 { return float32(math.NaN()) }),
	} {
		if run := ask(t, ds, inSeconds("friction", 7200)); !warns(run) {
			t.Errorf("%s heights: nothing is told: %+v", name, run.LeftOut)
		}
	}
}

// A query repeated gives the same bytes, on any number of cores, of an engine that
// has answered before or of a new one.
func TestRepeatedQueryGivesTheSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	side, cores := 24, []int{1, 2, 7}
	if testing.Short() {
		side, cores = 9, []int{7}
	}
	s := drawStreetTown(rand.New(rand.NewPCG(8, 15)), side, 9)
	kept := analysis.New(s.ds, "test")
	first := map[string]string{}
	for _, n := range cores {
		runtime.GOMAXPROCS(n)
		for _, e := range []*analysis.Engine{kept, analysis.New(s.ds, "test")} {
			for _, mode := range movingModes {
				c := inSeconds(mode, 900)
				c.Within = mode != "friction"
				run, err := e.Run(t.Context(), c, nil)
				if err != nil {
					t.Fatal(err)
				}
				reached := slices.IndexFunc(run.Coverage[0].Cost, func(c uint32) bool { return c > 100_000 && c < 900_000 })
				a, err1 := e.Isochrone(t.Context(), s.ds.Demand.At[reached], []coverage.Threshold{{Seconds: 100}, {Seconds: 300}}, true, analysis.Choice{Mode: mode})
				r, err2 := e.Route(t.Context(), s.ds.Demand.At[reached], []string{"clinic"}, false, analysis.Choice{Mode: mode})
				if err1 != nil || err2 != nil {
					t.Fatal(err1, err2)
				}
				text, err := json.Marshal([]any{run, run.Coverage, a, r})
				if err != nil {
					t.Fatal(err)
				}
				if first[mode] == "" {
					first[mode] = string(text)
				} else if first[mode] != string(text) {
					t.Errorf("%s with GOMAXPROCS=%d gives other bytes", mode, n)
				}
			}
		}
	}
}
