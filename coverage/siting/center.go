package siting

import (
	"context"
	"math"
	"slices"
)

// cover looks for sites that serve every demand within a radius. Open is nil
// where there are none.
type cover func(radius float64) (open []int32, nodes int)

// solveCenter finds the least radius at which P sites serve every demand. It
// starts from the answer of [Instance.farthestFirst] where that serves everybody.
func solveCenter(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	list := in.byDemand(ctx, math.MaxFloat64)
	if list == nil {
		return in.hasty(ctx)
	}
	start, limit := &Solution{Open: in.farthestFirst(list)}, math.MaxFloat64
	start.fill(in)
	if need, unserved := Evaluate(in, start.Open); unserved == 0 {
		limit = need
	} else {
		start.Open = nil
	}
	return bisect(ctx, in, o, list.radii(limit), start.Open, func(r float64) ([]int32, int) {
		s := setCover(ctx, in, r, in.P, in.P, Options{Progress: o.Progress})
		return s.Open, s.Nodes
	})
}

// farthestFirst opens P sites: each time the nearest allowed one of the demand
// that has farthest to go. Where distances keep to the triangle inequality the
// radius is at most twice the least (Gonzalez 1985).
func (in *Instance) farthestFirst(list *pairList) []int32 {
	open, near := slices.Clone(in.Fixed), in.nearest(in.Fixed)
	for len(open) < in.P {
		at := -1
		for j, w := range in.Weights {
			if w > 0 && near[j] > 0 && (at < 0 || near[j] > near[at]) {
				at = j
			}
		}
		if at < 0 {
			break
		}
		best := pair{-1, near[at]}
		for _, x := range list.of(at) {
			if x.cost < best.cost {
				best = x
			}
		}
		if best.site < 0 { // it is as near as it can be
			break
		}
		open = append(open, best.site)
		d := &in.Distances
		for k := d.First[best.site]; k < d.First[best.site+1]; k++ {
			near[d.Demand[k]] = min(near[d.Demand[k]], d.Value[k])
		}
	}
	return open
}

// bisect looks for the least radius over the distances that can be it; open, if
// not nil, serves everybody within the last.
func bisect(ctx context.Context, in *Instance, o Options, radius []float64, best []int32, try cover) (*Solution, error) {
	if len(radius) == 0 { // no demand of positive weight
		radius = []float64{0}
	}
	nodes := 0
	if best == nil {
		best, nodes = try(radius[len(radius)-1])
	}
	if best == nil {
		return nil, tooFew(ctx, in)
	}
	low, high, proven := 0, in.index(radius, best), true
	for low < high {
		if ctx.Err() != nil {
			proven = false
			break
		}
		mid := (low + high) / 2
		open, n := try(radius[mid])
		nodes += n
		switch {
		case open != nil:
			best, high = open, min(mid, in.index(radius, open))
		case ctx.Err() == nil:
			low = mid + 1
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
	return min(at, len(radius)-1)
}

// radii lists the distances up to limit that can be the answer of a p-center,
// ascending: no less than what some demand has to its nearest allowed site.
func (l *pairList) radii(limit float64) []float64 {
	least := 0.0
	for j := range len(l.first) - 1 {
		near := math.Inf(1)
		for _, x := range l.of(j) {
			near = min(near, x.cost)
		}
		if !math.IsInf(near, 1) {
			least = max(least, near)
		}
	}
	var radius []float64
	for _, x := range l.pairs {
		if x.cost >= least && x.cost <= limit {
			radius = append(radius, x.cost)
		}
	}
	slices.Sort(radius)
	return slices.Compact(radius)
}
