package siting

import (
	"context"
	"math"
	"reflect"
	"runtime"
	"testing"
	"time"
)

// A context that is done still gives an answer with an honest bound, where one
// is at hand; a set cover always has its greedy one.
func TestStoppedSearchIsHonest(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	for _, model := range []Model{MCLP, LSCP, PMedian, PCenter} {
		in := scatter(120, 400, 8)
		in.Model = model
		best, err := Solve(context.Background(), scatterAs(model), Options{Gap: 0.05})
		if err != nil {
			t.Fatal(err)
		}
		s, err := Solve(ctx, in, Options{})
		if err != nil {
			t.Fatalf("%s: %v", model, err)
		}
		low, high := min(s.Value, s.Bound), max(s.Value, s.Bound)
		if s.Proven || s.Gap <= 0 || best.Value < low || best.Value > high {
			t.Errorf("%s: best %v, got %v, %v, proven %v", model, best.Value, s.Value, s.Bound, s.Proven)
		}
	}
}

func scatterAs(m Model) *Instance {
	in := scatter(120, 400, 8)
	in.Model = m
	return in
}

// scatter makes sites and demands on a square of 100 x 100, the same every time.
func scatter(n, m, p int) *Instance {
	state := uint64(42)
	next := func() float64 {
		state = state*6364136223846793005 + 1442695040888963407
		return float64(state>>40) / float64(1<<24)
	}
	in := &Instance{P: p, Threshold: 15, Distances: Distances{First: []int64{0}}}
	at := make([][2]float64, m)
	for j := range at {
		at[j] = [2]float64{100 * next(), 100 * next()}
		in.Weights = append(in.Weights, math.Ceil(50*next()))
	}
	for range n {
		x, y := 100*next(), 100*next()
		for j, a := range at {
			in.Distances.Demand = append(in.Distances.Demand, uint32(j))
			in.Distances.Value = append(in.Distances.Value, math.Hypot(x-a[0], y-a[1]))
		}
		in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
	}
	return in
}

// Under conditions, a search that is stopped at any time says what it knows, and
// no more: the optimum lies between value and bound.
func TestStoppedConditionsAreHonest(t *testing.T) {
	for name, in := range middling() {
		best, err := Solve(context.Background(), in, Options{})
		if err != nil {
			t.Fatal(name, err)
		}
		ctx, stop := context.WithCancel(context.Background())
		calls := 0
		s, err := Solve(ctx, in, Options{Found: func(value, bound float64) {
			if low, high := min(value, bound), max(value, bound); best.Value < low-1e-6 || best.Value > high+1e-6 {
				t.Errorf("%s: optimum %v outside %v, %v", name, best.Value, value, bound)
			}
			if calls++; calls == 2 {
				stop()
			}
		}})
		stop()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		low, high := min(s.Value, s.Bound), max(s.Value, s.Bound)
		if best.Value < low-1e-6 || best.Value > high+1e-6 || s.Proven && s.Value != best.Value || Broken(in, s.Open) != "" {
			t.Errorf("%s: optimum %v, got %+v", name, best.Value, s)
		}
	}
}

// The same input gives the same answer on any number of cores.
func TestSameOnAnyNumberOfCores(t *testing.T) {
	for name, in := range middling() {
		var first *Solution
		for _, cores := range []int{1, 7} {
			before := runtime.GOMAXPROCS(cores)
			s, err := Solve(context.Background(), in, Options{})
			runtime.GOMAXPROCS(before)
			if err != nil {
				t.Fatal(name, err)
			}
			if first == nil {
				first = s
			}
			if !reflect.DeepEqual(first, s) {
				t.Errorf("%s: %+v on %d cores, %+v on 1", name, s, cores, first)
			}
		}
	}
}

func TestTimeLimitIsKept(t *testing.T) {
	in := scatter(300, 3000, 12)
	in.Model = MCLP
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer stop()
	s, err := Solve(ctx, in, Options{Curve: true})
	if err != nil || s.Value <= 0 || s.Bound < s.Value {
		t.Fatalf("%+v, %v", s, err)
	}
	if last := s.Curve[len(s.Curve)-1]; last.P != 12 || last.Value != s.Value {
		t.Errorf("curve ends with %+v", last)
	}
}

// Nor does the curve go on after the stop, whatever the model: it would take some
// fifty times as long as the answer.
func TestNoCurveAfterTheStop(t *testing.T) {
	for _, m := range []Model{MCLP, PMedian, PCenter} {
		in := scatter(60, 400, 20)
		in.Model = m
		ctx, stop := context.WithCancel(context.Background())
		s, err := Solve(ctx, in, Options{Curve: true, Found: func(float64, float64) { stop() }})
		stop()
		if err != nil {
			t.Fatal(m, err)
		}
		if last := s.Curve[len(s.Curve)-1]; len(s.Curve) > 2 || last.P != 20 || last.Value != s.Value {
			t.Errorf("%s: %d points, the last %+v", m, len(s.Curve), last)
		}
	}
}

func BenchmarkCover(b *testing.B) {
	in := scatter(300, 3000, 12)
	in.Model = MCLP
	for b.Loop() {
		if _, err := Solve(context.Background(), in, Options{Gap: 0.01}); err != nil {
			b.Fatal(err)
		}
	}
}

// Proofs stay short: a change that loses the bound shows here first. The number
// of nodes is the same on every machine.
func TestProofTakesFewNodes(t *testing.T) {
	in := scatter(300, 3000, 12)
	in.Model = MCLP
	s, err := Solve(context.Background(), in, Options{})
	if err != nil || !s.Proven {
		t.Fatalf("%+v, %v", s, err)
	}
	if s.Nodes > mostNodes {
		t.Errorf("%d nodes, more than %d", s.Nodes, mostNodes)
	}
}

// mostNodes leaves room over the 77 that it took when written.
const mostNodes = 150
