package sketch

import (
	"math"
	"math/rand/v2"

	"github.com/paulmach/orb"
)

// The drawing is in kilometres east and north of an origin in the strait south
// of the main island's north coast.
const (
	originLon, originLat   = 122.2, 30.3
	kmPerLon, kmPerLat     = 96.1, 110.85
	seed                   = 330921
	degreeDigits, kmDigits = 1e6, 1e4
)

// xy is a point of the drawing, km.
type xy struct{ x, y float64 }

func (p xy) add(dx, dy float64) xy { return xy{p.x + dx, p.y + dy} }

func (p xy) to(q xy) float64 { return math.Hypot(q.x-p.x, q.y-p.y) }

// lonLat is the point in WGS 84, to a tenth of a metre.
func (p xy) lonLat() orb.Point {
	return orb.Point{
		math.Round((originLon+p.x/kmPerLon)*degreeDigits) / degreeDigits,
		math.Round((originLat+p.y/kmPerLat)*degreeDigits) / degreeDigits,
	}
}

func fromLonLat(p orb.Point) xy {
	return xy{(p[0] - originLon) * kmPerLon, (p[1] - originLat) * kmPerLat}
}

// random is a stream of its own for each thing drawn, so that a change to one
// leaves the others as they are.
func random(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, stream)) }

// roughen breaks the edges of a closed ring into ragged ones: each midpoint is
// moved sideways, again and again. An edge gets the same shape in either
// direction, so neighbours fit.
func roughen(ring []xy, amplitude float64, depth int) []xy {
	var out []xy
	for i, a := range ring {
		out = append(append(out, a), between(a, ring[(i+1)%len(ring)], amplitude, depth)...)
	}
	return out
}

func between(a, b xy, amplitude float64, depth int) []xy {
	if depth == 0 || a.to(b) < 0.09 {
		return nil
	}
	p, q := a, b
	if q.x < p.x || q.x == p.x && q.y < p.y {
		p, q = q, p
	}
	r := random(pointHash(p)*31 + pointHash(q))
	side, along := (r.Float64()*2-1)*amplitude, 0.5+(r.Float64()-0.5)*0.24
	m := xy{p.x + (q.x-p.x)*along - (q.y-p.y)*side, p.y + (q.y-p.y)*along + (q.x-p.x)*side}
	m = xy{math.Round(m.x*kmDigits) / kmDigits, math.Round(m.y*kmDigits) / kmDigits}
	out := append(between(a, m, amplitude, depth-1), m)
	return append(out, between(m, b, amplitude, depth-1)...)
}

func pointHash(p xy) uint64 {
	return uint64(int64(math.Round(p.x*kmDigits)))*0x9E3779B97F4A7C15 ^ uint64(int64(math.Round(p.y*kmDigits)))
}

// inside reports whether p lies in a ring (even-odd rule).
func inside(ring []xy, p xy) bool {
	in := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
			in = !in
		}
	}
	return in
}

// toCoast is the distance from p to the nearest edge of a ring, km.
func toCoast(ring []xy, p xy) float64 {
	best := math.Inf(1)
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		dx, dy := b.x-a.x, b.y-a.y
		t := ((p.x-a.x)*dx + (p.y-a.y)*dy) / (dx*dx + dy*dy)
		t = max(0, min(1, t))
		best = min(best, p.to(xy{a.x + t*dx, a.y + t*dy}))
	}
	return best
}
