package zonal

import (
	"context"
	"math"
	"math/rand"
	"testing"

	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// clipArea is the area of a ring within a rectangle by Sutherland and Hodgman:
// the slow obvious way.
func clipArea(r orb.Ring, minX, minY, maxX, maxY float64) float64 {
	pts := tidy(r, nil)
	cut := func(axis int, at, sign float64) {
		var out []orb.Point
		for i, a := range pts {
			b := pts[(i+1)%len(pts)]
			da, db := sign*(a[axis]-at), sign*(b[axis]-at)
			if da >= 0 {
				out = append(out, a)
			}
			if da > 0 && db < 0 || da < 0 && db > 0 {
				t := da / (da - db)
				out = append(out, orb.Point{a[0] + t*(b[0]-a[0]), a[1] + t*(b[1]-a[1])})
			}
		}
		pts = out
	}
	cut(0, minX, 1)
	cut(0, maxX, -1)
	cut(1, minY, 1)
	cut(1, maxY, -1)
	var twice float64
	for i, a := range pts {
		b := pts[(i+1)%len(pts)]
		twice += (a[0]-minX)*(b[1]-minY) - (b[0]-minX)*(a[1]-minY)
	}
	return math.Abs(twice) / 2
}

// star is a ring that does not cross itself, round a centre.
func star(r *rand.Rand, x, y, size float64, n int) orb.Ring {
	var ring orb.Ring
	for i := range n {
		a := 2 * math.Pi * (float64(i) + 0.8*r.Float64()) / float64(n)
		d := size * (0.6 + 0.4*r.Float64())
		ring = append(ring, orb.Point{x + d*math.Cos(a), y + d*math.Sin(a)})
	}
	if r.Intn(2) == 0 {
		ring.Reverse()
	}
	return append(ring, ring[0])
}

func TestSharesAgreeWithClipping(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewSource(rapid.Int64().Draw(rt, "seed")))
		s := drawGrid(rt)
		var polys []orb.MultiPolygon
		for range 1 + r.Intn(5) {
			x, y, n := 10*r.Float64()-1, 10*r.Float64()-1, 8+r.Intn(40) // wide enough for the hole
			polys = append(polys, orb.MultiPolygon{
				{star(r, x, y, 4, n), star(r, x, y, 0.5, 3+r.Intn(5))},
				{star(r, x+9, y, 1, 3+r.Intn(9))},
			})
		}
		if r.Intn(3) == 0 { // along the cell edges
			polys = append(polys, multi(square(0, 0, 3, 2), square(1, 1, 2, 1.5)))
		}
		got, err := OverlapShares(context.Background(), s, polys, nil)
		if err != nil {
			rt.Fatal(err)
		}
		checkShares(rt, s, polys, got)
	})
}

func checkShares(t rapid.TB, s grid.Spec, polys []orb.MultiPolygon, got *Shares) {
	for i := 1; i < len(got.Cell); i++ {
		if got.Cell[i-1] > got.Cell[i] || got.Cell[i-1] == got.Cell[i] && got.Poly[i-1] >= got.Poly[i] {
			t.Fatalf("rows %d and %d are out of order", i-1, i)
		}
	}
	var row []Share
	for c := range int32(s.Cells()) {
		row = got.Of(c, row[:0])
		has := map[int32]float64{}
		for _, r := range row {
			has[r.Poly] = r.Share
		}
		minX, minY, maxX, maxY := s.Bounds(c)
		for i, mp := range polys {
			want := 0.0
			for _, p := range mp {
				for k, r := range p {
					a := clipArea(r, minX, minY, maxX, maxY) / (s.DX * s.DY)
					if k > 0 {
						a = -a
					}
					want += a
				}
			}
			if share := has[int32(i)]; math.Abs(share-want) > 2e-9 || share < 0 || share > 1 {
				t.Fatalf("cell %d, polygon %d: share %.15g, want %.15g", c, i, share, want)
			}
		}
	}
}

func TestSharesByHand(t *testing.T) {
	s := grid.Spec{X0: 0, Y0: 2, DX: 1, DY: 1, Cols: 3, Rows: 2}
	polys := []orb.MultiPolygon{
		multi(square(-5, 0.5, 1.25, 9)), // reaches over the left and upper edges
		multi(square(1.25, -3, 3, 2)),   // its neighbour, down to below the grid
		multi(square(2, 1, 3, 2)),       // one cell exactly, lying over its neighbour
	}
	got, err := OverlapShares(context.Background(), s, polys, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := map[int32][]Share{
		0: {{0, 1}}, 1: {{0, 0.25}, {1, 0.75}}, 2: {{1, 1}, {2, 1}},
		3: {{0, 0.5}}, 4: {{0, 0.125}, {1, 0.75}}, 5: {{1, 1}},
	}
	check := func() {
		t.Helper()
		for c, w := range want {
			row := got.Of(c, nil)
			if len(row) != len(w) {
				t.Fatalf("cell %d: %v, want %v", c, row, w)
			}
			for i := range w {
				if row[i].Poly != w[i].Poly || math.Abs(row[i].Share-w[i].Share) > 1e-12 {
					t.Errorf("cell %d: %v, want %v", c, row, w)
				}
			}
		}
	}
	check()
	if n := got.CapOverlaps(); n != 1 {
		t.Errorf("%d cells overlap", n)
	}
	want[2] = []Share{{1, 0.5}, {2, 0.5}}
	check()
}

// The shares of polygons that tile the plane sum to 1 in every cell, and those
// of one polygon over all cells to its area.
func TestSharesSumUp(t *testing.T) {
	const n = 12
	s := grid.Spec{X0: 0, Y0: n, DX: 0.037 * n / 10, DY: 0.01 * n, Cols: 200, Rows: 100}
	polys := field(5, n)
	got, err := OverlapShares(context.Background(), s, polys, nil)
	if err != nil {
		t.Fatal(err)
	}
	areas := make([]float64, len(polys))
	var row []Share
	for c := range int32(s.Cells()) {
		sum := 0.0
		row = got.Of(c, row[:0])
		for _, r := range row {
			sum += r.Share
			areas[r.Poly] += r.Share * s.DX * s.DY
		}
		if math.Abs(sum-1) > 1e-8 {
			t.Fatalf("cell %d: %v", c, row)
		}
	}
	width := float64(s.Cols) * s.DX
	for i, mp := range polys {
		want := clipArea(mp[0][0], 0, 0, width, n)
		if math.Abs(areas[i]-want) > 1e-7 {
			t.Errorf("polygon %d: %v, want %v", i, areas[i], want)
		}
	}
}

// gridOf is a grid over the unit square and some way round it.
func gridOf(cols, rows int32) grid.Spec {
	return grid.Spec{X0: -0.5, Y0: 2.5, DX: 3 / float64(cols), DY: 3 / float64(rows), Cols: cols, Rows: rows}
}
