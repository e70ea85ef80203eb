package siting

import (
	"context"
	"slices"
	"testing"

	"lifecircle/coverage"

	"pgregory.net/rapid"
)

// Curves have a point for every number of sites, fixed ones included.
func TestCurveHasEveryPoint(t *testing.T) {
	for _, fixed := range [][]int32{nil, {0}} {
		in := &Instance{Model: MCLP, P: 4, Threshold: 1, Weights: []float64{1, 2, 3, 4, 5}, Fixed: fixed, Distances: Distances{
			First: []int64{0, 1, 2, 3, 4, 5}, Demand: []uint32{0, 1, 2, 3, 4}, Value: []float64{1, 1, 1, 1, 1},
		}}
		s, err := Solve(context.Background(), in, Options{Curve: true})
		if err != nil {
			t.Fatal(err)
		}
		want := []CurvePoint{{1, 5, 5}, {2, 9, 9}, {3, 12, 12}, {4, 14, 14}}
		if fixed != nil {
			want = []CurvePoint{{1, 1, 1}, {2, 6, 6}, {3, 10, 10}, {4, 13, 13}}
		}
		if !slices.Equal(s.Curve, want) {
			t.Errorf("fixed %v: %v, want %v", fixed, s.Curve, want)
		}
	}
}

// The fewest sites for a share are those that trying every set finds, fixed and
// forbidden sites kept to.
func TestShareAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sites, demands := rapid.IntRange(1, 8).Draw(t, "sites"), rapid.IntRange(1, 10).Draw(t, "demands")
		in := &Instance{Model: LSCP, Threshold: 1, Distances: Distances{First: []int64{0}}}
		in.Target = rapid.Float64Range(0.01, 1).Draw(t, "target")
		total := 0.0
		for range demands {
			w := float64(rapid.IntRange(0, 9).Draw(t, "weight"))
			in.Weights, total = append(in.Weights, w), total+w
		}
		for i := range sites {
			for j := range demands {
				if rapid.IntRange(0, 3).Draw(t, "pair") == 0 {
					in.Distances.Demand, in.Distances.Value = append(in.Distances.Demand, uint32(j)), append(in.Distances.Value, 1)
				}
			}
			in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
			switch rapid.IntRange(0, 6).Draw(t, "role") {
			case 0:
				in.Fixed = append(in.Fixed, int32(i))
			case 1:
				in.Forbidden = append(in.Forbidden, int32(i))
			}
		}
		best := -1
		for mask := range 1 << sites {
			var open []int32
			legal := true
			for i := range int32(sites) {
				if mask>>i&1 == 1 {
					open = append(open, i)
				}
				legal = legal && (mask>>i&1 == 1 || !slices.Contains(in.Fixed, i)) && (mask>>i&1 == 0 || !slices.Contains(in.Forbidden, i))
			}
			part := *in
			part.Model, part.Conditions = MCLP, Conditions{}
			if value, _ := Evaluate(&part, open); legal && value >= in.Target*total-1e-9*total && (best < 0 || len(open) < best) {
				best = len(open)
			}
		}
		s, err := Solve(context.Background(), in, Options{})
		if best < 0 {
			if coverage.CodeOf(err) != coverage.Infeasible {
				t.Fatalf("%+v, %v of a question without an answer", s, err)
			}
			return
		}
		if err != nil || !s.Proven || int(s.Value) != best || Broken(in, s.Open) != "" {
			t.Fatalf("%+v, %v, want %d sites", s, err, best)
		}
	})
}

// A search that is stopped at once has an answer all the same.
func TestStoppedShareHasAnAnswer(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	in := scatter(60, 200, 0)
	in.Model, in.Target = LSCP, 0.7
	best, err := Solve(context.Background(), in, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Solve(ctx, in, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Value < best.Value || s.Bound > best.Value || s.Proven || s.Value > 3*best.Value || Broken(in, s.Open) != "" {
		t.Errorf("best %v, got %+v", best.Value, s)
	}
	in.Fixed, in.Forbidden = []int32{3}, best.Open[:1]
	if s, err = Solve(ctx, in, Options{}); err != nil || Broken(in, s.Open) != "" {
		t.Errorf("%+v, %v", s, err)
	}
}
