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
	// solved with little effort (p-center: to proof) and carry their own bounds. A
	// search that is stopped leaves out those that it did not come to.
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
// [coverage.Error] of code Infeasible that names the demands which no allowed site
// reaches, or the first condition that cannot be kept.
func Solve(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	if err := feasible(in); err != nil {
		return nil, err
	}
	s, err := solve(ctx, in.byNumber(), o, effort{})
	if err != nil {
		return nil, err
	}
	if err := s.finish(in); err != nil {
		return nil, err
	}
	if o.Curve && in.Model != LSCP && in.P > 0 {
		s.Curve, err = curve(ctx, in, s, o)
	}
	return s, err
}

// solve picks the solver.
func solve(ctx context.Context, in *Instance, o Options, e effort) (*Solution, error) {
	switch {
	case in.sharesOnly():
		return solveShare(ctx, in, o)
	case in.binding():
		return solveConditioned(ctx, in, o, e)
	case in.Model == MCLP:
		return solveCover(ctx, in, o, e)
	case in.Model == LSCP:
		return solveSetCover(ctx, in, o)
	case in.Model == PMedian:
		return solveMedian(ctx, in, o, e)
	}
	return solveCenter(ctx, in, o)
}

// byNumber is the same question without its budget where all sites that may be
// opened cost the same: a budget is a number of sites then, which is far easier.
func (in *Instance) byNumber() *Instance {
	if in.Model == LSCP || in.Budget <= 0 {
		return in
	}
	state := make([]bool, in.Sites()) // fixed or forbidden
	left := in.Budget * (1 + 1e-9)
	for _, i := range in.Fixed {
		state[i] = true
		left -= in.cost(i)
	}
	for _, i := range in.Forbidden {
		state[i] = true
	}
	price := 0.0
	for i, decided := range state {
		switch c := in.cost(int32(i)); {
		case decided:
		case c <= 0 || price != 0 && c != price:
			return in
		default:
			price = c
		}
	}
	if price == 0 || left < price {
		return in
	}
	out := *in
	out.Budget, out.P = 0, len(in.Fixed)+int(min(left/price, float64(in.Sites())))
	if in.P > 0 {
		out.P = min(out.P, in.P)
	}
	return &out
}

// binding reports whether there are conditions that an answer could break.
func (in *Instance) binding() bool {
	c := in.Conditions
	if in.Model != LSCP && c.Budget == 0 && len(c.Budgets) == 0 {
		c.Costs = nil
	}
	return c.any()
}

// feasible finds what no search is needed to see.
func feasible(in *Instance) error {
	if in.Model != LSCP && in.P > 0 && len(in.Fixed) > in.P {
		return infeasible("siting.fixed_many", coverage.Args{"fixed": len(in.Fixed), "p": in.P})
	}
	if in.Model != MCLP && !(in.Model == LSCP && in.partial()) {
		if demands, weight := Unreachable(in); len(demands) > 0 {
			return infeasible("siting.uncovered", coverage.Args{"demand": int(demands[0]), "count": len(demands), "weight": weight, "demands": demands})
		}
	}
	return impossible(in)
}

func infeasible(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Infeasible, Key: key, Args: args}
}

// finish values the open sites anew from the instance and derives the gap. A
// search that counted otherwise than the instance says is a fault, and no answer.
func (s *Solution) finish(in *Instance) error {
	s.Model = in.Model
	slices.Sort(s.Open)
	value, _ := Evaluate(in, s.Open)
	rounding := 1e-6 * max(1, math.Abs(value))
	if in.Model == MCLP { // the search counts what is left
		rounding += 1e-9 * in.total()
	}
	if math.Abs(value-s.claim) > rounding || Broken(in, s.Open) != "" {
		return &coverage.Error{Code: coverage.Internal, Key: "siting.lost"}
	}
	s.Value = value
	if had := len(s.Open); s.fill(in) > had {
		slices.Sort(s.Open)
		s.Value, _ = Evaluate(in, s.Open)
	}
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
// a question for P sites gets P. It returns how many are open then.
func (s *Solution) fill(in *Instance) int {
	if in.Model == LSCP || in.binding() {
		return len(s.Open)
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
	return len(s.Open)
}

// curve solves 1..P-1 sites at the root only and makes both columns monotone,
// which the true ones are.
func curve(ctx context.Context, in *Instance, last *Solution, o Options) ([]CurvePoint, error) {
	points := []CurvePoint{}
	for p := max(1, len(in.Fixed)); p < in.P; p++ {
		if ctx.Err() != nil {
			break // even answers in a hurry take long, one for every p
		}
		part := *in
		part.P = p
		s, err := solve(ctx, &part, Options{Gap: o.Gap, Progress: o.Progress}, effort{nodes: 1})
		if err != nil && ctx.Err() != nil {
			break
		}
		if code := coverage.CodeOf(err); err != nil && (code == coverage.Infeasible || in.binding()) {
			continue // no answer, or none found in a hurry: the curve starts later
		}
		if err != nil {
			return nil, err
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
