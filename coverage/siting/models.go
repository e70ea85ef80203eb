package siting

import (
	"context"
	"errors"
	"math"
	"slices"

	"lifecircle/coverage"
)

// newSearch makes a search for problems whose costs are about as large as size.
func newSearch(ctx context.Context, whole bool, size float64) *search {
	s := &search{ctx: ctx, whole: whole, slack: 1e-12 * size, best: math.Inf(1), stop: math.Inf(-1)}
	if whole {
		s.slack = max(1e-6, 1e-12*size)
	}
	return s
}

// start gives a search its first solution, greedy and swaps, and multipliers
// halfway between what the best and the second best open site offer.
func (s *search) start(q *problem) []float64 {
	w := greedy(q)
	w.improve(s.ctx, s.slack)
	s.offer(q, w.open, w.cost)
	lambda := make([]float64, q.demands())
	for j := range lambda {
		lambda[j] = (w.near[j] + w.second[j]) / 2
	}
	return lambda
}

// watch passes the state of the search on; value turns a cost into a value.
func (s *search) watch(o Options, value func(float64) float64) {
	s.told = func(s *search) {
		o.Progress.Report("progress.siting", int64(s.nodes), 0)
		if o.Found != nil {
			o.Found(value(s.best), value(max(s.bound, 0)))
		}
	}
}

// solution reads the answer of a finished search. The bound is rounded outward
// where costs are whole.
func (s *search) solution(value func(float64) float64) *Solution {
	bound := max(s.bound, 0)
	if s.whole {
		bound = math.Ceil(bound - s.slack/2)
	}
	proven := s.bound >= s.best-s.slack || s.whole && bound >= s.best-s.slack
	return &Solution{Open: slices.Clone(s.open), Bound: value(bound), Proven: proven, Nodes: s.nodes, claim: value(s.best)}
}

func solveCover(ctx context.Context, in *Instance, o Options) *Solution {
	return runCover(ctx, in, o, 0)
}

func coverAtRoot(ctx context.Context, in *Instance, o Options) *Solution {
	return runCover(ctx, in, o, 1)
}

// runCover solves MCLP as the least weight left uncovered.
func runCover(ctx context.Context, in *Instance, o Options, nodes int) *Solution {
	total := 0.0
	for _, w := range in.Weights {
		total += w
	}
	q := in.coverProblem(in.Threshold, func(j int) float64 { return in.Weights[j] }, false, in.P)
	s := newSearch(ctx, in.whole(false), total)
	s.gap, s.ref, s.most = o.Gap, total, nodes
	value := func(cost float64) float64 { return total - cost }
	s.watch(o, value)
	s.run(q, s.start(q))
	return s.solution(value)
}

// one is the price of a site and the fallback of a demand in a set cover. No
// multiplier above the price of a site lifts the bound, and every answer that is
// offered serves all demands.
func one(int) float64 { return 1 }

// setCover searches for the fewest sites that serve every demand within limit;
// it stops at enough sites and looks at no answer of more than most.
func setCover(ctx context.Context, in *Instance, limit float64, enough, most int, o Options) *search {
	q := in.coverProblem(limit, one, true, in.Sites())
	s := newSearch(ctx, true, float64(q.demands()))
	s.stop = float64(enough)
	s.watch(o, func(v float64) float64 { return v })
	q, lambda := dominate(q, make([]float64, q.demands()), true)
	for j := range lambda {
		lambda[j] = 1 / float64(q.first[j+1]-q.first[j])
	}
	if most < in.Sites() {
		s.best = float64(most) + 1
	}
	s.polish(q, nil)
	s.run(q, lambda)
	return s
}

func solveSetCover(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	s := setCover(ctx, in, in.Threshold, 0, in.Sites(), o)
	if s.open == nil {
		return nil, noAnswer(ctx)
	}
	return s.solution(func(v float64) float64 { return v }), nil
}

// noAnswer is the error when time ran out before any answer.
func noAnswer(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return &coverage.Error{Code: coverage.Internal, Key: "siting.lost", Err: errors.New("a search without an answer")}
}

func solveMedian(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	return runMedian(ctx, in, o, 0)
}

func medianAtRoot(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	return runMedian(ctx, in, o, 1)
}

// runMedian solves the p-median, after a set cover where some demand is out of
// reach of some site.
func runMedian(ctx context.Context, in *Instance, o Options, nodes int) (*Solution, error) {
	penalty, first, cost, err := in.reachAll(ctx, o)
	if err != nil {
		return nil, err
	}
	q := in.medianProblem(penalty)
	size := q.base
	for _, f := range q.fallback {
		size += f
	}
	s := newSearch(ctx, in.whole(true), size)
	s.gap, s.most = o.Gap, nodes
	value := func(cost float64) float64 { return cost }
	s.watch(o, value)
	if first != nil {
		s.best, s.open = cost, first
	}
	s.run(q, s.start(q))
	return s.solution(value), nil
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
	s := setCover(ctx, in, math.MaxFloat64, in.P, in.P, o)
	if s.open == nil {
		return 0, nil, 0, tooFew(s, in)
	}
	part := Solution{Open: slices.Clone(s.open)}
	part.fill(in)
	cost, _ = Evaluate(in, part.Open)
	return 2*cost + 1, part.Open, cost, nil
}

// tooFew says why a set cover found no answer with P sites.
func tooFew(s *search, in *Instance) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	return infeasible("siting.too_few", coverage.Args{"p": in.P})
}

// solveCenter finds the least radius at which P sites serve every demand:
// bisection over the distances that occur, a set cover at each.
func solveCenter(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	radius := in.radii()
	if len(radius) == 0 { // no demand of positive weight
		return &Solution{Open: slices.Clone(in.Fixed), Proven: true}, nil
	}
	nodes := 0
	try := func(r float64) *search {
		s := setCover(ctx, in, r, in.P, in.P, Options{Progress: o.Progress})
		nodes += s.nodes
		return s
	}
	s := try(radius[len(radius)-1])
	if s.open == nil {
		return nil, tooFew(s, in)
	}
	best, low, high := s.open, 0, in.index(radius, s.open)
	proven := true
	for low < high {
		mid := (low + high) / 2
		s := try(radius[mid])
		switch {
		case s.open != nil:
			best, high = s.open, min(mid, in.index(radius, s.open))
		case ctx.Err() == nil:
			low = mid + 1
		}
		if s.open == nil && ctx.Err() != nil {
			proven = false
			break
		}
		if o.Found != nil {
			o.Found(radius[high], radius[low])
		}
	}
	return &Solution{Open: slices.Clone(best), Bound: radius[low], Proven: proven, Nodes: nodes, claim: radius[high]}, nil
}

// index returns where the radius that the open sites need stands.
func (in *Instance) index(radius []float64, open []int32) int {
	need, _ := Evaluate(in, open)
	at, _ := slices.BinarySearch(radius, need)
	return at
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
