package plain

import (
	"context"
	"math"
	"slices"
)

// The kinds of problem.
type Kind int8

// Cover pays the fallback of every demand that no open site reaches; SetCover
// pays 1 for an open site and must reach every demand; Median pays the cost of
// the cheapest open site.
const (
	Cover Kind = iota
	SetCover
	Median
)

// The decisions about a site.
const (
	Free  = free
	Open  = openIt
	Close = closeIt
)

// Builder makes a problem, demand by demand.
type Builder struct {
	q *problem
	m *merger
}

// NewBuilder starts a problem of at most p open sites.
func NewBuilder(kind Kind, sites, p int) *Builder {
	q := &problem{p: p, rows: kind == SetCover}
	if q.rows {
		q.price = 1
	}
	if kind == Median {
		q.cost = []float64{}
	}
	for i := range sites {
		q.id = append(q.id, int32(i))
	}
	return &Builder{q, newMerger(q, kind != Median)}
}

// Demand adds a demand with the sites that reach it. For Median, costs holds
// what each of them costs and both are by cost, then site; otherwise costs is
// nil and sites ascend. Fallback is the cost when none is open; scale says how
// large the demand's multiplier is, its weight.
func (b *Builder) Demand(sites []int32, costs []float64, fallback, scale float64) {
	q := b.q
	if len(sites) == 0 {
		q.base += fallback
		q.dead = q.dead || q.rows
		return
	}
	start := len(q.site)
	q.site = append(q.site, sites...)
	if q.cost != nil {
		q.cost = append(q.cost, costs...)
	}
	b.m.add(start, fallback, scale)
}

// Done ends the problem: sites marked Open are open for good, those marked Close
// are gone. The builder must not be used again.
func (b *Builder) Done(decision []int8) *Problem {
	q := b.q
	q.first = append(q.first, len(q.site))
	q.transpose()
	r, _ := q.reduce(decision, make([]float64, q.demands()))
	return &Problem{r}
}

// Problem is a problem ready to be solved. It is not changed by solving.
type Problem struct{ q *problem }

// Size is what a solution costs at most; 0 for a nil problem.
func (p *Problem) Size() float64 {
	if p == nil {
		return 0
	}
	size := p.q.base
	for _, f := range p.q.fallback {
		size += f
	}
	if p.q.rows {
		return float64(p.q.demands())
	}
	return size
}

// Options steer [Solve]; the zero value asks for a proven optimum.
type Options struct {
	Whole bool    // every solution costs a whole number
	Size  float64 // how large costs are, for the rounding that is allowed for
	Gap   float64 // relative gap that is good enough
	Ref   float64 // the gap is measured against |Ref - cost|
	Nodes int     // most nodes, 0 no limit
	// Enough is a cost at which the search ends; 0 for none.
	Enough float64
	// Most is the largest cost of interest; 0 for no limit.
	Most float64
	// Known is a set of sites that costs KnownCost; nil for none.
	Known     []int32
	KnownCost float64
	Told      func(nodes int, best, bound float64) // best is +Inf while there is no answer
}

// Result is what a search found. Open is nil without an answer, which Proven
// then says does not exist (below Options.Most).
type Result struct {
	Open   []int32
	Cost   float64
	Bound  float64 // no answer costs less
	Proven bool
	Nodes  int
}

// Solve finds the least cost. When ctx is done it returns the best so far with
// its bound. It is deterministic. About a nil problem nothing is found.
func Solve(ctx context.Context, p *Problem, o Options) *Result {
	if p == nil {
		return &Result{Cost: math.Inf(1)}
	}
	s := newSearch(ctx, o.Whole, o.Size)
	s.gap, s.ref, s.most = o.Gap, o.Ref, o.Nodes
	if o.Enough > 0 {
		s.stop = o.Enough
	}
	if o.Told != nil {
		s.told = func(s *search) { o.Told(s.nodes, s.best, s.bound) }
	}
	if o.Known != nil {
		s.best, s.open = o.KnownCost, o.Known
	}
	if o.Most > 0 && !p.q.rows && s.best > o.Most {
		s.open, s.best = nil, o.Most+2*s.slack
		if s.whole {
			s.best = math.Floor(o.Most+s.slack) + 1
		}
	}
	if p.q.rows {
		s.coverAll(p.q, o.Most)
	} else {
		s.run(p.q, s.start(p.q))
	}
	return s.result()
}

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
	w := greedy(s.ctx, q)
	w.improve(s.ctx, s.slack)
	s.offer(q, w.open, w.cost)
	lambda := make([]float64, q.demands())
	for j := range lambda {
		second := w.second[j]
		if q.cost != nil && w.best[j] >= 0 { // a fallback may be far above all costs
			second = min(second, q.cost[q.first[j+1]-1])
		}
		lambda[j] = (w.near[j] + second) / 2
	}
	return lambda
}

// coverAll searches for the fewest sites that reach every demand; answers of
// more than most (0: no limit) are of no interest.
func (s *search) coverAll(q *problem, most float64) {
	if q.dead { // no answer, whatever is open
		s.bound = math.Inf(1)
		return
	}
	q, lambda := dominate(s.ctx, q, make([]float64, q.demands()), true)
	for j := range lambda {
		lambda[j] = 1 / float64(q.first[j+1]-q.first[j])
	}
	if most > 0 {
		s.best = most + 1
	}
	s.polish(q, nil)
	s.run(q, lambda)
}

// result reads the answer of a finished search. The bound is rounded outward
// where costs are whole.
func (s *search) result() *Result {
	bound := max(s.bound, 0)
	if s.whole {
		bound = math.Ceil(bound - s.slack/2)
	}
	proven := s.bound >= s.best-s.slack || s.whole && bound >= s.best-s.slack
	return &Result{Open: slices.Clone(s.open), Cost: s.best, Bound: bound, Proven: proven, Nodes: s.nodes}
}
