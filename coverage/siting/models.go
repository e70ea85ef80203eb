package siting

import (
	"context"
	"errors"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting/plain"
)

// effort is how hard a question is looked at: nodes of the branch and bound, 0
// for as many as it takes.
type effort struct {
	nodes int
}

// report passes the state of a search on; value turns a cost into a value.
func (o Options) report(value func(float64) float64) func(nodes int, best, bound float64) {
	return func(nodes int, best, bound float64) {
		o.Progress.Report("progress.siting", int64(nodes), 0)
		if o.Found != nil && !math.IsInf(best, 0) {
			o.Found(value(best), value(max(bound, 0)))
		}
	}
}

// solution reads the answer of a finished search.
func solution(r *plain.Result, value func(float64) float64) *Solution {
	return &Solution{Open: r.Open, Bound: value(r.Bound), Proven: r.Proven, Nodes: r.Nodes, claim: value(r.Cost)}
}

func same(cost float64) float64 { return cost }

// solveCover solves MCLP as the least weight left uncovered.
func solveCover(ctx context.Context, in *Instance, o Options, e effort) (*Solution, error) {
	total := 0.0
	for _, w := range in.Weights {
		total += w
	}
	q := in.coverProblem(ctx, in.Threshold, func(j int) float64 { return in.Weights[j] }, plain.Cover, in.P)
	value := func(cost float64) float64 { return total - cost }
	r := plain.Solve(ctx, q, plain.Options{Whole: in.whole(false), Size: total, Gap: o.Gap, Ref: total, Nodes: e.nodes, Told: o.report(value)})
	if r.Open == nil {
		return in.hasty(ctx)
	}
	return solution(r, value), nil
}

// one is the price of a site and the fallback of a demand in a set cover. No
// multiplier above the price of a site lifts the bound, and every answer that is
// offered serves all demands.
func one(int) float64 { return 1 }

// setCover searches for the fewest sites that serve every demand within limit;
// it stops at enough sites and looks at no answer of more than most.
func setCover(ctx context.Context, in *Instance, limit float64, enough, most int, o Options) *plain.Result {
	q := in.coverProblem(ctx, limit, one, plain.SetCover, in.Sites())
	if most >= in.Sites() {
		most = 0
	}
	return plain.Solve(ctx, q, plain.Options{Whole: true, Size: q.Size(), Enough: float64(enough), Most: float64(most), Told: o.report(same)})
}

func solveSetCover(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	r := setCover(ctx, in, in.Threshold, 0, in.Sites(), o)
	if r.Open == nil {
		return in.hasty(ctx)
	}
	return solution(r, same), nil
}

// hasty is the answer when time ran out before the search had one, without
// knowing a bound: the sites of lowest number (LSCP: all), where they serve all
// that must be served. Otherwise it is the error of ctx.
func (in *Instance) hasty(ctx context.Context) (*Solution, error) {
	err := ctx.Err()
	if err == nil {
		return nil, &coverage.Error{Code: coverage.Internal, Key: "siting.lost", Err: errors.New("a search without an answer")}
	}
	part := *in
	if in.Model == LSCP {
		part.Model, part.P = PCenter, in.Sites()
	}
	s := &Solution{Open: slices.Clone(in.Fixed)}
	s.fill(&part)
	value, unserved := Evaluate(in, s.Open)
	if in.Model == MCLP {
		s.Bound = in.total()
	} else if unserved > 0 {
		return nil, err
	}
	s.claim = value
	return s, nil
}

// solveMedian solves the p-median, after a set cover where some demand is out of
// reach of some site.
func solveMedian(ctx context.Context, in *Instance, o Options, e effort) (*Solution, error) {
	penalty, first, cost, err := in.reachAll(ctx, o)
	if err != nil && ctx.Err() != nil {
		return in.hasty(ctx)
	}
	if err != nil {
		return nil, err
	}
	q := in.medianProblem(ctx, penalty)
	r := plain.Solve(ctx, q, plain.Options{
		Whole: in.whole(true), Size: q.Size(), Gap: o.Gap, Nodes: e.nodes, Known: first, KnownCost: cost, Told: o.report(same),
	})
	if r.Open == nil {
		return in.hasty(ctx)
	}
	return solution(r, same), nil
}

// reachAll returns a solution that serves everybody, its cost, and a penalty
// above that; zeros when any choice of sites serves everybody.
func (in *Instance) reachAll(ctx context.Context, o Options) (penalty float64, open []int32, cost float64, err error) {
	if in.dense() {
		return 0, nil, 0, nil
	}
	o.Found = nil // it would be told numbers of sites
	r := setCover(ctx, in, math.MaxFloat64, in.P, in.P, o)
	if r.Open == nil {
		return 0, nil, 0, tooFew(ctx, in)
	}
	part := Solution{Open: slices.Clone(r.Open)}
	part.fill(in)
	cost, _ = Evaluate(in, part.Open)
	return 2*cost + 1, part.Open, cost, nil
}

// dense reports whether every allowed site reaches every demand of weight.
func (in *Instance) dense() bool {
	d, all := &in.Distances, 0
	for _, w := range in.Weights {
		if w > 0 {
			all++
		}
	}
	for i, ok := range in.allowed() {
		reached := 0
		for k := d.First[i]; ok && k < d.First[i+1]; k++ {
			if in.Weights[d.Demand[k]] > 0 {
				reached++
			}
		}
		if ok && reached < all {
			return false
		}
	}
	return true
}

// tooFew says why a set cover found no answer with P sites.
func tooFew(ctx context.Context, in *Instance) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return infeasible("siting.too_few", coverage.Args{"p": in.P})
}
