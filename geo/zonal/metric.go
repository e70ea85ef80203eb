package zonal

import (
	"math"

	"github.com/paulmach/orb"
)

// The WGS 84 ellipsoid.
const (
	semiMajor = 6378137.0
	flat      = 1 / 298.257223563
	ecc2      = flat * (2 - flat)
	degree    = math.Pi / 180
)

// The least metres that a degree of latitude has, at the equator.
const minMetresLat = 110574.0

// scales returns the metres in a degree of longitude and of latitude at a
// latitude.
func scales(lat float64) (perLon, perLat float64) {
	sin, cos := math.Sincos(lat * degree)
	w2 := 1 - ecc2*sin*sin
	w := math.Sqrt(w2)
	return semiMajor / w * cos * degree, semiMajor * (1 - ecc2) / (w2 * w) * degree
}

// metres is the distance of two points by the radii of curvature at the middle
// latitude: 0.3 mm from the geodesic up to 5 km, 0.5 m up to 60 km.
func metres(x0, y0, x1, y1 float64) float64 {
	perLon, perLat := scales((y0 + y1) / 2)
	return math.Hypot((x1-x0)*perLon, (y1-y0)*perLat)
}

// closest returns the point of the edge that is nearest to (x, y) in a frame
// with the given scales.
func (e *edge) closest(x, y, perLon, perLat float64) (float64, float64) {
	dx, dy := (e.x1-e.x0)*perLon, (e.y1-e.y0)*perLat
	t := ((x-e.x0)*perLon*dx + (y-e.y0)*perLat*dy) / (dx*dx + dy*dy)
	switch {
	case !(t > 0):
		return e.x0, e.y0
	case t >= 1:
		return e.x1, e.y1
	}
	return e.x0 + t*(e.x1-e.x0), e.y0 + t*(e.y1-e.y0)
}

// edgeDistance is the distance of two edges in a frame with the given scales, 0
// when they cross.
func edgeDistance(a, b *edge, perLon, perLat float64) float64 {
	if side(a, b.x0, b.y0)*side(a, b.x1, b.y1) < 0 && side(b, a.x0, a.y0)*side(b, a.x1, a.y1) < 0 {
		return 0
	}
	to := func(e *edge, x, y float64) float64 {
		qx, qy := e.closest(x, y, perLon, perLat)
		return math.Hypot((qx-x)*perLon, (qy-y)*perLat)
	}
	return min(to(a, b.x0, b.y0), to(a, b.x1, b.y1), to(b, a.x0, a.y0), to(b, a.x1, a.y1))
}

// side is positive on one side of the line through the edge, negative on the
// other.
func side(e *edge, x, y float64) float64 {
	return (e.x1-e.x0)*(y-e.y0) - (e.y1-e.y0)*(x-e.x0)
}

// authalic is the integral from the equator that turns latitude into area: a
// degree-free (1-e²)(sin/(1-e² sin²) + atanh(e sin)/e), J. P. Snyder, Map
// Projections (1987), equation 3-12.
func authalic(lat float64) float64 {
	e, sin := math.Sqrt(ecc2), math.Sin(lat*degree)
	return (1 - ecc2) * (sin/(1-ecc2*sin*sin) + math.Atanh(e*sin)/e)
}

// area is the area within a ring on the ellipsoid in square metres.
func area(ring []orb.Point) float64 {
	var sum float64
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		sum += (b[0] - a[0]) * degree * (authalic(a[1]) + authalic(b[1])) / 2
	}
	return math.Abs(sum) * semiMajor * semiMajor / 2
}
