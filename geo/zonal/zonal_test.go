package zonal

import (
	"context"
	"errors"
	"math"
	"math/rand"
	"reflect"
	"runtime"
	"testing"

	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// square returns a closed ring, counter-clockwise.
func square(minX, minY, maxX, maxY float64) orb.Ring {
	return orb.Ring{{minX, minY}, {maxX, minY}, {maxX, maxY}, {minX, maxY}, {minX, minY}}
}

func multi(rings ...orb.Ring) orb.MultiPolygon { return orb.MultiPolygon{orb.Polygon(rings)} }

// lattice draws polygons whose corners are small whole numbers, so that points
// fall on edges and corners, edges coincide, and rings cross themselves.
func lattice(rt *rapid.T) []orb.MultiPolygon {
	point := rapid.Custom(func(rt *rapid.T) orb.Point {
		return orb.Point{float64(rapid.IntRange(0, 8).Draw(rt, "x")), float64(rapid.IntRange(0, 8).Draw(rt, "y"))}
	})
	ring := rapid.Custom(func(rt *rapid.T) orb.Ring { return rapid.SliceOfN(point, 0, 9).Draw(rt, "ring") })
	polygon := rapid.Custom(func(rt *rapid.T) orb.Polygon { return rapid.SliceOfN(ring, 0, 2).Draw(rt, "polygon") })
	mp := rapid.Custom(func(rt *rapid.T) orb.MultiPolygon { return rapid.SliceOfN(polygon, 0, 3).Draw(rt, "multi") })
	return rapid.SliceOfN(mp, 0, 5).Draw(rt, "polys")
}

// holdsSlowly is the rule of the package in its plainest form. With coordinates
// that are small multiples of a half its products are exact.
func holdsSlowly(mp orb.MultiPolygon, p orb.Point) bool {
	for _, polygon := range mp {
		odd := false
		for k, r := range polygon {
			if tidy(r, nil) == nil {
				if k == 0 {
					break
				}
				continue
			}
			for i := range r {
				a, b := r[i], r[(i+1)%len(r)]
				if a[1] > b[1] {
					a, b = b, a
				}
				if a[1] <= p[1] && p[1] < b[1] && (p[0]-a[0])*(b[1]-a[1]) < (p[1]-a[1])*(b[0]-a[0]) {
					odd = !odd
				}
			}
		}
		if odd {
			return true
		}
	}
	return false
}

func TestFindAndAllAgreeWithTheRule(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		polys := lattice(rt)
		x := New(polys)
		for i := range 19 * 19 {
			p := orb.Point{float64(i%19)/2 - 0.5, float64(i/19)/2 - 0.5}
			want, all := int32(-1), []int32{}
			for k := len(polys) - 1; k >= 0; k-- {
				if holdsSlowly(polys[k], p) {
					want, all = int32(k), append([]int32{int32(k)}, all...)
				}
			}
			if got := x.Find(p); got != want {
				rt.Fatalf("Find(%v) = %d, want %d", p, got, want)
			}
			if got := x.All(p, []int32{}); !reflect.DeepEqual(got, all) {
				rt.Fatalf("All(%v) = %v, want %v", p, got, all)
			}
		}
	})
}

// field cuts a square into triangles over shaken points.
func field(seed int64, n int) []orb.MultiPolygon {
	r := rand.New(rand.NewSource(seed))
	at := make([][]orb.Point, n+1)
	for i := range at {
		for k := 0; k <= n; k++ {
			p := orb.Point{float64(i), float64(k)}
			if i > 0 && i < n && k > 0 && k < n {
				p = orb.Point{p[0] + 0.6*r.Float64() - 0.3, p[1] + 0.6*r.Float64() - 0.3}
			}
			at[i] = append(at[i], p)
		}
	}
	var polys []orb.MultiPolygon
	for i := range n {
		for k := range n {
			a, b, c, d := at[i][k], at[i+1][k], at[i+1][k+1], at[i][k+1]
			polys = append(polys, multi(orb.Ring{a, b, c, a}), multi(orb.Ring{d, c, a, d}))
		}
	}
	return polys
}

func TestNeighboursShareEveryPointOnce(t *testing.T) {
	const n = 12
	polys := field(1, n)
	x := New(polys)
	check := func(p orb.Point) {
		inside := p[0] >= 0 && p[0] < n && p[1] >= 0 && p[1] < n
		if got := x.All(p, nil); inside && len(got) != 1 || !inside && len(got) != 0 {
			t.Errorf("%v lies in %v", p, got)
		}
	}
	r := rand.New(rand.NewSource(2))
	for _, mp := range polys {
		for i, a := range mp[0][0][:3] {
			b := mp[0][0][i+1]
			check(a)
			for range 20 { // points on, or as good as on, the edge
				f := r.Float64()
				check(orb.Point{a[0] + f*(b[0]-a[0]), a[1] + f*(b[1]-a[1])})
			}
		}
	}
}

func drawGrid(rt *rapid.T) grid.Spec {
	return grid.Spec{
		X0: rapid.SampledFrom([]float64{-1, 0, 0.5, 3}).Draw(rt, "x0"), Y0: rapid.SampledFrom([]float64{9, 8, 7.25, 4}).Draw(rt, "y0"),
		DX: rapid.SampledFrom([]float64{1, 0.5, 0.1, 2}).Draw(rt, "dx"), DY: rapid.SampledFrom([]float64{1, 0.5, 0.13, 3}).Draw(rt, "dy"),
		Cols: rapid.Int32Range(1, 60).Draw(rt, "cols"), Rows: rapid.Int32Range(1, 80).Draw(rt, "rows"),
	}
}

func sameAsFind(t rapid.TB, s grid.Spec, polys []orb.MultiPolygon) {
	got, err := AssignCells(context.Background(), s, polys, nil)
	if err != nil || int64(len(got)) != s.Cells() {
		t.Fatalf("%d cells, %v", len(got), err)
	}
	x := New(polys)
	for c := range got {
		cx, cy := s.Centre(int32(c))
		if want := x.Find(orb.Point{cx, cy}); got[c] != want {
			t.Fatalf("cell %d at %v %v: %d, Find says %d", c, cx, cy, got[c], want)
		}
	}
}

func TestAssignCellsAgreesWithFind(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) { sameAsFind(rt, drawGrid(rt), lattice(rt)) })
	for seed := range int64(3) {
		sameAsFind(t, grid.Spec{X0: -0.7, Y0: 12.9, DX: 0.037, DY: 0.041, Cols: 371, Rows: 333}, field(seed, 12))
	}
}

func TestAssignCellsByHand(t *testing.T) {
	polys := []orb.MultiPolygon{
		multi(square(0, 0, 2, 4), square(0.9, 1.9, 2, 3.1)), // with a bay
		multi(square(1, 2, 4, 4)),                           // overlaps the first, which wins
		nil,
	}
	s := grid.Spec{X0: 0, Y0: 4, DX: 1, DY: 1, Cols: 4, Rows: 4}
	want := []int32{
		0, 0, 1, 1,
		0, 1, 1, 1,
		0, 0, -1, -1,
		0, 0, -1, -1,
	}
	var steps []int64
	got, err := AssignCells(context.Background(), s, polys, func(done, total int64) {
		if total != 4 {
			t.Errorf("total %d", total)
		}
		steps = append(steps, done)
	})
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	if len(steps) == 0 || steps[len(steps)-1] != 4 {
		t.Errorf("progress %v", steps)
	}
}

func TestUnusableGridAndCancel(t *testing.T) {
	ok := grid.Spec{DX: 1, DY: 1, Cols: 2, Rows: 2}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	polys := []orb.MultiPolygon{multi(square(0, -1, 1, 0))}
	if _, err := AssignCells(ctx, ok, polys, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := OverlapShares(ctx, ok, polys, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	for _, change := range []func(s *grid.Spec){
		func(s *grid.Spec) { s.Cols = 0 },
		func(s *grid.Spec) { s.Rows = -1 },
		func(s *grid.Spec) { s.DX = 0 },
		func(s *grid.Spec) { s.DY = math.NaN() },
		func(s *grid.Spec) { s.X0 = math.Inf(1) },
		func(s *grid.Spec) { s.Cols, s.Rows = 1<<17, 1<<17 },
	} {
		bad := ok
		change(&bad)
		if _, err := AssignCells(context.Background(), bad, polys, nil); err == nil {
			t.Errorf("%v was taken", bad)
		}
		if _, err := OverlapShares(context.Background(), bad, polys, nil); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
}

func TestSameOnAnyNumberOfProcessors(t *testing.T) {
	s := grid.Spec{X0: -0.7, Y0: 12.9, DX: 0.037, DY: 0.041, Cols: 371, Rows: 333}
	polys := field(4, 12)
	type answer struct {
		cells  []int32
		shares *Shares
		land   []orb.MultiPolygon
	}
	run := func(procs int) answer {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		cells, err := AssignCells(context.Background(), s, polys, nil)
		if err != nil {
			t.Fatal(err)
		}
		shares, err := OverlapShares(context.Background(), s, polys, nil)
		if err != nil {
			t.Fatal(err)
		}
		return answer{cells, shares, Landmasses(polys, 0)}
	}
	one := run(1)
	for _, procs := range []int{2, 7} {
		if !reflect.DeepEqual(run(procs), one) {
			t.Errorf("%d processors give another answer", procs)
		}
	}
}
