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
func solveCover(ctx context.Context, in *Instance, o Options, e effort) *Solution {
	total := 0.0
	for _, w := range in.Weights {
		total += w
	}
	q := in.coverProblem(in.Threshold, func(j int) float64 { return in.Weights[j] }, plain.Cover, in.P)
	value := func(cost float64) float64 { return total - cost }
	r := plain.Solve(ctx, q, plain.Options{Whole: in.whole(false), Size: total, Gap: o.Gap, Ref: total, Nodes: e.nodes, Told: o.report(value)})
	return solution(r, value)
}

// one is the price of a site and the fallback of a demand in a set cover. No
// multiplier above the price of a site lifts the bound, and every answer that is
// offered serves all demands.
func one(int) float64 { return 1 }

// setCover searches for the fewest sites that serve every demand within limit;
// it stops at enough sites and looks at no answer of more than most.
func setCover(ctx context.Context, in *Instance, limit float64, enough, most int, o Options) *plain.Result {
	q := in.coverProblem(limit, one, plain.SetCover, in.Sites())
	if most >= in.Sites() {
		most = 0
	}
	return plain.Solve(ctx, q, plain.Options{Whole: true, Size: q.Size(), Enough: float64(enough), Most: float64(most), Told: o.report(same)})
}

func solveSetCover(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	r := setCover(ctx, in, in.Threshold, 0, in.Sites(), o)
	if r.Open == nil {
		return nil, noAnswer(ctx)
	}
	return solution(r, same), nil
}

// noAnswer is the error when time ran out before any answer.
func noAnswer(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return &coverage.Error{Code: coverage.Internal, Key: "siting.lost", Err: errors.New("a search without an answer")}
}

// solveMedian solves the p-median, after a set cover where some demand is out of
// reach of some site.
func solveMedian(ctx context.Context, in *Instance, o Options, e effort) (*Solution, error) {
	penalty, first, cost, err := in.reachAll(ctx, o)
	if err != nil {
		return nil, err
	}
	q := in.medianProblem(penalty)
	r := plain.Solve(ctx, q, plain.Options{
		Whole: in.whole(true), Size: q.Size(), Gap: o.Gap, Nodes: e.nodes, Known: first, KnownCost: cost, Told: o.report(same),
	})
	return solution(r, same), nil
}

// reachAll returns a solution that serves everybody, its cost, and a penalty
// above that; zeros when any choice of sites serves everybody.
func (in *Instance) reachAll(ctx context.Context, o Options) (penalty float64, open []int32, cost float64, err error) {
	n := in.Sites() - len(in.Forbidden)
	first, _ := in.byDemand(math.MaxFloat64)
	dense := true
	for j, w := range in.Weights {
		dense = dense && (w == 0 || first[j+1]-first[j] == n)
	}
	if dense {
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

// tooFew says why a set cover found no answer with P sites.
func tooFew(ctx context.Context, in *Instance) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return infeasible("siting.too_few", coverage.Args{"p": in.P})
}

// cover looks for sites that serve every demand within a radius. Open is nil
// where there are none.
type cover func(radius float64) (open []int32, nodes int)

// solveCenter finds the least radius at which P sites serve every demand.
func solveCenter(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	return bisect(ctx, in, o, func(r float64) ([]int32, int) {
		s := setCover(ctx, in, r, in.P, in.P, Options{Progress: o.Progress})
		return s.Open, s.Nodes
	})
}

// bisect looks for the least radius over the distances that occur.
func bisect(ctx context.Context, in *Instance, o Options, try cover) (*Solution, error) {
	radius := in.radii()
	if len(radius) == 0 { // no demand of positive weight
		radius = []float64{0}
	}
	best, nodes := try(radius[len(radius)-1])
	if best == nil {
		return nil, tooFew(ctx, in)
	}
	low, high, proven := 0, in.index(radius, best), true
	for low < high {
		mid := (low + high) / 2
		open, n := try(radius[mid])
		nodes += n
		switch {
		case open != nil:
			best, high = open, min(mid, in.index(radius, open))
		case ctx.Err() == nil:
			low = mid + 1
		}
		if open == nil && ctx.Err() != nil {
			proven = false
			break
		}
		if o.Found != nil {
			o.Found(radius[high], radius[low])
		}
	}
	s := &Solution{Open: slices.Clone(best), Bound: radius[low], Proven: proven, Nodes: nodes, claim: radius[high]}
	if len(in.radii()) == 0 {
		s.Bound, s.claim = 0, 0
	}
	return s, nil
}

// index returns where the radius that the open sites need stands.
func (in *Instance) index(radius []float64, open []int32) int {
	need, _ := Evaluate(in, open)
	at, _ := slices.BinarySearch(radius, need)
	return min(at, len(radius)-1)
}

// radii lists the distances that can be the answer of a p-center, ascending: no
// less than what some demand has to its nearest allowed site.
func (in *Instance) radii() []float64 {
	first, pairs := in.byDemand(math.MaxFloat64)
	least := 0.0
	for j := range in.Demands() {
		near := math.Inf(1)
		for _, x := range pairs[first[j]:first[j+1]] {
			near = min(near, x.cost)
		}
		if first[j] < first[j+1] {
			least = max(least, near)
		}
	}
	var radius []float64
	for _, x := range pairs {
		if x.cost >= least {
			radius = append(radius, x.cost)
		}
	}
	slices.Sort(radius)
	return slices.Compact(radius)
}
