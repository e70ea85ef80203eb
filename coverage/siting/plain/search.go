package plain

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
)

// search is a branch and bound over one problem: depth first, with the
// Lagrangian bound at every node, sites fixed by reduced cost, and the problem
// rebuilt smaller after every decision.
type search struct {
	ctx   context.Context
	whole bool    // every solution costs a whole number: better means better by 1
	slack float64 // rounding allowed for, in cost
	gap   float64 // stop when best - bound <= gap * reference
	ref   float64 // what the gap is measured against is |ref - cost|
	stop  float64 // a solution of at most this cost ends the search; -Inf never
	told  func(s *search)

	best   float64
	open   []int32 // the caller's numbers
	bound  float64
	inner  bool // a part of another search: effort of an ordinary node
	inside bool // looks at one node for a search
	nodes  int
	most   int // nodes; 0: no limit
	stack  []node
}

// node is a problem still to be solved: parent reduced by decision.
type node struct {
	parent   *problem
	decision []int8
	lambda   []float64
	bound    float64
}

// cutoff is the cost from which a solution is of no more interest.
func (s *search) cutoff() float64 {
	c := s.best - s.slack
	if s.whole {
		c = s.best - 1 + s.slack
	}
	if s.gap > 0 {
		c = min(c, s.best-s.gap*math.Abs(s.ref-s.best))
	}
	return c
}

// offer hands in a solution of q: its opened sites and those of open.
func (s *search) offer(q *problem, open []int32, cost float64) {
	if math.IsInf(s.best, 1) || cost < s.best-s.slack {
		s.best = cost
	} else {
		return
	}
	s.open = append(make([]int32, 0, len(q.opened)+len(open)), q.opened...)
	for _, i := range open {
		s.open = append(s.open, q.id[i])
	}
}

// run solves q to proof, or until ctx is done; lambda starts the bound. Afterwards
// best, open and bound hold the answer.
func (s *search) run(q *problem, lambda []float64) {
	s.bound = math.Inf(-1)
	s.stack = append(s.stack[:0], node{parent: q, decision: make([]int8, q.sites()), lambda: lambda, bound: math.Inf(-1)})
	closed := math.Inf(1) // least bound of the nodes cut off
	for s.ctx.Err() == nil && s.best > s.stop && (s.most == 0 || s.nodes < s.most) {
		batch, cut := s.take()
		closed = min(closed, cut)
		if len(batch) == 0 {
			break
		}
		closed = min(closed, s.visitAll(batch))
		s.tell(closed)
	}
	s.tell(closed)
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
		w.stack, w.told, w.nodes, w.inside = nil, nil, 0, true
		part[k] = &w
		all.Go(func() { closed[k] = w.visit(batch[k]) })
	}
	all.Wait()
	for k := len(part) - 1; k >= 0; k-- { // the first of the batch ends on top again
		s.stack = append(s.stack, part[k].stack...)
	}
	for _, w := range part {
		s.nodes += w.nodes
		if w.best < s.best-s.slack {
			s.best, s.open = w.best, w.open
		}
	}
	return slices.Min(closed)
}

// tell brings the proven bound up to date.
func (s *search) tell(closed float64) {
	// Sites were fixed for solutions below the cutoff only: no bound is above it.
	b := min(closed, s.best)
	if s.gap > 0 {
		b = min(b, s.best-s.gap*math.Abs(s.ref-s.best))
	}
	for _, n := range s.stack {
		b = min(b, n.bound)
	}
	s.bound = max(s.bound, b)
	if s.told != nil {
		s.told(s)
	}
}

// visit solves a node or pushes its two children. It returns the bound that it
// leaves behind when it pushes nothing.
func (s *search) visit(at node) float64 {
	root := s.nodes == 0 && !s.inner && !s.inside
	s.nodes++
	q, lambda := at.parent.reduce(at.decision, at.lambda)
	q, lambda = dominate(s.ctx, q, lambda, root)
	for round := 0; ; round++ {
		if done, cost := s.leaf(q); done {
			return cost
		}
		d := newDual(q, lambda)
		d.ascend(s.ctx, s.ascent(q, root, round))
		at.bound = max(at.bound, d.bound)
		if root && round == 0 { // nothing was fixed before: the bound holds as it is
			s.tell(at.bound)
		}
		if at.bound >= s.cutoff() || s.best <= s.stop {
			return at.bound
		}
		if s.ctx.Err() != nil {
			s.stack = append(s.stack, node{q, make([]int8, q.sites()), d.best, at.bound})
			return math.Inf(1)
		}
		if !worthReducing(d.fix) {
			if bound, apart := s.solveParts(q, d); apart {
				at.bound = max(at.bound, bound)
				if s.ctx.Err() != nil {
					s.stack = append(s.stack, node{q, make([]int8, q.sites()), d.best, at.bound})
					return math.Inf(1)
				}
				return at.bound
			}
			s.branch(q, d, at.bound)
			return math.Inf(1)
		}
		q, lambda = q.reduce(d.fix, d.best)
	}
}

// ascent chooses the effort for a node.
func (s *search) ascent(q *problem, root bool, round int) ascent {
	a := ascent{steps: 200, halve: 20, theta: 2, cutoff: s.cutoff, target: func() float64 { return s.best }}
	switch {
	case root && round == 0:
		a.steps, a.halve, a.theta = 4000, 60, 1
	case root || s.inner && s.nodes == 1 && !s.inside:
		a.steps, a.halve = 400, 20
	}
	local := math.Inf(1)
	a.found = func(d *dual) {
		if d.primal >= local-s.slack {
			return
		}
		local = d.primal
		if root || d.primal < s.best {
			s.polish(q, d.chosen)
		}
	}
	return a
}

// polish improves a solution by swaps and offers it.
func (s *search) polish(q *problem, chosen []int32) {
	w := newSwapper(q, chosen)
	if q.rows {
		w.complete(s.slack)
		w.trim(s.slack)
	}
	w.improve(s.ctx, s.slack)
	if q.rows {
		w.complete(s.slack)
		w.trim(s.slack)
	}
	s.offer(q, w.open, w.cost)
}

// leaf settles problems that need no search.
func (s *search) leaf(q *problem) (bool, float64) {
	if q.p < 0 || q.dead { // nothing better here: too many sites are forced open, or shut
		return true, s.best
	}
	if q.p > 1 && q.sites() > q.p && q.demands() > 0 {
		return false, 0
	}
	if q.rows && q.demands() > 0 {
		return false, 0
	}
	if q.p <= 0 || q.demands() == 0 {
		cost := q.base
		for _, f := range q.fallback {
			cost += f
		}
		s.offer(q, nil, cost)
		return true, cost
	}
	w := greedy(context.Background(), q) // exact: one site to choose, or room for all
	s.offer(q, w.open, w.cost)
	return true, w.cost
}

// worthReducing reports whether the fixed sites shrink the problem enough to
// build it anew.
func worthReducing(fix []int8) bool {
	n := 0
	for _, f := range fix {
		if f == openIt {
			return true
		}
		if f == closeIt {
			n++
		}
	}
	return n*20 > len(fix)
}

// branch pushes the two children of q, "open" on top.
func (s *search) branch(q *problem, d *dual, bound float64) {
	i := s.pick(q, d)
	for _, way := range []int8{closeIt, openIt} {
		decision := append([]int8(nil), d.fix...)
		decision[i] = way
		s.stack = append(s.stack, node{q, decision, d.best, bound})
	}
}

// pick chooses the site to branch on: of the undecided sites whose mean choice
// is nearest to one half, the one whose two children, bounded in a hurry, leave
// the most (strong branching).
func (s *search) pick(q *problem, d *dual) int {
	list := candidates(d)
	best, at := math.Inf(-1), list[0]
	for _, i := range list {
		if s.ctx.Err() != nil {
			break
		}
		up := s.probe(q, d, i, openIt)
		down := s.probe(q, d, i, closeIt)
		if score := max(up, 1e-9) * max(down, 1e-9); score > best {
			best, at = score, i
		}
	}
	return at
}

// probe returns how much a short ascent lifts the bound after a decision.
func (s *search) probe(q *problem, d *dual, i int, way int8) float64 {
	decision := append([]int8(nil), d.fix...)
	decision[i] = way
	r, lambda := q.reduce(decision, d.best)
	if r.p <= 0 || r.sites() == 0 || r.demands() == 0 {
		return s.cutoff() - d.bound
	}
	e := newDual(r, lambda)
	e.ascend(s.ctx, ascent{steps: probeSteps, halve: 5, theta: 0.3, cutoff: s.cutoff, target: func() float64 { return s.best }, found: func(*dual) {}})
	return min(e.bound, s.cutoff()) - d.bound
}

// The effort of strong branching.
const (
	probeSteps = 10
	probeSites = 3
)

// candidates lists up to probeSites undecided sites, most doubtful first.
func candidates(d *dual) []int {
	var list []int
	for i, f := range d.fix {
		if f == free {
			list = append(list, i)
		}
	}
	slices.SortFunc(list, func(a, b int) int {
		return cmp.Or(cmp.Compare(math.Abs(d.mean[a]-0.5), math.Abs(d.mean[b]-0.5)), cmp.Compare(a, b))
	})
	return list[:min(len(list), probeSites)]
}
