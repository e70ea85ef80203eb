package network

import (
	"math"

	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// coord is a place in units of 1e-7 degree, as OpenStreetMap keeps them.
type coord struct{ lon, lat int32 }

const unitsPerDegree = 1e7

// toCoord rounds a point, its longitude brought to [-180, 180); false when it is
// not on the Earth.
func toCoord(p orb.Point) (coord, bool) {
	if !(p[1] >= -90 && p[1] <= 90) || math.IsNaN(p[0]) || math.IsInf(p[0], 0) {
		return coord{}, false
	}
	lon := math.Round(p[0] * unitsPerDegree)
	if lon < -180*unitsPerDegree || lon >= 180*unitsPerDegree {
		lon = math.Mod(math.Mod(lon+180*unitsPerDegree, 360*unitsPerDegree)+360*unitsPerDegree, 360*unitsPerDegree) - 180*unitsPerDegree
	}
	return coord{int32(lon), int32(math.Round(p[1] * unitsPerDegree))}, true
}

func (c coord) point() orb.Point {
	return orb.Point{float64(c.lon) / unitsPerDegree, float64(c.lat) / unitsPerDegree}
}

func (c coord) vec() geodesy.Vec { return geodesy.ECEF(c.point()) }

// turn of longitude in units.
const fullTurn = int64(360 * unitsPerDegree)

// eastOf returns the longitude of b as seen from a: it may pass 180 degrees, so
// that the two are never more than half a turn apart.
func eastOf(a, b int32) int64 {
	d := int64(b) - int64(a)
	switch {
	case d > fullTurn/2:
		d -= fullTurn
	case d < -fullTurn/2:
		d += fullTurn
	}
	return int64(a) + d
}

// hilbert is the place of a coordinate along a Hilbert curve over the Earth
// (J. K. Lawder's bit loop, 31 bits a side).
func (c coord) hilbert() uint64 {
	x := uint32((int64(c.lon) + fullTurn/2) * (1<<31 - 1) / fullTurn)
	y := uint32((int64(c.lat) + fullTurn/4) * (1<<31 - 1) / (fullTurn / 2))
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

// piecesMM measures the pieces of a line in whole millimetres.
func piecesMM(line []coord, dst []uint32) []uint32 {
	for i := 1; i < len(line); i++ {
		m := geodesy.Metres(line[i-1].vec(), line[i].vec())
		dst = append(dst, uint32(min(math.Round(m*1000), math.MaxUint32)))
	}
	return dst
}

// coordPoint turns units that may lie between whole ones into degrees.
func coordPoint(lon, lat float64) orb.Point {
	return orb.Point{lon / unitsPerDegree, lat / unitsPerDegree}
}
