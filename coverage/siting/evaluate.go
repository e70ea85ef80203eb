package siting

import (
	"context"
	"maps"
	"math"
	"slices"

	"lifecircle/coverage/siting/general"
)

func sortedKeys[V any](m map[int32]V) []int32 { return slices.Sorted(maps.Keys(m)) }

// tolerance is how far sums of costs and weights may pass their limit: rounding.
const tolerance = 1e-9

// upTo reports sum <= limit, up to rounding.
func upTo(sum, limit float64) bool { return sum <= limit+tolerance*max(1e-3, math.Abs(limit)) }

// unseen is the weight left of a demand that is rounding: under capacities what
// flows cannot tell from nothing, otherwise none.
func (in *Instance) unseen() float64 {
	if in.Capacity == nil {
		return 0
	}
	return general.Unseen * in.total()
}

// limit is the distance up to which a pair serves.
func (in *Instance) limit() float64 {
	switch {
	case in.Model == MCLP || in.Model == LSCP:
		return in.Threshold
	case in.Conditions.Within > 0:
		return in.Conditions.Within
	}
	return math.MaxFloat64
}

// Evaluate returns what a set of open sites is worth under the model of the
// instance, and the number of demands of positive weight that it does not serve
// or not wholly (beyond the threshold, out of reach, for want of capacity or of a
// backup). The value of PMedian and PCenter is over the demands that are served.
// Whether the set keeps to the other conditions is for [Broken].
func Evaluate(in *Instance, open []int32) (value float64, unserved int) {
	left, dist := in.leftOver(open)
	unseen := in.unseen()
	for j, w := range in.Weights {
		miss := w > 0 && left[j] > unseen
		if miss {
			unserved++
		}
		switch {
		case w == 0:
		case in.Model == MCLP:
			value += w - left[j]
		case miss:
		case in.Model == PMedian && in.Conditions.Capacity == nil:
			value += w * dist[j]
		case in.Model == PCenter:
			value = max(value, dist[j])
		}
	}
	switch {
	case in.Model == LSCP:
		for _, i := range slices.Sorted(slices.Values(open)) {
			value += in.Conditions.cost(i)
		}
	case in.Model == PMedian && in.Conditions.Capacity != nil:
		value = Serve(in, open).Cost
	}
	if (in.Model == MCLP || in.Model == PMedian) && in.Conditions.Capacity != nil && in.wholeCosts() {
		value = math.Round(value)
	}
	return value, unserved
}

// leftOver returns the weight of every demand that a set of open sites leaves,
// and, but for PMedian under capacities, how far it is served from.
func (in *Instance) leftOver(open []int32) (left, dist []float64) {
	left, dist = make([]float64, in.Demands()), in.nearest(open)
	if in.Conditions.Capacity == nil {
		reach := in.reach(open, in.limit())
		for j, w := range in.Weights {
			if int(reach[j]) < in.Conditions.need() {
				left[j] = w
			}
		}
		return left, dist
	}
	limit := in.limit()
	if in.Model == PCenter {
		limit = in.radius(open)
		for j := range dist {
			dist[j] = limit
		}
	}
	serving := in.serveWithin(open, limit)
	return serving.Left, dist
}

// reach counts the open sites within limit of every demand.
func (in *Instance) reach(open []int32, limit float64) []int32 {
	count := make([]int32, in.Demands())
	d := &in.Distances
	for _, i := range open {
		for k := d.First[i]; k < d.First[i+1]; k++ {
			if d.Value[k] <= limit {
				count[d.Demand[k]]++
			}
		}
	}
	return count
}

// Serving says who is served by whom.
type Serving struct {
	Site   []int32 // of each share, by demand, then site
	Demand []int32
	Weight []float64 // of the demand that the site serves
	Left   []float64 // weight of each demand that nobody serves
	Cost   float64   // sum of weight x distance over the shares
}

// Serve finds the best serving with a set of open sites: for MCLP and LSCP the
// one that serves most within the threshold and the capacities (first what the
// zones ask for), for PMedian the cheapest, for PCenter one within the least
// radius. Where PMedian and its capacities cannot serve all, Cost is of a serving
// of as much as can be served.
func Serve(in *Instance, open []int32) *Serving {
	limit := in.limit()
	if in.Model == PCenter && in.Conditions.Capacity != nil {
		limit = in.radius(open)
	}
	return in.serveWithin(open, limit)
}

func (in *Instance) serveWithin(open []int32, limit float64) *Serving {
	s := &Serving{Left: slices.Clone(in.Weights)}
	share := func(site, demand int32, weight, distance float64) {
		s.Site, s.Demand, s.Weight = append(s.Site, site), append(s.Demand, demand), append(s.Weight, weight)
		s.Cost += weight * distance
	}
	if in.Conditions.Capacity == nil {
		near, least := in.nearestSite(open)
		for j, w := range in.Weights {
			if w > 0 && near[j] >= 0 && least[j] <= limit {
				s.Left[j] = 0
				share(near[j], int32(j), w, least[j])
			}
		}
		return s
	}
	q, back := in.conditioned(limit, false)
	left, pairs := general.Serve(q, open)
	dist := in.distanceOf(open)
	for k, at := range back {
		s.Left[at] = left[k] * in.Weights[at]
		for _, p := range pairs[k] {
			share(p.Site, at, p.Size, dist[[2]int32{p.Site, at}])
		}
	}
	return s
}

// distanceOf looks up distances of open sites.
func (in *Instance) distanceOf(open []int32) map[[2]int32]float64 {
	m := map[[2]int32]float64{}
	d := &in.Distances
	for _, i := range open {
		for k := d.First[i]; k < d.First[i+1]; k++ {
			m[[2]int32{i, int32(d.Demand[k])}] = d.Value[k]
		}
	}
	return m
}

// radius is the least distance within which a set of open sites serves every
// demand under the capacities; the largest distance when it cannot.
func (in *Instance) radius(open []int32) float64 {
	radius := in.byDemand(context.Background(), math.MaxFloat64).radii(math.MaxFloat64)
	if len(radius) == 0 {
		return 0
	}
	lo, hi := 0, len(radius)-1
	for lo < hi {
		mid := (lo + hi) / 2
		if in.servesAll(open, radius[mid]) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return radius[lo]
}

func (in *Instance) servesAll(open []int32, limit float64) bool {
	unseen := in.unseen()
	return !slices.ContainsFunc(in.serveWithin(open, limit).Left, func(l float64) bool { return l > unseen })
}

// Broken names the first condition that a set of open sites breaks, "" for none:
// forbidden, fixed, p, budget, budgets, exclusive, apart, zones.min_sites, serve (somebody
// who must be served is not), target or zones.min_share.
func Broken(in *Instance, open []int32) string {
	c, on, cost := &in.Conditions, make([]bool, in.Sites()), 0.0
	for _, i := range open {
		on[i] = true
		cost += c.cost(i)
	}
	isOn := func(i int32) bool { return on[i] }
	fixed := in.fixed()
	switch {
	case slices.ContainsFunc(in.Forbidden, isOn):
		return "forbidden"
	case slices.ContainsFunc(in.Fixed, func(i int32) bool { return !on[i] }):
		return "fixed"
	case in.Model != LSCP && in.P > 0 && len(open) > in.P:
		return "p"
	case c.Budget > 0 && !upTo(cost, c.Budget):
		return "budget"
	}
	for _, b := range c.Budgets {
		cost := 0.0
		for _, i := range b.Sites {
			if on[i] {
				cost += c.cost(i)
			}
		}
		if !upTo(cost, b.Most) {
			return "budgets"
		}
	}
	for _, set := range c.Exclusive {
		if count(set, on) > max(1, count(set, fixed)) {
			return "exclusive"
		}
	}
	for _, p := range c.Apart {
		if on[p[0]] && on[p[1]] && !(fixed[p[0]] && fixed[p[1]]) {
			return "apart"
		}
	}
	if c.Zones.MinSites > 0 && len(in.poorZones(on)) > 0 {
		return "zones.min_sites"
	}
	return in.brokenService(open)
}

// brokenService names the condition over the served weight that is broken.
func (in *Instance) brokenService(open []int32) string {
	c := &in.Conditions
	left, _ := in.leftOver(open)
	unseen := in.unseen()
	total, rest := 0.0, 0.0
	zone, zoneRest := map[int32]float64{}, map[int32]float64{}
	for j, w := range in.Weights {
		total += w
		rest += left[j]
		if c.Zones.MinShare > 0 {
			zone[c.Zones.Demand[j]] += w
			zoneRest[c.Zones.Demand[j]] += left[j]
		}
		if in.Model != MCLP && !(in.Model == LSCP && c.partial()) && left[j] > unseen {
			return "serve"
		}
	}
	if c.Target > 0 && rest > (1-c.Target)*total+tolerance*total {
		return "target"
	}
	for z, w := range zone {
		if z >= 0 && zoneRest[z] > (1-c.Zones.MinShare)*w+tolerance*w {
			return "zones.min_share"
		}
	}
	return ""
}

// fixed marks the fixed sites.
func (in *Instance) fixed() []bool {
	on := make([]bool, in.Sites())
	for _, i := range in.Fixed {
		on[i] = true
	}
	return on
}

func count(set []int32, on []bool) int {
	n := 0
	for _, i := range set {
		if on[i] {
			n++
		}
	}
	return n
}

// poorZones lists the zones with fewer sites among on than they need.
func (in *Instance) poorZones(on []bool) []int32 {
	have := map[int32]int{}
	for i, z := range in.Conditions.Zones.Site {
		if on[i] {
			have[z]++
		}
	}
	return slices.DeleteFunc(in.zones(), func(z int32) bool { return have[z] >= in.Conditions.Zones.owed(z) })
}
