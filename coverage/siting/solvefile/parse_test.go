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

// Conditions in the small file, worked out by hand. Site 0 covers demands 0 and 1
// (3 and 2), site 1 demand 2 (4).
func TestConditionsByHand(t *testing.T) {
	for _, c := range []struct {
		keys, model string
		open        string
		value       float64
	}{
		{`"capacity":[3,4]`, "mclp", "1", 4},                                          // 3 of 5, or 4
		{`"p":2,"capacity":[4.5,1]`, "mclp", "0 1", 5.5},                              // people are split
		{`"p":2,"costs":[2,1],"budget":2.5`, "mclp", "0", 5},                          // both cost 3
		{`"p":0,"costs":[2,1],"budget":3`, "mclp", "0 1", 9},                          // closed
		{`"target":0.5`, "lscp", "0", 1},                                              // 5 of 9
		{`"target":0.4,"costs":[3,2]`, "lscp", "1", 2},                                // 4 of 9 is 0.444
		{`"target":0.5555555555555556`, "lscp", "0", 1},                               // 5/9: closed, up to rounding
		{`"p":2,"apart":[[0,1]]`, "mclp", "0", 5},                                     //
		{`"p":2,"exclusive":[[1,0]]`, "mclp", "0", 5},                                 //
		{`"p":2,"min_separation":7,"site_distances":[[0,7],[7,0]]`, "mclp", "0 1", 9}, // closed
		{`"p":2,"min_separation":7.5,"site_distances":[[0,7],[7,0]]`, "mclp", "0", 5}, //
		{`"zones":{"site":[0,1],"demand":[-1,-1,1],"min_share":0.5}`, "mclp", "1", 4}, //
		{`"p":2,"zones":{"site":[0,0],"min_sites":2}`, "mclp", "0 1", 9},              //
		{`"zones":{"demand":[0,0,1],"min_share":0.9}`, "lscp", "0 1", 2},              //
	} {
		text := strings.Replace(smallFile, `"model":"mclp"`, `"model":"`+c.model+`"`, 1)
		text = strings.Replace(text, `"p":1`, `"p":1,`+c.keys, 1)
		in, err := Parse([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", c.keys, err)
			continue
		}
		s, err := siting.Solve(context.Background(), in, siting.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.keys, err)
			continue
		}
		if got := strings.Join(AnswerOf(s, nil, 0).Open, " "); got != c.open || s.Value != c.value || !s.Proven {
			t.Errorf("%s: open %s, %+v", c.keys, got, s)
		}
	}
}

// What cannot be done says why.
func TestImpossibleByHand(t *testing.T) {
	for _, c := range []struct{ keys, model, key, condition string }{
		{`"fixed":[0,1],"p":2,"costs":[2,1],"budget":2`, "mclp", "siting.impossible", "budget"},
		{`"target":1,"capacity":[4,4]`, "lscp", "siting.impossible", "capacity"},
		{`"apart":[[0,1]]`, "lscp", "siting.impossible", "serve"},
		{`"backup":true`, "lscp", "siting.uncovered", ""},
		{`"p":2,"zones":{"site":[0,-1],"demand":[0,0,1],"min_sites":1}`, "mclp", "siting.zone_sites", ""},
		{`"forbidden":[1],"zones":{"demand":[0,0,1],"min_share":0.1}`, "mclp", "siting.zone_share", ""},
		{`"forbidden":[1],"target":0.6`, "lscp", "siting.target", ""},
	} {
		text := strings.Replace(smallFile, `"model":"mclp"`, `"model":"`+c.model+`"`, 1)
		text = strings.Replace(strings.Replace(text, `"fixed":[],"forbidden":[]`, `"matrix":null`, 1), `"p":1`, `"p":1,`+c.keys, 1)
		in, err := Parse([]byte(text))
		if err == nil {
			_, err = siting.Solve(context.Background(), in, siting.Options{})
		}
		var e *coverage.Error
		if !errors.As(err, &e) || e.Code != coverage.Infeasible || e.Key != c.key || c.condition != "" && e.Args["condition"] != c.condition {
			t.Errorf("%s: %v", c.keys, err)
		}
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
		{`"threshold":10`, `"threshold":10,"capacity":[1]`, "siting.per_site"},
		{`"threshold":10`, `"threshold":10,"capacity":[1,-1]`, "siting.site_amount"},
		{`"threshold":10`, `"threshold":10,"budget":0`, "siting.amount"},
		{`"threshold":10`, `"threshold":10,"target":0.5`, "siting.condition_model"},
		{`"threshold":10`, `"threshold":10,"backup":true,"capacity":[1,1]`, "siting.condition_model"},
		{`"threshold":10`, `"threshold":10,"apart":[[0,1,1]]`, "siting.pair"},
		{`"threshold":10`, `"threshold":10,"exclusive":[[0,2]]`, "siting.site"},
		{`"threshold":10`, `"threshold":10,"exclusive":[[1,1]]`, "siting.set_twice"},
		{`"threshold":10`, `"threshold":10,"min_separation":3`, "siting.separation"},
		{`"threshold":10`, `"threshold":10,"min_separation":3,"site_distances":[[0,1]]`, "siting.site_distances"},
		{`"threshold":10`, `"threshold":10,"zones":{"min_sites":1}`, "siting.zones"},
		{`"threshold":10`, `"threshold":10,"zones":{"min_sites":1,"site":[0,-2]}`, "siting.zone"},
		{`"threshold":10`, `"threshold":10,"zones":{"min_sites":1,"sites":[0,0]}`, "siting.file"},
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
	f.Add([]byte(`{"model":"lscp","weights":[1,2],"threshold":1,"matrix":[[1,2],[1,0]],"target":0.5,"capacity":[1,2],"costs":[1,0],"budget":2,"apart":[[0,1]],"zones":{"site":[0,-1],"demand":[0,1],"min_sites":1,"min_share":0.2}}`))
	f.Add([]byte(`{"weights":[1,2],"threshold":1,"matrix":[[1,2],[1,0]],"close":{"goal":"lose","k":1,"closable":[0]},"capacity":[1,2]}`))
	f.Add([]byte(`{"weights":[1,2],"threshold":1,"matrix":[[1,2],[1,0]],"phases":{"budgets":[1,1],"carry":true,"factors":[1,0.5],"last_first":true},"costs":[1,2]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		q, err := Read(text)
		if err != nil {
			if coverage.CodeOf(err) == coverage.Internal {
				t.Fatalf("not an error for people: %v", err)
			}
			return
		}
		if !small(q) {
			return
		}
		ctx, stop := context.WithTimeout(context.Background(), time.Second)
		defer stop()
		if s, err := q.Solve(ctx, siting.Options{}); err == nil && (s.Gap < 0 || math.IsNaN(s.Gap)) {
			t.Fatalf("%+v", s)
		} else if err != nil && coverage.CodeOf(err) == coverage.Internal && ctx.Err() == nil {
			t.Fatalf("%v", err)
		}
	})
}

// small reports whether a question is soon solved.
func small(q *Question) bool {
	switch {
	case q.Instance != nil:
		return q.Instance.Sites() <= 8 && q.Instance.Demands() <= 20
	case q.Close != nil:
		return len(q.Close.Distances.First) <= 8 && len(q.Close.Weights) <= 20
	}
	return q.Phases.Site.Sites() <= 6 && len(q.Phases.Budgets) <= 4 && q.Phases.Site.Demands() <= 20
}
