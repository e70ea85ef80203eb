package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// Destination returns the point at a distance in metres from start, along the
// geodesic that leaves it at an azimuth in degrees clockwise from north. Its
// longitude lies within half a turn of the start's, so it may pass 180.
func Destination(start orb.Point, azimuthDeg, metres float64) orb.Point {
	v := ECEF(start)
	sin1, cos1 := reducedLatitude(v)
	cos1 = math.Max(cos1, 1e-200) // at a pole the longitude chooses the meridian
	sinA, cosA := SincosDeg(azimuthDeg)
	sinA0, cosA0 := sinA*cos1, math.Hypot(cosA, sinA*sin1)
	_, eps := epsilon(cosA0)
	sinS1, cosS1 := unit(sin1, cosA*cos1)
	sigma := arcFor(metres/B, sinS1, cosS1, cosA0, eps)
	ds, dc := math.Sincos(sigma)
	sinS2, cosS2 := sinS1*dc+cosS1*ds, cosS1*dc-sinS1*ds
	sin2, cos2 := cosA0*sinS2, math.Hypot(sinA0, cosA0*cosS2)

	omega := math.Atan2(sinA0*sinS2, cosS2) - math.Atan2(sinA0*sinS1, cosS1)
	i3 := longitudeSeries(eps)
	lam := omega - F*sinA0*i3.over(sigma, sinS1, cosS1, sinS2, cosS2)
	lam = math.Remainder(lam, 2*math.Pi)
	return orb.Point{start[0] + lam/degree, math.Atan2(sin2, (1-F)*cos2) / degree}
}

// arcFor inverts the distance integral by Newton's method: the spherical arc
// whose geodesic has the given length (in units of B).
func arcFor(length, sinS1, cosS1, cosA0, eps float64) float64 {
	i1 := distanceSeries(eps)
	k2 := ep2 * cosA0 * cosA0
	sigma := length / i1.a
	for range 8 {
		ds, dc := math.Sincos(sigma)
		s2, c2 := sinS1*dc+cosS1*ds, cosS1*dc-sinS1*ds
		step := (length - i1.over(sigma, sinS1, cosS1, s2, c2)) / math.Sqrt(1+k2*s2*s2)
		sigma += step
		if math.Abs(step) <= 1e-16*math.Abs(sigma) {
			break
		}
	}
	return sigma
}

// Circle returns the ring of points at a geodesic distance in metres from the
// centre, anticlockwise from the east and closed: points+1 positions. Fewer
// than 3 points count as 3. Longitudes are continuous around the centre's and
// may pass 180. A ring around a pole is not cut: its longitudes go once round.
func Circle(centre orb.Point, radiusM float64, points int) orb.Ring {
	points = max(points, 3)
	ring := make(orb.Ring, points+1)
	for i := range points {
		ring[i] = Destination(centre, 90-360*float64(i)/float64(points), radiusM)
	}
	ring[points] = ring[0]
	return ring
}
