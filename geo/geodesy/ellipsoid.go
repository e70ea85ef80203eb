package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// The WGS 84 ellipsoid: half axes in metres, flattening.
const (
	A = 6378137.0
	F = 1 / 298.257223563
	B = A * (1 - F)

	e2  = F * (2 - F)   // first eccentricity squared
	ep2 = e2 / (1 - e2) // second eccentricity squared
	n3  = F / (2 - F)   // third flattening

	degree = math.Pi / 180
)

// The smallest and the largest radius of curvature of the ellipsoid: along the
// meridian at the equator, and at the poles. They bound how far the surface
// departs from a sphere.
const (
	minCurvature = B * (1 - F)
	maxCurvature = A / (1 - F)
)

// Vec is a point in the earth-centred frame, in metres: X to longitude 0 and Y
// to longitude 90 in the plane of the equator, Z to the north pole.
type Vec struct{ X, Y, Z float64 }

// ECEF returns the earth-centred coordinates of a point on the ellipsoid.
// Longitudes that differ by whole turns give the same bits. A latitude beyond
// 90 degrees, and anything that is not finite, gives NaN.
func ECEF(p orb.Point) Vec {
	if !(math.Abs(p[1]) <= 90) {
		return Vec{math.NaN(), math.NaN(), math.NaN()}
	}
	sinLat, cosLat := SincosDeg(p[1])
	sinLon, cosLon := SincosDeg(p[0])
	return FromSincos(sinLon, cosLon, sinLat, cosLat)
}

// FromSincos is [ECEF] for sines and cosines that are known already.
func FromSincos(sinLon, cosLon, sinLat, cosLat float64) Vec {
	n := A / math.Sqrt(1-e2*sinLat*sinLat)
	r := n * cosLat
	return Vec{r * cosLon, r * sinLon, n * (1 - e2) * sinLat}
}

// Sub returns v - w.
func (v Vec) Sub(w Vec) Vec { return Vec{v.X - w.X, v.Y - w.Y, v.Z - w.Z} }

// Dot returns the scalar product.
func (v Vec) Dot(w Vec) float64 { return v.X*w.X + v.Y*w.Y + v.Z*w.Z }

// Point returns longitude (-180 to 180) and latitude of a point on the
// ellipsoid.
func (v Vec) Point() orb.Point {
	r := math.Hypot(v.X, v.Y)
	return orb.Point{
		math.Atan2(v.Y, v.X) / degree,
		math.Atan2(v.Z, r*(1-e2)) / degree,
	}
}
