package catchment

import (
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/travel/mode"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

func square(west, south, east, north float64) orb.Polygon {
	return orb.Polygon{{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}}
}

func people(land int32, at ...orb.Point) *coverage.DemandSet {
	d := &coverage.DemandSet{At: at, Groups: []string{"all"}, Pop: [][]float32{nil}}
	for range at {
		d.Landmass, d.Pop[0] = append(d.Landmass, land), append(d.Pop[0], 100)
	}
	return d
}

func areasOf(t *testing.T, ds *coverage.Dataset, rule coverage.Rule, q Question) Area {
	t.Helper()
	book := mode.NewBook(ds)
	way, err := book.For(t.Context(), rule, q.Ruled)
	if err != nil {
		t.Fatal(err)
	}
	if q.Land = -1; q.Ruled {
		q.Land = book.LandOf(q.From)
	}
	a, err := Areas(t.Context(), ds, way, q)
	if err != nil {
		t.Fatal(err)
	}
	return a[0]
}

// A street that bends away between its crossings is drawn to its bend.
func TestTheBendOfAStreet(t *testing.T) {
	var b network.Builder
	var nodes []uint32
	for _, p := range []orb.Point{{0, 0}, {0, .05}, {.001, .05}, {.001, 0}} {
		n, ok := b.Point(p)
		if !ok {
			t.Fatal(p)
		}
		nodes = append(nodes, n)
	}
	b.Way(nodes, profile.NewTags(profile.Tag{Key: "highway", Value: "residential"}))
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	ds := &coverage.Dataset{Transport: &coverage.Transport{Roads: g, Profiles: profile.Shipped()}, Demand: people(-1, orb.Point{0, .04})}
	ds.Transport.Snap.MinNodes = 2
	a := areasOf(t, ds, coverage.Rule{Threshold: coverage.Threshold{Seconds: 3600}, Travel: coverage.Travel{Mode: "drive", From: true}}, Question{Limits: []uint32{3_600_000}})
	if a.People[0] != 100 || !planar.MultiPolygonContains(a.Geometry, ds.Demand.At[0]) || a.Geometry.Bound().Max[1] < .05 {
		t.Errorf("%v people, drawn to %v", a.People, a.Geometry.Bound())
	}
}

// From off every landmass nobody is reached in a straight line, as everywhere.
func TestNobodyIsReachedFromTheSea(t *testing.T) {
	ds := &coverage.Dataset{Land: []coverage.Land{{Geometry: orb.MultiPolygon{square(0, 0, .01, .01)}}}, Demand: people(-1, orb.Point{.2, .2})}
	rule := coverage.Rule{Threshold: coverage.Threshold{Metres: 50_000}, Travel: coverage.Travel{Mode: coverage.ModeLine, Detour: 1}}
	if a := areasOf(t, ds, rule, Question{From: orb.Point{.21, .2}, Limits: []uint32{50_000_000}, Ruled: true}); a.People[0] != 0 || len(a.Geometry) != 0 {
		t.Errorf("%v people in %v", a.People, a.Geometry)
	}
}

// Land that lies on both sides of 180 degrees is drawn on both.
func TestLandOverTheAntimeridian(t *testing.T) {
	ds := &coverage.Dataset{Land: []coverage.Land{{Geometry: orb.MultiPolygon{square(179.9, 0, 180, .1), square(-180, 0, -179.9, .1)}}}, Demand: people(0, orb.Point{-179.99, .05})}
	rule := coverage.Rule{Threshold: coverage.Threshold{Metres: 5000}, Travel: coverage.Travel{Mode: coverage.ModeLine, Detour: 1}}
	for _, from := range []orb.Point{{179.99, .05}, {-179.99, .05}} {
		a := areasOf(t, ds, rule, Question{From: from, Limits: []uint32{5_000_000}, Ruled: true})
		if width := a.Geometry.Bound().Max[0] - a.Geometry.Bound().Min[0]; a.People[0] != 100 || width < .085 || width > .095 {
			t.Errorf("from %v: %v people within %v", from, a.People, a.Geometry.Bound())
		}
	}
}
