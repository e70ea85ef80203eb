package api_test

import (
	"context"
	"fmt"
	"maps"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"lifecircle/api"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/catchment"
	"lifecircle/coverage/coveragetest"
	"lifecircle/geo/network"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

type routeAnswer struct {
	collection
	Route routeSaid
}

type routeSaid struct {
	Facility string          `json:"facility"`
	Seconds  *int64          `json:"seconds,omitempty"`
	Metres   *float64        `json:"metres,omitempty"`
	DelayS   int64           `json:"delay_s"`
	Travel   coverage.Travel `json:"travel"`
}

var ways = []string{
	"kind=clinic", "kind=clinic&landmass=off", "kind=clinic&mode=walk", "kind=clinic&mode=drive&direction=from", "kind=clinic&mode=bike&boats=best&speed=9",
	"kind=clinic&mode=walk&boats=off", "kind=clinic&mode=friction", "kind=clinic&mode=walk&metres=true", "kind=clinic&metres=true&landmass=off&detour=1.5",
}

// Every number of a route is the engine's, and its steps add up.
func TestRoutesAreTheEngines(t *testing.T) {
	ds := roadTown()
	h, engine := serve(ds), analysis.New(ds, "test")
	for _, q := range ways {
		values, _ := url.ParseQuery(q)
		for _, at := range append([]orb.Point{{10.0001, -0.0001}}, ds.Demand.At...) {
			want, err := engine.Route(context.Background(), at, []string{"clinic"}, values.Has("metres"), travelOf(values))
			w := get(t, h, fmt.Sprintf("/route?from=%v,%v&%s", at[0], at[1], q))
			if err != nil {
				if d := problemOf(t, w); d.Status != http.StatusUnprocessableEntity || d.Code != "infeasible" || d.Detail != coverage.Explain(err, "en") {
					t.Errorf("%s from %v: %v, answered %+v", q, at, err, d)
				}
				continue
			}
			checkRoute(t, q, decode[routeAnswer](t, w), want.Said(at))
		}
	}
}

func travelOf(v url.Values) analysis.Choice {
	c := analysis.Choice{Mode: v.Get("mode"), Direction: v.Get("direction"), Boats: v.Get("boats")}
	_, _ = fmt.Sscan(v.Get("speed"), &c.SpeedKMH)
	_, _ = fmt.Sscan(v.Get("detour"), &c.Detour)
	if v.Get("landmass") == "off" {
		off := false
		c.Landmass = &off
	}
	return c
}

func checkRoute(t *testing.T, name string, got routeAnswer, want analysis.RouteSaid) {
	t.Helper()
	steps := want.Steps
	want.Steps = nil
	told := routeSaid{want.Facility, want.Seconds, want.Metres, want.DelayS, want.Travel}
	if d := cmp.Diff(told, got.Route); d != "" {
		t.Errorf("%s\n%s", name, d)
	}
	if len(steps) != len(got.Features) || len(steps) == 0 {
		t.Fatalf("%s: %d steps, want %d", name, len(got.Features), len(steps))
	}
	sum := 1000 * float64(got.Route.DelayS)
	for i, f := range got.Features {
		one := steps[i]
		one.Line = nil
		if d := cmp.Diff(asMap(t, one), asMap(t, f.Properties)); d != "" {
			t.Errorf("%s step %d\n%s", name, i, d)
		}
		for _, key := range []string{"ms", "mm"} {
			if v, ok := f.Properties[key].(float64); ok {
				sum += v
			}
		}
	}
	if s := got.Route.Seconds; s != nil && math.Ceil(sum/1000) != float64(*s) {
		t.Errorf("%s: steps of %v ms, %d s in all", name, sum, *s)
	}
	if m := got.Route.Metres; m != nil && math.Abs(sum-1000*float64(got.Route.DelayS)-*m*1000) > 1e-6 {
		t.Errorf("%s: steps of %v mm, %v m in all", name, sum, *m)
	}
}

// By a standard, the way takes as long as /at says, cell by cell, and travels by
// the rule of the cell's setting; a lonely place is told why it has none.
func TestRoutesByStandardAgreeWithPlaces(t *testing.T) {
	for name, ds := range map[string]*coverage.Dataset{"roads": roadTown(), "no roads": town()} {
		h := serve(ds)
		for _, q := range []string{"", "standard=drawn/clinic", "standard=drawn/town-clinic", "standard=drawn/clinic&mode=line&speed=7&landmass=off", "standard=drawn/clinic&direction=from"} {
			for _, at := range ds.Demand.At {
				place := decode[feature](t, get(t, h, fmt.Sprintf("/at?lon=%v&lat=%v&%s", at[0], at[1], q))).Properties
				w := get(t, h, fmt.Sprintf("/route?from=%v,%v&%s", at[0], at[1], q))
				if place["seconds"] == nil && place["metres"] == nil {
					if d := problemOf(t, w); d.Status != http.StatusUnprocessableEntity {
						t.Errorf("%s %s %v: nobody reaches a clinic, but %+v", name, q, at, d)
					}
					continue
				}
				r := decode[routeAnswer](t, w).Route
				said := map[string]any{"facility": place["nearest"].(map[string]any)["id"], "delay_s": r.DelayS, "travel": place["travel"]}
				for _, key := range []string{"seconds", "metres"} {
					if place[key] != nil {
						said[key] = place[key]
					}
				}
				if d := cmp.Diff(asMap(t, said), asMap(t, r)); d != "" {
					t.Errorf("%s %s %v (-place +route)\n%s", name, q, at, d)
				}
			}
		}
	}
}

// Where nobody lives the zone says the setting.
func TestRouteOfAnEmptyPlace(t *testing.T) {
	h := serve(roadTown())
	for from, mode := range map[string]string{"10.0013,-0.0004": "bike", "10.0143,-0.0004": "walk"} {
		if r := decode[routeAnswer](t, get(t, h, "/route?from="+from)); r.Route.Travel.Mode != mode {
			t.Errorf("%s travels by %s, want %s", from, r.Route.Travel.Mode, mode)
		}
	}
}

// What is reached is what the engine says; and the people within each threshold
// are those who by /at are near enough to the only clinic.
func TestIsochronesAreTheEngines(t *testing.T) {
	ds := roadTown()
	ds.Facilities[0].DelayS = 0 // no part of an isochrone
	h, engine := serve(ds), analysis.New(ds, "test")
	clinic := ds.Facilities[0].At
	for _, q := range []string{"", "mode=walk", "mode=drive&speed=30&boats=best", "mode=friction", "mode=walk&boats=off", "landmass=off&speed=4"} {
		values, _ := url.ParseQuery(q)
		choice := travelOf(values)
		choice.Direction = "to"
		limits := []coverage.Threshold{{Seconds: 120}, {Seconds: 900}, {Seconds: 1500}}
		for _, bands := range []bool{false, true} {
			want, err := engine.Isochrone(context.Background(), clinic, limits, bands, choice)
			if err != nil {
				t.Fatal(err)
			}
			got := decode[collection](t, get(t, h, fmt.Sprintf("/isochrone?from=%v,%v&within=15min,2min,25min&direction=to&bands=%v&%s", clinic[0], clinic[1], bands, q)))
			if len(got.Features) != 3 {
				t.Fatalf("%s: %d areas", q, len(got.Features))
			}
			for i, f := range got.Features {
				if d := cmp.Diff(asMap(t, want.Said(i, clinic)), asMap(t, f.Properties)); d != "" {
					t.Errorf("%s bands %v, area %d\n%s", q, bands, i, d)
				}
				if !bands {
					checkPeople(t, h, ds, q, limits[i], f.Properties["people"].(map[string]any))
				}
			}
		}
	}
}

// checkPeople counts the people within a threshold cell by cell.
func checkPeople(t *testing.T, h http.Handler, ds *coverage.Dataset, q string, limit coverage.Threshold, got map[string]any) {
	t.Helper()
	want := map[string]any{"all": 0.0, "60+": 0.0}
	for i, at := range ds.Demand.At {
		p := decode[feature](t, get(t, h, fmt.Sprintf("/at?lon=%v&lat=%v&kind=clinic&within=1h&%s", at[0], at[1], q))).Properties
		if s, ok := p["seconds"].(float64); ok && s <= float64(limit.Seconds) {
			for g, name := range ds.Demand.Groups {
				want[name] = want[name].(float64) + float64(ds.Demand.Pop[g][i])
			}
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("%s within %v: %v, cell by cell %v", q, limit, got, want)
	}
}

func TestOnlyStraightLinesDrawCircles(t *testing.T) {
	h := serve(roadTown())
	for target, want := range map[string]int{
		"/circles": 0, "/circles?mode=line": 2, "/circles?mode=friction": 0, "/circles?kind=clinic&within=1km": 1, "/circles?kind=clinic&within=1km&mode=walk": 0,
	} {
		if c := decode[collection](t, get(t, h, target)); c.NumberMatched != want || c.Run.Hash == "" {
			t.Errorf("%s: %d circles, want %d", target, c.NumberMatched, want)
		}
	}
}

// A click, and another question, find the roads already weighed: had they to be
// weighed anew after their profile changed under us, nobody would get there.
func TestRoadsAreWeighedOnce(t *testing.T) {
	ds := roadTown()
	h := serve(ds)
	click := "/at?lon=10.0004&lat=-0.0004&kind=clinic&within=30min&mode=bike"
	first := get(t, h, click)
	if s := decode[feature](t, first).Properties["seconds"]; s == nil {
		t.Fatal("nobody gets there")
	}
	bike := ds.Transport.Profile("bike")
	bike.KMH, bike.OpenKMH = map[string]float64{}, 0
	if again := get(t, h, click); again.Body.String() != first.Body.String() {
		t.Errorf("a click weighs the roads anew: %s, then %s", first.Body, again.Body)
	}
	if c := decode[collection](t, get(t, h, "/coverage?kind=clinic&within=30min&mode=bike")); c.Total.Served == 0 {
		t.Error("a run after a click weighs the roads anew")
	}
	if get(t, serve(ds), "/route?from=10.0004,-0.0004&kind=clinic&mode=bike").Code != http.StatusUnprocessableEntity {
		t.Error("this test would not notice")
	}
}

// Two datasets that differ in roads or ground alone have different tags.
func TestTagsKnowTheRoads(t *testing.T) {
	seen := map[string]string{}
	for name, change := range map[string]func(*coverage.Transport){
		"as they are":  func(*coverage.Transport) {},
		"other roads":  func(tr *coverage.Transport) { tr.Roads = otherRoads() },
		"no roads":     func(tr *coverage.Transport) { tr.Roads = nil },
		"other pace":   func(tr *coverage.Transport) { tr.Ground.Seconds[0] = 3 },
		"other boats":  func(tr *coverage.Transport) { tr.Boats.HeadwayS = 60 },
		"other speeds": func(tr *coverage.Transport) { tr.Profiles[0].KMH = map[string]float64{"residential": 3} },
	} {
		ds := roadTown()
		change(ds.Transport)
		tag := get(t, serve(ds), "/project").Header().Get("ETag")
		if other := seen[tag]; other != "" || tag == "" {
			t.Errorf("%s and %s have the tag %s", name, other, tag)
		}
		seen[tag] = name
	}
}

func otherRoads() *network.Graph {
	ds := roadTown()
	coveragetest.Roads{
		Places:  "A.......B....Q...E\n..................\n..................\n..................",
		Streets: []coveragetest.Street{{Along: "AB"}, {Along: "QE"}},
	}.Add(ds)
	return ds.Transport.Roads
}

func TestWaysAreBoundInTime(t *testing.T) {
	for _, target := range []string{"/route?from=10,0&kind=clinic", "/isochrone?from=10,0&within=5min"} {
		t.Run(target, func(t *testing.T) { t.Parallel(); checkBound(t, target) })
	}
}

func checkBound(t *testing.T, target string) {
	t.Helper()
	h := handler(fixed{town()}, broken{slow: true}, api.Options{TimeoutS: 1, Log: quiet()})
	if d := problemOf(t, get(t, h, target)); d.Code != "timeout" {
		t.Errorf("%s: %+v", target, d)
	}
	s := started{begin: make(chan struct{}), end: make(chan struct{})}
	h = handler(fixed{town()}, s, api.Options{TimeoutS: 1, HeavyWork: 1, WaitForRun: time.Millisecond, Log: quiet()})
	done := make(chan struct{})
	go func() { get(t, h, "/coverage?speed=1"); close(done) }()
	<-s.begin
	if d := problemOf(t, get(t, h, target)); d.Code != "busy" {
		t.Errorf("%s: %+v", target, d)
	}
	<-done
	<-s.end
}

// crooked is an engine whose areas have very many corners.
type crooked struct{ broken }

func (crooked) Isochrone(context.Context, *coverage.Dataset, orb.Point, []coverage.Threshold, bool, analysis.Choice) (*analysis.IsochroneAnswer, error) {
	return &analysis.IsochroneAnswer{Areas: []catchment.Area{{Geometry: orb.MultiPolygon{{make(orb.Ring, 300_000)}, {make(orb.Ring, 100_001)}}}}}, nil
}

func TestDrawingsAreBound(t *testing.T) {
	d := problemOf(t, get(t, handler(fixed{town()}, crooked{}, api.Options{Log: quiet()}), "/isochrone?from=10,0&within=5min"))
	if d.Status != http.StatusBadRequest || len(d.Params) != 1 || d.Params[0] != "within" || !strings.Contains(d.Detail, "400001 corners") {
		t.Errorf("%+v", d)
	}
}

// The roads are one layer for every question, with a tag of the data; a project
// without roads has empty tiles.
func TestRoadTiles(t *testing.T) {
	ds := roadTown()
	h := serve(ds)
	target := "/tiles/roads/" + tileOver(orb.Point{10.0045, -0.0009}, 14)
	w := get(t, h, target)
	kinds := lines(properties(t, w.Body.Bytes(), "roads"), "kind")
	if d := cmp.Diff([]string{"kind=ferry", "kind=street"}, kinds); d != "" {
		t.Error(d)
	}
	tag := w.Header().Get("ETag")
	if again := get(t, h, target, "If-None-Match", tag); tag == "" || again.Code != http.StatusNotModified {
		t.Errorf("tag %q: %d", tag, again.Code)
	}
	if w := get(t, h, target+"?standard=drawn/clinic"); w.Code != http.StatusBadRequest {
		t.Errorf("%d for a parameter that means nothing here", w.Code)
	}
	if w := get(t, serve(town()), target); w.Code != http.StatusNoContent || w.Header().Get("ETag") == tag {
		t.Errorf("%d without roads", w.Code)
	}
}
