package general

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
)

// Options steer [Solve]; the zero value asks for a proven optimum.
type Options struct {
	Gap   float64 // relative gap that is good enough
	Ref   float64 // the gap is measured against |Ref - cost|
	Nodes int     // most nodes, 0 no limit
	Stop  float64 // a solution of at most this cost ends the search, if HasStop
	// HasStop says that Stop counts.
	HasStop bool
	// Limit is the largest cost of interest; 0 for no limit.
	Limit float64
	Told  func(nodes int, best, bound float64) // best is +Inf while there is no answer
}

// Result is what a search found. Open is nil when it found no answer; then
// Proven says that there is none.
type Result struct {
	Open   []int32 // ascending
	Cost   float64 // +Inf without an answer
	Bound  float64 // no answer costs less
	Proven bool
	Nodes  int
}

type search struct {
	ctx   context.Context
	x     *index
	o     Options
	serve *server
	slack float64
	best  float64
	open  []int32
	found bool
	bound float64
	nodes int
	stack []node
}

// node is a state still to be looked at.
type node struct {
	state []int8
	start multipliers
	bound float64
}

// Solve finds the least cost. When ctx is done it returns the best so far with
// its bound. It is deterministic.
func Solve(ctx context.Context, p *Problem, o Options) *Result {
	x := newIndex(p)
	s := &search{ctx: ctx, x: x, o: o, serve: newServer(ctx, x), best: math.Inf(1), bound: math.Inf(-1)}
	s.slack = 1e-11 * x.size
	if p.Whole {
		s.slack = max(1e-6, s.slack)
	}
	closed := s.run()
	s.tell(closed)
	r := &Result{Open: s.open, Cost: s.best, Bound: s.bound, Nodes: s.nodes}
	if s.found && r.Open == nil {
		r.Open = []int32{}
	}
	slices.Sort(r.Open)
	if p.Whole && !math.IsInf(r.Bound, 0) {
		r.Bound = math.Ceil(r.Bound - s.slack/2)
	}
	r.Proven = len(s.stack) == 0 && (!s.found || r.Bound >= r.Cost-s.slack)
	return r
}

// limit is more than any answer of interest costs.
func (s *search) limit() float64 {
	if s.o.Limit > 0 {
		return s.o.Limit + 2*max(s.slack, 1e-9*s.o.Limit)
	}
	return s.x.size*(1+1e-9) + 1
}

// cutoff is the cost from which an answer is of no more interest.
func (s *search) cutoff() float64 {
	if !s.found {
		return s.limit()
	}
	c := s.best - s.slack
	if s.x.Whole {
		c = s.best - 1 + s.slack
	}
	if s.o.Gap > 0 {
		c = min(c, s.best-s.o.Gap*math.Abs(s.o.Ref-s.best))
	}
	return c
}

// target is what the steps aim at.
func (s *search) target(bound float64) float64 {
	if s.found {
		return s.best
	}
	if s.o.Limit > 0 {
		return 1.05 * s.limit()
	}
	return min(s.limit(), bound+0.05*s.limit())
}

// run returns the least bound of the nodes that were cut off.
func (s *search) run() float64 {
	zero := multipliers{make([]float64, s.x.demands()), make([]float64, len(s.x.SiteRows)), make([]float64, len(s.x.DemandRows))}
	state := slices.Clone(s.x.State)
	closed := math.Inf(1)
	if !s.x.settle(state, s.serve) {
		return closed
	}
	s.begin(state)
	s.stack = []node{{state, zero, math.Inf(-1)}}
	for s.ctx.Err() == nil && (s.o.Nodes == 0 || s.nodes < s.o.Nodes) && !s.enough() {
		batch, cut := s.take()
		closed = min(closed, cut)
		if len(batch) == 0 {
			break
		}
		closed = min(closed, s.visitAll(batch))
		s.tell(closed)
	}
	return closed
}

// width is how many nodes are looked at side by side: always as many, so that
// the answer is the same on any number of cores.
const width = 2

// take pops the next nodes, and returns the least bound of those cut off.
func (s *search) take() (batch []node, closed float64) {
	closed = math.Inf(1)
	for len(s.stack) > 0 && len(batch) < width {
		at := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		if at.bound >= s.cutoff() {
			closed = min(closed, at.bound)
			continue
		}
		batch = append(batch, at)
	}
	return batch, closed
}

// visitAll looks at nodes side by side, each knowing the best answer from before,
// and puts together what they find in the order of the batch. It returns the
// least bound left behind.
func (s *search) visitAll(batch []node) float64 {
	if len(batch) == 1 {
		return s.visit(batch[0])
	}
	part, closed := make([]*search, len(batch)), make([]float64, len(batch))
	var all sync.WaitGroup
	for k := range batch {
		w := *s
		w.stack, w.o.Told, w.serve = nil, nil, newServer(s.ctx, s.x)
		part[k] = &w
		all.Go(func() { closed[k] = w.visit(batch[k]) })
	}
	all.Wait()
	before := s.nodes
	for k := len(part) - 1; k >= 0; k-- { // the first of the batch ends on top again
		s.stack = append(s.stack, part[k].stack...)
		s.nodes += part[k].nodes - before
	}
	for _, w := range part {
		if w.found && (!s.found || w.best < s.best-s.slack) {
			s.best, s.open, s.found = w.best, w.open, true
		}
	}
	return slices.Min(closed)
}

func (s *search) enough() bool { return s.o.HasStop && s.found && s.best <= s.o.Stop+s.slack }

// tell brings the proven bound up to date. Sites were fixed for answers below
// the cutoff only: no bound is above that.
func (s *search) tell(closed float64) {
	b := min(closed, s.best)
	if s.found && s.o.Gap > 0 {
		b = min(b, s.best-s.o.Gap*math.Abs(s.o.Ref-s.best))
	}
	for _, n := range s.stack {
		b = min(b, n.bound)
	}
	s.bound = max(s.bound, b)
	if s.o.Told != nil {
		s.o.Told(s.nodes, s.best, s.bound)
	}
}

// visit looks at a node and pushes its two children, or returns the bound that
// it leaves behind.
func (s *search) visit(at node) float64 {
	root := s.nodes == 0
	s.nodes++
	for round := 0; ; round++ {
		if !s.x.settle(at.state, s.serve) {
			return math.Inf(1)
		}
		if cost, done := s.leaf(at.state); done {
			if s.ctx.Err() != nil { // it may not be known
				s.stack = append(s.stack, at)
				return math.Inf(1)
			}
			return cost
		}
		d := newDual(s.x.view(at.state), at.start)
		d.ascend(s.ctx, s.ascent(at.state, root, round))
		at.bound = max(at.bound, d.bound)
		if root && round == 0 {
			s.tell(at.bound)
		}
		if at.bound >= s.cutoff() || s.enough() {
			return at.bound
		}
		at.start = d.best
		if s.ctx.Err() != nil {
			s.stack = append(s.stack, at)
			return math.Inf(1)
		}
		s.offerChosen(at.state, d)
		if !d.apply(at.state) {
			s.branch(at, d)
			return math.Inf(1)
		}
	}
}

// apply carries the sites that were fixed into a state, and reports whether that
// is enough to look at the node again: an open one, or a twentieth of all.
func (d *dual) apply(state []int8) bool {
	shut, again := 0, false
	for at, f := range d.fix {
		if i := d.v.site[at]; f != Free && state[i] == Free {
			state[i] = f
			shut++
			again = again || f == Open
		}
	}
	return again || shut*20 > len(d.fix) || !slices.Contains(state, Free)
}

// leaf settles a state without free sites.
func (s *search) leaf(state []int8) (float64, bool) {
	if slices.Contains(state, Free) {
		return 0, false
	}
	var open []int32
	for i, st := range state {
		if st == Open {
			open = append(open, int32(i))
		}
	}
	w := s.serve.value(open)
	s.offer(open, w)
	if w.miss > 0 {
		return math.Inf(1), true
	}
	return w.cost, true
}

// offer hands in a set of open sites.
func (s *search) offer(open []int32, w worth) {
	if s.o.Limit > 0 && w.cost >= s.limit() {
		return
	}
	if w.miss == 0 && (!s.found || w.cost < s.best-s.slack) {
		s.best, s.open, s.found = w.cost, slices.Clone(open), true
	}
}

// ascent chooses the effort for a node.
func (s *search) ascent(state []int8, root bool, round int) ascent {
	a := ascent{steps: 200, halve: 20, theta: 2, cutoff: s.cutoff, target: s.target, found: func(*dual) {}}
	if !root {
		return a
	}
	a.steps, a.halve = 300, 15
	if round == 0 {
		a.steps, a.halve, a.theta = 1500, 30, 1
	}
	tries, step := 0, 0
	a.found = func(d *dual) {
		step++
		if step%20 == 0 && tries < 20 && !s.enough() && s.promising(d) {
			tries++
			if s.x.Capacity != nil && s.flows() < len(state) {
				step -= 60 // a flow is dear here: more seldom
			}
			s.polish(state, d.numbers(), d)
		}
	}
	return a
}

// promising reports whether the chosen sites do not cost far more than the best
// answer.
func (s *search) promising(d *dual) bool {
	price := d.v.base
	for _, i := range d.chosen {
		price += s.x.Price[d.v.site[i]]
	}
	return !s.found || price <= 1.3*s.best+s.slack
}

// numbers are the chosen sites as the problem numbers them.
func (d *dual) numbers() []int32 {
	var open []int32
	for _, i := range d.chosen {
		open = append(open, d.v.site[i])
	}
	return open
}

// offerChosen hands in the sites chosen last, and improves them when they are a
// better answer.
func (s *search) offerChosen(state []int8, d *dual) {
	open := d.numbers()
	if s.x.Capacity == nil {
		for i, st := range state {
			if st == Open {
				open = append(open, int32(i))
			}
		}
	}
	if w := s.serve.value(open); w.miss == 0 && (!s.found || w.cost < s.best-s.slack) || !s.found && s.nodes%16 == 1 {
		s.polish(state, open, d)
	}
}

// trialsUnderCapacity is how many sites are tried in place of another where each
// try is a flow.
const trialsUnderCapacity = 10

// begin makes a first answer.
func (s *search) begin(state []int8) {
	if s.x.Capacity == nil {
		s.polish(state, nil, nil)
		return
	}
	open := s.rough(state)
	s.offer(open, s.last(open))
	if s.x.weighed || s.flows() > len(state) {
		s.polish(state, open, nil)
	}
}

// last is the worth of a set of sites, found even when time is up: what was
// reached by then is not thrown away for want of one flow.
func (s *search) last(open []int32) worth {
	return newServer(context.WithoutCancel(s.ctx), s.x).value(open)
}

// flows is how many sets may be tried in one go where each is a flow: about a
// second's worth.
func (s *search) flows() int {
	one := len(s.x.Size)*4 + 4*len(s.x.Site)*min(s.x.Most, s.x.sites())/max(1, s.x.sites())
	return 50_000_000 / max(1, one)
}

// polish makes an answer of a set of sites, improves it and offers it.
func (s *search) polish(state []int8, open []int32, d *dual) {
	p := newPlan(s.x, s.serve, state, open)
	if d != nil && s.x.Capacity != nil {
		p.flows = s.flows()
		if !s.x.weighed { // otherwise a look ahead says which are worth a flow
			p.rank = d.ranked(trialsUnderCapacity + len(p.open))
		}
	}
	p.trimRows(s.ctx)
	p.improve(s.ctx, s.slack)
	s.offer(p.open, s.last(p.open))
}

// ranked lists the sites of a dual by their mean choice, then worth.
func (d *dual) ranked(n int) []int32 {
	order := make([]int32, 0, len(d.v.site))
	for i, open := range d.v.open {
		if !open {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(d.mean[b], d.mean[a]), cmp.Compare(d.worth[b], d.worth[a]), cmp.Compare(a, b))
	})
	order = order[:min(n, len(order))]
	for k, i := range order {
		order[k] = d.v.site[i]
	}
	return order
}
