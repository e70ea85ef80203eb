package analysis_test

import (
	"math"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"
)

// seconds are the costs of the rows in order, -1 for what is never reached.
func seconds(run *coverage.Run) []float64 {
	var out []float64
	for _, c := range run.Coverage[0].Cost {
		if c == coverage.Never {
			out = append(out, -1)
		} else {
			out = append(out, float64(c)/1000)
		}
	}
	return out
}

func near(t *testing.T, name string, got []float64, want ...float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %v, want %v", name, got, want)
	}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 0.1 {
			t.Errorf("%s: row %d takes %v s, want %v", name, i, got[i], want[i])
		}
	}
}

// The rows: A (900 m from B), B, Q (400 m from E), E, and a hamlet 200 m off the
// street, 500 m from B along it.
func TestWalkingWithABoat(t *testing.T) {
	ds := coveragetest.FerryTown()
	ask := func(c analysis.Choice) []float64 {
		c.AdHoc, c.Mode = within("clinic", "30min"), "walk"
		return seconds(ask(t, ds, c))
	}
	const onFoot, boat = 0.72, 300 + 300 + 300 // wait, boarding, sailing
	near(t, "typical", ask(analysis.Choice{}), 1300*onFoot+boat, 400*onFoot+boat, 400*onFoot, 0, 1100*onFoot+boat)
	near(t, "best", ask(analysis.Choice{Boats: "best"}), 1300*onFoot+600, 400*onFoot+600, 400*onFoot, 0, 1100*onFoot+600)
	near(t, "guaranteed", ask(analysis.Choice{Boats: "guaranteed"}), 1300*onFoot+1200, 400*onFoot+1200, 400*onFoot, 0, 1100*onFoot+1200)
	near(t, "off", ask(analysis.Choice{Boats: "off"}), -1, -1, 400*onFoot, 0, -1)
	near(t, "slowly", ask(analysis.Choice{SpeedKMH: 2.5, Boats: "off"}), -1, -1, 800*onFoot, 0, -1)
	ds.Facilities[0].DelayS = 60
	near(t, "with a delay", ask(analysis.Choice{Boats: "off"}), -1, -1, 400*onFoot+60, 60, -1)
}

// Within 401 m along streets, walks to them included; boats do not count.
func TestDistancesAlongStreets(t *testing.T) {
	run := ask(t, coveragetest.FerryTown(), analysis.Choice{AdHoc: within("clinic", "401m"), Mode: "walk"})
	near(t, "metres", seconds(run), -1, -1, 400, 0, -1) // in metres: mm / 1000
	if got := run.Coverage[0].Rows[0].Served; got != 20 {
		t.Errorf("%v served within 401 m, want 20", got)
	}
	if got := run.Coverage[0].Standard.Rules[0].Travel.Boats; got != "" {
		t.Errorf("boats %q in a distance", got)
	}
	// Nor does the time that passes at a facility.
	ds := coveragetest.FerryTown()
	ds.Facilities[0].DelayS = 60
	near(t, "with a delay", seconds(ask(t, ds, analysis.Choice{AdHoc: within("clinic", "401m"), Mode: "walk"})), -1, -1, 400, 0, -1)
}

// A standard may walk in town and drive in the country: people of each setting
// go by their own rule.
func TestTownWalksCountryDrives(t *testing.T) {
	ds := coveragetest.FerryTown()
	ds.Standards = []coverage.Standard{{
		ID: "p/s", Kinds: []string{"clinic"}, Group: "all",
		Rules: []coverage.Rule{
			{Setting: coverage.Urban, Threshold: coverage.Threshold{Seconds: 1800}, Travel: coverage.Travel{Mode: "walk"}},
			{Setting: coverage.Rural, Threshold: coverage.Threshold{Seconds: 60}, Travel: coverage.Travel{Mode: "drive"}},
		},
	}}
	run := ask(t, ds, analysis.Choice{Within: true})
	near(t, "both", seconds(run), 1300*0.72+900, 400*0.72+900, 400*3.6/25, 0, 1100*0.72+900)
	if got := run.Coverage[0].Rows[0]; got.Mode != "walk+drive" || got.Served != 40+10 {
		t.Errorf("row %+v", got)
	}
	for i, want := range []uint16{0, 1, 1, 1, 1} { // A walks 1,836 s
		if got := run.Coverage[0].Within[i]; got != want {
			t.Errorf("row %d has %d clinics within reach, want %d", i, got, want)
		}
	}
	if u := run.Options.Transport; u == nil || len(u.Profiles) != 2 || u.Ground != nil {
		t.Errorf("the run says it used %+v", u)
	}
}

// What lies beyond the walk to the street, or over water from it, is told and
// not served.
func TestBesideTheNetwork(t *testing.T) {
	ds := coveragetest.FerryTown()
	ds.Transport.Snap.LimitM = 150
	run := ask(t, ds, analysis.Choice{AdHoc: within("clinic", "60min"), Mode: "walk"})
	near(t, "times", seconds(run), 1300*0.72+900, 400*0.72+900, 288, 0, -1)
	var told []string
	for _, l := range run.LeftOut {
		told = append(told, l.Key)
		if l.Key == "far_off" && l.People != 20 {
			t.Errorf("%v people far off, want 20", l.People)
		}
	}
	if !strings.Contains(strings.Join(told, " "), "far_off") {
		t.Errorf("left out: %v", told)
	}
	// With the quay's street gone, the people at B are 400 m of water from Q.
	ds = coveragetest.FerryTown()
	coveragetest.Roads{Places: `
			.............Q...E
			..................
			..................
			..................`, Streets: []coveragetest.Street{{Along: "QE"}}}.Add(ds)
	near(t, "over water", seconds(ask(t, ds, analysis.Choice{AdHoc: within("clinic", "60min"), Mode: "walk"})), -1, -1, 288, 0, -1)
	off := false
	near(t, "over water, rule off", seconds(ask(t, ds, analysis.Choice{AdHoc: within("clinic", "60min"), Mode: "walk", Landmass: &off})), -1, 2*288, 288, 0, -1)
}

// A wall from the second row down keeps the hamlet from walking straight.
func TestOpenGround(t *testing.T) {
	ds := coveragetest.Town{
		Zones: `
			aaaaaa
			aaaaaa
			aaaaaa`,
		People: `
			......
			......
			1....1`,
		Facilities: `
			......
			......
			...C..`,
		Kinds: map[byte]string{'C': "clinic"}, Rural: "?",
	}.Dataset()
	coveragetest.Ground(ds, ds.Demand.Grid, `
			......
			.#....
			.#....`, 3.6) // a second a metre
	run := ask(t, ds, analysis.Choice{AdHoc: within("clinic", "10min"), Mode: "friction"})
	// Up a column and around the end of the wall: the diagonal steps at the wall's
	// corners pass one closed cell, which is allowed.
	diagonal := 100 * math.Sqrt2
	near(t, "wall", seconds(run), 100+3*diagonal, 200)
	near(t, "faster", seconds(ask(t, ds, analysis.Choice{AdHoc: within("clinic", "10min"), Mode: "friction", SpeedKMH: 7.2})), (100+3*diagonal)/2, 100)
	// A road through the wall, at the speed of walking on a street.
	coveragetest.Roads{Places: `
			......
			......
			A..B..`, Streets: []coveragetest.Street{{Along: "AB"}}}.Add(ds)
	ds.Transport.Ground.Roads = "walk"
	near(t, "bridge", seconds(ask(t, ds, analysis.Choice{AdHoc: within("clinic", "10min"), Mode: "friction"})), 300*0.72, 200-14)
}

// What a mode cannot heed is refused, not ignored.
func TestChoicesThatNoModeHeeds(t *testing.T) {
	ds := coveragetest.FerryTown()
	for name, c := range map[string]analysis.Choice{
		"choice.mode":        {Mode: "friction"},
		"choice.detour_mode": {Mode: "walk", Detour: 1.2},
		"choice.boats_mode":  {Mode: "line", Boats: "off"},
		"road.boats":         {Mode: "walk", Boats: "rarely"},
		"choice.direction":   {Mode: "walk", Direction: "back"},
		"choice.as_mode":     {Mode: "walk", As: "drive"},
		"choice.area_mode":   {Mode: "walk", CellRule: coverage.CellArea},
	} {
		c.AdHoc = within("clinic", "15min")
		_, err := analysis.New(ds, "test").Run(t.Context(), c, nil)
		said, ok := err.(*coverage.Error)
		if !ok || said.Key != name || said.Code != coverage.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A hamlet 600 m off the street: no walk to the street is that long, the ground
// is crossed to it, and the boat is boarded.
func TestRoadsAndGroundInOneSearch(t *testing.T) {
	ds := coveragetest.FerryTown()
	coveragetest.Ground(ds, ds.Demand.Grid, `
		..........~~~.....
		..........~~~.....
		..........~~~.....
		..........~~~.....`, 3.6) // a second a metre
	ds.Transport.Snap.LimitM = 150
	walk := analysis.Choice{AdHoc: within("clinic", "60min"), Mode: "walk"}
	near(t, "walk", seconds(ask(t, ds, walk)), 1300*0.72+900, 400*0.72+900, 288, 0, -1)
	walk.Mode, walk.As = "mixed", "walk"
	// From the hamlet four cells east and two up: two of them aslant, to the street
	// above, then along it.
	near(t, "mixed", seconds(ask(t, ds, walk)), 1300*0.72+900, 400*0.72+900, 288, 0, 200*math.Sqrt2+300*0.72+400*0.72+900)
	walk.As = ""
	run := ask(t, ds, walk)
	if got := run.Coverage[0].Standard.Rules[0].Travel; got.As != "drive" || got.Boats != "typical" {
		t.Errorf("travel %+v", got)
	}
	// The boat carries no cars, so nobody gets across: the ground ends at the sea.
	near(t, "by car", seconds(run), -1, -1, 400*3.6/25, 0, -1)
	off := analysis.Choice{AdHoc: within("clinic", "60min"), Mode: "mixed", As: "walk", Boats: "off"}
	near(t, "no boats", seconds(ask(t, ds, off)), -1, -1, 288, 0, -1)
	e := analysis.New(ds, "test")
	r, err := e.Route(t.Context(), ds.Demand.At[4], []string{"clinic"}, false, analysis.Choice{Mode: "mixed", As: "walk"})
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	sum := uint32(0)
	for _, s := range r.Steps {
		kinds, sum = append(kinds, s.Kind), sum+s.Cost
	}
	if got := strings.Join(kinds, " "); !strings.HasPrefix(got, "ground street board sail street") || sum != r.Route.Cost {
		t.Errorf("%s, %d of %d ms", got, sum, r.Route.Cost)
	}
}
