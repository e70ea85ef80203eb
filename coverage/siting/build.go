package siting

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage/siting/plain"
)

// pair is one site of a demand.
type pair struct {
	site int32
	cost float64
}

// pairList holds the pairs by demand: those of demand j are
// pairs[first[j]:first[j+1]], by site.
type pairList struct {
	first []int
	pairs []pair
}

func (l *pairList) of(j int) []pair { return l.pairs[l.first[j]:l.first[j+1]] }

// pace looks at a context now and then while pairs are put together: a question
// of up to a million of them is put together in any case, which takes a moment.
type pace struct {
	ctx   context.Context
	pairs int
}

// over reports whether ctx is done, after some more pairs.
func (p *pace) over(pairs int) bool {
	if p.pairs += pairs; p.pairs < 1<<20 {
		return false
	}
	p.pairs = 0
	return p.ctx.Err() != nil
}

// byDemand lists the pairs of every demand of positive weight. Forbidden sites are
// left out, and pairs longer than limit. It is nil when ctx is done halfway.
func (in *Instance) byDemand(ctx context.Context, limit float64) *pairList {
	d, ok, stop := &in.Distances, in.allowed(), pace{ctx: ctx}
	first := make([]int, in.Demands()+1)
	each := func(do func(i int, j uint32, v float64)) bool {
		for i := range ok {
			for k := d.First[i]; ok[i] && k < d.First[i+1]; k++ {
				if j := d.Demand[k]; d.Value[k] <= limit && in.Weights[j] > 0 {
					do(i, j, d.Value[k])
				}
			}
			if stop.over(int(d.First[i+1] - d.First[i])) {
				return false
			}
		}
		return true
	}
	if !each(func(_ int, j uint32, _ float64) { first[j+1]++ }) {
		return nil
	}
	for j := range in.Demands() {
		first[j+1] += first[j]
	}
	next := slices.Clone(first[:in.Demands()])
	pairs := make([]pair, first[in.Demands()])
	if !each(func(i int, j uint32, v float64) {
		pairs[next[j]] = pair{int32(i), v}
		next[j]++
	}) {
		return nil
	}
	return &pairList{first, pairs}
}

// decisions marks the fixed and forbidden sites.
func (in *Instance) decisions() []int8 {
	decision := make([]int8, in.Sites())
	for _, i := range in.Forbidden {
		decision[i] = plain.Close
	}
	for _, i := range in.Fixed {
		decision[i] = plain.Open
	}
	return decision
}

// coverProblem counts the weight that no open site has within limit. It is nil
// when ctx is done before it is put together.
func (in *Instance) coverProblem(ctx context.Context, limit float64, weights func(j int) float64, kind plain.Kind, p int) *plain.Problem {
	list, stop := in.byDemand(ctx, limit), pace{ctx: ctx}
	if list == nil {
		return nil
	}
	b := plain.NewBuilder(kind, in.Sites(), p)
	var sites []int32
	for j, w := range in.Weights {
		if w == 0 {
			continue
		}
		sites = sites[:0]
		for _, x := range list.of(j) {
			sites = append(sites, x.site)
		}
		b.Demand(sites, nil, weights(j), weights(j))
		if stop.over(len(sites)) {
			return nil
		}
	}
	return b.Done(in.decisions())
}

// medianProblem sums weight x distance. A demand that every allowed site
// reaches falls back on the farthest; any other one on penalty, which must be
// more than a solution that serves everybody costs. It is nil when ctx is done
// before it is put together.
func (in *Instance) medianProblem(ctx context.Context, penalty float64) *plain.Problem {
	list, stop := in.byDemand(ctx, math.MaxFloat64), pace{ctx: ctx}
	if list == nil {
		return nil
	}
	n := in.Sites() - len(in.Forbidden)
	b := plain.NewBuilder(plain.Median, in.Sites(), in.P)
	var sites []int32
	var costs []float64
	for j, w := range in.Weights {
		if w == 0 {
			continue
		}
		mine := list.of(j)
		slices.SortFunc(mine, byCost)
		sites, costs = sites[:0], costs[:0]
		for _, x := range mine {
			sites, costs = append(sites, x.site), append(costs, w*x.cost)
		}
		fallback := penalty
		if len(mine) == n {
			fallback = w * mine[n-1].cost
		}
		b.Demand(sites, costs, fallback, w)
		if stop.over(4 * len(sites)) { // sorting takes longer
			return nil
		}
	}
	return b.Done(in.decisions())
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

// wholeCapacity reports whether capacities leave whole numbers whole.
func (in *Instance) wholeCapacity() bool {
	return !slices.ContainsFunc(in.Capacity, func(c float64) bool { return c != math.Trunc(c) })
}
