package index_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/index"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func dot(p orb.Point) orb.Bound { return orb.Bound{Min: p, Max: p} }

func anywhere(r *rand.Rand) orb.Point {
	return orb.Point{math.Round(r.Float64()*3600)/10 - 180, math.Round(r.Float64()*1800)/10 - 90}
}

// bruteHits measures the distance to every point.
func bruteHits(at []orb.Point, p orb.Point) []index.Hit {
	hits := make([]index.Hit, len(at))
	for i, q := range at {
		hits[i] = index.Hit{ID: int32(i), Metres: geodesy.Distance(p, q)}
	}
	slices.SortFunc(hits, func(a, b index.Hit) int {
		if a.Metres != b.Metres {
			return map[bool]int{true: -1, false: 1}[a.Metres < b.Metres]
		}
		return int(a.ID - b.ID)
	})
	return hits
}

func TestLiveNearestAgreesWithBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var l index.Live
	at := make([]orb.Point, 600)
	for i := range at {
		at[i] = anywhere(r)
		if i%5 == 0 && i > 0 {
			at[i] = at[i-1] // ties
		}
	}
	for _, i := range r.Perm(len(at)) {
		if !l.Insert(int32(i), dot(at[i])) {
			t.Fatal("refused", at[i])
		}
	}
	for i := range 150 {
		p := anywhere(r)
		want := bruteHits(at, p)
		if got := l.Nearest(p, 1+i%20, math.Inf(1)); !slices.Equal(got, want[:1+i%20]) {
			t.Fatalf("nearest to %v: got %v, want %v", p, got, want[:1+i%20])
		}
		radius := want[i%20].Metres // closed
		within := l.Nearest(p, 600, radius)
		n := 0
		for n < len(want) && want[n].Metres <= radius {
			n++
		}
		if !slices.Equal(within, want[:n]) {
			t.Fatalf("within %v of %v: got %d, want %d", radius, p, len(within), n)
		}
	}
}

func TestLiveEdits(t *testing.T) {
	var l index.Live
	p := orb.Point{114, 30}
	l.Insert(7, dot(p))
	l.Insert(3, dot(p))
	l.Insert(5, dot(orb.Point{115, 30}))
	old := l.Copy()
	if !l.Delete(7, dot(p)) || l.Delete(7, dot(p)) || l.Delete(5, dot(p)) {
		t.Error("Delete must report what was there")
	}
	l.Insert(9, dot(p))
	if got := l.Search(dot(p)); !slices.Equal(got, []int32{3, 9}) || l.Len() != 3 {
		t.Errorf("after the edits: %v, %d", got, l.Len())
	}
	if got := old.Search(dot(p)); !slices.Equal(got, []int32{3, 7}) || old.Len() != 3 {
		t.Errorf("the copy changed: %v, %d", got, old.Len())
	}
	for _, bad := range []orb.Bound{
		dot(orb.Point{math.NaN(), 1}), dot(orb.Point{1, 91}), dot(orb.Point{181, 1}),
		{Min: orb.Point{1, 2}, Max: orb.Point{2, 1}},
	} {
		if l.Insert(1, bad) || l.Delete(1, bad) || l.Search(bad) != nil {
			t.Errorf("%v was taken", bad)
		}
	}
	var none index.Live
	if none.Nearest(p, 3, 1e9) != nil || none.Search(dot(p)) != nil || none.Len() != 0 {
		t.Error("an empty tree found something")
	}
}

func TestLiveAcrossTheAntimeridian(t *testing.T) {
	var l index.Live
	fiji := orb.Bound{Min: orb.Point{177, -19}, Max: orb.Point{-179, -16}}
	l.Insert(1, fiji)
	l.Insert(2, dot(orb.Point{-179.5, -17}))
	l.Insert(3, dot(orb.Point{0, -17}))
	ask := orb.Bound{Min: orb.Point{179.9, -18}, Max: orb.Point{-179.4, -16.5}}
	if got := l.Search(ask); !slices.Equal(got, []int32{1, 2}) {
		t.Errorf("search: %v", got)
	}
	want := index.Hit{ID: 2, Metres: geodesy.Distance(orb.Point{179.5, -17}, orb.Point{-179.5, -17})}
	if got := l.Nearest(orb.Point{179.5, -17}, 2, 1e6); !slices.Equal(got, []index.Hit{{ID: 1}, want}) {
		t.Errorf("nearest: %v", got)
	}
	if !l.Delete(1, fiji) || !slices.Equal(l.Search(ask), []int32{2}) {
		t.Error("both halves must go")
	}
}

// The distance to a box is the least over its places, and no place in it is
// nearer.
func TestLiveDistanceToBoxes(t *testing.T) {
	lonLat := rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{float64(rapid.IntRange(-1800, 1800).Draw(t, "lon")) / 10, float64(rapid.IntRange(-900, 900).Draw(t, "lat")) / 10}
	})
	rapid.Check(t, func(t *rapid.T) {
		p, a, b := lonLat.Draw(t, "p"), lonLat.Draw(t, "a"), lonLat.Draw(t, "b")
		box := orb.Bound{Min: orb.Point{a[0], min(a[1], b[1])}, Max: orb.Point{b[0], max(a[1], b[1])}}
		var l index.Live
		l.Insert(1, box)
		hits := l.Nearest(p, 1, math.Inf(1))
		width := box.Max[0] - box.Min[0]
		if width < 0 {
			width += 360
		}
		least, where := math.Inf(1), orb.Point{}
		for i := range 41 {
			for j := range 41 {
				q := orb.Point{box.Min[0] + width*float64(i)/40, box.Min[1] + (box.Max[1]-box.Min[1])*float64(j)/40}
				if d := geodesy.Distance(p, q); d < least {
					least, where = d, q
				}
			}
		}
		if hits[0].Metres > least+1e-3 {
			t.Fatalf("%v is %v m from %v, but %v is %v m away", p, hits[0].Metres, box, where, least)
		}
		// The lattice is that coarse: its nearest place is at most a step away.
		step := geodesy.A * math.Pi / 180 * (width + box.Max[1] - box.Min[1]) / 80
		if hits[0].Metres < least-step-1e-3 {
			t.Fatalf("%v is %v m from %v, but nothing is nearer than %v m", p, hits[0].Metres, box, least)
		}
	})
}

func TestLiveBoxesAndPointsInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	var l index.Live
	boxes := make([]orb.Bound, 200)
	for i := range boxes {
		p := anywhere(r)
		p[0], p[1] = min(p[0], 175), min(p[1], 85)
		boxes[i] = orb.Bound{Min: p, Max: orb.Point{p[0] + 5*r.Float64(), p[1] + 5*r.Float64()}}
		l.Insert(int32(i), boxes[i])
	}
	for range 30 {
		p := anywhere(r)
		var want []index.Hit // one tree a box: no node bounds in play
		for i, b := range boxes {
			var one index.Live
			one.Insert(int32(i), b)
			want = append(want, one.Nearest(p, 1, math.Inf(1))...)
		}
		slices.SortStableFunc(want, func(a, b index.Hit) int {
			return map[bool]int{true: -1, false: 0}[a.Metres < b.Metres] + map[bool]int{true: 1, false: 0}[a.Metres > b.Metres]
		})
		if got := l.Nearest(p, 12, math.Inf(1)); !slices.Equal(got, want[:12]) {
			t.Fatalf("%v: got %v, want %v", p, got, want[:12])
		}
	}
}
