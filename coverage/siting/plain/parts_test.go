package plain

import (
	"context"
	"math"
	"math/bits"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// drawTowns makes three towns that share no demand, so that the problem falls
// apart: for every demand its weight and its sites.
func drawTowns(t *rapid.T) (weights []float64, sites [][]int32) {
	unit := rapid.SampledFrom([]float64{1, 0.37}).Draw(t, "unit")
	for town := range 3 {
		for range 7 {
			weights = append(weights, unit*float64(rapid.IntRange(1, 9).Draw(t, "weight")))
			var list []int32
			for i := range 5 {
				if rapid.IntRange(0, 2).Draw(t, "pair") == 0 {
					list = append(list, int32(5*town+i))
				}
			}
			sites = append(sites, list)
		}
	}
	return weights, sites
}

// uncovered is the weight that a set of sites leaves.
func uncovered(weights []float64, sites [][]int32, open func(i int32) bool) float64 {
	sum := 0.0
	for j, list := range sites {
		if !slices.ContainsFunc(list, open) {
			sum += weights[j]
		}
	}
	return sum
}

// Parts shared out by dynamic programming give the optimum over every set, also
// when the bound that they start from is poor.
func TestPartsAgainstEverySet(t *testing.T) {
	apart := 0
	rapid.Check(t, func(t *rapid.T) {
		weights, sites := drawTowns(t)
		p := rapid.IntRange(2, 5).Draw(t, "p")
		total, whole := 0.0, true
		b := NewBuilder(Cover, 15, p)
		for j, w := range weights {
			total += w
			whole = whole && w == math.Trunc(w)
			b.Demand(sites[j], nil, w, w)
		}
		q := b.Done(make([]int8, 15)).q
		if q.sites() <= q.p || q.demands() == 0 {
			return
		}
		s := newSearch(context.Background(), whole, total)
		lambda := s.start(q)
		d := newDual(q, lambda)
		d.ascend(s.ctx, ascent{steps: 2, halve: 2, theta: 1, cutoff: func() float64 { return math.Inf(1) }, target: s.cutoff, found: func(*dual) {}})
		clear(d.fix)
		bound, ok := s.solveParts(q, d)
		if !ok {
			return
		}
		apart++
		want := math.Inf(1)
		for set := range 1 << 15 {
			if bits.OnesCount(uint(set)) == p {
				want = min(want, uncovered(weights, sites, func(i int32) bool { return set>>i&1 == 1 }))
			}
		}
		value := uncovered(weights, sites, func(i int32) bool { return slices.Contains(s.open, i) })
		if math.Abs(s.best-want) > 1e-6 || math.Abs(value-want) > 1e-6 || bound < s.best-1+s.slack/2 {
			t.Fatalf("optimum %v, parts %v (open %v: %v), bound %v", want, s.best, s.open, value, bound)
		}
	})
	if apart == 0 {
		t.Error("no problem fell apart: nothing was tested")
	}
}
