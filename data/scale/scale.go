// Package scale makes people on a grid agree with census totals by zone and
// group. The central functions are [Simple], which multiplies every group in
// every zone by one factor, and [Iterative], iterative proportional fitting (W.
// E. Deming and F. F. Stephan, Annals of Mathematical Statistics 11, 1940),
// which also keeps the parts of every row adding up to its whole.
//
// Rows belong to a unit (a zone with totals) by index, -1 to none; those are
// left as they are. NaN is a total that is not known. Nothing here reads files
// or knows what the groups are.
package scale

import "math"

// Factor is what was done to a group in a unit. Factor is Total/Before; 1 when
// nothing was done because the total is not known, NaN when nobody is there to
// be scaled although the total asks for people.
type Factor struct {
	Unit                  int
	Before, Total, Factor float64
}

// Simple multiplies the people of every unit so that they add up to its total,
// in place, and returns a factor a unit.
func Simple(unit []int32, people []float32, totals []float64) []Factor {
	factors := measure(unit, people, totals)
	for i, u := range unit {
		if u < 0 {
			continue
		}
		if f := factors[u].Factor; f != 1 && !math.IsNaN(f) {
			people[i] = float32(float64(people[i]) * f)
		}
	}
	return factors
}

func measure(unit []int32, people []float32, totals []float64) []Factor {
	factors := make([]Factor, len(totals))
	for i, u := range unit {
		if u >= 0 {
			factors[u].Before += float64(people[i])
		}
	}
	for u := range factors {
		f := &factors[u]
		f.Unit, f.Total, f.Factor = u, totals[u], 1
		switch {
		case math.IsNaN(f.Total):
		case f.Before > 0:
			f.Factor = f.Total / f.Before
		case f.Total > 0:
			f.Factor = math.NaN()
		}
	}
	return factors
}
