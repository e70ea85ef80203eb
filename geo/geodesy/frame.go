package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// Frame is a local metric frame: metres east and north of an origin, by the
// radii of curvature there. For drawing, sorting and rough search; decisions
// use [Distance].
type Frame struct {
	origin    orb.Point
	east, nth float64 // metres a degree
}

// NewFrame returns the frame at an origin.
func NewFrame(origin orb.Point) Frame {
	s, c := SincosDeg(origin[1])
	w := math.Sqrt(1 - e2*s*s)
	return Frame{origin, A * c / w * degree, A * (1 - e2) / (w * w * w) * degree}
}

// ToMetres returns metres east and north of the origin; longitudes take the
// short way round.
func (f Frame) ToMetres(p orb.Point) (east, north float64) {
	return math.Remainder(p[0]-f.origin[0], 360) * f.east, (p[1] - f.origin[1]) * f.nth
}

// ToPoint is the inverse of ToMetres. Its longitude may pass 180. At a pole,
// where east has no length, it stays on the origin's meridian.
func (f Frame) ToPoint(east, north float64) orb.Point {
	lon := f.origin[0]
	if f.east > 1e-6 {
		lon += east / f.east
	}
	return orb.Point{lon, f.origin[1] + north/f.nth}
}
