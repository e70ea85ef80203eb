package plain

import (
	"math"
	"slices"
)

// part is a component of a problem: sites and demands that share no pair with
// the rest. bound[k] holds for k of its sites open; it is the cost itself where
// settled, with the sites in open, unless no answer of interest was found.
type part struct {
	q       *problem
	lambda  []float64
	bound   []float64
	settled []bool
	open    [][]int32 // the caller's numbers
	upper   []float64 // cost of open, +Inf for none
}

// split finds the components of a problem, in the order of their first sites. It
// returns nil where one of them holds nearly everything.
func (q *problem) split() [][]int32 {
	root := make([]int32, q.sites())
	for i := range root {
		root[i] = int32(i)
	}
	find := func(i int32) int32 {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for j := range q.demands() {
		a := find(q.site[q.first[j]])
		for _, i := range q.site[q.first[j]+1 : q.first[j+1]] {
			b := find(i)
			root[max(a, b)] = min(a, b)
			a = min(a, b)
		}
	}
	number := make([]int32, q.sites())
	var groups [][]int32
	for i := range root {
		r := find(int32(i))
		if r == int32(i) {
			number[i] = int32(len(groups))
			groups = append(groups, nil)
		}
		groups[number[r]] = append(groups[number[r]], int32(i))
	}
	for _, g := range groups {
		if len(g)*5 > q.sites()*4 {
			return nil
		}
	}
	return groups
}

// newPart cuts a component out. Its bounds are those of the multipliers.
func newPart(q *problem, d *dual, group []int32) *part {
	c := &part{q: &problem{cost: q.cost}}
	if q.cost != nil {
		c.q.cost = []float64{}
	}
	renumber := make(map[int32]int32, len(group))
	var worth []float64
	for at, i := range group {
		renumber[i] = int32(at)
		c.q.id = append(c.q.id, q.id[i])
		worth = append(worth, d.worth[i])
	}
	for j := range q.demands() {
		if _, mine := renumber[q.site[q.first[j]]]; !mine {
			continue
		}
		c.q.first = append(c.q.first, len(c.q.site))
		for k := q.first[j]; k < q.first[j+1]; k++ {
			c.q.site = append(c.q.site, renumber[q.site[k]])
			if q.cost != nil {
				c.q.cost = append(c.q.cost, q.cost[k])
			}
		}
		c.q.fallback = append(c.q.fallback, q.fallback[j])
		c.q.scale = append(c.q.scale, q.scale[j])
		c.lambda = append(c.lambda, d.best[j])
	}
	c.q.first = append(c.q.first, len(c.q.site))
	c.q.transpose()
	c.firstBounds(worth, min(q.p, len(group)))
	return c
}

// firstBounds fills the bounds from the multipliers: their sum less the k
// largest worths.
func (c *part) firstBounds(worth []float64, most int) {
	slices.SortFunc(worth, func(a, b float64) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	value, none := 0.0, 0.0
	for j, l := range c.lambda {
		value += l
		none += c.q.fallback[j]
	}
	for k := range most + 1 {
		if k > 0 {
			value -= worth[k-1]
		}
		c.bound = append(c.bound, value)
	}
	c.settled = make([]bool, most+1)
	c.open = make([][]int32, most+1)
	c.bound[0], c.settled[0] = none, true
	c.upper = make([]float64, most+1)
	for k := range c.upper {
		c.upper[k] = math.Inf(1)
	}
	c.upper[0] = none
}

// seed takes over what the best known answer opens in the part, improved by
// swaps inside it.
func (c *part) seed(s *search) {
	var open []int32
	for i, id := range c.q.id {
		if slices.Contains(s.open, id) {
			open = append(open, int32(i))
		}
	}
	k := len(open)
	if k == 0 || k >= len(c.upper) {
		return
	}
	w := newSwapper(c.q, open)
	w.improve(s.ctx, s.slack)
	c.keep(k, w.cost, w.open)
}

// keep notes an answer of the part with k sites.
func (c *part) keep(k int, cost float64, open []int32) {
	if cost >= c.upper[k] {
		return
	}
	c.upper[k], c.open[k] = cost, nil
	for _, i := range open {
		c.open[k] = append(c.open[k], c.q.id[i])
	}
}

// share finds how many sites each part gets so that the sum of their bounds
// (or costs) is least with at most p in all (a knapsack by dynamic programming). The part at
// without is left out.
func share(parts []*part, p, without int, of func(*part) []float64) (float64, []int) {
	least := make([]float64, p+1)
	took := make([][]int, len(parts))
	for c, x := range parts {
		took[c] = make([]int, p+1)
		if c == without {
			continue
		}
		next := make([]float64, p+1)
		for t := range next {
			next[t] = math.Inf(1)
			for k := 0; k <= t && k < len(of(x)); k++ {
				if v := least[t-k] + of(x)[k]; v < next[t] {
					next[t], took[c][t] = v, k
				}
			}
		}
		least = next
	}
	ks, t := make([]int, len(parts)), p
	for c := len(parts) - 1; c >= 0; c-- {
		ks[c] = took[c][t]
		t -= ks[c]
	}
	return least[p], ks
}

// solveParts solves a problem that falls apart: the shares with the least bound
// are looked at, a part of them is solved to proof, until the least bound is a
// solution or of no more interest. It returns the bound, and false when q does
// not fall apart.
func (s *search) solveParts(q *problem, d *dual) (float64, bool) {
	if q.rows {
		return 0, false
	}
	groups := q.split()
	if len(groups) < 2 {
		return 0, false
	}
	var parts []*part
	for _, g := range groups {
		c := newPart(q, d, g)
		c.seed(s)
		parts = append(parts, c)
	}
	lower := func(c *part) []float64 { return c.bound }
	for {
		sum, ks := share(parts, q.p, -1, lower)
		bound := q.base + sum
		s.combine(q, parts)
		if bound >= s.cutoff() || s.ctx.Err() != nil {
			return bound, true
		}
		c := unsettled(parts, ks)
		if c < 0 {
			return bound, true // a solution, which combine has offered
		}
		rest, _ := share(parts, q.p-ks[c], c, lower)
		s.settle(parts[c], ks[c], s.cutoff()-q.base-rest)
	}
}

// unsettled returns the smallest part whose share is not settled, -1 for none.
func unsettled(parts []*part, ks []int) int {
	at := -1
	for c, x := range parts {
		if !x.settled[ks[c]] && (at < 0 || x.q.sites() < parts[at].q.sites()) {
			at = c
		}
	}
	return at
}

// settle finds the cost of a part with k sites, or that it is at least limit.
func (s *search) settle(c *part, k int, limit float64) {
	q := *c.q
	q.p = k
	sub := &search{ctx: s.ctx, whole: s.whole, slack: s.slack, stop: math.Inf(-1), inner: true}
	sub.best = limit + s.slack
	if s.whole {
		// limit is a whole number and a little, or lies between two: costs below it
		// are those below the next whole number.
		sub.best = math.Ceil(limit)
	}
	ceiling := sub.best
	sub.run(&q, c.lambda)
	s.nodes += sub.nodes
	if sub.open != nil && sub.best < c.upper[k] {
		c.upper[k], c.open[k] = sub.best, sub.open
	}
	switch {
	case s.ctx.Err() != nil:
		c.bound[k] = max(c.bound[k], min(sub.bound, ceiling))
	case sub.open == nil:
		c.bound[k], c.settled[k] = ceiling, true
	default:
		c.bound[k], c.settled[k] = sub.best, true
	}
}

// combine offers the best solution made of known answers of the parts.
func (s *search) combine(q *problem, parts []*part) {
	cost, ks := share(parts, q.p, -1, func(c *part) []float64 { return c.upper })
	cost += q.base
	if !(cost < s.best-s.slack) {
		return
	}
	open := slices.Clone(q.opened)
	for c, x := range parts {
		open = append(open, x.open[ks[c]]...)
	}
	s.best, s.open = cost, open
	if s.told != nil {
		s.told(s)
	}
}
