package siting

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage/siting/general"
)

// conditioned brings an instance with conditions into the general form, pairs up
// to limit. With merge, demands that ask for the same are one; otherwise back
// gives the instance's number of each demand.
func (in *Instance) conditioned(limit float64, merge bool) (q *general.Problem, back []int32) {
	q = &general.Problem{
		Most: in.Sites(), Price: make([]float64, in.Sites()), State: in.decisions(),
		Need: in.need(), First: []int{0}, Capacity: in.Capacity,
	}
	if in.P > 0 && in.Model != LSCP {
		q.Most = in.P
	}
	if in.Model == PMedian {
		q.Cost = []float64{}
	}
	if in.Model == LSCP || in.Model == PCenter {
		for i := range q.Price {
			q.Price[i] = 1
			if in.Model == LSCP {
				q.Price[i] = in.cost(int32(i))
			}
		}
	}
	back = in.addDemands(q, limit, merge && q.Cost == nil)
	in.addSiteRows(q)
	in.addDemandRows(q, back)
	q.Whole = in.wholeCosts()
	return q, back
}

// wholeCosts reports whether every solution costs a whole number.
func (in *Instance) wholeCosts() bool {
	switch in.Model {
	case MCLP, PMedian:
		return in.whole(in.Model == PMedian) && in.wholeCapacity()
	case LSCP:
		total := 0.0
		for i := range in.Sites() {
			c := in.cost(int32(i))
			total += c
			if c != math.Trunc(c) || total > 1e12 {
				return false
			}
		}
	}
	return true
}

// addDemands adds the demands of positive weight.
func (in *Instance) addDemands(q *general.Problem, limit float64, merge bool) (back []int32) {
	pairs := in.byDemand(context.Background(), limit)
	seen := map[string]int{}
	for j, w := range in.Weights {
		if w == 0 {
			continue
		}
		list := pairs.of(j)
		if q.Cost != nil {
			slices.SortFunc(list, byCost)
		}
		if merge {
			key := in.mergeKey(j, list)
			if at, ok := seen[key]; ok {
				q.Size[at] += w
				q.Penalty[at] += in.penalty(w)
				continue
			}
			seen[key] = len(q.Size)
		}
		for _, x := range list {
			q.Site = append(q.Site, x.site)
			if q.Cost != nil {
				q.Cost = append(q.Cost, w*x.cost)
			}
		}
		q.First = append(q.First, len(q.Site))
		q.Size, q.Penalty = append(q.Size, w), append(q.Penalty, in.penalty(w))
		back = append(back, int32(j))
	}
	return back
}

// penalty is the cost of leaving a demand of weight w.
func (in *Instance) penalty(w float64) float64 {
	switch {
	case in.Model == MCLP:
		return w
	case in.Model == LSCP && in.partial():
		return 0
	}
	return math.Inf(1)
}

// mergeKey is the same for demands that ask for the same: the same sites, the
// same zone where zones have a share.
func (in *Instance) mergeKey(j int, list []pair) string {
	key := make([]byte, 0, 4*len(list)+4)
	if in.Zones.MinShare > 0 {
		key = appendNumber(key, in.Zones.Demand[j])
	}
	for _, x := range list {
		key = appendNumber(key, x.site)
	}
	return string(key)
}

func appendNumber(b []byte, v int32) []byte {
	return append(b, byte(v), byte(v>>8), byte(v>>16), byte(v>>24))
}

// addSiteRows adds budget, exclusive sets, pairs apart and sites a zone.
func (in *Instance) addSiteRows(q *general.Problem) {
	if in.Budget > 0 {
		r := general.Row{Limit: in.Budget, Slack: tolerance * max(1e-3, in.Budget)}
		for i := range in.Sites() {
			if c := in.cost(int32(i)); c > 0 {
				r.At, r.Coef = append(r.At, int32(i)), append(r.Coef, c)
			}
		}
		q.SiteRows = append(q.SiteRows, r)
	}
	for _, b := range in.Budgets {
		r := general.Row{Limit: b.Most, Slack: tolerance * max(1e-3, b.Most)}
		for _, i := range b.Sites {
			if c := in.cost(i); c > 0 {
				r.At, r.Coef = append(r.At, i), append(r.Coef, c)
			}
		}
		q.SiteRows = append(q.SiteRows, r)
	}
	fixed := in.fixed()
	for _, set := range in.Exclusive {
		q.SiteRows = append(q.SiteRows, atMost(set, float64(max(1, count(set, fixed)))))
	}
	for _, set := range cliques(in.Apart, fixed) {
		q.SiteRows = append(q.SiteRows, atMost(set, 1))
	}
	if in.Zones.MinSites == 0 {
		return
	}
	for _, z := range in.zones() {
		owed := in.Zones.owed(z)
		if owed <= 0 {
			continue
		}
		r := general.Row{Limit: -float64(owed), Slack: tolerance}
		for i, v := range in.Zones.Site {
			if v == z {
				r.At, r.Coef = append(r.At, int32(i)), append(r.Coef, -1)
			}
		}
		q.SiteRows = append(q.SiteRows, r)
	}
}

func atMost(set []int32, n float64) general.Row {
	r := general.Row{Limit: n, Slack: tolerance}
	for _, i := range set {
		r.At, r.Coef = append(r.At, i), append(r.Coef, 1)
	}
	return r
}

// cliques covers the pairs of sites that must not both be open with sets of
// which at most one may be: fewer rows, and stronger ones. Pairs of fixed sites
// are left out.
func cliques(pairs [][2]int32, fixed []bool) [][]int32 {
	near := map[int32]map[int32]bool{} // neighbour: covered
	link := func(a, b int32) {
		if near[a] == nil {
			near[a] = map[int32]bool{}
		}
		near[a][b] = false
	}
	for _, p := range pairs {
		if !(fixed[p[0]] && fixed[p[1]]) {
			link(p[0], p[1])
			link(p[1], p[0])
		}
	}
	var sets [][]int32
	for _, p := range pairs {
		if covered, linked := near[p[0]][p[1]]; !linked || covered {
			continue
		}
		sets = append(sets, growClique(p, near))
	}
	return sets
}

// growClique adds to a pair all sites that go with none of the set, by number,
// and marks its pairs as covered.
func growClique(p [2]int32, near map[int32]map[int32]bool) []int32 {
	set := []int32{p[0], p[1]}
	for _, i := range sortedKeys(near[p[0]]) {
		fits := !slices.Contains(set, i)
		for _, a := range set {
			_, linked := near[a][i]
			fits = fits && linked
		}
		if fits {
			set = append(set, i)
		}
	}
	for _, a := range set {
		for _, b := range set {
			if a != b {
				near[a][b] = true
			}
		}
	}
	slices.Sort(set)
	return set
}

// addDemandRows adds the shares of zones and, last, that of all.
func (in *Instance) addDemandRows(q *general.Problem, back []int32) {
	if q.Cost != nil {
		return
	}
	if in.Zones.MinShare > 0 {
		rows := map[int32]*general.Row{}
		zones := in.demandZones()
		for _, z := range zones {
			rows[z] = &general.Row{}
		}
		for at, j := range back {
			if r := rows[in.Zones.Demand[j]]; r != nil {
				r.At, r.Coef = append(r.At, int32(at)), append(r.Coef, q.Size[at])
			}
		}
		for _, z := range zones {
			q.DemandRows = append(q.DemandRows, share(*rows[z], in.Zones.MinShare))
		}
	}
	if in.Target > 0 {
		r := general.Row{}
		for at, w := range q.Size {
			r.At, r.Coef = append(r.At, int32(at)), append(r.Coef, w)
		}
		q.DemandRows = append(q.DemandRows, share(r, in.Target))
	}
}

// share limits what a row leaves to all but a share of its sum.
func share(r general.Row, least float64) general.Row {
	sum := 0.0
	for _, c := range r.Coef {
		sum += c
	}
	r.Limit, r.Slack = (1-least)*sum, tolerance*sum
	return r
}
