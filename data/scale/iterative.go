package scale

import "math"

// maxRounds bounds the fitting, and tolerance is when it ends: totals and rows
// agree to this share.
const (
	maxRounds = 500
	tolerance = 1e-9
)

// Fit says how an iterative fitting ended.
type Fit struct {
	Rounds   int
	Residual float64 // the largest share by which a row's parts miss its whole
	Bad      []int   // units whose parts ask for more people than there are; left as they are
}

// Done reports whether the parts of every row add up to its whole, to a
// millionth.
func (f Fit) Done() bool { return f.Residual <= 1e-6 }

// Iterative fits parts in place: in every unit each part adds up to its total
// (totals[part][unit], NaN keeps what it adds up to), and in every row the parts
// and an implied rest add up to whole, which is not changed. A part that is 0 in
// a row stays 0 there. Totals are met exactly; see [Fit.Residual] for the rows.
func Iterative(unit []int32, whole []float32, parts [][]float32, totals [][]float64) Fit {
	units := 0
	for _, u := range unit {
		units = max(units, int(u)+1)
	}
	f := &fitting{unit: unit, whole: whole, sums: make([]float64, units)}
	f.start(parts, totals, units)
	fit := Fit{Bad: f.bad()}
	for fit.Rounds = 1; fit.Rounds <= maxRounds; fit.Rounds++ {
		f.fitRows()
		if fit.Residual = f.fitTotals(); fit.Residual <= tolerance {
			break
		}
	}
	fit.Residual = f.residual()
	for p := range parts {
		for i, u := range unit {
			if u >= 0 && !f.skip[u] {
				parts[p][i] = float32(f.parts[p][i])
			}
		}
	}
	return fit
}

// fitting is the parts, the last of them the rest, and their totals.
type fitting struct {
	unit   []int32
	whole  []float32
	parts  [][]float64
	totals [][]float64
	skip   []bool // by unit
	sums   []float64
}

func (f *fitting) start(parts [][]float32, totals [][]float64, units int) {
	f.skip = make([]bool, units)
	rest, left := make([]float64, len(f.whole)), make([]float64, units)
	for i, w := range f.whole {
		rest[i] = float64(w)
		if u := f.unit[i]; u >= 0 {
			left[u] += float64(w)
		}
	}
	for p, part := range parts {
		column, sums := make([]float64, len(part)), make([]float64, units)
		for i, n := range part {
			column[i] = float64(n)
			rest[i] -= float64(n)
			if u := f.unit[i]; u >= 0 {
				sums[u] += float64(n)
			}
		}
		for u := range sums {
			if t := totals[p][u]; !math.IsNaN(t) {
				sums[u] = t
			}
			left[u] -= sums[u]
		}
		f.parts, f.totals = append(f.parts, column), append(f.totals, sums)
	}
	for i := range rest {
		rest[i] = max(rest[i], 0.01*float64(f.whole[i])) // a rest of nothing could not grow
	}
	f.parts, f.totals = append(f.parts, rest), append(f.totals, left)
}

// bad finds the units whose parts ask for more than the whole, by more than
// rounding.
func (f *fitting) bad() []int {
	var units []int
	whole := make([]float64, len(f.skip))
	for i, u := range f.unit {
		if u >= 0 {
			whole[u] += float64(f.whole[i])
		}
	}
	rest := f.totals[len(f.totals)-1]
	for u := range rest {
		if rest[u] < -1e-6*whole[u] || whole[u] == 0 && rest[u] < 0 {
			f.skip[u] = true
			units = append(units, u)
		}
		rest[u] = max(rest[u], 0)
	}
	return units
}

func (f *fitting) fitRows() {
	for i, w := range f.whole {
		sum := 0.0
		for _, p := range f.parts {
			sum += p[i]
		}
		if sum <= 0 {
			continue
		}
		for _, p := range f.parts {
			p[i] *= float64(w) / sum
		}
	}
}

// fitTotals scales every part to its totals and returns the largest change.
func (f *fitting) fitTotals() float64 {
	worst := 0.0
	for k, p := range f.parts {
		clear(f.sums)
		for i, u := range f.unit {
			if u >= 0 {
				f.sums[u] += p[i]
			}
		}
		for u := range f.sums {
			if f.sums[u] > 0 {
				f.sums[u] = f.totals[k][u] / f.sums[u]
				if !f.skip[u] {
					worst = max(worst, math.Abs(f.sums[u]-1))
				}
			}
		}
		for i, u := range f.unit {
			if u >= 0 {
				p[i] *= f.sums[u]
			}
		}
	}
	return worst
}

func (f *fitting) residual() float64 {
	worst := 0.0
	for i, w := range f.whole {
		if u := f.unit[i]; u < 0 || f.skip[u] || w <= 0 {
			continue
		}
		sum := 0.0
		for _, p := range f.parts {
			sum += p[i]
		}
		worst = max(worst, math.Abs(sum-float64(w))/float64(w))
	}
	return worst
}
