package siting

import (
	"context"
	"math"
	"math/bits"
	"testing"

	"lifecircle/coverage"

	"pgregory.net/rapid"
)

// bruteBest tries every set of sites. The second result is false when none
// serves everybody (never for MCLP).
func bruteBest(in *Instance) (float64, bool) {
	best, found := math.Inf(1), false
	if in.Model == MCLP {
		best = math.Inf(-1)
	}
	for set := range 1 << in.Sites() {
		if !permitted(in, set) {
			continue
		}
		var open []int32
		for i := range in.Sites() {
			if set>>i&1 == 1 {
				open = append(open, int32(i))
			}
		}
		value, unserved := Evaluate(in, open)
		switch {
		case in.Model == MCLP:
			best, found = max(best, value), true
		case unserved == 0:
			best, found = min(best, value), true
		}
	}
	return best, found
}

func permitted(in *Instance, set int) bool {
	if in.Model != LSCP && bits.OnesCount(uint(set)) > in.P {
		return false
	}
	for _, i := range in.Fixed {
		if set>>i&1 == 0 {
			return false
		}
	}
	for _, i := range in.Forbidden {
		if set>>i&1 == 1 {
			return false
		}
	}
	return true
}

// drawInstance makes small instances with many ties: few different weights and
// distances, weights of 0, missing pairs, fixed and forbidden sites.
func drawInstance(t *rapid.T) *Instance {
	n := rapid.IntRange(1, 9).Draw(t, "sites")
	m := rapid.IntRange(0, 14).Draw(t, "demands")
	unit := rapid.SampledFrom([]float64{1, 1, 0.37}).Draw(t, "unit")
	density := rapid.IntRange(3, 12).Draw(t, "density")
	in := &Instance{
		Model: rapid.SampledFrom([]Model{MCLP, LSCP, PMedian, PCenter}).Draw(t, "model"),
		P:     rapid.IntRange(1, n).Draw(t, "p"),
	}
	in.Threshold = unit * float64(rapid.IntRange(0, 6).Draw(t, "threshold"))
	for range m {
		in.Weights = append(in.Weights, unit*float64(rapid.IntRange(0, 5).Draw(t, "weight")))
	}
	in.Distances.First = []int64{0}
	for range n {
		for j := range m {
			if rapid.IntRange(0, 9).Draw(t, "pair") < density {
				in.Distances.Demand = append(in.Distances.Demand, uint32(j))
				in.Distances.Value = append(in.Distances.Value, unit*float64(rapid.IntRange(0, 9).Draw(t, "distance")))
			}
		}
		in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
	}
	for i := range n {
		switch rapid.IntRange(0, 9).Draw(t, "state") {
		case 0:
			in.Fixed = append(in.Fixed, int32(i))
		case 1:
			in.Forbidden = append(in.Forbidden, int32(i))
		}
	}
	return in
}

func TestSolveAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInstance(t)
		want, found := bruteBest(in)
		if in.Model != LSCP && len(in.Fixed) > in.P {
			found = false
		}
		s, err := Solve(context.Background(), in, Options{Curve: true})
		if !found {
			if coverage.CodeOf(err) != coverage.Infeasible {
				t.Fatalf("no answer exists, got %+v, %v", s, err)
			}
			return
		}
		if err != nil {
			t.Fatalf("answer %v exists: %v", want, err)
		}
		if !s.Proven || math.Abs(s.Value-want) > 1e-9 || s.Bound != s.Value || s.Gap != 0 {
			t.Fatalf("want %v, got %+v", want, s)
		}
		checkSet(t, in, s)
		checkCurve(t, in, s)
	})
}

// checkSet looks at the open sites themselves.
func checkSet(t *rapid.T, in *Instance, s *Solution) {
	set := 0
	for k, i := range s.Open {
		if k > 0 && s.Open[k-1] >= i {
			t.Fatalf("not ascending: %v", s.Open)
		}
		set |= 1 << i
	}
	value, unserved := Evaluate(in, s.Open)
	if !permitted(in, set) || value != s.Value || in.Model != MCLP && unserved > 0 {
		t.Fatalf("%+v is not a permitted answer (value %v, unserved %d)", s, value, unserved)
	}
	if room := min(in.P, in.Sites()-len(in.Forbidden)); in.Model != LSCP && len(s.Open) != room {
		t.Fatalf("%d sites are open, %d were asked for", len(s.Open), room)
	}
}

// checkCurve holds every point between the optimum and its bound.
func checkCurve(t *rapid.T, in *Instance, s *Solution) {
	sign := 1.0
	if in.Model == MCLP {
		sign = -1
		if want := in.P - max(1, len(in.Fixed)) + 1; len(s.Curve) != want {
			t.Fatalf("%d points, want %d: %+v", len(s.Curve), want, s.Curve)
		}
	}
	for k, c := range s.Curve {
		part := *in
		part.P = c.P
		want, _ := bruteBest(&part)
		if sign*c.Bound > sign*want+1e-9 || sign*c.Value < sign*want-1e-9 {
			t.Fatalf("optimum %v with %d sites, curve %+v", want, c.P, c)
		}
		if k > 0 && (sign*c.Value > sign*s.Curve[k-1].Value || sign*c.Bound > sign*s.Curve[k-1].Bound) {
			t.Fatalf("curve goes back: %+v", s.Curve)
		}
	}
}

// A bound at any time is on the right side of the optimum, and a gap that is
// asked for is kept.
func TestGapIsHonest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInstance(t)
		want, found := bruteBest(in)
		if !found || in.Model == LSCP || in.Model == PCenter || len(in.Fixed) > in.P {
			return
		}
		s, err := Solve(context.Background(), in, Options{Gap: 0.2, Found: func(value, bound float64) {
			if in.Model == MCLP && (value > want+1e-9 || bound < want-1e-9) ||
				in.Model == PMedian && (value < want-1e-9 || bound > want+1e-9) {
				t.Fatalf("optimum %v outside %v, %v", want, value, bound)
			}
		}})
		if err != nil {
			t.Fatal(err)
		}
		low, high := min(s.Value, s.Bound), max(s.Value, s.Bound)
		if want < low-1e-9 || want > high+1e-9 || s.Gap > 0.25+1e-9 {
			t.Fatalf("optimum %v, got %+v", want, s)
		}
	})
}
