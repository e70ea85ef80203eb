package search

import (
	"context"
	"math"
	"testing"

	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// metresPerDegree on the equator, where the drawn towns lie.
const metresPerDegree = 6378137 * math.Pi / 180

// at is a point so many metres east and north of 0, 0.
func at(east, north float64) orb.Point {
	return orb.Point{east / metresPerDegree, north / 110574.3886}
}

// town is a drawing: places by name, and a builder.
type town struct {
	t     testing.TB
	b     network.Builder
	place map[string]uint32
	spot  map[string]orb.Point
}

func newTown(t testing.TB) *town {
	return &town{t: t, place: map[string]uint32{}, spot: map[string]orb.Point{}}
}

// put places a name at metres east and north.
func (w *town) put(name string, east, north float64) {
	w.spot[name] = at(east, north)
	n, ok := w.b.Point(w.spot[name])
	if !ok {
		w.t.Fatal(name)
	}
	w.place[name] = n
}

// points turns "abc" into points.
func (w *town) points(names string) []uint32 {
	var list []uint32
	for _, r := range names {
		n, ok := w.place[string(r)]
		if !ok {
			w.t.Fatalf("no place %c", r)
		}
		list = append(list, n)
	}
	return list
}

// street joins places of one letter each.
func (w *town) street(names string, tags ...string) uint32 {
	if len(tags) == 0 {
		tags = []string{"highway", "residential"}
	}
	return w.b.Way(w.points(names), tagsOf(tags...))
}

func tagsOf(pairs ...string) profile.Tags {
	var list []profile.Tag
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, profile.Tag{Key: pairs[i], Value: pairs[i+1]})
	}
	return profile.NewTags(list...)
}

func (w *town) build() *network.Graph {
	g, _, err := w.b.Build()
	if err != nil {
		w.t.Fatal(err)
	}
	return g
}

// all makes every piece of a drawing count.
var all = SnapOptions{MinNodes: 1, LimitM: 500, NearM: -1}

// seconds is the time between two named places, -1 when there is none.
func (w *town) seconds(weights *Ways, from, to string) float64 {
	return w.secondsAt(weights, w.spot[from], w.spot[to], all)
}

func (w *town) secondsAt(weights *Ways, from, to orb.Point, o SnapOptions) float64 {
	w.t.Helper()
	s, anchored, err := NewSnapper(context.Background(), weights, Points{At: []orb.Point{from}}, Land{}, o)
	if err != nil {
		w.t.Fatal(err)
	}
	targets, err := s.Snap(context.Background(), Points{At: []orb.Point{to}})
	if err != nil {
		w.t.Fatal(err)
	}
	a, err := Nearest(context.Background(), weights, Sources{Places: anchored}, targets, Query{})
	if err != nil {
		w.t.Fatal(err)
	}
	if a.MS[0] == network.Never {
		return -1
	}
	return float64(a.MS[0]) / 1000
}

// about compares seconds worked out by hand: places are rounded to 1e-7 degree,
// 11 mm or 8 ms on foot.
func about(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.1 {
		t.Errorf("%s: %.3f s, by hand %.3f s", what, got, want)
	}
}

func walk(g *network.Graph, b network.Boats) *Ways {
	p := profile.Walk()
	return Over(network.Compile(g, &p, b))
}

func drive(g *network.Graph) *Ways {
	p := profile.Car()
	return Over(network.Compile(g, &p, network.Boats{}))
}
