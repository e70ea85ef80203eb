package siting

import (
	"context"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A site is of the core exactly when every set of sites within the share of the
// best has it; the other answers are within it, and differ.
func TestNearOptimalAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInstance(t)
		if rapid.Bool().Draw(t, "conditions") {
			drawConditions(t, in)
		}
		best, err := Solve(context.Background(), in, Options{})
		if err != nil {
			return
		}
		share := rapid.SampledFrom([]float64{0.01, 0.1, 0.3}).Draw(t, "within")
		near, err := NearOptimal(context.Background(), in, best, share)
		if err != nil || len(near.Unsure) > 0 {
			t.Fatalf("%+v, %v\n%+v\n%+v", near, err, in, best)
		}
		good := func(v float64) bool {
			if in.Model == MCLP {
				return v >= best.Value*(1-share)-1e-9
			}
			return v <= best.Value*(1+share)+1e-9
		}
		for _, i := range best.Open {
			always := true
			for set := range 1 << in.Sites() {
				if v, ok := judge(in, set); ok && good(v) && set>>i&1 == 0 {
					always = false
				}
			}
			if always != slices.Contains(near.Core, i) {
				t.Fatalf("site %d always open: %v; %+v of %+v\n%+v", i, always, near, best, in)
			}
		}
		for k, s := range near.Answers {
			set := 0
			for _, i := range s.Open {
				set |= 1 << i
			}
			if v, ok := judge(in, set); !ok || !good(v) || math.Abs(v-s.Value) > 1e-9 {
				t.Fatalf("%+v is worth %v, %v", s, v, ok)
			}
			for _, o := range append([]Solution{*best}, near.Answers[:k]...) {
				if slices.Equal(o.Open, s.Open) {
					t.Fatalf("%v twice", s.Open)
				}
			}
		}
	})
}
