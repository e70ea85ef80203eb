package advice

import (
	"math"

	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"
)

// Worth is how good an answer about sites is, in a unit that people know.
type Worth struct {
	Value float64 `json:"value"`
	Bound float64 `json:"bound"` // no answer is better than that
	Gap   float64 `json:"gap"`   // |bound - value| over the larger of both
	// Unit is "people" (served; of closures: who stay served), "sites" (new; of
	// closures: kept), "cost", "person-years" (served, over all years of a plan), or "seconds" or "metres": on average to the nearest
	// facility with p-median, of the farthest with p-center.
	Unit string `json:"unit"`
}

// worth puts a value and its bound, as the solver counts them, into such a unit.
func (p *planner) worth(setup *plan.Setup, value, bound float64) Worth {
	in := &setup.Instance
	unit, factor, less := "people", 1.0, 0.0
	switch in.Model {
	case siting.LSCP:
		if unit = "cost"; in.Costs == nil { // what stands is not counted
			unit, less = "sites", float64(setup.Standing)
		}
	case siting.PMedian, siting.PCenter:
		if unit, factor = "metres", 1e-3; p.services[0].Standard.Rules[0].Threshold.IsTime() {
			unit = "seconds"
		}
		if all := total(in.Weights); in.Model == siting.PMedian && all > 0 {
			factor /= all
		}
	}
	return worthOf((value-less)*factor, max(0, (bound-less)*factor), unit)
}

func worthOf(value, bound float64, unit string) Worth {
	w := Worth{Value: value, Bound: bound, Unit: unit}
	if w.Value != w.Bound {
		w.Gap = math.Abs(w.Bound-w.Value) / max(w.Value, w.Bound)
	}
	return w
}

func total(weights []float64) float64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	return sum
}

// telling makes a search tell Best how good its answers are, the last one included.
func (o SolveOptions) telling(worth func(value, bound float64) Worth) (SolveOptions, func(value, bound float64)) {
	if o.Best == nil {
		return o, func(float64, float64) {}
	}
	told := o.Found
	o.Found = func(value, bound float64) {
		if told != nil {
			told(value, bound)
		}
		o.Best(worth(value, bound))
	}
	return o, func(value, bound float64) { o.Best(worth(value, bound)) }
}
