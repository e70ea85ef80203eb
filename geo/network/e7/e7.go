package e7

import (
	"math"

	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// PerDegree is how many units a degree has.
const PerDegree = 1e7

// FullTurn is a whole turn of longitude in units.
const FullTurn = int64(360 * PerDegree)

// Coord is a place in units of 1e-7 degree. The zero value is 0° N, 0° E.
type Coord struct{ Lon, Lat int32 }

// Of rounds a point, its longitude brought to [-180, 180); false when it is not
// on the Earth.
func Of(p orb.Point) (Coord, bool) {
	if !(p[1] >= -90 && p[1] <= 90) || math.IsNaN(p[0]) || math.IsInf(p[0], 0) {
		return Coord{}, false
	}
	lon := math.Round(p[0] * PerDegree)
	if lon < -180*PerDegree || lon >= 180*PerDegree {
		lon = math.Mod(math.Mod(lon+180*PerDegree, 360*PerDegree)+360*PerDegree, 360*PerDegree) - 180*PerDegree
	}
	return Coord{int32(lon), int32(math.Round(p[1] * PerDegree))}, true
}

// Point is the place in degrees.
func (c Coord) Point() orb.Point {
	return orb.Point{float64(c.Lon) / PerDegree, float64(c.Lat) / PerDegree}
}

func (c Coord) vec() geodesy.Vec { return geodesy.ECEF(c.Point()) }

// EastOf returns the longitude b as seen from a: it may pass 180 degrees, so
// that the two are never more than half a turn apart.
func EastOf(a, b int32) int64 {
	d := int64(b) - int64(a)
	switch {
	case d > FullTurn/2:
		d -= FullTurn
	case d < -FullTurn/2:
		d += FullTurn
	}
	return int64(a) + d
}

// Hilbert is the place of a coordinate along a Hilbert curve over the Earth
// (J. K. Lawder's bit loop, 31 bits a side).
func (c Coord) Hilbert() uint64 {
	x := uint32((int64(c.Lon) + FullTurn/2) * (1<<31 - 1) / FullTurn)
	y := uint32((int64(c.Lat) + FullTurn/4) * (1<<31 - 1) / (FullTurn / 2))
	var d uint64
	for s := uint32(1 << 30); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s != 0 {
			rx = 1
		}
		if y&s != 0 {
			ry = 1
		}
		d = d<<2 | uint64(3*rx^ry)
		if ry == 0 {
			if rx == 1 {
				x, y = (1<<31-1)-x, (1<<31-1)-y
			}
			x, y = y, x
		}
	}
	return d
}
