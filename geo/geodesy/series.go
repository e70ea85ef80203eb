package geodesy

import "math"

// series is a sine series in twice the angle with its factor: the integral
// a*(s + sum of c[l] sin 2(l+1)s) of Karney's equations (15), (41) and (23).
type series struct {
	a float64
	c [6]float64
}

// over integrates from angle 1 to angle 2, given the angles' difference and
// their sines and cosines.
func (s *series) over(d, sin1, cos1, sin2, cos2 float64) float64 {
	return s.a * (d + s.sum(sin2, cos2) - s.sum(sin1, cos1))
}

// sum adds the sine terms by Clenshaw's recurrence.
func (s *series) sum(sin, cos float64) float64 {
	x := 2 * (cos - sin) * (cos + sin) // 2 cos 2s
	var b1, b2 float64
	for l := len(s.c) - 1; l >= 0; l-- {
		b1, b2 = s.c[l]+x*b1-b2, b1
	}
	return 2 * sin * cos * b1
}

// epsilon is the expansion parameter of a geodesic that crosses the equator at
// an azimuth of the given cosine (equation 16).
func epsilon(cosAlpha0 float64) (k2, eps float64) {
	k2 = ep2 * cosAlpha0 * cosAlpha0
	return k2, k2 / (2*(1+math.Sqrt(1+k2)) + k2)
}

// distanceSeries is I1 (equations 17 and 18).
func distanceSeries(e float64) series {
	e2 := e * e
	e3 := e2 * e
	return series{(1 + e2*(1./4+e2*(1./64+e2/256))) / (1 - e), [6]float64{
		e * (-1./2 + e2*(3./16-e2/32)),
		e2 * (-1./16 + e2*(1./32-e2*9/2048)),
		e3 * (-1./48 + e2*3/256),
		e2 * e2 * (-5./512 + e2*3/512),
		e2 * e3 * (-7. / 1280),
		e3 * e3 * (-7. / 2048),
	}}
}

// scaleSeries is I2 (equations 42 and 43).
func scaleSeries(e float64) series {
	e2 := e * e
	e3 := e2 * e
	return series{(1 - e) * (1 + e2*(1./4+e2*(9./64+e2*25/256))), [6]float64{
		e * (1./2 + e2*(1./16+e2/32)),
		e2 * (3./16 + e2*(1./32+e2*35/2048)),
		e3 * (5./48 + e2*5/256),
		e2 * e2 * (35./512 + e2*7/512),
		e2 * e3 * (63. / 1280),
		e3 * e3 * (77. / 2048),
	}}
}

// longitudeSeries is I3 (equations 24 and 25).
func longitudeSeries(e float64) series {
	const n, n2 = n3, n3 * n3
	e2 := e * e
	e3 := e2 * e
	return series{
		1 - e*((1-n)/2+e*((2+n-3*n2)/8+e*((1+3*n+n2)/16+e*((3+2*n)/64+e*3/128)))),
		[6]float64{
			e * ((1-n)/4 + e*((1-n2)/8+e*((3+3*n-n2)/64+e*((5+2*n)/128+e*3/128)))),
			e2 * ((2-3*n+n2)/32 + e*((3-2*n-3*n2)/64+e*((3+n)/128+e*5/256))),
			e3 * ((5-9*n+5*n2)/192 + e*((9-10*n)/384+e*7/512)),
			e2 * e2 * ((7-14*n)/512 + e*7/512),
			e2 * e3 * (21. / 2560),
		},
	}
}
