package analysis_test

import (
	"math"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

func TestRouteOverTheStrait(t *testing.T) {
	ds := coveragetest.FerryTown()
	e := analysis.New(ds, "test")
	hamlet := ds.Demand.At[4]
	r, err := e.Route(t.Context(), hamlet, []string{"clinic"}, false, analysis.Choice{Mode: "walk"})
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		kind    string
		seconds float64
	}{{"walk", 200 * 0.72}, {"street", 500 * 0.72}, {"board", 600}, {"sail", 300}, {"street", 400 * 0.72}, {"walk", 0}} // the clinic is 2 mm off the street
	if len(r.Steps) != len(want) || r.Facility.ID != "C" || !r.IsTime {
		t.Fatalf("%+v", r)
	}
	sum := uint32(0)
	for i, w := range want {
		if s := r.Steps[i]; s.Kind != w.kind || math.Abs(float64(s.Cost)/1000-w.seconds) > 0.1 {
			t.Errorf("step %d is %+v, want %+v", i, s, w)
		}
		sum += r.Steps[i].Cost
	}
	if sum != r.Cost {
		t.Errorf("the steps add up to %d, not %d", sum, r.Cost)
	}
	if r.Steps[2].Name != "strait" || r.Steps[0].Line[0] != hamlet {
		t.Errorf("%+v", r.Steps)
	}
	run := ask(t, ds, analysis.Choice{AdHoc: within("clinic", "1h"), Mode: "walk"})
	if run.Coverage[0].Cost[4] != r.Cost {
		t.Errorf("coverage says %d ms, the route %d", run.Coverage[0].Cost[4], r.Cost)
	}
	if r, err = e.Route(t.Context(), hamlet, []string{"clinic"}, true, analysis.Choice{Mode: "walk"}); err == nil {
		t.Errorf("a way in metres over the strait: %+v", r)
	}
	if _, err = e.Route(t.Context(), hamlet, []string{"clinic"}, false, analysis.Choice{Mode: "walk", Boats: "off"}); coverage.CodeOf(err) != coverage.Infeasible {
		t.Errorf("a way without boats: %v", err)
	}
	if r, err = e.Route(t.Context(), ds.Demand.At[2], []string{"clinic"}, false, analysis.Choice{}); err != nil || r.Steps[0].Kind != "line" || r.Cost != 288000 {
		t.Errorf("straight: %+v, %v", r, err)
	}
}

// Every demand row that is inside an area is within its limit, and is counted
// whether drawn or not; areas are nested, and do not touch the other island
// unless the boat goes there in time.
func TestIsochroneOfATown(t *testing.T) {
	ds := coveragetest.FerryTown()
	e := analysis.New(ds, "test")
	from := ds.Demand.At[1] // the quay B
	limits := []coverage.Threshold{{Seconds: 1200}, {Seconds: 400}, {Seconds: 960}}
	a, err := e.Isochrone(t.Context(), from, limits, false, analysis.Choice{Mode: "walk"})
	if err != nil {
		t.Fatal(err)
	}
	// From B: A 648 s, Q 900 s, E 900 + 288 s, the hamlet 360 + 144 s.
	for i, want := range []struct {
		seconds uint32
		people  float64
	}{{400, 10}, {960, 10 + 10 + 10 + 20}, {1200, 60}} {
		area := a.Areas[i]
		if area.Limit != want.seconds*1000 || area.People[0] != want.people {
			t.Errorf("area %d: %d ms, %v people, want %+v", i, area.Limit, area.People, want)
		}
		for row, at := range ds.Demand.At {
			cost := []float64{648, 0, 900, 1188, 504}[row]
			if in := planar.MultiPolygonContains(area.Geometry, at); in && cost > float64(want.seconds)+1 {
				t.Errorf("row %d takes %v s and is drawn within %d", row, cost, want.seconds)
			} else if !in && cost < float64(want.seconds)-30 {
				t.Errorf("row %d takes %v s and is not drawn within %d", row, cost, want.seconds)
			}
		}
	}
	strait := orb.Point{(ds.Demand.At[1][0] + ds.Demand.At[2][0]) / 2, ds.Demand.At[1][1]}
	if planar.MultiPolygonContains(a.Areas[2].Geometry, strait) {
		t.Error("the water is drawn as reached")
	}
	straight, err := e.Isochrone(t.Context(), from, []coverage.Threshold{{Metres: 950}}, false, analysis.Choice{})
	if err != nil {
		t.Fatal(err)
	}
	if got := straight.Areas[0].People[0]; got != 10+10+20 {
		t.Errorf("%v people within 950 m on the own island, want 40", got)
	}
	if len(straight.Areas[0].Geometry) != 1 {
		t.Errorf("a straight line is drawn on %d islands", len(straight.Areas[0].Geometry))
	}
	if _, err := e.Isochrone(t.Context(), from, []coverage.Threshold{{Metres: 1}, {Seconds: 1}}, false, analysis.Choice{}); err == nil {
		t.Error("times and distances in one question")
	}
}
