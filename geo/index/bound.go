package index

import (
	"math"

	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// atLeast is a true lower bound of the geodesic distance in metres from p to any
// place in a bound. On a sphere of the reduced latitudes a line element of the
// ellipsoid is nowhere shorter than the polar half axis times that of the
// sphere, so the great circle there times that axis is never too long.
func atLeast(p orb.Point, b orb.Bound) float64 {
	beta, low, high := reduced(p[1]), reduced(b.Min[1]), reduced(b.Max[1])
	west, east := lonGaps(p[0], b)
	if west == 0 || east == 0 {
		return slack(math.Max(0, math.Max(low-beta, beta-high)))
	}
	gap := math.Min(west, east) * math.Pi / 180
	// The great circle's foot on the meridian of the nearer side, or its end.
	foot := math.Atan2(math.Sin(beta), math.Cos(beta)*math.Cos(gap))
	if foot > math.Pi/2 || foot < -math.Pi/2 { // beyond the pole: one of the ends
		return slack(math.Min(great(beta, low, gap), great(beta, high, gap)))
	}
	return slack(great(beta, math.Max(low, math.Min(high, foot)), gap))
}

// slack turns an angle into metres, rounding errors taken off.
func slack(angle float64) float64 {
	return math.Max(0, angle*geodesy.B*(1-1e-12)-1e-6)
}

func reduced(latDeg float64) float64 {
	s, c := geodesy.SincosDeg(latDeg)
	return math.Atan2(s*geodesy.B, c*geodesy.A)
}

// great is the great circle between two latitudes at a difference of longitude.
func great(lat1, lat2, lon float64) float64 {
	s, t := math.Sin((lat2-lat1)/2), math.Sin(lon/2)
	h := s*s + math.Cos(lat1)*math.Cos(lat2)*t*t
	return 2 * math.Asin(math.Min(1, math.Sqrt(h)))
}

// lonGaps returns the degrees from a longitude west and east to a bound, both 0
// inside it.
func lonGaps(lon float64, b orb.Bound) (west, east float64) {
	turn := func(d float64) float64 { return math.Mod(math.Mod(d, 360)+360, 360) }
	if turn(lon-b.Min[0]) <= b.Max[0]-b.Min[0] || b.Max[0]-b.Min[0] >= 360 {
		return 0, 0
	}
	return turn(lon - b.Max[0]), turn(b.Min[0] - lon)
}

// boundMetres is the geodesic distance to the nearest place in a bound: exact
// for a point, to well under a millimetre for a box.
func boundMetres(p orb.Point, from geodesy.Vec, b orb.Bound) float64 {
	if b.Min == b.Max {
		return geodesy.Metres(from, geodesy.ECEF(b.Min))
	}
	west, east := lonGaps(p[0], b)
	if west == 0 || east == 0 {
		lat := math.Max(b.Min[1], math.Min(b.Max[1], p[1]))
		return geodesy.Metres(from, geodesy.ECEF(orb.Point{p[0], lat}))
	}
	// Beside it: the nearest place lies on one of the sides along meridians.
	return math.Min(sideMetres(from, b.Min[0], b.Min[1], b.Max[1]), sideMetres(from, b.Max[0], b.Min[1], b.Max[1]))
}

// sideMetres is the distance to a piece of a meridian, by golden section: going
// north along it the distance falls, then rises, or the other way round beyond
// a quarter turn, where an end is nearest.
func sideMetres(from geodesy.Vec, lon, low, high float64) float64 {
	at := func(lat float64) float64 { return geodesy.Metres(from, geodesy.ECEF(orb.Point{lon, lat})) }
	least := math.Min(at(low), at(high))
	const golden = 0.6180339887498949
	a, b := high-golden*(high-low), low+golden*(high-low)
	da, db := at(a), at(b)
	for high-low > 1e-7 {
		if da < db {
			high, b, db = b, a, da
			a = high - golden*(high-low)
			da = at(a)
		} else {
			low, a, da = a, b, db
			b = low + golden*(high-low)
			db = at(b)
		}
	}
	return math.Min(least, math.Min(da, db))
}
