// Package closure chooses which sites to close, with proof.
//
// It decides over bare columns like [siting]; which facilities they are, and how
// people travel, is for the caller. The central types are [Question] and
// [Answer], the entry is [Solve].
//
// All sites of a question are open today. A demand is served today when a site is
// within the threshold, which is closed. With o_i = 1 for a site that stays:
//
//   - [Keep], K sites: everybody served today stays within the threshold and no
//     site serves more than its capacity; of all such choices the one with the
//     least travel. A p-median (capacitated where there are capacities) with
//     n - K sites, pairs within the threshold, and those that may not close fixed.
//   - [Keep], as many as can close: a set cover (capacitated, Current and Storbeck
//     1988) finds how few can stay, and then Keep with that K.
//   - [Lose]: K sites whose closing leaves the least weight without a site within
//     the threshold and its capacity: MCLP with n - K sites. Church and ReVelle
//     1974 with existing sites, as in ReVelle, Murray and Serra 2007.
package closure

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
)

// Goal says what a closure must not do.
type Goal string

// The goals.
const (
	Keep Goal = "keep" // nobody served today loses the service
	Lose Goal = "lose" // fewest people lose the service; when none does and nothing has a capacity, with the least travel
)

// Question asks which sites to close.
type Question struct {
	Goal      Goal
	Weights   []float64 // one a demand
	Distances siting.Distances
	Threshold float64 // closed, in the unit of the distances
	K         int     // sites to close; 0, for Keep only: as many as can
	Closable  []int32 // sites that may close; nil: all
	// Capacity is the most weight that each site serves; nil: no limits. People
	// may be split among sites; who goes where is chosen for the least travel
	// (Lose: for the fewest lost).
	Capacity []float64
}

// Answer is a choice with its proof. For Keep with K, Value is the sum of weight x
// distance after closing; for Keep without K the number of sites closed; for Lose
// the weight that loses the service. Bound is what no other choice passes, Gap and
// Proven as in [siting.Solution].
type Answer struct {
	Close  []int32 // ascending
	Open   []int32
	Value  float64
	Bound  float64
	Gap    float64
	Proven bool
	// Travel is the sum of weight x distance of those served today, before and after
	// (of the latter those that still are).
	Travel [2]float64
	Worse  []Worse      // by demand
	Loads  [2][]float64 // weight that each site serves, before and after
}

// Worse is a demand that travels farther or loses the service.
type Worse struct {
	Demand int32
	Before float64 // mean distance today
	After  float64 // mean distance of those still served; +Inf for none
	Lost   float64 // weight that is no longer served
}

// Solve answers a question. When ctx is done it returns the best so far with its
// bound; errors are those of [siting.Solve].
func Solve(ctx context.Context, q *Question, o siting.Options) (*Answer, error) {
	if err := q.Validate(); err != nil {
		return nil, err
	}
	if q.Goal == Lose {
		return q.lose(ctx, o)
	}
	if q.K > 0 {
		return q.keep(ctx, o, q.K)
	}
	return q.keepMost(ctx, o)
}

// Validate returns the first fault of the question, a [coverage.Error] with code
// Invalid, or nil.
func (q *Question) Validate() error {
	in := q.instance(siting.MCLP, 1)
	if err := in.Validate(); err != nil {
		return err
	}
	for _, i := range q.Closable {
		if i < 0 || int(i) >= in.Sites() {
			return &coverage.Error{Code: coverage.Invalid, Key: "siting.site", Args: coverage.Args{"list": "closable", "value": i, "sites": in.Sites()}}
		}
	}
	free := in.Sites() - len(in.Fixed)
	switch {
	case q.Goal != Keep && q.Goal != Lose:
		return &coverage.Error{Code: coverage.Invalid, Key: "siting.goal", Args: coverage.Args{"value": string(q.Goal)}}
	case q.K < 0 || q.K > free || q.K == 0 && q.Goal == Lose:
		return &coverage.Error{Code: coverage.Invalid, Key: "siting.close", Args: coverage.Args{"k": q.K, "closable": free}}
	}
	return nil
}

// instance is the question about those served today; p is the number that stays.
func (q *Question) instance(model siting.Model, p int) *siting.Instance {
	in := &siting.Instance{
		Model: model, P: p, Weights: q.today(), Distances: q.Distances, Threshold: q.Threshold, Fixed: q.fixed(),
	}
	in.Capacity = q.Capacity
	if model == siting.PMedian {
		in.Distances = q.near()
	}
	return in
}

// fixed lists the sites that may not close.
func (q *Question) fixed() []int32 {
	if q.Closable == nil {
		return nil
	}
	var fixed []int32
	for i := range int32(max(0, len(q.Distances.First)-1)) {
		if !slices.Contains(q.Closable, i) {
			fixed = append(fixed, i)
		}
	}
	return fixed
}

// today is the weight that has a site within the threshold.
func (q *Question) today() []float64 {
	served := make([]bool, len(q.Weights))
	for k, v := range q.Distances.Value {
		if k < len(q.Distances.Demand) && int(q.Distances.Demand[k]) < len(served) && v <= q.Threshold {
			served[q.Distances.Demand[k]] = true
		}
	}
	w := slices.Clone(q.Weights)
	for j := range w {
		if !served[j] && w[j] > 0 {
			w[j] = 0
		}
	}
	return w
}

// near is the pairs within the threshold.
func (q *Question) near() siting.Distances {
	d, out := &q.Distances, siting.Distances{First: []int64{0}}
	for i := 0; i+1 < len(d.First); i++ {
		for k := d.First[i]; k < d.First[i+1]; k++ {
			if d.Value[k] <= q.Threshold {
				out.Demand, out.Value = append(out.Demand, d.Demand[k]), append(out.Value, d.Value[k])
			}
		}
		out.First = append(out.First, int64(len(out.Demand)))
	}
	return out
}

// keep closes k sites for the least travel.
func (q *Question) keep(ctx context.Context, o siting.Options, k int) (*Answer, error) {
	n := len(q.Distances.First) - 1
	if k == n {
		return nil, &coverage.Error{Code: coverage.Infeasible, Key: "siting.close_all"}
	}
	s, err := siting.Solve(ctx, q.instance(siting.PMedian, n-k), o)
	if err != nil {
		return nil, err
	}
	a := q.answer(s.Open, k)
	a.Value, a.Bound, a.Gap, a.Proven = s.Value, s.Bound, s.Gap, s.Proven
	return a, nil
}

// keepMost closes as many as can.
func (q *Question) keepMost(ctx context.Context, o siting.Options) (*Answer, error) {
	n := len(q.Distances.First) - 1
	s, err := siting.Solve(ctx, q.instance(siting.LSCP, 0), siting.Options{Progress: o.Progress})
	if err != nil {
		return nil, err
	}
	stay := max(1, len(s.Open))
	a := q.answer(s.Open, n-stay)
	if m, err := siting.Solve(ctx, q.instance(siting.PMedian, stay), o); err == nil {
		a = q.answer(m.Open, n-stay) // as many, with less travel
	}
	a.Value, a.Bound, a.Proven = float64(len(a.Close)), float64(n)-s.Bound, s.Proven
	if s.Bound < 1 {
		a.Bound = float64(n - 1)
	}
	a.Gap = gap(a.Value, a.Bound)
	return a, nil
}

// lose closes k sites so that the least weight loses the service.
func (q *Question) lose(ctx context.Context, o siting.Options) (*Answer, error) {
	n := len(q.Distances.First) - 1
	if q.K == n {
		a := q.answer(nil, n)
		for _, w := range a.Worse {
			a.Value += w.Lost
		}
		a.Bound, a.Proven = a.Value, true
		return a, nil
	}
	in := q.instance(siting.MCLP, n-q.K)
	all := make([]int32, n)
	for i := range all {
		all[i] = int32(i)
	}
	now, _ := siting.Evaluate(in, all)
	// Nobody is served whom all sites do not serve: who loses nobody need not look on.
	looking, enough := context.WithCancel(ctx)
	defer enough()
	told, most := o.Found, now*(1-1e-12)
	o.Found = func(value, bound float64) {
		if told != nil {
			told(now-value, now-min(bound, now))
		}
		if value >= most {
			enough()
		}
	}
	s, err := siting.Solve(looking, in, o)
	if err != nil {
		return nil, err
	}
	if s.Value >= most {
		s.Value, s.Bound, s.Proven = now, now, true
		if q.Capacity == nil { // with capacities that may take long
			if m, err := siting.Solve(ctx, q.instance(siting.PMedian, n-q.K), siting.Options{}); err == nil {
				s.Open = m.Open // as few, with less travel
			}
		}
	}
	a := q.answer(s.Open, q.K)
	a.Value, a.Bound, a.Proven = now-s.Value, now-min(s.Bound, now), s.Proven
	a.Gap = gap(a.Value, a.Bound)
	return a, nil
}

func gap(value, bound float64) float64 {
	if value == bound {
		return 0
	}
	return math.Abs(value-bound) / max(math.Abs(value), math.Abs(bound))
}
