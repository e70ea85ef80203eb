package siting

import (
	"context"
	"math"
	"testing"

	"lifecircle/coverage"

	"pgregory.net/rapid"
)

// What sites cover together is the sum of what they cover in each part.
func TestTogetherIsTheSumOfItsParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawInstance(t), drawInstance(t)
		a.Model, b.Model = MCLP, MCLP
		in, first, err := Together(a, b)
		if a.Sites() != b.Sites() {
			if coverage.CodeOf(err) != coverage.Invalid {
				t.Fatalf("%v", err)
			}
			b = &Instance{}
			*b = *a
			b.Threshold = 0.37
			in, first, err = Together(a, b)
		}
		if err != nil || first[1] != a.Demands() {
			t.Fatalf("%v, %v", first, err)
		}
		best := math.Inf(-1)
		for set := range 1 << in.Sites() {
			if permitted(a, set) {
				va, _ := judge(a, set)
				all := *b
				all.P, all.Fixed, all.Forbidden = all.Sites(), nil, nil
				vb, _ := judge(&all, set)
				best = max(best, va+vb)
			}
		}
		s, err := Solve(context.Background(), in, Options{})
		if math.IsInf(best, -1) {
			if coverage.CodeOf(err) != coverage.Infeasible {
				t.Fatalf("%+v, %v", s, err)
			}
			return
		}
		if err != nil || !s.Proven || math.Abs(s.Value-best) > 1e-9 {
			t.Fatalf("want %v, got %+v, %v", best, s, err)
		}
	})
}
