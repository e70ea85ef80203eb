package travel

import (
	"math"

	"github.com/paulmach/orb"
)

// buckets is a grid of buckets in degrees.
type buckets struct {
	x0, y0, sx, sy float64 // origin, buckets a degree
	cols, rows     int32
}

// of returns the bucket of a point; what is not in the grid goes to its rim.
func (g *buckets) of(p orb.Point) int32 {
	x, y := (p[0]-g.x0)*g.sx, (p[1]-g.y0)*g.sy
	var c, r int32
	if x > 0 {
		c = int32(min(x, float64(g.cols-1)))
	}
	if y > 0 {
		r = int32(min(y, float64(g.rows-1)))
	}
	return r*g.cols + c
}

// gridOver lays about n/blockRows buckets, square on the ground, over bounds.
func gridOver(b orb.Bound, n int) buckets {
	width, height := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	want := math.Min(float64(n)/blockRows, maxBuckets)
	ground := width * math.Max(math.Cos((b.Min[1]+b.Max[1])/2*math.Pi/180), 0.01)
	cols := 1.0
	if ground > 0 {
		cols = want
		if height > 0 {
			cols = math.Sqrt(want * ground / height)
		}
	}
	cols = math.Max(1, math.Min(math.Ceil(cols), want))
	rows := math.Max(1, math.Floor(want/cols))
	if !(height > 0) {
		rows = 1
	}
	g := buckets{x0: b.Min[0], y0: b.Min[1], cols: int32(cols), rows: int32(rows)}
	if width > 0 {
		g.sx = cols / width
	}
	if height > 0 {
		g.sy = rows / height
	}
	return g
}

// boundsOf returns the bounds of the usable points; places that are no places
// do not stretch it.
func boundsOf(at []orb.Point, workers int) orb.Bound {
	parts := make([]orb.Bound, workers)
	share(len(at), workers, func(w, lo, hi int) { parts[w] = bound(at[lo:hi]) })
	b := parts[0]
	for _, p := range parts[1:] {
		b.Min[0], b.Max[0] = min(b.Min[0], p.Min[0]), max(b.Max[0], p.Max[0])
		b.Min[1], b.Max[1] = min(b.Min[1], p.Min[1]), max(b.Max[1], p.Max[1])
	}
	return b
}

func bound(at []orb.Point) orb.Bound {
	inf := math.Inf(1)
	b := orb.Bound{Min: orb.Point{inf, inf}, Max: orb.Point{-inf, -inf}}
	for i := range at {
		x, y := at[i][0], at[i][1]
		if !(x >= -540 && x <= 540 && y >= -90 && y <= 90) {
			continue
		}
		if x < b.Min[0] {
			b.Min[0] = x
		}
		if x > b.Max[0] {
			b.Max[0] = x
		}
		if y < b.Min[1] {
			b.Min[1] = y
		}
		if y > b.Max[1] {
			b.Max[1] = y
		}
	}
	return b
}
