package index_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/index"

	"github.com/paulmach/orb"
)

func pack(at []orb.Point) *index.Packed {
	vs := make([]geodesy.Vec, len(at))
	for i, p := range at {
		vs[i] = geodesy.ECEF(p)
	}
	return index.NewPacked(vs)
}

func TestPackedAgreesWithBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, n := range []int{0, 1, 2, 8, 9, 17, 100, 1000} {
		at := make([]orb.Point, n)
		for i := range at {
			at[i] = anywhere(r)
			if i%3 == 1 {
				at[i] = at[i-1]
			}
		}
		tree := pack(at)
		if tree.Len() != n {
			t.Fatalf("%d of %d points", tree.Len(), n)
		}
		for range 60 {
			p := anywhere(r)
			want := bruteHits(at, p)
			id, metres := tree.Nearest(p)
			if n == 0 {
				if id != -1 || !math.IsInf(metres, 1) {
					t.Fatalf("empty: %d %v", id, metres)
				}
				continue
			}
			if id != want[0].ID || metres != want[0].Metres {
				t.Fatalf("%d points, %v: got %d at %v, want %v", n, p, id, metres, want[0])
			}
			radius := want[r.IntN(n)].Metres
			var ids []int32
			for _, h := range want {
				if h.Metres <= radius {
					ids = append(ids, h.ID)
				}
			}
			slices.Sort(ids)
			if got := tree.Within(p, radius); !slices.Equal(got, ids) {
				t.Fatalf("within %v of %v: got %v, want %v", radius, p, got, ids)
			}
		}
	}
}

func TestPackedShellCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	at := make([]orb.Point, 500)
	for i := range at {
		at[i] = anywhere(r)
	}
	tree := pack(at)
	weight := make([]int64, len(at)+1)
	for s := range at {
		weight[s+1] = weight[s] + int64(s%4)
	}
	for range 50 {
		v := geodesy.ECEF(anywhere(r))
		inner, outer := 8e6*r.Float64()-1e6, 1.2e7*r.Float64()
		var count, weighed int64
		var border []int32
		for s := range int32(len(at)) {
			d := tree.At(s).Sub(v)
			switch c := math.Sqrt(d.Dot(d)); {
			case c <= inner:
				count, weighed = count+1, weighed+weight[s+1]-weight[s]
			case c <= outer:
				border = append(border, s)
			}
		}
		if inner > outer {
			continue
		}
		gotCount, gotBorder := tree.Shell(v, inner, outer, nil, nil)
		gotWeighed, _ := tree.Shell(v, inner, outer, weight, nil)
		if gotCount != count || gotWeighed != weighed || !slices.Equal(gotBorder, border) {
			t.Fatalf("shell %v to %v: %d, weighed %d, border %d; want %d, %d, %d", inner, outer, gotCount, gotWeighed, len(gotBorder), count, weighed, len(border))
		}
	}
}

func TestPackedLeavesOutWhatIsNoPlace(t *testing.T) {
	tree := pack([]orb.Point{{math.NaN(), 0}, {114, 30}, {0, 95}})
	if id, _ := tree.Nearest(orb.Point{0, 0}); id != 1 || tree.Len() != 1 {
		t.Errorf("got %d of %d", id, tree.Len())
	}
	if id, m := tree.Nearest(orb.Point{0, 95}); id != -1 || !math.IsInf(m, 1) {
		t.Errorf("no place is near %d at %v", id, m)
	}
	var zero index.Packed
	if id, _ := zero.Nearest(orb.Point{0, 0}); id != -1 || len(zero.Within(orb.Point{0, 0}, 1e9)) != 0 {
		t.Error("the zero value found something")
	}
}

func county(n int) []orb.Point {
	r := rand.New(rand.NewPCG(9, 9))
	at := make([]orb.Point, n)
	for i := range at {
		at[i] = orb.Point{112 + 4*r.Float64(), 28.5 + 3*r.Float64()}
	}
	return at
}

func BenchmarkBuild10k(b *testing.B) {
	at := county(10_000)
	b.Run("packed", func(b *testing.B) {
		for b.Loop() {
			pack(at)
		}
	})
	b.Run("live", func(b *testing.B) {
		for b.Loop() {
			var l index.Live
			for i, p := range at {
				l.Insert(int32(i), dot(p))
			}
		}
	})
}

func BenchmarkNearest10k(b *testing.B) {
	at, ask := county(10_000), county(4096)
	b.Run("packed", func(b *testing.B) {
		tree := pack(at)
		for i := 0; b.Loop(); i++ {
			tree.Nearest(ask[i%len(ask)])
		}
	})
	b.Run("live", func(b *testing.B) {
		var l index.Live
		for i, p := range at {
			l.Insert(int32(i), dot(p))
		}
		for i := 0; b.Loop(); i++ {
			l.Nearest(ask[i%len(ask)], 1, math.Inf(1))
		}
	})
}
