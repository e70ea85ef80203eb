package siting

import (
	"context"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// drawTowns makes three towns that share no demand, so that the problem falls
// apart.
func drawTowns(t *rapid.T) *Instance {
	unit := rapid.SampledFrom([]float64{1, 0.37}).Draw(t, "unit")
	in := &Instance{Model: MCLP, P: rapid.IntRange(2, 5).Draw(t, "p"), Threshold: 1, Distances: Distances{First: []int64{0}}}
	for town := range 3 {
		for range 7 {
			in.Weights = append(in.Weights, unit*float64(rapid.IntRange(1, 9).Draw(t, "weight")))
		}
		for range 5 {
			for j := range 7 {
				if rapid.IntRange(0, 2).Draw(t, "pair") == 0 {
					in.Distances.Demand = append(in.Distances.Demand, uint32(7*town+j))
					in.Distances.Value = append(in.Distances.Value, 1)
				}
			}
			in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
		}
	}
	return in
}

// Parts shared out by dynamic programming give the optimum over every set, also
// when the bound that they start from is poor.
func TestPartsAgainstEverySet(t *testing.T) {
	apart := 0
	rapid.Check(t, func(t *rapid.T) {
		in := drawTowns(t)
		total := 0.0
		for _, w := range in.Weights {
			total += w
		}
		q := in.coverProblem(1, func(j int) float64 { return in.Weights[j] }, false, in.P)
		if q.sites() <= q.p || q.demands() == 0 {
			return
		}
		s := newSearch(context.Background(), in.whole(false), total)
		lambda := s.start(q)
		d := newDual(q, lambda)
		d.ascend(s.ctx, ascent{steps: 2, halve: 2, theta: 1, cutoff: func() float64 { return math.Inf(1) }, target: s.cutoff, found: func(*dual) {}})
		clear(d.fix)
		bound, ok := s.solveParts(q, d)
		if !ok {
			return
		}
		apart++
		want, _ := bruteBest(in)
		value, _ := Evaluate(in, s.open)
		if math.Abs(total-s.best-want) > 1e-6 || math.Abs(value-want) > 1e-6 || bound < s.best-1+s.slack/2 {
			t.Fatalf("optimum %v, parts %v (open %v: %v), bound %v", want, total-s.best, s.open, value, total-bound)
		}
	})
	if apart == 0 {
		t.Error("no problem fell apart: nothing was tested")
	}
}
