// Package phase chooses which sites to build in which year under yearly budgets,
// with proof. What is built stays.
//
// It decides over bare columns like [siting]. The central types are [Question]
// and [Answer], the entry is [Solve].
//
// With s_it = 1 for a site that is built in year t, a demand is covered in year t
// when a site built in t or before is within the threshold:
//
//	max sum_t Factor_t sum_j w_jt min(1, sum over i within reach, u <= t of s_iu)
//	    sum_i Cost_i s_it <= Budget_t                   for every year t, or
//	    sum_{u <= t} sum_i Cost_i s_iu <= sum_{u <= t} Budget_u     where money carries over
//
// This is MCLP with budgets over sites (i,t) and demands (j,t): the multi-period
// maximal covering problem (Schilling 1980; Gunawardane 1982). That a site is
// built once need not be asked for: building it twice helps nobody. With
// LastFirst the last year's coverage is made as large as can be, and then the sum
// over all years among the plans that reach it.
package phase

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
)

// Question asks for a plan over len(Budgets) years.
type Question struct {
	// Site is the MCLP question of a single year: weights, distances, threshold,
	// Costs, Fixed (stands already, costs nothing), Forbidden, Exclusive and Apart
	// (whatever the years). P and the other conditions are not used.
	Site    *siting.Instance
	Budgets []float64 // of each year, finite, >= 0
	// Carry says that what is not spent in a year may be spent later.
	Carry bool
	// Factors weigh the years, finite, >= 0; nil: 1 each. A discount is a factor
	// that falls.
	Factors []float64
	// Weights of the demands in each year; nil: those of Site in all.
	Weights [][]float64
	// LastFirst makes the coverage of the last year as large as can be before the
	// sum over the years is looked at.
	LastFirst bool
}

// Answer is a plan. Value is the weighted sum over the years, with LastFirst the
// weight covered in the last year; Bound what no plan passes. Proven with
// LastFirst says it of both steps.
type Answer struct {
	Built   [][]int32 // sites built in each year, ascending; fixed ones are not listed
	Covered []float64 // weight covered in each year
	Spent   []float64 // in each year
	Value   float64
	Bound   float64
	Gap     float64
	Proven  bool
}

// Solve answers a question. When ctx is done it returns the best so far with its
// bound; errors are those of [siting.Solve].
func Solve(ctx context.Context, q *Question, o siting.Options) (*Answer, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	o.Curve = false
	single := q.single(ctx, o)
	if q.LastFirst {
		return q.lastFirst(ctx, single, o)
	}
	return q.overall(ctx, single, o)
}

// overall makes the sum over the years as large as can be.
func (q *Question) overall(ctx context.Context, single *alone, o siting.Options) (*Answer, error) {
	if single == nil {
		s, err := siting.Solve(ctx, q.expand(q.factor), o)
		if err != nil {
			return nil, err
		}
		return q.solved(s, s.Bound), nil
	}
	bound := single.bound(q.factor)
	first := q.valued(single.best(ctx, q, q.factor), bound)
	if first.Proven || first.Gap <= o.Gap {
		return first, nil
	}
	if told := o.Found; told != nil {
		told(first.Value, bound)
		o.Found = func(v, b float64) { told(max(v, first.Value), min(b, bound)) }
	}
	s, err := siting.Solve(ctx, q.expand(q.factor), o)
	if err != nil {
		return first, nil // out of time: the plan stands
	}
	if a := q.solved(s, min(s.Bound, bound)); a.Value >= first.Value {
		return a, nil
	}
	return q.valued(first, min(s.Bound, bound)), nil
}

// solved is the plan of a search.
func (q *Question) solved(s *siting.Solution, bound float64) *Answer {
	if s.Proven {
		bound = s.Value
	}
	return q.valued(q.answer(s.Open), bound)
}

// valued counts a plan anew and holds it against a bound.
func (q *Question) valued(a *Answer, bound float64) *Answer {
	a.Value = q.sum(a)
	return a.held(bound)
}

// sum is the weighted sum over the years.
func (q *Question) sum(a *Answer) float64 { return q.total(a, q.factor) }

func (q *Question) total(a *Answer, factor func(t int) float64) float64 {
	sum := 0.0
	for t, c := range a.Covered {
		sum += factor(t) * c
	}
	return sum
}

// held is the plan with its proof; rounding of the sums is no gap.
func (a *Answer) held(bound float64) *Answer {
	a.Bound, a.Gap, a.Proven = max(bound, a.Value), 0, true
	if a.Bound-a.Value > 1e-9*a.Bound {
		a.Gap, a.Proven = (a.Bound-a.Value)/a.Bound, false
	} else {
		a.Bound = a.Value
	}
	return a
}

// lastFirst makes the last year as large as can be, then the sum over all years
// among the plans that reach it.
func (q *Question) lastFirst(ctx context.Context, single *alone, o siting.Options) (*Answer, error) {
	a, err := q.bestLast(ctx, single, o)
	if err != nil {
		return nil, err
	}
	o.Found = nil // it would be told another sum
	sum := q.sum(a)
	if single != nil && sum >= single.bound(q.factor)*(1-1e-12) { // no plan has more
		return a, nil
	}
	s, err := siting.Solve(ctx, q.keeping(a.Value), o)
	if err != nil {
		a.Proven = false
		return a, nil // out of time: the plan stands
	}
	if b := q.answer(s.Open); q.sum(b) >= sum {
		a.Built, a.Covered, a.Spent = b.Built, b.Covered, b.Spent
	}
	a.Proven = a.Proven && s.Proven
	return a, nil
}

// bestLast is a plan whose last year is as large as can be.
func (q *Question) bestLast(ctx context.Context, single *alone, o siting.Options) (*Answer, error) {
	most := math.Inf(1)
	last := func(a *Answer, bound float64) *Answer {
		a.Value = a.Covered[q.years()-1]
		return a.held(bound)
	}
	if single != nil {
		most = single.most[q.years()-1]
		if a := last(single.best(ctx, q, q.lastMost), most); a.Proven {
			return a, nil
		}
	}
	s, err := siting.Solve(ctx, q.expand(q.onlyLast), o)
	if err != nil {
		return nil, err
	}
	return last(q.answer(s.Open), min(s.Bound, most)), nil
}

func (q *Question) years() int { return len(q.Budgets) }

func (q *Question) factor(t int) float64 {
	if len(q.Factors) == 0 {
		return 1
	}
	return q.Factors[t]
}

func (q *Question) onlyLast(t int) float64 {
	if t == q.years()-1 {
		return 1
	}
	return 0
}

// lastMost counts the last year far more than the others.
func (q *Question) lastMost(t int) float64 { return q.onlyLast(t) + 1e-6*q.factor(t) }

func (q *Question) weight(j, t int) float64 {
	if len(q.Weights) == 0 {
		return q.Site.Weights[j]
	}
	return q.Weights[t][j]
}

func invalid(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Invalid, Key: key, Args: args}
}

// Validate returns the first fault of the question, a [coverage.Error] with code
// Invalid, or nil.
func (q *Question) Validate() error {
	one := *q.Site
	one.Model, one.P, one.Conditions = siting.MCLP, max(1, one.Sites()), siting.Conditions{Costs: q.Site.Costs, Exclusive: q.Site.Exclusive, Apart: q.Site.Apart}
	if err := one.Validate(); err != nil {
		return err
	}
	if q.years() == 0 {
		return invalid("siting.years", coverage.Args{"value": 0, "want": 1})
	}
	for _, n := range []int{len(q.Factors), len(q.Weights)} {
		if n != 0 && n != q.years() {
			return invalid("siting.years", coverage.Args{"value": n, "want": q.years()})
		}
	}
	for _, list := range append(slices.Clone(q.Weights), q.Budgets, q.Factors) {
		for _, v := range list {
			if !(v >= 0) || math.IsInf(v, 0) {
				return invalid("siting.amount", coverage.Args{"condition": "phases", "value": v})
			}
		}
	}
	for _, w := range q.Weights {
		if len(w) != one.Demands() {
			return invalid("siting.years", coverage.Args{"value": len(w), "want": one.Demands()})
		}
	}
	return nil
}

// expand makes the question over sites and years: site (i,t) is i + t x sites,
// demand (j,t) is j + t x demands.
func (q *Question) expand(factor func(t int) float64) *siting.Instance {
	n, m, years := q.Site.Sites(), q.Site.Demands(), q.years()
	in := &siting.Instance{Model: siting.MCLP, P: n * years, Threshold: q.Site.Threshold, Distances: siting.Distances{First: []int64{0}}}
	for t := range years {
		for j := range m {
			in.Weights = append(in.Weights, factor(t)*q.weight(j, t))
		}
	}
	d := &q.Site.Distances
	for t := range years {
		for i := range n {
			for u := t; u < years; u++ {
				for k := d.First[i]; k < d.First[i+1]; k++ {
					if d.Value[k] <= q.Site.Threshold {
						in.Distances.Demand = append(in.Distances.Demand, d.Demand[k]+uint32(u*m))
						in.Distances.Value = append(in.Distances.Value, d.Value[k])
					}
				}
			}
			in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
		}
	}
	q.limit(in)
	return in
}

// limit adds what stands, what may not be built and the budgets.
func (q *Question) limit(in *siting.Instance) {
	n := int32(q.Site.Sites())
	in.Costs = make([]float64, int(n)*q.years())
	for t := range int32(q.years()) {
		for i := range n {
			in.Costs[t*n+i] = q.cost(i)
		}
		for _, i := range q.Site.Forbidden {
			in.Forbidden = append(in.Forbidden, t*n+i)
		}
		for _, i := range q.Site.Fixed {
			in.Costs[t*n+i] = 0
			if t == 0 {
				in.Fixed = append(in.Fixed, i)
			} else {
				in.Forbidden = append(in.Forbidden, t*n+i)
			}
		}
	}
	q.exclude(in)
	sum := 0.0
	for t := range int32(q.years()) {
		b := siting.Budget{Most: q.Budgets[t]}
		from := t * n
		if q.Carry {
			sum += q.Budgets[t]
			b.Most, from = sum, 0
		}
		for i := from; i < (t+1)*n; i++ {
			b.Sites = append(b.Sites, i)
		}
		in.Budgets = append(in.Budgets, b)
	}
}

// exclude carries over which sites rule one another out: each in every year.
func (q *Question) exclude(in *siting.Instance) {
	n, years := int32(q.Site.Sites()), int32(q.years())
	for _, set := range q.Site.Exclusive {
		var all []int32
		for t := range years {
			for _, i := range set {
				all = append(all, t*n+i)
			}
		}
		in.Exclusive = append(in.Exclusive, all)
	}
	for _, pair := range q.Site.Apart {
		for t := range years {
			for u := range years {
				in.Apart = append(in.Apart, [2]int32{t*n + pair[0], u*n + pair[1]})
			}
		}
	}
}

func (q *Question) cost(i int32) float64 {
	if q.Site.Costs == nil {
		return 1
	}
	return q.Site.Costs[i]
}

// keeping is the question over all years among the plans that cover last in the
// last one.
func (q *Question) keeping(last float64) *siting.Instance {
	in, m, total := q.expand(q.factor), q.Site.Demands(), 0.0
	in.Zones.Demand = make([]int32, len(in.Weights))
	for j := range in.Zones.Demand {
		in.Zones.Demand[j] = -1
	}
	for j := (q.years() - 1) * m; j < len(in.Weights); j++ {
		in.Zones.Demand[j] = 0
		w := q.weight(j-(q.years()-1)*m, q.years()-1)
		total += w
		if q.factor(q.years()-1) == 0 {
			in.Weights[j] = w * negligible
		}
	}
	if total > 0 {
		in.Zones.MinShare = min(1, last/total)
	}
	return in
}

// negligible is the weight of a year that counts nothing, so that its coverage
// can still be asked for.
const negligible = 1e-9
