package geodesy

import "math"

// shortChord is the longest chord, in metres, whose geodesic is taken from the
// series in [short]. Its neglected terms grow with the fifth power of the
// length and reach 1 nm about here (measured: 20 nm at 60 km).
const shortChord = 40e3

// Metres returns the length in metres of the shortest geodesic between two
// points on the ellipsoid. It is symmetric to the last bit, 0 for equal points,
// and NaN when a coordinate is NaN.
func Metres(p, q Vec) float64 {
	dx, dy, dz := p.X-q.X, p.Y-q.Y, p.Z-q.Z
	c2 := dx*dx + dy*dy + dz*dz
	if c2 <= shortChord*shortChord {
		return short(c2, dz*dz, p.Z+q.Z)
	}
	return long(p, q)
}

// short turns a squared chord into the length of its geodesic: the arc of the
// circle whose curvature is that of the normal section at the middle, in the
// chord's own direction. For a surface x'Qx = 1 that curvature is t'Qt / |Qx|
// along the unit vector t, which on the ellipsoid needs no angle:
//
//	k^2 c^2 = (c^2 + e'^2 dz^2)^2 / (c^2 N^2),  N^2 = a^2 (1 + e'^2 z^2/b^2)
func short(c2, dz2, zSum float64) float64 {
	if c2 == 0 {
		return 0
	}
	t := c2 + ep2*dz2
	q := t * t / (c2 * (A*A + (ep2*A*A/(4*B*B))*(zSum*zSum)))
	return math.Sqrt(c2) * (1 + q*(1./24+q*(3./640+q*(5./7168))))
}

// ChordRange returns the chords between which the decision lies for a geodesic
// radius in metres: points with a chord of at most inside are within the
// radius, points with a chord of more than outside are not. Between the two
// only [Metres] decides. Both allow for the rounding of coordinates, so inside is
// negative for the smallest radii. A radius over a third of the way round the
// Earth gives -1 and +Inf, a negative one or NaN gives -1 and -1.
//
// It compares the geodesic with circles of the smallest and the largest radius
// of curvature (A. Schur's comparison theorem for arcs).
func ChordRange(radiusM float64) (inside, outside float64) {
	if !(radiusM >= 0) {
		return -1, -1
	}
	if radiusM > 13e6 {
		return -1, math.Inf(1)
	}
	slack := coordinateNoise + 1e-14*radiusM
	inside = 2*minCurvature*math.Sin(radiusM/(2*minCurvature)) - slack
	outside = 2*maxCurvature*math.Sin(radiusM/(2*maxCurvature)) + slack
	return inside, outside
}

// coordinateNoise is more than rounding can change a chord by, in metres.
const coordinateNoise = 1e-8

// Rival returns the longest chord that another point may have and still be as
// near, along the geodesic, as a point with the given chord; allowance for
// rounding included.
func Rival(chord float64) float64 {
	if chord < 200e3 {
		// The relative difference of two arcs over one chord is at most
		// c^2/24 (1/minCurvature^2 - 1/maxCurvature^2), with a tenth to spare.
		return chord*(1+chord*chord*rivalFactor) + 4*coordinateNoise
	}
	half := chord / (2 * minCurvature)
	if half >= 0.86 { // over a third of the way round
		return math.Inf(1)
	}
	longest := 2 * minCurvature * math.Asin(half)
	return 2*maxCurvature*math.Sin(longest/(2*maxCurvature)) + 4*coordinateNoise + 4e-14*chord
}

const rivalFactor = 1.1 / 24 * (1/(minCurvature*minCurvature) - 1/(maxCurvature*maxCurvature))
