package siting

import (
	"cmp"
	"context"
	"slices"

	"lifecircle/coverage"
)

// sharesOnly reports whether the question is for the fewest sites that serve a
// share of all weight, with no other condition.
func (in *Instance) sharesOnly() bool {
	c := in.Conditions
	if in.Model != LSCP || c.Target == 0 || !uniform(c.Costs) {
		return false
	}
	c.Target, c.Costs = 0, nil
	return !c.any()
}

// uniform reports whether costs are those of no costs at all.
func uniform(costs []float64) bool {
	for _, c := range costs {
		if c != 1 {
			return false
		}
	}
	return true
}

// solveShare finds the fewest sites that serve the share: the least p at which
// MCLP serves it. A p is settled as soon as an answer serves enough, or a bound
// says that none does; p grows twofold until some p does, then is bisected.
func solveShare(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	total := 0.0
	for _, w := range in.Weights {
		total += w
	}
	q := shareSearch{ctx: ctx, in: in, o: o, want: in.Target*total - tolerance*total, low: len(in.Fixed) + 1}
	q.high = in.Sites() - len(in.Forbidden)
	part := *in
	if part.Model, part.Conditions = MCLP, (Conditions{}); q.servesEnough(&part, in.Fixed) {
		return &Solution{Open: slices.Clone(in.Fixed), Bound: float64(len(in.Fixed)), Proven: true, claim: float64(len(in.Fixed))}, nil
	}
	for step := 1; q.open == nil || q.low < q.high; step *= 2 {
		p := (q.low + q.high) / 2
		if q.open == nil {
			p = min(q.low+step-1, q.high)
		}
		settled, err := q.try(p)
		if err != nil {
			return nil, err
		}
		if !settled || q.open == nil && q.low > q.high {
			break
		}
	}
	if q.open == nil && ctx.Err() != nil {
		q.open = q.rough()
	}
	if q.open == nil {
		return nil, infeasible("siting.impossible", coverage.Args{"condition": "target"})
	}
	return &Solution{Open: q.open, Bound: float64(q.low), Proven: q.low >= len(q.open), Nodes: q.nodes, claim: float64(len(q.open))}, nil
}

// shareSearch knows that fewer than low sites serve too little, and that those of
// open serve enough.
type shareSearch struct {
	ctx       context.Context
	in        *Instance
	o         Options
	want      float64
	low, high int
	open      []int32
	nodes     int
}

func (q *shareSearch) servesEnough(part *Instance, open []int32) bool {
	value, _ := Evaluate(part, open)
	return value >= q.want
}

// try settles whether p sites serve enough; false when time does not allow it.
func (q *shareSearch) try(p int) (settled bool, err error) {
	part := *q.in
	part.Model, part.P, part.Conditions = MCLP, p, Conditions{}
	ctx, stop := context.WithCancel(q.ctx)
	defer stop()
	o := Options{Progress: q.o.Progress, Found: func(value, bound float64) {
		if value >= q.want || bound < q.want {
			stop() // settled
		}
	}}
	s, err := solve(ctx, &part, o, effort{})
	if err != nil {
		if q.ctx.Err() != nil {
			return false, nil // what is known so far is the answer
		}
		return false, err
	}
	q.nodes += s.Nodes
	switch {
	case q.servesEnough(&part, s.Open):
		q.open = s.Open
		q.high = len(s.Open)
		if q.o.Found != nil {
			q.o.Found(float64(q.high), float64(q.low))
		}
	case s.Proven || s.Bound < q.want:
		q.low = p + 1
	default:
		return false, nil
	}
	return true, nil
}

// rough opens sites in the order of the weight that they reach until they serve
// enough, for want of a better answer; nil where all do not.
func (q *shareSearch) rough() []int32 {
	in, d := q.in, &q.in.Distances
	served, sum := make([]bool, in.Demands()), 0.0
	// gain is what a site serves besides the others, which take marks as served.
	gain := func(i int32, take bool) float64 {
		g := 0.0
		for k := d.First[i]; k < d.First[i+1]; k++ {
			if j := d.Demand[k]; d.Value[k] <= in.Threshold && !served[j] {
				g += in.Weights[j]
				served[j] = take
			}
		}
		return g
	}
	var order []int32
	reach := make([]float64, in.Sites())
	for i, ok := range in.allowed() {
		if ok && !slices.Contains(in.Fixed, int32(i)) {
			order, reach[i] = append(order, int32(i)), gain(int32(i), false)
		}
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Or(cmp.Compare(reach[b], reach[a]), cmp.Compare(a, b)) })
	open := slices.Clone(in.Fixed)
	for _, i := range open {
		sum += gain(i, true)
	}
	part := *in
	part.Model, part.Conditions = MCLP, Conditions{}
	for _, i := range order {
		if sum >= q.want && q.servesEnough(&part, open) {
			return open
		}
		if g := gain(i, true); g > 0 {
			open, sum = append(open, i), sum+g
		}
	}
	if q.servesEnough(&part, open) {
		return open
	}
	return nil
}
