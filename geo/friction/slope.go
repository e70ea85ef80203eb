package friction

import (
	"fmt"
	"math"
)

// Slope says how many times longer a metre takes at a grade (rise over
// horizontal distance in the direction of travel, negative downhill) than on the
// flat. It is a table of a function at every 1/2000 from -2 to 2, straight lines
// between; steeper ways take the factor at the end. Use one of the published
// functions or [NewSlope]. The zero value and nil change nothing.
type Slope struct {
	name  string
	table []float32
}

const (
	slopeSteps = 2000 // a unit of grade
	slopeEnd   = 2    // steepest grade of the tables
)

// NewSlope makes a table of factor, which takes a grade. Its values must be
// finite and over 0.
func NewSlope(name string, factor func(grade float64) float64) (*Slope, error) {
	s := &Slope{name, make([]float32, 2*slopeEnd*slopeSteps+2)}
	for i := range s.table {
		grade := min(float64(i)/slopeSteps-slopeEnd, slopeEnd)
		s.table[i] = float32(factor(grade))
		if !(s.table[i] > 0) || !finite(s.table[i]) {
			return nil, fmt.Errorf("%w: the slope function %s is %v at grade %v", ErrSurface, name, s.table[i], grade)
		}
	}
	return s, nil
}

// Name is the name of the function, "" for none.
func (s *Slope) Name() string {
	if s == nil {
		return ""
	}
	return s.name
}

// Factor returns how many times longer than on the flat a metre takes; 1 for a
// grade that is not known (NaN).
func (s *Slope) Factor(grade float64) float64 {
	if s == nil || len(s.table) == 0 || grade != grade {
		return 1
	}
	at := (min(max(grade, -slopeEnd), slopeEnd) + slopeEnd) * slopeSteps
	i := int(at)
	low, high := float64(s.table[i]), float64(s.table[i+1])
	return low + float64((at-float64(i))*(high-low))
}

// shipped makes one of the tables below, whose functions are sound.
func shipped(name string, factor func(grade float64) float64) *Slope {
	s, err := NewSlope(name, factor)
	if err != nil {
		panic(err)
	}
	return s
}

// Tobler is the hiking function of W. Tobler (Three presentations on
// geographical analysis and modeling, NCGIA 93-1, 1993): the speed is
// 6 exp(-3.5 |g + 0.05|) km/h, fastest at a grade of -5 %. On the flat it is
// 5.04 km/h; here a surface's own speed stands for that, and the factor is
// exp(3.5 (|g + 0.05| - 0.05)).
func Tobler() *Slope {
	return shipped("tobler", func(g float64) float64 { return math.Exp(3.5 * (math.Abs(g+0.05) - 0.05)) })
}

// Naismith is the rule of W. W. Naismith (Scottish Mountaineering Club Journal
// 2, 1892): an hour for three miles on the map and one more for every 2,000 feet
// of ascent. A metre of ascent takes as long as 7.92 m on the flat; the way
// down takes as long as the flat.
func Naismith() *Slope {
	const mile, foot = 1609.344, 0.3048
	return shipped("naismith", func(g float64) float64 { return 1 + max(g, 0)*3*mile/(2000*foot) })
}

// LangmuirLimits are the numbers of the rule of Naismith as corrected by
// E. Langmuir (Mountaincraft and leadership, 1984), under the names and with the
// defaults of GRASS r.walk.
type LangmuirLimits struct {
	A     float64 // seconds a metre on the flat
	B     float64 // seconds a metre of ascent
	C     float64 // seconds a metre of moderate descent, saved
	D     float64 // seconds a metre of steep descent, lost when negative
	Steep float64 // the grade, negative, below which descent is steep
}

// RWalk are the numbers that r.walk takes when it is given none.
func RWalk() LangmuirLimits { return LangmuirLimits{0.72, 6, 1.9998, -1.9998, -0.2125} }

// Langmuir is the rule of Naismith as corrected by Langmuir, in the form of
// r.walk: a metre of ascent costs B seconds, a metre of descent saves C and,
// where it is steep, costs -D. The factor is the time over A; the surface's own
// seconds per metre stand for A. At the grade Steep itself the rule jumps; the
// table goes over it within 1/2000.
func Langmuir(n LangmuirLimits) (*Slope, error) {
	return NewSlope("langmuir", func(g float64) float64 {
		switch {
		case g > 0:
			return (n.A + n.B*g) / n.A
		case g < n.Steep:
			return (n.A + n.D*g) / n.A
		}
		return (n.A + n.C*g) / n.A
	})
}

// IrmischerClarke is the function of I. J. Irmischer and K. C. Clarke (Measuring
// and modeling the speed of human navigation, Cartography and Geographic
// Information Science 45, 2018) for men on paths: the speed is
// 0.11 + exp(-(100 g + 5)² / 1800) m/s. The factor is the speed on the flat over
// that.
func IrmischerClarke() *Slope {
	speed := func(g float64) float64 { return 0.11 + math.Exp(-(100*g+5)*(100*g+5)/1800) }
	return shipped("irmischer-clarke", func(g float64) float64 { return speed(0) / speed(g) })
}

// IrmischerClarkeOffPath is the same authors' function for men off paths:
// 0.11 + 0.67 exp(-(100 g + 2)² / 1800) m/s.
func IrmischerClarkeOffPath() *Slope {
	speed := func(g float64) float64 { return 0.11 + 0.67*math.Exp(-(100*g+2)*(100*g+2)/1800) }
	return shipped("irmischer-clarke-off-path", func(g float64) float64 { return speed(0) / speed(g) })
}
