package crs

import (
	"math"

	"github.com/paulmach/orb"
)

const degree = math.Pi / 180

// transverse is a Transverse Mercator projection with origin on the equator.
type transverse struct {
	ellipsoid             ellipsoid
	lon0                  float64 // degrees
	scale                 float64 // on the central meridian
	falseEast, falseNorth float64 // metres
}

type ellipsoid uint8

const (
	grs80 ellipsoid = iota // CGCS2000 uses its size and flattening
	wgs84
)

// krueger holds what the series needs of an ellipsoid.
type krueger struct {
	radius      float64 // of the rectifying sphere, metres
	e           float64 // eccentricity
	alpha, beta [6]float64
}

var series = [...]krueger{
	grs80: newKrueger(6378137, 1/298.257222101),
	wgs84: newKrueger(6378137, 1/298.257223563),
}

// newKrueger works out the coefficients: Karney 2011, equations 14, 35 and 36.
func newKrueger(a, f float64) krueger {
	n := f / (2 - f)
	n2 := n * n
	return krueger{
		radius: a / (1 + n) * (1 + n2/4 + n2*n2/64 + n2*n2*n2/256),
		e:      math.Sqrt(f * (2 - f)),
		alpha: [6]float64{
			n * poly(n, 1./2, -2./3, 5./16, 41./180, -127./288, 7891./37800),
			n2 * poly(n, 13./48, -3./5, 557./1440, 281./630, -1983433./1935360),
			n2 * n * poly(n, 61./240, -103./140, 15061./26880, 167603./181440),
			n2 * n2 * poly(n, 49561./161280, -179./168, 6601661./7257600),
			n2 * n2 * n * poly(n, 34729./80640, -3418889./1995840),
			n2 * n2 * n2 * 212378941. / 319334400,
		},
		beta: [6]float64{
			n * poly(n, 1./2, -2./3, 37./96, -1./360, -81./512, 96199./604800),
			n2 * poly(n, 1./48, 1./15, -437./1440, 46./105, -1118711./3870720),
			n2 * n * poly(n, 17./480, -37./840, -209./4480, 5569./90720),
			n2 * n2 * poly(n, 4397./161280, -11./504, -830251./7257600),
			n2 * n2 * n * poly(n, 4583./161280, -108847./3991680),
			n2 * n2 * n2 * 20648693. / 638668800,
		},
	}
}

// poly is c[0] + c[1] x + c[2] x^2 ...
func poly(x float64, c ...float64) float64 {
	var sum float64
	for i := len(c) - 1; i >= 0; i-- {
		sum = sum*x + c[i]
	}
	return sum
}

// forward projects degrees to metres.
func (t transverse) forward(p orb.Point) orb.Point {
	k := &series[t.ellipsoid]
	sinLon, cosLon := math.Sincos(math.Remainder(p[0]-t.lon0, 360) * degree)
	tau := k.conformal(math.Tan(p[1] * degree))
	xi0 := math.Atan2(tau, cosLon)
	eta0 := math.Asinh(sinLon / math.Hypot(tau, cosLon))
	xi, eta := xi0, eta0
	for j := range k.alpha {
		m := 2 * float64(j+1)
		s, c := math.Sincos(m * xi0)
		xi += k.alpha[j] * s * math.Cosh(m*eta0)
		eta += k.alpha[j] * c * math.Sinh(m*eta0)
	}
	m := k.radius * t.scale
	return orb.Point{t.falseEast + m*eta, t.falseNorth + m*xi}
}

// inverse turns metres into degrees.
func (t transverse) inverse(p orb.Point) orb.Point {
	k := &series[t.ellipsoid]
	m := k.radius * t.scale
	xi0, eta0 := (p[1]-t.falseNorth)/m, (p[0]-t.falseEast)/m
	xi, eta := xi0, eta0
	for j := range k.beta {
		m := 2 * float64(j+1)
		s, c := math.Sincos(m * xi0)
		xi -= k.beta[j] * s * math.Cosh(m*eta0)
		eta -= k.beta[j] * c * math.Sinh(m*eta0)
	}
	sinXi, cosXi := math.Sincos(xi)
	sinhEta := math.Sinh(eta)
	tau := k.geographic(sinXi / math.Hypot(sinhEta, cosXi))
	lon := t.lon0 + math.Atan2(sinhEta, cosXi)/degree
	if lon < -180 || lon > 180 {
		lon = math.Remainder(lon, 360)
	}
	return orb.Point{lon, math.Atan(tau) / degree}
}

// conformal turns the tangent of a geographic latitude into that of the
// conformal latitude (Karney 2011, equations 7-9).
func (k *krueger) conformal(tau float64) float64 {
	h := math.Hypot(1, tau)
	sigma := math.Sinh(k.e * math.Atanh(k.e*tau/h))
	return tau*math.Hypot(1, sigma) - sigma*h
}

// geographic inverts conformal by Newton's method (equations 19-21); three
// steps reach the last bit at any latitude.
func (k *krueger) geographic(conformal float64) float64 {
	q := 1 - k.e*k.e
	tau := conformal
	for range 4 {
		c := k.conformal(tau)
		step := (conformal - c) / math.Hypot(1, c) * (1 + q*tau*tau) / (q * math.Hypot(1, tau))
		tau += step
		if !(math.Abs(step) > 1e-15*math.Max(1, math.Abs(tau))) {
			break
		}
	}
	return tau
}

const mercatorRadius = 6378137.0

func mercatorForward(p orb.Point) orb.Point {
	return orb.Point{mercatorRadius * p[0] * degree, mercatorRadius * math.Asinh(math.Tan(p[1]*degree))}
}

func mercatorInverse(p orb.Point) orb.Point {
	return orb.Point{p[0] / mercatorRadius / degree, math.Atan(math.Sinh(p[1]/mercatorRadius)) / degree}
}
