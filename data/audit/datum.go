package audit

import (
	"fmt"
	"math"
	"slices"

	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

// Reading is a way to read the coordinates of a source other than the declared
// one.
type Reading struct {
	Name    string // a code, or a code with "x <-> y"
	ToWGS84 func(raw orb.Point) orb.Point
	Back    func(p orb.Point) orb.Point // from WGS 84 to raw
}

// Readings lists the mistakes that are made with a declared system: shifted
// coordinates of web maps taken for true ones and the other way round, x and y
// exchanged, and the neighbouring zones of a Gauss-Kruger or UTM series.
func Readings(declared crs.CRS) []Reading {
	var all []Reading
	if declared.IsGeographic() {
		for _, code := range []string{"EPSG:4326", "GCJ-02", "BD-09"} {
			if sameDegrees(declared.Code()) != code {
				all = append(all, reading(code))
			}
		}
	}
	for _, code := range neighbours(declared.Code()) {
		all = append(all, reading(code))
	}
	return append(all, exchanged(declared))
}

// exchanged reads y as x.
func exchanged(c crs.CRS) Reading {
	return Reading{
		Name:    c.Code() + " x <-> y",
		ToWGS84: func(raw orb.Point) orb.Point { return checked(c, orb.Point{raw[1], raw[0]}) },
		Back: func(p orb.Point) orb.Point {
			p = c.FromWGS84(p)
			return orb.Point{p[1], p[0]}
		},
	}
}

// sameDegrees treats WGS 84 and CGCS2000 as one, as package crs does.
func sameDegrees(code string) string {
	if code == "EPSG:4490" {
		return "EPSG:4326"
	}
	return code
}

func reading(code string) Reading {
	c, err := crs.Parse(code)
	if err != nil {
		panic(err) // codes of this file only
	}
	return Reading{Name: code, ToWGS84: func(raw orb.Point) orb.Point { return checked(c, raw) }, Back: c.FromWGS84}
}

// checked is nowhere when a coordinate cannot belong to the system.
func checked(c crs.CRS, raw orb.Point) orb.Point {
	if c.Check(raw) != crs.None {
		return orb.Point{math.NaN(), math.NaN()}
	}
	return c.ToWGS84(raw)
}

// series are the EPSG codes whose neighbours differ by one zone.
var series = [][2]int{{4491, 4501}, {4502, 4512}, {4513, 4533}, {4534, 4554}, {32601, 32660}, {32701, 32760}}

func neighbours(code string) []string {
	var n int
	if _, err := fmt.Sscanf(code, "EPSG:%d", &n); err != nil {
		return nil
	}
	var out []string
	for _, s := range series {
		for _, k := range []int{n - 2, n - 1, n + 1, n + 2} {
			if n >= s[0] && n <= s[1] && k >= s[0] && k <= s[1] {
				out = append(out, fmt.Sprintf("EPSG:%d", k))
			}
		}
	}
	return out
}

// Figures compare two readings of one set: how many lie where they should.
type Figures struct {
	Reading      Reading
	Of           int // in all
	Before       int // fit as declared
	After        int // fit in the other reading
	Gained, Lost int // fit in the other only, as declared only
}

// Compare counts how points fit as declared and in another reading. fits tells
// whether the point of an index would lie where it should, at a place.
func Compare(raw []orb.Point, declared crs.CRS, r Reading, fits func(i int, at orb.Point) bool) Figures {
	f := Figures{Reading: r, Of: len(raw)}
	for i, p := range raw {
		before := good(checked(declared, p)) && fits(i, declared.ToWGS84(p))
		at := r.ToWGS84(p)
		after := good(at) && fits(i, at)
		switch {
		case before && after:
			f.Before++
			f.After++
		case before:
			f.Before++
			f.Lost++
		case after:
			f.After++
			f.Gained++
		}
	}
	return f
}

func good(p orb.Point) bool { return !math.IsNaN(p[0]-p[0]) && !math.IsNaN(p[1]-p[1]) }

// unlikely is the chance below which a difference is not put down to a few
// points that happen to lie by a border: a set of eight points that fit in the
// other reading only, and none the other way round, is just below it.
const unlikely = 0.005

// Better reports whether the other reading fits so much better that chance is
// no explanation (a one-sided sign test over the points that fit in one reading
// only), or whether nothing fits as declared and nearly all of at least three
// points do in the other.
func (f Figures) Better() bool {
	if f.Before == 0 && f.Of >= 3 && f.After*10 >= f.Of*9 {
		return true
	}
	return f.Gained > f.Lost && signTest(f.Gained, f.Lost) < unlikely
}

// signTest is the chance of at least a heads in a+b throws of a coin.
func signTest(a, b int) float64 {
	n := a + b
	sum := 0.0
	logFactorial := func(k int) float64 {
		v, _ := math.Lgamma(float64(k) + 1)
		return v
	}
	for k := a; k <= n; k++ {
		sum += math.Exp(logFactorial(n) - logFactorial(k) - logFactorial(n-k) - float64(n)*math.Ln2)
	}
	return min(sum, 1)
}

// manyPoints is how many points are tried in every reading; of more, an evenly
// spaced part.
const manyPoints = 10_000

// Best tries every reading of the declared system and returns the one that fits
// most points, when it is [Figures.Better]; of metres in a system of degrees, the
// readings of [Projected] around near. The figures are those of all points.
func Best(raw []orb.Point, declared crs.CRS, near orb.Point, fits func(i int, at orb.Point) bool) (Figures, bool) {
	step := (len(raw) + manyPoints - 1) / manyPoints
	var part []orb.Point
	for i := 0; i < len(raw); i += step {
		part = append(part, raw[i])
	}
	readings := Readings(declared)
	if inMetres(part, declared) {
		readings = Projected(near)
	}
	var all []Figures
	for _, r := range readings {
		if f := Compare(part, declared, r, func(i int, at orb.Point) bool { return fits(i*step, at) }); f.Better() {
			all = append(all, f)
		}
	}
	if len(all) == 0 {
		return Figures{}, false
	}
	best := slices.MaxFunc(all, func(a, b Figures) int { return a.After - b.After })
	if step > 1 {
		best = Compare(raw, declared, best.Reading, fits)
	}
	return best, true
}
