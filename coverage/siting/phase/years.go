package phase

import (
	"context"
	"math"
	"time"

	"lifecircle/coverage/siting"
)

// alone says how much each year can cover whatever the others build, when all
// that may be spent up to it is spent at once. That is a bound for every plan,
// often a far closer one than the search over all years has; and plans are made
// of the sites that are best for one year.
type alone struct {
	most []float64 // by year, no plan covers more
	open [][]int32 // sites of each year, ascending
}

// single solves every year by itself, in half of the time that is left. nil when
// some year has no question of its own, or no answer in time.
func (q *Question) single(ctx context.Context, o siting.Options) *alone {
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Until(end)/2)
		defer cancel()
	}
	o.Found = nil // it would be told of a year, not of the plan
	a, purse := &alone{}, 0.0
	for t, b := range q.Budgets {
		purse += b
		in := q.year(t, purse)
		if in == nil {
			return nil
		}
		s, err := siting.Solve(ctx, in, o)
		if err != nil {
			return nil
		}
		a.most, a.open = append(a.most, s.Bound), append(a.open, s.Open)
	}
	return a
}

// year is the question of year t with a purse for all that is built; nil where a
// purse of nothing could still build what is free.
func (q *Question) year(t int, purse float64) *siting.Instance {
	in := *q.Site
	in.Model, in.P, in.Conditions = siting.MCLP, in.Sites(), siting.Conditions{Exclusive: q.Site.Exclusive, Apart: q.Site.Apart}
	if len(q.Weights) > 0 {
		in.Weights = q.Weights[t]
	}
	if c, ok := q.oneCost(); ok {
		in.P = min(in.P, len(in.Fixed)+int(purse/c*(1+1e-12)))
		in.Budget = 0
		if in.P == 0 {
			return nil
		}
		return &in
	}
	if purse == 0 {
		return nil
	}
	in.Budget, in.Costs = purse, make([]float64, in.Sites())
	for i := range in.Costs {
		in.Costs[i] = q.cost(int32(i))
	}
	for _, i := range in.Fixed {
		in.Costs[i] = 0
	}
	return &in
}

// oneCost is what every site that may be built costs, when it is the same and
// not nothing.
func (q *Question) oneCost() (float64, bool) {
	skip := make([]bool, q.Site.Sites())
	for _, list := range [][]int32{q.Site.Fixed, q.Site.Forbidden} {
		for _, i := range list {
			skip[i] = true
		}
	}
	c := math.NaN()
	for i := range skip {
		if skip[i] {
			continue
		}
		if own := q.cost(int32(i)); math.IsNaN(c) {
			c = own
		} else if own != c {
			return 0, false
		}
	}
	return c, c > 0
}

// bound is the most that any plan is worth.
func (a *alone) bound(factor func(t int) float64) float64 {
	sum := 0.0
	for t, most := range a.most {
		sum += factor(t) * most
	}
	return sum
}

// gain is the weight that a site adds in a year to what is covered.
func (q *Question) gain(i int32, t int, covered []bool) float64 {
	d, sum := &q.Site.Distances, 0.0
	for k := d.First[i]; k < d.First[i+1]; k++ {
		if j := d.Demand[k]; !covered[j] && d.Value[k] <= q.Site.Threshold {
			sum += q.weight(int(j), t)
		}
	}
	return sum
}

func (q *Question) cover(i int32, covered []bool) {
	d := &q.Site.Distances
	for k := d.First[i]; k < d.First[i+1]; k++ {
		covered[d.Demand[k]] = covered[d.Demand[k]] || d.Value[k] <= q.Site.Threshold
	}
}
