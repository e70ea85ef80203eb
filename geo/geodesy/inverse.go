package geodesy

import (
	"math"

	"github.com/paulmach/orb"
)

// Distance returns the length in metres of the shortest geodesic between two
// points. Longitudes may be given in any turn. NaN when a latitude is beyond 90
// degrees or a coordinate is not finite.
func Distance(p, q orb.Point) float64 { return Metres(ECEF(p), ECEF(q)) }

// pair is the inverse problem in the form that Karney's section 4 wants: point 1
// south of the equator and at least as far from it as point 2, longitudes
// increasing. Latitudes are reduced ones.
type pair struct {
	sin1, cos1, sin2, cos2 float64
	lam                    float64 // longitude difference, 0..pi
}

// arc is a geodesic of a pair for a trial azimuth at point 1.
type arc struct {
	sinS1, cosS1, sinS2, cosS2 float64 // spherical arc lengths from the equator
	sigma                      float64 // their difference
	eps, k2                    float64
	lam                        float64 // longitude difference that it spans
	slope                      float64 // d lam / d azimuth
	reduced                    float64 // reduced length / B: negative beyond the conjugate point
}

// long solves the inverse problem for points that are not close together.
func long(p, q Vec) float64 {
	v := newPair(p, q)
	if math.IsNaN(v.lam + v.sin1 + v.sin2) {
		return math.NaN()
	}
	if v.cos1 < 1e-12 || v.lam == 0 {
		return v.at(0, 1).metres() // from the pole, or along one meridian
	}
	if v.lam == math.Pi {
		if over := v.at(0, -1); over.reduced >= 0 {
			return over.metres() // across the nearer pole
		}
	}
	if v.sin1 == 0 && v.lam <= (1-F)*math.Pi {
		return A * v.lam // along the equator
	}
	return v.solve().metres()
}

func newPair(p, q Vec) pair {
	s1, c1 := reducedLatitude(p)
	s2, c2 := reducedLatitude(q)
	if math.Abs(s1) < math.Abs(s2) {
		s1, c1, s2, c2 = s2, c2, s1, c1
	}
	if s1 > 0 {
		s1, s2 = -s1, -s2
	}
	if s1 == 0 { // the sign of zero chooses the branch of the arc tangents
		s1, s2 = math.Copysign(0, -1), 0
	}
	if math.Abs(s2) == -s1 { // the same whichever point comes first
		c1 = math.Max(c1, c2)
		c2 = c1
	}
	lam := math.Abs(math.Atan2(p.X*q.Y-p.Y*q.X, p.X*q.X+p.Y*q.Y))
	return pair{s1, c1, s2, c2, lam}
}

// reducedLatitude of a point on the ellipsoid, as sine and cosine.
func reducedLatitude(p Vec) (sin, cos float64) {
	sin, cos = p.Z/B, math.Hypot(p.X, p.Y)/A
	if math.Abs(sin) < 1e-20 { // under a picometre: on the equator, lest squares underflow
		return 0, 1
	}
	h := math.Hypot(sin, cos)
	return sin / h, cos / h
}

// at returns the geodesic that leaves point 1 at an azimuth and ends on the
// latitude of point 2 going north (equations 5 to 12 and 44 to 46).
func (v *pair) at(sinA, cosA float64) arc {
	sinA0, cosA0 := sinA*v.cos1, math.Hypot(cosA, sinA*v.sin1)
	// cos(azimuth 2) * cos2, without cancellation on either hemisphere.
	d := (v.cos2 - v.cos1) * (v.cos2 + v.cos1)
	if v.cos1 >= -v.sin1 {
		d = (v.sin1 - v.sin2) * (v.sin1 + v.sin2)
	}
	cosA1c := cosA * v.cos1
	cosA2c := math.Abs(cosA1c)
	if d != 0 {
		cosA2c = math.Sqrt(cosA1c*cosA1c + d)
	}
	var g arc
	g.sinS1, g.cosS1 = unit(v.sin1, cosA1c)
	g.sinS2, g.cosS2 = unit(v.sin2, cosA2c)
	g.sigma = turn(g.sinS1, g.cosS1, g.sinS2, g.cosS2)
	omega := turn(sinA0*v.sin1, cosA1c, sinA0*v.sin2, cosA2c)
	if sinA0 == 0 && cosA < 0 {
		omega = math.Pi
	}
	g.k2, g.eps = epsilon(cosA0)
	i3 := longitudeSeries(g.eps)
	g.lam = omega - F*sinA0*i3.over(g.sigma, g.sinS1, g.cosS1, g.sinS2, g.cosS2)
	g.reduced = g.reducedLength()
	if cosA2c == 0 {
		g.slope = -2 * math.Sqrt(1-e2*v.cos1*v.cos1) / v.sin1
	} else {
		g.slope = g.reduced * (1 - F) / cosA2c
	}
	return g
}

// unit scales a sine and a cosine to length 1.
func unit(s, c float64) (sin, cos float64) {
	h := math.Hypot(s, c)
	if h == 0 {
		return s, 1
	}
	return s / h, c / h
}

// turn is the angle from direction 1 to direction 2, 0..pi.
func turn(s1, c1, s2, c2 float64) float64 {
	return math.Atan2(math.Max(0, c1*s2-s1*c2), c1*c2+s1*s2)
}

// reducedLength is m12/B (equation 38).
func (g *arc) reducedLength() float64 {
	i1, i2 := distanceSeries(g.eps), scaleSeries(g.eps)
	j := i1.over(g.sigma, g.sinS1, g.cosS1, g.sinS2, g.cosS2) - i2.over(g.sigma, g.sinS1, g.cosS1, g.sinS2, g.cosS2)
	w1, w2 := math.Sqrt(1+g.k2*g.sinS1*g.sinS1), math.Sqrt(1+g.k2*g.sinS2*g.sinS2)
	return w2*g.cosS1*g.sinS2 - w1*g.sinS1*g.cosS2 - g.cosS1*g.cosS2*j
}

// metres is the length of the geodesic.
func (g arc) metres() float64 {
	i1 := distanceSeries(g.eps)
	return B * i1.over(g.sigma, g.sinS1, g.cosS1, g.sinS2, g.cosS2)
}

// solve finds the azimuth whose geodesic spans the longitude difference:
// Newton's method inside a bracket that is halved when a step leaves it.
func (v *pair) solve() arc {
	lowS, lowC, highS, highC := 0.0, 1.0, 0.0, -1.0
	s, c := v.start()
	var g arc
	for range 100 {
		g = v.at(s, c)
		miss := g.lam - v.lam
		if math.Abs(miss) <= 2e-16 {
			break
		}
		if miss < 0 {
			lowS, lowC = s, c
		} else {
			highS, highC = s, c
		}
		nextS, nextC := unit(lowS+highS, lowC+highC)
		if lowC == 1 && highC == -1 {
			nextS, nextC = 1, 0
		}
		if step := -miss / g.slope; g.slope > 0 && math.Abs(step) < 1 {
			ds, dc := math.Sincos(step)
			ns, nc := unit(s*dc+c*ds, c*dc-s*ds)
			if between(ns, nc, lowS, lowC, highS, highC) {
				nextS, nextC = ns, nc
			}
		}
		if nextS == s && nextC == c {
			break
		}
		s, c = nextS, nextC
	}
	return g
}

// between reports whether an azimuth lies strictly inside a bracket.
func between(s, c, lowS, lowC, highS, highC float64) bool {
	return s > 0 && s*lowC-c*lowS > 0 && c*highS-s*highC > 0
}

// start guesses the azimuth on a sphere that is stretched to the mean latitude;
// almost opposite points start at the middle of the bracket.
func (v *pair) start() (sin, cos float64) {
	mean := (v.cos1 + v.cos2) / 2
	omega := v.lam / math.Sqrt(1-e2*mean*mean)
	if omega > 0.98*math.Pi {
		return 1, 0
	}
	so, co := math.Sincos(omega)
	return unit(v.cos2*so, v.cos1*v.sin2-v.sin1*v.cos2*co)
}
