package siting

import (
	"math"
	"slices"

	"lifecircle/coverage/siting/plain"
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

// coverProblem counts the weight that no open site has within limit.
func (in *Instance) coverProblem(limit float64, weights func(j int) float64, kind plain.Kind, p int) *plain.Problem {
	first, pairs := in.byDemand(limit)
	b := plain.NewBuilder(kind, in.Sites(), p)
	var sites []int32
	for j, w := range in.Weights {
		if w == 0 {
			continue
		}
		sites = sites[:0]
		for _, x := range pairs[first[j]:first[j+1]] {
			sites = append(sites, x.site)
		}
		b.Demand(sites, nil, weights(j), weights(j))
	}
	return b.Done(in.decisions())
}

// medianProblem sums weight x distance. A demand that every allowed site
// reaches falls back on the farthest; any other one on penalty, which must be
// more than a solution that serves everybody costs.
func (in *Instance) medianProblem(penalty float64) *plain.Problem {
	first, pairs := in.byDemand(math.MaxFloat64)
	n := in.Sites() - len(in.Forbidden)
	b := plain.NewBuilder(plain.Median, in.Sites(), in.P)
	var sites []int32
	var costs []float64
	for j, w := range in.Weights {
		if w == 0 {
			continue
		}
		list := pairs[first[j]:first[j+1]]
		slices.SortFunc(list, byCost)
		sites, costs = sites[:0], costs[:0]
		for _, x := range list {
			sites, costs = append(sites, x.site), append(costs, w*x.cost)
		}
		fallback := penalty
		if len(list) == n {
			fallback = w * list[n-1].cost
		}
		b.Demand(sites, costs, fallback, w)
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
