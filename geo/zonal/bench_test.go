package zonal

import (
	"context"
	"math"
	"math/rand"
	"testing"

	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// counties are n x n districts over 30 x 30 degrees whose common borders wind,
// with some points a border: like the counties of China when n is 55.
func counties(n, points int) []orb.MultiPolygon {
	step := 30 / float64(n)
	// border returns the winding line from one corner to the next, alike from
	// both sides.
	border := func(c, r int, across bool) []orb.Point {
		g := rand.New(rand.NewSource(int64(c*100003 + r*7)))
		var line []orb.Point
		for i := range points {
			f := float64(i) / float64(points)
			off := 0.0
			if i > 0 {
				off = step * (0.15*math.Sin(f*math.Pi*4) + 0.02*g.Float64())
			}
			p := orb.Point{90 + step*float64(c), 20 + step*float64(r)}
			if across {
				p = orb.Point{p[0] + f*step, p[1] + off}
			} else {
				p = orb.Point{p[0] + off, p[1] + f*step}
			}
			line = append(line, p)
		}
		return line
	}
	back := func(line []orb.Point, end orb.Point) []orb.Point {
		out := []orb.Point{end}
		for i := len(line) - 1; i > 0; i-- {
			out = append(out, line[i])
		}
		return out
	}
	corner := func(c, r int) orb.Point { return orb.Point{90 + step*float64(c), 20 + step*float64(r)} }
	var polys []orb.MultiPolygon
	for c := range n {
		for r := range n {
			ring := append(orb.Ring{}, border(c, r, true)...)
			ring = append(ring, border(c+1, r, false)...)
			ring = append(ring, back(border(c, r+1, true), corner(c+1, r+1))...)
			ring = append(ring, back(border(c, r, false), corner(c, r+1))...)
			polys = append(polys, multi(append(ring, ring[0])))
		}
	}
	return polys
}

// grid12M covers the counties with 4,000 x 3,000 cells.
func grid12M() grid.Spec {
	return grid.Spec{CRS: "EPSG:4326", X0: 90, Y0: 50, DX: 30. / 4000, DY: 30. / 3000, Cols: 4000, Rows: 3000}
}

// 3,025 districts, a million points.
func BenchmarkAssignCells12M(b *testing.B) {
	polys := counties(55, 84)
	for b.Loop() {
		if _, err := AssignCells(context.Background(), grid12M(), polys, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAssignCells12MFewZones(b *testing.B) {
	polys := counties(3, 10000)
	for b.Loop() {
		if _, err := AssignCells(context.Background(), grid12M(), polys, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOverlapShares12M(b *testing.B) {
	polys := counties(55, 84)
	for b.Loop() {
		if _, err := OverlapShares(context.Background(), grid12M(), polys, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew1M(b *testing.B) {
	polys := counties(55, 84)
	for b.Loop() {
		New(polys)
	}
}

func benchmarkFind(b *testing.B, polys []orb.MultiPolygon) {
	x := New(polys)
	r := rand.New(rand.NewSource(1))
	at := make([]orb.Point, 1<<16)
	for i := range at {
		at[i] = orb.Point{90 + 30*r.Float64(), 20 + 30*r.Float64()}
	}
	b.ResetTimer()
	for i := range b.N {
		x.Find(at[i&(1<<16-1)])
	}
}

func BenchmarkFind3025Zones(b *testing.B) { benchmarkFind(b, counties(55, 84)) }

func BenchmarkFind100kVertexZones(b *testing.B) { benchmarkFind(b, counties(3, 25000)) }

func BenchmarkNearest(b *testing.B) {
	x := New(counties(55, 84))
	r := rand.New(rand.NewSource(1))
	b.ResetTimer()
	for range b.N { // outside, up to 50 km from the western side
		x.Nearest(orb.Point{89.9 - 0.4*r.Float64(), 20 + 30*r.Float64()}, 100e3)
	}
}

func BenchmarkLandmasses1M(b *testing.B) {
	polys := counties(55, 84)
	for b.Loop() {
		if n := len(Landmasses(polys, 100)); n != 1 {
			b.Fatal(n)
		}
	}
}
