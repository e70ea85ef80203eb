package siting

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"lifecircle/coverage"
)

const smallFile = `{"model":"mclp","p":1,"weights":[3,2,4],"threshold":10,
 "distances":{"first":[0,2,4],"demand":[0,1,1,2],"value":[5,10,10.5,10]},"fixed":[],"forbidden":[]}`

// Site 0 has demands 0 and 1 within 10 (5 people), site 1 demand 2 alone (4):
// the threshold is closed, so 10 counts and 10.5 does not.
func TestSmallFileByHand(t *testing.T) {
	in, err := Parse([]byte(smallFile))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Solve(context.Background(), in, Options{Curve: true})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(s.Answer(nil, 0.5))
	want := `{"model":"mclp","open":["0"],"value":5,"bound":5,"gap":0,"proven":true,"seconds":0.5,"curve":[{"p":1,"value":5,"bound":5}]}`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
	if a := s.Answer([]string{"a", "b"}, 0); a.Open[0] != "a" {
		t.Errorf("ids: %v", a.Open)
	}
}

// Two sites, each 3 from its own demand and 7 from the other's: one site costs
// 2*3+5*7 = 41 or 2*7+5*3 = 29, and its farthest demand is at 7.
func TestMatrixByHand(t *testing.T) {
	text := `{"model":"%","p":1,"weights":[2,5],"matrix":[[3,7],[7,3]]}`
	for model, want := range map[string]float64{"pmedian": 29, "pcenter": 7} {
		in, err := Parse([]byte(strings.Replace(text, "%", model, 1)))
		if err != nil {
			t.Fatal(err)
		}
		s, err := Solve(context.Background(), in, Options{})
		if err != nil || s.Value != want || !s.Proven {
			t.Errorf("%s: %+v, %v", model, s, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ old, new, key string }{
		{`"p":1`, `"p":1,"extra":2`, "siting.file"},
		{`"p":1`, `"p":0`, "siting.p"},
		{`"p":1`, `"p":1.5`, "siting.file"},
		{`"mclp"`, `"best"`, "siting.model"},
		{`[3,2,4]`, `[3,null,4]`, "siting.file"},
		{`[3,2,4]`, `[3,"2",4]`, "siting.file"},
		{`[3,2,4]`, `[3,[2],4]`, "siting.file"},
		{`[3,2,4]`, `[3,-2,4]`, "siting.weight"},
		{`[3,2,4]`, `[3,NaN,4]`, "siting.file"},
		{`[3,2,4]`, `[3,1e999,4]`, "siting.file"},
		{`[3,2,4]`, `null`, "siting.file"},
		{`[3,2,4]`, `[3,2]`, "siting.demand"},
		{`[0,2,4]`, `[0,2,5]`, "siting.first_end"},
		{`[0,2,4]`, `[0,9223372036854775807,4]`, "siting.first"},
		{`[0,2,4]`, `[0,-2,4]`, "siting.first"},
		{`[0,2,4]`, `[0]`, "siting.no_sites"},
		{`[0,1,1,2]`, `[0,1,1,4294967295]`, "siting.demand"},
		{`[0,1,1,2]`, `[0,0,1,2]`, "siting.twice"},
		{`[0,1,1,2]`, `[0,1,1]`, "siting.columns"},
		{`10.5,10]`, `-1,10]`, "siting.distance"},
		{`"threshold":10,`, ``, "siting.no_threshold"},
		{`"threshold":10`, `"threshold":-1`, "siting.threshold"},
		{`"threshold":10`, `"threshold":10,"matrix":[]`, "siting.distances"},
		{`"threshold":10`, `"threshold":10,"capacity":[1,1]`, "siting.capacity"},
		{`"fixed":[]`, `"fixed":[2]`, "siting.site"},
		{`"fixed":[],"forbidden":[]`, `"fixed":[1],"forbidden":[1]`, "siting.site_twice"},
		{`"forbidden":[]}`, `"forbidden":[]} {}`, "siting.file"},
	} {
		_, err := Parse([]byte(strings.Replace(smallFile, c.old, c.new, 1)))
		var e *coverage.Error
		if !errors.As(err, &e) || e.Key != c.key {
			t.Errorf("%s -> %s: want %s, got %v", c.old, c.new, c.key, err)
		}
	}
}

func TestInfeasibleNamesTheDemand(t *testing.T) {
	in, err := Parse([]byte(`{"model":"lscp","weights":[1,0,1],"threshold":5,"matrix":[[1,9,6],[1,9,4]],"forbidden":[1]}`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = Solve(context.Background(), in, Options{})
	var e *coverage.Error
	if !errors.As(err, &e) || e.Code != coverage.Infeasible || e.Args["demand"] != 2 {
		t.Errorf("got %v", err)
	}
}

func TestValidateRefusesNaN(t *testing.T) {
	in, err := Parse([]byte(smallFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1), -1} {
		w, d, th := *in, *in, *in
		w.Weights = []float64{1, bad, 1}
		d.Distances.Value = []float64{1, bad, 1, 1}
		th.Threshold = bad
		for _, x := range []*Instance{&w, &d, &th} {
			if _, err := Solve(context.Background(), x, Options{}); coverage.CodeOf(err) != coverage.Invalid {
				t.Errorf("%v: %v", bad, err)
			}
		}
	}
}

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

func FuzzParse(f *testing.F) {
	f.Add([]byte(smallFile))
	f.Add([]byte(`{"model":"pmedian","p":1,"weights":[2,5],"matrix":[[3,7],[7,3]]}`))
	f.Add([]byte(`{"model":"lscp","weights":[],"threshold":0,"distances":{"first":[0,0],"demand":[],"value":[]}}`))
	f.Add([]byte(`{"model":"pcenter","p":2,"weights":[1],"matrix":[[],[1]]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		in, err := Parse(text)
		if err != nil {
			if coverage.CodeOf(err) == coverage.Internal {
				t.Fatalf("not an error for people: %v", err)
			}
			return
		}
		if in.Sites() > 8 || in.Demands() > 20 {
			return
		}
		ctx, stop := context.WithTimeout(context.Background(), time.Second)
		defer stop()
		if s, err := Solve(ctx, in, Options{}); err == nil && (s.Gap < 0 || math.IsNaN(s.Gap)) {
			t.Fatalf("%+v", s)
		}
	})
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
