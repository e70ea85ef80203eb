package siting

import (
	"math"
	"slices"
)

// pair is one site of a demand.
type pair struct {
	site int32
	cost float64
}

// byDemand lists the pairs of every demand of positive weight: those of demand j
// are pairs[first[j]:first[j+1]], by site. Forbidden sites are left out, and
// pairs longer than limit.
func (in *Instance) byDemand(limit float64) (first []int, pairs []pair) {
	d, ok := &in.Distances, in.allowed()
	first = make([]int, in.Demands()+1)
	each := func(do func(i int, j uint32, v float64)) {
		for i := range ok {
			for k := d.First[i]; ok[i] && k < d.First[i+1]; k++ {
				if j := d.Demand[k]; d.Value[k] <= limit && in.Weights[j] > 0 {
					do(i, j, d.Value[k])
				}
			}
		}
	}
	each(func(_ int, j uint32, _ float64) { first[j+1]++ })
	for j := range in.Demands() {
		first[j+1] += first[j]
	}
	next := slices.Clone(first[:in.Demands()])
	pairs = make([]pair, first[in.Demands()])
	each(func(i int, j uint32, v float64) {
		pairs[next[j]] = pair{int32(i), v}
		next[j]++
	})
	return first, pairs
}

// empty makes a problem with all sites and no demands.
func (in *Instance) empty(p int) *problem {
	q := &problem{p: p}
	for i := range in.Sites() {
		q.id = append(q.id, int32(i))
	}
	return q
}

// settle opens the fixed sites and drops the forbidden ones.
func (in *Instance) settle(q *problem) *problem {
	q.first = append(q.first, len(q.site))
	q.transpose()
	decision := make([]int8, in.Sites())
	for _, i := range in.Forbidden {
		decision[i] = closeIt
	}
	for _, i := range in.Fixed {
		decision[i] = openIt
	}
	r, _ := q.reduce(decision, make([]float64, q.demands()))
	return r
}

// coverProblem counts the weight that no open site has within limit.
func (in *Instance) coverProblem(limit float64, weights func(j int) float64, rows bool, p int) *problem {
	first, pairs := in.byDemand(limit)
	q := in.empty(p)
	q.rows = rows
	if rows {
		q.price = 1
	}
	m := newMerger(q, true)
	for j, w := range in.Weights {
		if w == 0 {
			continue
		}
		start := len(q.site)
		for _, x := range pairs[first[j]:first[j+1]] {
			q.site = append(q.site, x.site)
		}
		if start == len(q.site) {
			q.base += weights(j)
			continue
		}
		m.add(start, weights(j), weights(j))
	}
	return in.settle(q)
}

// medianProblem sums weight x distance. A demand that every allowed site
// reaches falls back on the farthest; any other one on penalty, which must be
// more than a solution that serves everybody costs.
func (in *Instance) medianProblem(penalty float64) *problem {
	first, pairs := in.byDemand(math.MaxFloat64)
	n := in.Sites() - len(in.Forbidden)
	q := in.empty(in.P)
	q.cost = []float64{}
	m := newMerger(q, false)
	for j, w := range in.Weights {
		if w == 0 {
			continue
		}
		list := pairs[first[j]:first[j+1]]
		slices.SortFunc(list, byCost)
		start := len(q.site)
		for _, x := range list {
			q.site = append(q.site, x.site)
			q.cost = append(q.cost, w*x.cost)
		}
		fallback := penalty
		if len(list) == n {
			fallback = w * list[n-1].cost
		}
		m.add(start, fallback, w)
	}
	return in.settle(q)
}

// byCost orders pairs by cost, then site.
func byCost(a, b pair) int {
	switch {
	case a.cost < b.cost:
		return -1
	case a.cost > b.cost:
		return 1
	}
	return int(a.site) - int(b.site)
}

// whole reports whether every cost of the instance is a whole number small
// enough to be exact.
func (in *Instance) whole(distances bool) bool {
	total := 0.0
	for _, w := range in.Weights {
		total += w
		if w != math.Trunc(w) {
			return false
		}
	}
	if !distances {
		return total < 1e12
	}
	top := 0.0
	for _, v := range in.Distances.Value {
		top = max(top, v)
		if v != math.Trunc(v) {
			return false
		}
	}
	return total*top < 1e12
}
