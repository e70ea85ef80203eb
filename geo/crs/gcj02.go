package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// The box outside which GCJ-02 is the identity: 72.004 to 137.8347 E, 0.8293
// to 55.8271 N, its edges included. It is the box of every published
// implementation, and is wider than China.
const (
	gcjMinLon, gcjMaxLon = 72.004, 137.8347
	gcjMinLat, gcjMaxLat = 0.8293, 55.8271
)

// Krasovsky 1940, on which GCJ-02 turns its offset in metres into degrees.
const (
	krasovskyA  = 6378245.0
	krasovskyE2 = 0.00669342162296594323
)

func inGCJBox(p orb.Point) bool {
	return p[0] >= gcjMinLon && p[0] <= gcjMaxLon && p[1] >= gcjMinLat && p[1] <= gcjMaxLat
}

// wgsToGCJ applies the offset inside the box.
func wgsToGCJ(p orb.Point) orb.Point {
	if !inGCJBox(p) {
		return p
	}
	d := gcjOffset(p)
	return orb.Point{p[0] + d[0], p[1] + d[1]}
}

// gcjToWGS solves p + offset(p) = q. The offset changes by less than 1 % of
// the way moved, so each step gains two digits and more. A point of GCJ-02 is
// taken as offset when it is itself in the box; within some 0.01 degree of the
// box's edge, which nowhere touches China, there and back need not agree.
func gcjToWGS(q orb.Point) orb.Point {
	if !inGCJBox(q) {
		return q
	}
	p := q
	for range 12 {
		d := gcjOffset(p)
		next := orb.Point{q[0] - d[0], q[1] - d[1]}
		moved := math.Abs(next[0]-p[0]) + math.Abs(next[1]-p[1])
		p = next
		if moved < 1e-14 {
			break
		}
	}
	return p
}

// gcjOffset is the published offset in degrees at a WGS 84 point.
func gcjOffset(p orb.Point) orb.Point {
	x, y := p[0]-105, p[1]-35
	wave := 20*math.Sin(6*x*math.Pi) + 20*math.Sin(2*x*math.Pi)
	dLat := -100 + 2*x + 3*y + 0.2*y*y + 0.1*x*y + 0.2*math.Sqrt(math.Abs(x)) + 2./3*(wave+
		20*math.Sin(y*math.Pi)+40*math.Sin(y/3*math.Pi)+
		160*math.Sin(y/12*math.Pi)+320*math.Sin(y/30*math.Pi))
	dLon := 300 + x + 2*y + 0.1*x*x + 0.1*x*y + 0.1*math.Sqrt(math.Abs(x)) + 2./3*(wave+
		20*math.Sin(x*math.Pi)+40*math.Sin(x/3*math.Pi)+
		150*math.Sin(x/12*math.Pi)+300*math.Sin(x/30*math.Pi))
	sin, cos := math.Sincos(p[1] * degree)
	w2 := 1 - krasovskyE2*sin*sin
	w := math.Sqrt(w2)
	return orb.Point{
		dLon / (krasovskyA / w * cos * degree),
		dLat / (krasovskyA * (1 - krasovskyE2) / (w2 * w) * degree),
	}
}

const bdWave = math.Pi * 3000 / 180

// gcjToBD is the published formula of BD-09; it has no box.
func gcjToBD(p orb.Point) orb.Point {
	z := math.Hypot(p[0], p[1]) + 0.00002*math.Sin(p[1]*bdWave)
	sin, cos := math.Sincos(math.Atan2(p[1], p[0]) + 0.000003*math.Cos(p[0]*bdWave))
	return orb.Point{z*cos + 0.0065, z*sin + 0.006}
}

// bdToGCJ solves gcjToBD(p) = q by iteration. (The published way back is an
// approximation that misses by up to 1e-6 degree.)
func bdToGCJ(q orb.Point) orb.Point {
	p := orb.Point{q[0] - 0.0065, q[1] - 0.006}
	for range 20 {
		f := gcjToBD(p)
		dx, dy := q[0]-f[0], q[1]-f[1]
		p[0], p[1] = p[0]+dx, p[1]+dy
		if math.Abs(dx)+math.Abs(dy) < 1e-14 {
			break
		}
	}
	return p
}
