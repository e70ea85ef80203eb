package solvefile

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
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
	s, err := siting.Solve(context.Background(), in, siting.Options{Curve: true})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(AnswerOf(s, nil, 0.5))
	want := `{"model":"mclp","open":["0"],"value":5,"bound":5,"gap":0,"proven":true,"seconds":0.5,"curve":[{"p":1,"value":5,"bound":5}]}`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
	if a := AnswerOf(s, []string{"a", "b"}, 0); a.Open[0] != "a" {
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
		s, err := siting.Solve(context.Background(), in, siting.Options{})
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
	_, err = siting.Solve(context.Background(), in, siting.Options{})
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
		for _, x := range []*siting.Instance{&w, &d, &th} {
			if _, err := siting.Solve(context.Background(), x, siting.Options{}); coverage.CodeOf(err) != coverage.Invalid {
				t.Errorf("%v: %v", bad, err)
			}
		}
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
		if s, err := siting.Solve(ctx, in, siting.Options{}); err == nil && (s.Gap < 0 || math.IsNaN(s.Gap)) {
			t.Fatalf("%+v", s)
		}
	})
}
