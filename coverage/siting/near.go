package siting

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting/general"
	"lifecircle/coverage/siting/plain"
)

// Near are other answers that are nearly as good as the best known one.
type Near struct {
	// Answers differ from the best and from one another; each has at least one site
	// of the best one closed. Their Bound is that of the best.
	Answers []Solution
	// Core are the sites of the best answer, fixed ones included, that every answer
	// within the share has open: proven.
	Core []int32
	// Unsure are those for which time ran out.
	Unsure []int32
}

// NearOptimal looks, for each open site of an answer, for another answer without
// it whose value is within a share of the best (0.01: one per cent). A site
// without such an answer is of the core. When ctx is done the rest is Unsure.
func NearOptimal(ctx context.Context, in *Instance, best *Solution, within float64) (*Near, error) {
	if err := in.Validate(); err != nil {
		return nil, err
	}
	limit := best.Value * (1 + within)
	if in.Model == MCLP {
		limit = best.Value * (1 - within)
	}
	near, seen := &Near{}, [][]int32{best.Open}
	for _, i := range best.Open {
		if slices.Contains(in.Fixed, i) {
			near.Core = append(near.Core, i)
			continue
		}
		part := *in
		part.Forbidden = append(slices.Clone(in.Forbidden), i)
		open, decided := part.within(ctx, limit)
		switch {
		case open == nil && decided:
			near.Core = append(near.Core, i)
		case open == nil:
			near.Unsure = append(near.Unsure, i)
		default:
			s := Solution{Model: in.Model, Open: open, Bound: best.Bound}
			s.fill(&part)
			slices.Sort(s.Open)
			if slices.ContainsFunc(seen, func(o []int32) bool { return slices.Equal(o, s.Open) }) {
				continue
			}
			if Broken(in, s.Open) != "" {
				return nil, &coverage.Error{Code: coverage.Internal, Key: "siting.lost"}
			}
			s.Value, _ = Evaluate(in, s.Open)
			s.Gap = gapOf(s.Value, s.Bound)
			seen, near.Answers = append(seen, s.Open), append(near.Answers, s)
		}
	}
	return near, nil
}

// within looks for any answer whose value is at least as good as limit. Without
// one, decided says that there is none.
func (in *Instance) within(ctx context.Context, limit float64) (open []int32, decided bool) {
	if feasible(in) != nil {
		return nil, true
	}
	if in.binding() {
		return in.withinConditions(ctx, limit)
	}
	var r *plain.Result
	switch in.Model {
	case MCLP:
		q := in.coverProblem(ctx, in.Threshold, func(j int) float64 { return in.Weights[j] }, plain.Cover, in.P)
		total := in.total()
		r = plain.Solve(ctx, q, plain.Options{Whole: in.whole(false), Size: total, Enough: positive(total - limit), Most: positive(total - limit)})
	case LSCP:
		n := int(math.Floor(limit + tolerance))
		r = setCover(ctx, in, in.Threshold, n, n, Options{})
	case PMedian:
		penalty, first, cost, err := in.reachAll(ctx, Options{})
		if err != nil {
			return nil, ctx.Err() == nil
		}
		q := in.medianProblem(ctx, penalty)
		r = plain.Solve(ctx, q, plain.Options{Whole: in.whole(true), Size: q.Size(), Enough: positive(limit), Most: positive(limit), Known: first, KnownCost: cost})
	default:
		r = setCover(ctx, in, limit, in.P, in.P, Options{})
	}
	return r.Open, r.Open != nil || ctx.Err() == nil
}

func (in *Instance) withinConditions(ctx context.Context, limit float64) (open []int32, decided bool) {
	if in.Model == PCenter {
		r := in.anyAnswer(ctx, limit, 0)
		return r.Open, r.Open != nil || r.Proven
	}
	q, _ := in.conditioned(in.limit(), true)
	if in.Model == MCLP {
		limit = in.total() - limit
	}
	r := general.Solve(ctx, q, general.Options{HasStop: true, Stop: limit, Limit: positive(limit)})
	return r.Open, r.Open != nil || r.Proven
}

// positive stands for a cost of 0 where 0 would be no limit.
func positive(cost float64) float64 { return max(cost, 1e-9) }

// total is the sum of the weights.
func (in *Instance) total() float64 {
	total := 0.0
	for _, w := range in.Weights {
		total += w
	}
	return total
}
