// Package plane is the sheet that the example is drawn on: points and lines in
// kilometres, random numbers that belong to a thing drawn, and the turning of
// points into WGS 84. It knows nothing of islands or roads; packages sketch and
// roadnet draw. The central type is [XY].
package plane

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

// XY is a point of the drawing, km.
type XY [2]float64

// Add is the point so many km to the east and to the north.
func (p XY) Add(dx, dy float64) XY { return XY{p[0] + dx, p[1] + dy} }

// To is the distance to another point, km.
func (p XY) To(q XY) float64 { return math.Hypot(q[0]-p[0], q[1]-p[1]) }

// LonLat is the point in WGS 84, to a tenth of a metre.
func (p XY) LonLat() orb.Point {
	return orb.Point{
		math.Round((originLon+p[0]/kmPerLon)*degreeDigits) / degreeDigits,
		math.Round((originLat+p[1]/kmPerLat)*degreeDigits) / degreeDigits,
	}
}

// FromLonLat is the point of a place in WGS 84.
func FromLonLat(p orb.Point) XY {
	return XY{(p[0] - originLon) * kmPerLon, (p[1] - originLat) * kmPerLat}
}

// Written is the point as the files write it.
func (p XY) Written() XY { return FromLonLat(p.LonLat()) }

// Random is a stream of its own for each thing drawn, so that a change to one
// leaves the others as they are.
func Random(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, stream)) }

// Roughen breaks the edges of a closed ring into ragged ones: each midpoint is
// moved sideways, again and again. An edge gets the same shape in either
// direction, so neighbours fit.
func Roughen(ring []XY, amplitude float64, depth int) []XY {
	var out []XY
	for i, a := range ring {
		out = append(append(out, a), between(a, ring[(i+1)%len(ring)], amplitude, depth)...)
	}
	return out
}

func between(a, b XY, amplitude float64, depth int) []XY {
	if depth == 0 || a.To(b) < 0.09 {
		return nil
	}
	p, q := a, b
	if q[0] < p[0] || q[0] == p[0] && q[1] < p[1] {
		p, q = q, p
	}
	r := Random(Hash(p)*31 + Hash(q))
	side, along := (r.Float64()*2-1)*amplitude, 0.5+(r.Float64()-0.5)*0.24
	m := XY{p[0] + (q[0]-p[0])*along - (q[1]-p[1])*side, p[1] + (q[1]-p[1])*along + (q[0]-p[0])*side}
	m = XY{math.Round(m[0]*kmDigits) / kmDigits, math.Round(m[1]*kmDigits) / kmDigits}
	out := append(between(a, m, amplitude, depth-1), m)
	return append(out, between(m, b, amplitude, depth-1)...)
}

// Hash is a number of a point, for [Random].
func Hash(p XY) uint64 {
	return uint64(int64(math.Round(p[0]*kmDigits)))*0x9E3779B97F4A7C15 ^ uint64(int64(math.Round(p[1]*kmDigits)))
}

// Inside reports whether p lies in a ring (even-odd rule).
func Inside(ring []XY, p XY) bool {
	in := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < (b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1])+a[0] {
			in = !in
		}
	}
	return in
}

// ToRing is the distance from p to the nearest edge of a ring, km.
func ToRing(ring []XY, p XY) float64 {
	best := math.Inf(1)
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		dx, dy := b[0]-a[0], b[1]-a[1]
		t := ((p[0]-a[0])*dx + (p[1]-a[1])*dy) / (dx*dx + dy*dy)
		t = max(0, min(1, t))
		best = min(best, p.To(XY{a[0] + t*dx, a[1] + t*dy}))
	}
	return best
}
