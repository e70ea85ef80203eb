package siting

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
)

// Options steer [Solve]. The zero value asks for a proven optimum, no curve.
type Options struct {
	// Gap is the relative optimality gap that is good enough, 0 for none.
	Gap float64
	// Curve asks for the curve over 1..P sites; its points before the last are
	// solved with little effort and carry their own bounds.
	Curve bool
	// Progress is told "progress.siting" with the nodes searched.
	Progress coverage.Progress
	// Found is told of the best value and bound as they move; nil is silent. It is
	// called in the solving goroutine and must return soon.
	Found func(value, bound float64)
}

// Solution is an answer with its proof.
//
// For MCLP, Value <= optimum <= Bound; for the other models Bound <= optimum <=
// Value. Gap is |Bound-Value| over the larger of both, 0 when proven. Proven
// means that no other choice is better by more than rounding: 1e-9 of the
// value where weights or distances are not whole numbers.
type Solution struct {
	Model  Model
	Open   []int32 // ascending
	Value  float64
	Bound  float64
	Gap    float64
	Proven bool
	Nodes  int // of the branch and bound
	Curve  []CurvePoint

	claim float64 // the value by the search's own count
}

// CurvePoint is the best value found with P sites, and its bound.
type CurvePoint struct {
	P     int     `json:"p"`
	Value float64 `json:"value"`
	Bound float64 `json:"bound"`
}

// Solve answers an instance. It is deterministic. When ctx is done it returns
// the best answer so far with its bound and a nil error; only when there is no
// answer yet does it return ctx's error. A question without an answer gives a
// [coverage.Error] of code Infeasible that names a demand which no allowed site
// reaches, or the number of sites needed.
func Solve(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	if err := feasible(in); err != nil {
		return nil, err
	}
	var s *Solution
	var err error
	switch in.Model {
	case MCLP:
		s = solveCover(ctx, in, o)
	case LSCP:
		s, err = solveSetCover(ctx, in, o)
	case PMedian:
		s, err = solveMedian(ctx, in, o)
	default:
		s, err = solveCenter(ctx, in, o)
	}
	if err != nil {
		return nil, err
	}
	if err := s.finish(in); err != nil {
		return nil, err
	}
	if o.Curve && in.Model != LSCP {
		s.Curve, err = curve(ctx, in, s, o)
	}
	return s, err
}

// feasible finds what no search is needed to see.
func feasible(in *Instance) error {
	if in.Model != LSCP && len(in.Fixed) > in.P {
		return infeasible("siting.fixed_many", coverage.Args{"fixed": len(in.Fixed), "p": in.P})
	}
	if in.Model == MCLP {
		return nil
	}
	reached := in.reached()
	for j, w := range in.Weights {
		if w > 0 && !reached[j] {
			return infeasible("siting.uncovered", coverage.Args{"demand": j})
		}
	}
	return nil
}

// reached marks the demands that an allowed site reaches.
func (in *Instance) reached() []bool {
	limit := math.MaxFloat64
	if in.Model == MCLP || in.Model == LSCP {
		limit = in.Threshold
	}
	reached := make([]bool, in.Demands())
	d, ok := &in.Distances, in.allowed()
	for i := range ok {
		for k := d.First[i]; ok[i] && k < d.First[i+1]; k++ {
			if d.Value[k] <= limit {
				reached[d.Demand[k]] = true
			}
		}
	}
	return reached
}

func infeasible(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Infeasible, Key: key, Args: args}
}

// finish values the open sites anew from the instance and derives the gap. A
// search that counted otherwise than the instance says is a fault, and no answer.
func (s *Solution) finish(in *Instance) error {
	s.Model = in.Model
	value, unserved := Evaluate(in, s.Open)
	if math.Abs(value-s.claim) > 1e-6*max(1, math.Abs(value)) || in.Model != MCLP && unserved > 0 {
		return &coverage.Error{Code: coverage.Internal, Key: "siting.lost"}
	}
	s.fill(in)
	slices.Sort(s.Open)
	s.Value, _ = Evaluate(in, s.Open)
	if s.Proven {
		s.Bound = s.Value
	}
	if in.Model == MCLP {
		s.Bound = max(s.Bound, s.Value)
	} else {
		s.Bound = max(0, min(s.Bound, s.Value))
	}
	s.Gap = gapOf(s.Value, s.Bound)
	return nil
}

// gapOf is the relative distance of value and bound.
func gapOf(value, bound float64) float64 {
	if value == bound {
		return 0
	}
	return math.Abs(bound-value) / max(math.Abs(value), math.Abs(bound))
}

// fill opens allowed sites of low number until P are open: they harm nobody, and
// a question for P sites gets P.
func (s *Solution) fill(in *Instance) {
	if in.Model == LSCP {
		return
	}
	ok := in.allowed()
	for _, i := range s.Open {
		ok[i] = false
	}
	for i := 0; i < len(ok) && len(s.Open) < in.P; i++ {
		if ok[i] {
			s.Open = append(s.Open, int32(i))
		}
	}
}

// curve solves 1..P-1 sites at the root only and makes both columns monotone,
// which the true ones are.
func curve(ctx context.Context, in *Instance, last *Solution, o Options) ([]CurvePoint, error) {
	points := []CurvePoint{}
	for p := max(1, len(in.Fixed)); p < in.P; p++ {
		part := *in
		part.P = p
		s, err := point(ctx, &part, o)
		if coverage.CodeOf(err) == coverage.Infeasible {
			continue // too few sites for this model: the curve starts later
		}
		if err != nil {
			break
		}
		if err := s.finish(&part); err != nil {
			return nil, err
		}
		points = append(points, CurvePoint{p, s.Value, s.Bound})
	}
	points = append(points, CurvePoint{in.P, last.Value, last.Bound})
	smooth(points, in.Model == MCLP)
	return points, nil
}

// point solves one point of the curve with little effort.
func point(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	o.Found = nil
	switch in.Model {
	case MCLP:
		return coverAtRoot(ctx, in, o), nil
	case PMedian:
		return medianAtRoot(ctx, in, o)
	}
	return solveCenter(ctx, in, o)
}

// smooth carries values forward and bounds backward: more sites are never worse.
func smooth(points []CurvePoint, more bool) {
	pick, limit := math.Min, math.Max
	if more {
		pick, limit = math.Max, math.Min
	}
	for k := 1; k < len(points); k++ {
		points[k].Value = pick(points[k].Value, points[k-1].Value)
	}
	for k := len(points) - 2; k >= 0; k-- {
		points[k].Bound = limit(points[k].Bound, points[k+1].Bound)
	}
}
