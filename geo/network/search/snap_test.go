package search

import (
	"context"
	"math"
	"slices"
	"testing"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/e7"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func snapped(t testing.TB, w *Ways, anchors, points []orb.Point, o SnapOptions) (*Places, *Places) {
	t.Helper()
	s, a, err := NewSnapper(context.Background(), w, Points{At: anchors}, Land{}, o)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Snap(context.Background(), Points{At: points})
	if err != nil {
		t.Fatal(err)
	}
	return a, p
}

func TestPointsEnterTheStreetNotTheCrossing(t *testing.T) {
	w := newTown(t)
	w.put("A", 0, 0)
	w.put("B", 1000, 0)
	w.street("AB")
	weights := walk(w.build(), network.Boats{})
	o := SnapOptions{MinNodes: 1, LimitM: 100, NearM: -1}
	// 50 m to the street, 200 m along it, 30 m off it, at 0.72 s a metre.
	about(t, "along one street", w.secondsAt(weights, at(300, 50), at(500, -30), o), 280*0.72)
	about(t, "and back", w.secondsAt(weights, at(500, -30), at(300, 50), o), 280*0.72)
	about(t, "at the limit", w.secondsAt(weights, at(300, 99.99), at(300, 0), o), 72)
	if got := w.secondsAt(weights, at(300, 100.01), at(500, 0), o); got != -1 {
		t.Errorf("beyond the limit: %v s", got)
	}
	if got := w.secondsAt(weights, at(300, 0), at(1101, 0), o); got != -1 {
		t.Errorf("beyond the end of the street: %v s", got)
	}
}

func TestOneWayStreetsWithin(t *testing.T) {
	w := newTown(t)
	w.put("A", 0, 0)
	w.put("B", 1000, 0)
	w.put("C", 1000, 500)
	w.put("D", 0, 500)
	w.street("ABCDA", "highway", "residential", "oneway", "yes")
	weights := drive(w.build())
	perMetre := 3.6 / 25
	o := SnapOptions{MinNodes: 1, NearM: -1}
	about(t, "with the traffic", w.secondsAt(weights, at(300, 0), at(500, 0), o), 200*perMetre)
	about(t, "round the block", w.secondsAt(weights, at(500, 0), at(300, 0), o), 2800*perMetre)
}

func TestForbiddenTurnsAreDrivenRound(t *testing.T) {
	// A crossing X; from W to N is forbidden. The block X E F N leads round.
	//
	//	     N ---- F
	//	     |      |
	//	W -- X ---- E
	w := newTown(t)
	for name, p := range map[string][2]float64{"W": {-300, 0}, "X": {0, 0}, "E": {300, 0}, "F": {300, 300}, "N": {0, 300}} {
		w.put(name, p[0], p[1])
	}
	wx, xn := w.street("WX"), w.street("XN")
	w.street("XEFN")
	w.b.Ban(network.Ban{FromWay: wx, ToWay: xn, Via: w.place["X"], Tags: tagsOf("restriction", "no_left_turn")})
	w.b.Ban(network.Ban{FromWay: wx, ToWay: xn, Via: w.place["N"], Tags: tagsOf("restriction", "no_left_turn")})
	g, report, err := w.b.Build()
	if err != nil || report.BansUnused != 1 || g.Turns() != 1 {
		t.Fatal(report, g.Turns(), err)
	}
	perMetre := 3.6 / 25
	weights := drive(g)
	// To a point 100 m up the street X to N: over E and F, 1,200 m and back down 200 m.
	mid := at(0, 100)
	about(t, "car", w.secondsAt(weights, w.spot["W"], mid, all), (300+900+200)*perMetre)
	about(t, "car, the other way", w.secondsAt(weights, mid, w.spot["W"], all), 400*perMetre)
	about(t, "from a place on the street before", w.secondsAt(weights, at(-100, 0), mid, all), (100+900+200)*perMetre)
	about(t, "on foot", w.secondsAt(walk(g, network.Boats{}), w.spot["W"], mid, all), 400*0.72)
}

func TestNothingPassesABollard(t *testing.T) {
	w := newTown(t)
	w.put("A", 0, 0)
	w.put("G", 500, 0)
	w.put("B", 1000, 0)
	w.street("AGB")
	w.b.Barrier(w.place["G"], tagsOf("barrier", "bollard"))
	g := w.build()
	o := SnapOptions{MinNodes: 1, MinLengthM: 1, NearM: -1}
	if got := w.secondsAt(drive(g), at(400, 0), at(600, 0), o); got != -1 {
		t.Errorf("a car in %v s", got)
	}
	about(t, "up to it", w.secondsAt(drive(g), at(100, 0), at(400, 0), o), 300*3.6/25)
	about(t, "on foot", w.secondsAt(walk(g, network.Boats{}), at(400, 0), at(600, 0), o), 144)
}

func TestYardsTakeNoPointsUnlessAnAnchorIsThere(t *testing.T) {
	// A long road, a yard 60 m from it, and an islet 5 km off.
	w := newTown(t)
	w.put("A", 0, 0)
	w.put("B", 4000, 0)
	w.street("AB")
	w.put("Y", 1000, 60)
	w.put("Z", 1100, 60)
	w.street("YZ", "highway", "service")
	w.put("I", 0, 5000)
	w.put("J", 100, 5000)
	w.street("IJ", "highway", "footway")
	weights := walk(w.build(), network.Boats{})
	yard, islet := at(1050, 60), at(50, 5000)
	nowhere := at(2000, 2000)
	a, p := snapped(t, weights, []orb.Point{at(0, 0), yard}, []orb.Point{yard, islet, nowhere, {0, 91}}, SnapOptions{})
	if a.Miss[1] != Found || a.of(1)[0].Edge != p.of(0)[0].Edge || math.Abs(float64(a.of(1)[0].LegMS)-60*720) > 20 {
		t.Errorf("the yard went to %v and %v", a.of(1), p.of(0))
	}
	if want := []Miss{Found, Cut, TooFar, NoEarth}; !slices.Equal(p.Miss, want) {
		t.Errorf("misses %v, want %v", p.Miss, want)
	}
	// With a facility on the islet the islet counts.
	a, p = snapped(t, weights, []orb.Point{islet}, []orb.Point{islet, yard}, SnapOptions{})
	if a.Miss[0] != Found || p.Miss[0] != Found || p.of(0)[0].LegMS > 20 {
		t.Error(a.Miss, p.Miss, p.Place)
	}
	got, err := Nearest(context.Background(), weights, Sources{Places: a}, p, Query{})
	if err != nil || got.MS[0] > 40 || got.MS[1] != network.Never || got.Source[1] != -1 {
		t.Error("the yard must not be served across the sea:", got, err)
	}
}

func TestNearestStreetAgreesWithALookAtAll(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := drawSketch(r)
		if rapid.Bool().Draw(r, "antimeridian") {
			for i := range s.points {
				s.points[i][0] += 180 - 400/metresPerDegree
				s.points[i][1] -= 17
			}
			for i := range s.targets {
				s.targets[i][0] += 180 - 400/metresPerDegree
				s.targets[i][1] -= 17
			}
		}
		g := s.graph(t)
		w := walk(g, network.Boats{})
		snapper, _, err := NewSnapper(context.Background(), w, Points{}, Land{}, SnapOptions{MinNodes: 1, LimitM: 300, NearM: -1})
		if err != nil {
			r.Fatal(err)
		}
		got, err := snapper.Snap(context.Background(), Points{At: s.targets})
		if err != nil {
			r.Fatal(err)
		}
		for i, p := range s.targets {
			best := math.Inf(1)
			frame := geodesy.NewFrame(p)
			for e := range uint32(g.Edges()) {
				if w.Open(e) && w.pieces().edge[e] != noPiece {
					for k := range uint32(len(g.PiecesMM(e))) {
						_, m := e7.NearestOn(frame, g.Vertex(e, k), g.Vertex(e, k+1))
						best = min(best, m)
					}
				}
			}
			if (got.Miss[i] == Found) != (best <= 300) {
				r.Fatalf("point %d: miss %v, a street in %v m", i, got.Miss[i], best)
			}
			if got.Miss[i] == Found && math.Abs(float64(got.of(i)[0].LegMS)-best*720) > 20 {
				r.Fatalf("point %d: walk of %d ms, street in %v m", i, got.of(i)[0].LegMS, best)
			}
		}
	})
}

func TestAcrossTheAntimeridian(t *testing.T) {
	var b network.Builder
	p, _ := b.Point(orb.Point{179.999, -17})
	q, _ := b.Point(orb.Point{-179.999, -17})
	b.Way([]uint32{p, q}, tagsOf("highway", "primary"))
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	length := geodesy.Distance(orb.Point{179.999, -17}, orb.Point{-179.999, -17})
	if got := float64(g.LengthMM(0)) / 1000; math.Abs(got-length) > 0.001 {
		t.Errorf("%v m, want %v", got, length)
	}
	w := walk(g, network.Boats{})
	o := SnapOptions{MinNodes: 1, NearM: -1}
	a, points := snapped(t, w, []orb.Point{{179.9995, -17}}, []orb.Point{{-179.9995, -17}, {180, -17}, {-180, -17}}, o)
	got, err := Nearest(context.Background(), w, Sources{Places: a}, points, Query{})
	if err != nil {
		t.Fatal(err)
	}
	for i, share := range []float64{0.5, 0.25, 0.25} {
		about(t, "over 180 degrees", float64(got.MS[i])/1000, length*share*0.72)
	}
	if line := g.Line(0); math.Abs(line[1][0]-line[0][0]) > 1 {
		t.Errorf("the line runs round the Earth: %v", line)
	}
}

// Two roads, one on each side of a strait 100 m wide. A point on its own shore
// goes to the road behind it, though the road over the water is nearer.
func TestNoWalkToTheStreetCrossesWater(t *testing.T) {
	w := newTown(t)
	w.put("A", -3000, 0)
	w.put("B", 3000, 0)
	w.street("AB") // on landmass 0
	w.put("C", -3000, 400)
	w.put("D", 3000, 400)
	w.street("CD") // on landmass 1
	g := w.build()
	land := Land{Edge: make([]int32, g.Edges())}
	for e := range land.Edge {
		if g.Line(uint32(e))[0][1] > at(0, 200)[1] {
			land.Edge[e] = 1
		}
	}
	ways := walk(g, network.Boats{})
	o := SnapOptions{NearM: -1}
	house := Points{At: []orb.Point{at(0, 100), at(0, 100), at(0, 100)}, Land: []int32{0, 1, AnyLand}}
	s, anchored, err := NewSnapper(context.Background(), ways, house, land, o)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Snap(context.Background(), house)
	if err != nil {
		t.Fatal(err)
	}
	for i, wantM := range []float64{100, 300, 100} {
		for _, got := range [][]Place{anchored.of(i), p.of(i)} {
			if len(got) != 1 || math.Abs(float64(got[0].LegMS)-wantM*720) > 100 {
				t.Errorf("point %d: %+v, want a walk of %v m", i, got, wantM)
			}
		}
	}
	o.LimitM = 250
	s, _, err = NewSnapper(context.Background(), ways, Points{}, land, o)
	if err != nil {
		t.Fatal(err)
	}
	if p, err = s.Snap(context.Background(), house); err != nil || p.Miss[0] != Found || p.Miss[1] == Found {
		t.Errorf("misses %v (%v): the point of the other shore is beyond the limit", p.Miss, err)
	}
}
