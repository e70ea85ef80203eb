package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lifecircle/api"
	"lifecircle/api/jobs"
	"lifecircle/api/problem"
	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"

	"github.com/google/go-cmp/cmp"
)

type jobList struct{ Jobs []jobSaid }

type jobSaid struct {
	ID, Kind, State  string
	Stopped, Current bool
	Asked, Started   time.Time
	Seconds          float64
	Progress         *jobs.ProgressSaid
	Best             *advice.Worth
	Answer           json.RawMessage
	Problem          *problem.Details
}

// start asks a question that becomes a job.
func start(t testing.TB, h http.Handler, path, text string) string {
	t.Helper()
	w := post(t, h, path, text)
	if w.Code != http.StatusAccepted {
		t.Fatalf("%s %s: %d %s", path, text, w.Code, w.Body)
	}
	var j jobSaid
	if err := json.Unmarshal(w.Body.Bytes(), &j); err != nil || w.Header().Get("Location") != "/jobs/"+j.ID || !j.Current || "/"+j.Kind != path {
		t.Fatalf("%v: %s at %s", err, w.Body, w.Header().Get("Location"))
	}
	return "/jobs/" + j.ID
}

func jobAt(t testing.TB, h http.Handler, at string) jobSaid {
	t.Helper()
	return decode[jobSaid](t, get(t, h, at))
}

// ended waits for a job to end.
func ended(t testing.TB, h http.Handler, at string) jobSaid {
	t.Helper()
	for range 30_000 {
		if j := jobAt(t, h, at); j.State != "waiting" && j.State != "running" {
			return j
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("the job does not end")
	return jobSaid{}
}

// closing closes a service at the end of a test.
func closing(t testing.TB, h http.Handler) http.Handler {
	t.Cleanup(func() { _ = h.(*api.Service).Close() })
	return h
}

// Every figure of an answer is the engine's, whatever is asked.
func TestSitesAreTheEngines(t *testing.T) {
	clinic := func(within int32) analysis.Choice {
		return analysis.Choice{AdHoc: []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: within}}}}
	}
	plain, roads := town(), roadTown()
	cells := func(ds *coverage.Dataset) []plan.Candidate {
		list, err := plan.FromCells(ds, 0, 2000)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	fine, err := plan.FromCells(plain, 250, 5)
	if err != nil {
		t.Fatal(err)
	}
	listed := []plan.Candidate{{ID: "a", Name: "A", At: plain.Demand.At[2], Cost: 2, Capacity: 30}, {ID: "b", At: plain.Demand.At[12], Cost: 1}, {ID: "c", At: plain.Demand.At[5]}}
	engine := advice.On(analysis.New(plain, "test"))
	for i := range listed {
		engine.Place(&listed[i])
	}
	at := func(i int) string { p := listed[i].At; return fmt.Sprintf("[%v,%v]", p[0], p[1]) }
	list := fmt.Sprintf(`"candidates":[{"id":"a","name":"A","at":%s,"cost":2,"capacity":30},{"id":"b","at":%s,"cost":1},{"id":"c","at":%s}]`, at(0), at(1), at(2))
	walk := clinic(300)
	walk.Mode = "walk"
	for _, c := range []struct {
		ds     *coverage.Dataset
		body   string
		choice analysis.Choice
		ask    advice.SiteAsk
		curve  bool
	}{
		{plain, `{"kind":["clinic"],"within":"2min","p":2}`, clinic(120), advice.SiteAsk{P: 2, Candidates: cells(plain)}, true},
		{plain, `{"kind":["clinic"],"within":"2min","p":2,"candidates":"cells","spacing":250,"max_candidates":5,"curve":false}`, clinic(120), advice.SiteAsk{P: 2, Candidates: fine}, false},
		{plain, `{"kind":["clinic"],"within":"2min","target":0.4,"candidates":"villages"}`, clinic(120), advice.SiteAsk{Target: 0.4, Candidates: plan.FromZones(plain)}, true},
		{plain, `{"kind":["clinic"],"within":"2min","p":1,"candidates":"kind:primary_school"}`, clinic(120), advice.SiteAsk{P: 1, Candidates: engine.Houses([]string{"primary_school"})}, true},
		{plain, `{"kind":["clinic"],"within":"2min","budget":3,` + list + `}`, clinic(120), advice.SiteAsk{Budget: 3, Candidates: listed}, true},
		{
			plain, `{"p":2,"model":"pmedian","reach":"1h","ignore_existing":true,"weights":{"all":1,"60+":2.5},` + list + `}`,
			analysis.Choice{Standards: []string{"drawn/clinic"}},
			advice.SiteAsk{P: 2, Model: siting.PMedian, ReachS: 3600, Fresh: true, Weights: map[string]float64{"all": 1, "60+": 2.5}, Candidates: listed},
			true,
		},
		{
			plain, `{"p":2,"model":"pcenter","fixed":["a"],"forbidden":["c"],` + list + `}`,
			analysis.Choice{Standards: []string{"drawn/clinic"}},
			advice.SiteAsk{P: 2, Model: siting.PCenter, Fixed: []string{"a"}, Forbidden: []string{"c"}, Candidates: listed},
			true,
		},
		{
			plain, `{"p":2,"apart":150,"exclusive":[["a","b"]],` + list + `}`,
			analysis.Choice{Standards: []string{"drawn/clinic"}},
			advice.SiteAsk{P: 2, ApartM: 150, Exclusive: [][]string{{"a", "b"}}, Candidates: listed},
			true,
		},
		{plain, `{"p":2,"capacity":true,` + list + `}`, analysis.Choice{Standards: []string{"drawn/clinic"}}, advice.SiteAsk{P: 2, Capacity: true, Candidates: listed}, true},
		{plain, `{"p":2,"capacity":true,"per_unit":2.5,` + list + `}`, analysis.Choice{Standards: []string{"drawn/clinic"}}, advice.SiteAsk{P: 2, Capacity: true, PerUnit: 2.5, Candidates: listed}, true},
		{plain, `{"kind":["clinic"],"within":"3min","p":3,"backup":true}`, clinic(180), advice.SiteAsk{P: 3, Backup: true, Candidates: cells(plain)}, true},
		{plain, `{"kind":["clinic"],"within":"3min","p":3,"each":{"level":"island"}}`, clinic(180), advice.SiteAsk{P: 3, ZoneLevel: "island", MinSites: 1, Candidates: cells(plain)}, true},
		{plain, `{"kind":["clinic"],"within":"3min","p":6,"each":{"level":"island","share":0.7}}`, clinic(180), advice.SiteAsk{P: 6, ZoneLevel: "island", MinShare: 0.7, Candidates: cells(plain)}, true},
		{plain, `{"kind":["clinic"],"within":"3min","years":[{"year":"2026","budget":1},{"year":"2027","budget":2}],"carry":true,"discount":0.1,"last_first":true}`, clinic(180), advice.SiteAsk{Years: []advice.Year{{Name: "2026", Budget: 1}, {Name: "2027", Budget: 2}}, Plan: advice.PlanOptions{Carry: true, Discount: 0.1, LastFirst: true}, Candidates: cells(plain)}, true},
		{
			plain, `{"kind":["clinic"],"within":"3min","p":2,"with":[{"kind":"primary_school","within":"5min"},{"standard":"drawn/clinic"}]}`,
			analysis.Choice{Standards: []string{"drawn/clinic"}, AdHoc: []analysis.AdHoc{
				{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: 180}}, {Kinds: []string{"primary_school"}, Within: coverage.Threshold{Seconds: 300}},
			}},
			advice.SiteAsk{P: 2, Together: true, Candidates: cells(plain)},
			true,
		},
		{roads, `{"kind":"clinic","within":"5min","mode":"walk","p":2}`, walk, advice.SiteAsk{P: 2, Candidates: cells(roads)}, true},
	} {
		if level := c.ask.ZoneLevel; level != "" && plain.Zones[0].Level != level {
			c.ask.ZoneLevel = plain.Zones[0].Level
			c.body = strings.ReplaceAll(c.body, level, c.ask.ZoneLevel)
		}
		want, wantErr := advice.On(analysis.New(c.ds, "test")).Site(context.Background(), c.choice, c.ask, advice.SolveOptions{Options: siting.Options{Curve: c.curve}})
		h := closing(t, serve(c.ds))
		j := ended(t, h, start(t, h, "/siting", c.body))
		if wantErr != nil {
			t.Fatalf("%s: %v", c.body, wantErr)
		}
		checkAnswer(t, c.body, j, want)
	}
}

// checkAnswer holds a finished job to the engine's answer.
func checkAnswer(t *testing.T, name string, j jobSaid, want *advice.SiteAnswer) {
	t.Helper()
	if j.State != "done" || j.Problem != nil || j.Progress != nil || j.Stopped {
		t.Fatalf("%s: %+v %+v", name, j, j.Problem)
	}
	var got struct {
		advice.SiteAnswer
		Effect []analysis.WhatIfRow `json:"effect"`
	}
	if err := json.Unmarshal(j.Answer, &got); err != nil {
		t.Fatal(err)
	}
	rows := []analysis.WhatIfRow{}
	if want.Effect != nil {
		rows = want.Effect.Rows
	}
	if d := cmp.Diff(asMap(t, map[string]any{"rows": rows}), asMap(t, map[string]any{"rows": got.Effect})); d != "" {
		t.Errorf("%s: effect (-engine +service)\n%s", name, d)
	}
	if got.Seconds > j.Seconds+0.01 || got.Version != "test" {
		t.Errorf("%s: %v s of %v s, version %s", name, got.Seconds, j.Seconds, got.Version)
	}
	got.Seconds = want.Seconds
	if d := cmp.Diff(asMap(t, want), asMap(t, got.SiteAnswer)); d != "" {
		t.Errorf("%s (-engine +service)\n%s", name, d)
	}
	checkBest(t, name, j, want)
}

// checkBest holds what was told last to the answer.
func checkBest(t *testing.T, name string, j jobSaid, want *advice.SiteAnswer) {
	t.Helper()
	value, bound := want.Value, want.Bound
	if want.Model == siting.PMedian {
		value, bound = value/want.Population/1000, bound/want.Population/1000
	}
	if want.Model == siting.PCenter {
		value, bound = value/1000, bound/1000
	}
	near := func(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 }
	if b := j.Best; b == nil || !near(b.Value, value) || !near(b.Bound, bound) || !near(b.Gap, want.Gap) {
		t.Errorf("%s: best %+v, answer %v of at most %v", name, j.Best, value, bound)
	}
}

func TestClosuresAreTheEngines(t *testing.T) {
	for _, c := range []struct {
		body string
		ask  advice.CloseAsk
	}{
		{`{"k":1,"kind":["clinic"],"within":"3min"}`, advice.CloseAsk{K: 1}},
		{`{"all":true,"kind":["clinic"],"within":"3min"}`, advice.CloseAsk{All: true}},
		{`{"k":1,"lossless":true,"keep":["here"],"kind":["clinic"],"within":"3min"}`, advice.CloseAsk{K: 1, Lossless: true, Keep: []string{"here"}}},
		{`{"k":1,"keep":["here"],"capacity":true,"kind":["clinic"],"within":"3min"}`, advice.CloseAsk{K: 1, Keep: []string{"here"}, Capacity: true}},
	} {
		ds := town()
		for i, name := range []string{"here", "there"} {
			f := ds.Facilities[0]
			f.ID, f.At, f.Capacity = name, ds.Demand.At[2*i+1], 100
			ds.Facilities = append(ds.Facilities, f)
		}
		choice := analysis.Choice{AdHoc: []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: 180}}}}
		want, err := advice.On(analysis.New(ds, "test")).Close(context.Background(), choice, c.ask, advice.SolveOptions{})
		if err != nil {
			t.Fatal(err)
		}
		h := closing(t, serve(ds))
		checkAnswer(t, c.body, ended(t, h, start(t, h, "/closures", c.body)), want)
	}
}

func TestRobustIsTheEngines(t *testing.T) {
	ds := town()
	e, choice := analysis.New(ds, "test"), analysis.Choice{Standards: []string{"drawn/clinic"}}
	list, _ := plan.FromCells(ds, 0, 2000)
	ask := advice.SiteAsk{P: 2, Candidates: list}
	want, err := advice.On(e).Site(context.Background(), choice, ask, advice.SolveOptions{})
	if err == nil {
		want.Robust, err = advice.On(e).Robust(context.Background(), choice, ask, want, advice.SolveOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
	h := closing(t, serve(ds))
	checkAnswer(t, "robust", ended(t, h, start(t, h, "/siting", `{"p":2,"robust":true,"curve":false}`)), want)
	if len(want.Robust.Variants) < 4 {
		t.Errorf("%+v", want.Robust)
	}
}

// Questions without an answer fail, in the reader's language and the words of the
// service.
func TestFailedJobs(t *testing.T) {
	h := closing(t, serve(twoClinics()))
	for _, c := range []struct {
		path, body string
		status     int
		key        string
		en, zh     string
	}{
		{"/siting", `{"target":1,"candidates":[{"id":"a","at":[10.0004,-0.0004]}]}`, 422, "site.hopeless", "no candidate can serve", "无论选哪些备选点"},
		{"/siting", `{"p":1,"candidates":[{"id":"a","at":[10.0004,-0.0004]}],"fixed":["b"]}`, 404, "site.candidate", "there is no candidate", "没有编号"},
		{"/siting", `{"p":1,"spacing":1,"max_candidates":2}`, 400, "plan.spacing", "more than 2", "超过 2 个"},
		{"/closures", `{"k":9}`, 400, "api.close_many", "k goes from 1", "k 应为 1 到"},
		{"/closures", `{"k":1,"keep":["nobody"]}`, 404, "site.candidate", "nobody", "nobody"},
	} {
		at := start(t, h, c.path, c.body)
		j := ended(t, h, at)
		if j.State != "failed" || j.Problem.Status != c.status || j.Problem.Type != "urn:lifecircle:problem:"+c.key || !strings.Contains(j.Problem.Detail, c.en) || j.Answer != nil {
			t.Errorf("%s: %+v %+v", c.body, j, j.Problem)
		}
		if zh := decode[jobSaid](t, get(t, h, at+"?lang=zh")); !strings.Contains(zh.Problem.Detail, c.zh) {
			t.Errorf("%s: %s", c.body, zh.Problem.Detail)
		}
	}
	secret := errors.New("open /home/somebody/data: secret of the program")
	for name, engine := range map[string]api.Analyst{"fails": sick{Engines: &api.Engines{}, err: secret}, "panics": sick{Engines: &api.Engines{}, panic: true}} {
		h := closing(t, handler(fixed{town()}, engine, api.Options{Log: quiet()}))
		j := ended(t, h, start(t, h, "/closures", `{"k":1}`))
		if j.State != "failed" || j.Problem.Status != 500 || strings.Contains(j.Problem.Detail, "secret") {
			t.Errorf("%s: %+v %+v", name, j, j.Problem)
		}
	}
	if d := problemOf(t, get(t, h, "/jobs/none?lang=zh")); d.Status != 404 || !strings.Contains(d.Detail, "没有任务") {
		t.Errorf("%+v", d)
	}
	if d := problemOf(t, ask(t, h, http.MethodDelete, "/jobs/none")); d.Status != 404 {
		t.Errorf("%+v", d)
	}
}

// sick is an analyst whose engines of jobs fail.
type sick struct {
	*api.Engines
	err   error
	panic bool
}

func (s sick) EngineOf(*coverage.Dataset) jobs.Engine {
	if s.panic {
		panic("secret of the program")
	}
	return brokenEngine{err: s.err}
}

// stepped is the real engine, which waits for a word before it closes or builds.
// It says on begin which question it has come to.
type stepped struct {
	*api.Engines
	begin chan int
	step  chan struct{}
}

func newStepped() stepped {
	return stepped{&api.Engines{Version: "test"}, make(chan int, 99), make(chan struct{}, 99)}
}

type steppedEngine struct {
	jobs.Engine
	s stepped
}

func (s stepped) EngineOf(ds *coverage.Dataset) jobs.Engine {
	return steppedEngine{s.Engines.EngineOf(ds), s}
}

func (e steppedEngine) Close(ctx context.Context, c analysis.Choice, a advice.CloseAsk, o advice.SolveOptions) (*advice.SiteAnswer, error) {
	o.Progress.Report("progress.matrix", 3, 7)
	e.s.begin <- a.K
	select {
	case <-e.s.step:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return e.Engine.Close(ctx, c, a, o)
}

func (e steppedEngine) Robust(ctx context.Context, c analysis.Choice, a advice.SiteAsk, first *advice.SiteAnswer, o advice.SolveOptions) (*advice.RobustAnswer, error) {
	e.s.begin <- -1
	select {
	case <-e.s.step: // no variant was answered in its time
		return nil, &coverage.Error{Code: coverage.Conflict, Key: "site.no_time"}
	case <-ctx.Done():
	}
	return e.Engine.Robust(ctx, c, a, first, o)
}

func twoClinics() *coverage.Dataset {
	ds := town()
	f := ds.Facilities[0]
	f.ID, f.At = "second", ds.Demand.At[2]
	ds.Facilities = append(ds.Facilities, f)
	return ds
}

// One runs, the others wait in the order asked; the oldest that has ended is
// forgotten; who asks too much is sent away.
func TestJobsWaitTheirTurn(t *testing.T) {
	s := newStepped()
	h := closing(t, handler(fixed{twoClinics()}, s, api.Options{Log: quiet(), Jobs: 3}))
	var at []string
	for range 3 {
		at = append(at, start(t, h, "/closures", `{"k":1}`))
	}
	<-s.begin
	w := post(t, h, "/closures?lang=zh", `{"k":1}`)
	if d := problemOf(t, w); d.Status != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || d.Code != "busy" || !strings.Contains(d.Detail, "3 个任务") {
		t.Errorf("%+v %v", d, w.Header())
	}
	list := decode[jobList](t, get(t, h, "/jobs?lang=zh"))
	if len(list.Jobs) != 3 || "/jobs/"+list.Jobs[0].ID != at[2] || list.Jobs[2].State != "running" || list.Jobs[1].State != "waiting" || list.Jobs[0].State != "waiting" {
		t.Fatalf("%+v", list)
	}
	if p := list.Jobs[2].Progress; p == nil || p.Stage != "progress.matrix" || p.Text != "计算出行时间矩阵" || p.Done != 3 || p.Total != 7 {
		t.Errorf("%+v", p)
	}
	if j := list.Jobs[1]; !j.Started.IsZero() || j.Seconds != 0 || j.Progress != nil {
		t.Errorf("waits, but %+v", j)
	}
	for i := range at {
		s.step <- struct{}{}
		if j := ended(t, h, at[i]); j.State != "done" {
			t.Fatalf("%+v", j)
		}
		for _, later := range at[min(i+2, len(at)):] {
			if j := jobAt(t, h, later); j.State != "waiting" {
				t.Errorf("%s before its turn", j.State)
			}
		}
	}
	fourth := start(t, h, "/closures", `{"k":1}`)
	problemOf(t, get(t, h, at[0])) // forgotten
	list = decode[jobList](t, get(t, h, "/jobs"))
	if len(list.Jobs) != 3 || "/jobs/"+list.Jobs[0].ID != fourth || list.Jobs[2].Answer != nil {
		t.Errorf("%+v", list)
	}
}

// A job that waits, or travels, is cancelled; one that has ended stays.
func TestJobsAreStopped(t *testing.T) {
	s := newStepped()
	h := closing(t, handler(fixed{twoClinics()}, s, api.Options{Log: quiet()}))
	travels, waits, third := start(t, h, "/closures", `{"k":1}`), start(t, h, "/closures", `{"k":1}`), start(t, h, "/closures", `{"k":1}`)
	<-s.begin
	if j := decode[jobSaid](t, ask(t, h, http.MethodDelete, waits)); j.State != "cancelled" || !j.Stopped || !j.Started.IsZero() {
		t.Errorf("%+v", j)
	}
	if j := decode[jobSaid](t, ask(t, h, http.MethodDelete, travels)); !j.Stopped {
		t.Errorf("%+v", j)
	}
	if j := ended(t, h, travels); j.State != "cancelled" || j.Answer != nil || j.Problem != nil {
		t.Errorf("%+v", j)
	}
	s.step <- struct{}{}
	first := ended(t, h, third)
	if first.State != "done" || first.Stopped {
		t.Fatalf("%+v", first)
	}
	for range 2 {
		if j := decode[jobSaid](t, ask(t, h, http.MethodDelete, third)); j.State != "done" || j.Stopped || string(j.Answer) != string(first.Answer) {
			t.Errorf("%+v", j)
		}
	}
}

// A job that is told to stop while it looks how steady its answer is has its answer.
func TestSteadinessIsGivenUp(t *testing.T) {
	s := newStepped()
	h := closing(t, handler(fixed{town()}, s, api.Options{Log: quiet()}))
	at := start(t, h, "/siting", `{"p":1,"robust":true}`)
	<-s.begin
	ask(t, h, http.MethodDelete, at)
	var a advice.SiteAnswer
	if j := ended(t, h, at); j.State != "done" || !j.Stopped || json.Unmarshal(j.Answer, &a) != nil || a.Robust != nil || len(a.Open) != 1 {
		t.Errorf("%+v %s", j, j.Answer)
	}
}

// Nor is an answer lost when time runs out on how steady it is.
func TestSteadinessTakesTooLong(t *testing.T) {
	s := newStepped()
	h := closing(t, handler(fixed{town()}, s, api.Options{Log: quiet()}))
	s.step <- struct{}{}
	var a advice.SiteAnswer
	if j := ended(t, h, start(t, h, "/siting", `{"p":1,"robust":true}`)); j.State != "done" || json.Unmarshal(j.Answer, &a) != nil || a.Robust != nil || len(a.Open) != 1 {
		t.Errorf("%+v %s", j, j.Answer)
	}
}

// hard is a question about scattered people that is not proven within minutes.
const hard = `{"kind":["clinic"],"within":"15min","landmass":"off","max_candidates":150,"p":15,"backup":true,"curve":false,"time_limit_s":%v}`

// A job that is solving tells how good its best is, and answers with it when it is
// stopped, or when its time is over.
func TestPartialResults(t *testing.T) {
	ds := scattered()
	h := closing(t, serve(ds))
	at := start(t, h, "/siting", fmt.Sprintf(hard, 600))
	var before jobSaid
	for before = jobAt(t, h, at); before.Best == nil; before = jobAt(t, h, at) {
		if before.State == "failed" {
			t.Fatalf("%+v", before.Problem)
		}
		time.Sleep(time.Millisecond)
	}
	if b := before.Best; before.State != "running" || b.Unit != "people" || !(b.Value > 0 && b.Bound >= b.Value && b.Gap > 0 && b.Gap <= 1) {
		t.Errorf("%+v %+v", before, b)
	}
	ask(t, h, http.MethodDelete, at)
	j := ended(t, h, at)
	var a advice.SiteAnswer
	if err := json.Unmarshal(j.Answer, &a); err != nil {
		t.Fatal(err)
	}
	if j.State != "done" || !j.Stopped || a.Proven || !(a.Gap > 0) || len(a.Open) == 0 || a.Value < before.Best.Value-1e-6 || a.Bound > before.Best.Bound+1e-6 || a.Value > a.Bound || j.Best.Value != a.Value {
		t.Errorf("%+v, %v of %v, before %+v", j, a.Value, a.Bound, before.Best)
	}
	// What the answer says is served is served.
	var add []string
	for i, s := range a.Sites {
		add = append(add, fmt.Sprintf(`{"kind":"clinic","at":[%v,%v],"id":"s%d"}`, s.At[0], s.At[1], i))
	}
	w := decode[whatIfAnswer](t, post(t, h, "/whatif", `{"kind":["clinic"],"within":"15min","landmass":"off","add":[`+strings.Join(add, ",")+`]}`))
	if d := w.Rows[0].After - a.After; d > 1e-6 || d < -1e-6 {
		t.Errorf("%v served by the answer, %v by a comparison", a.After, w.Rows[0].After)
	}
	j = ended(t, h, start(t, h, "/siting", fmt.Sprintf(hard, 0.5)))
	if j.State != "done" && j.Problem.Type != "urn:lifecircle:problem:api.no_time" || j.Stopped || j.Best != nil && j.Best.Gap == 0 {
		t.Errorf("%+v %+v", j, j.Problem)
	}
}

// scattered is people here and there, and one clinic.
func scattered() *coverage.Dataset {
	ds := lattice(60)
	ds.Transport, ds.Facilities = nil, ds.Facilities[:1]
	for i := range ds.Demand.At {
		ds.Demand.Pop[0][i] = float32(i * 7919 % 997 % 61)
		ds.Demand.At[i][0] += float64(i*31%17) / 1000
		ds.Demand.At[i][1] += float64(i*57%19)/1000 + float64(i%60)/200
		ds.Demand.Cell[i] = -1
	}
	ds.Demand.Grid.Cols, ds.Demand.Grid.Rows = 0, 0
	return ds
}

// All ends with the service: what runs, what waits; and nothing starts after.
func TestJobsEndWithTheService(t *testing.T) {
	s := newStepped()
	h := handler(fixed{twoClinics()}, s, api.Options{Log: quiet()})
	runs, waits := start(t, h, "/closures", `{"k":1}`), start(t, h, "/closures", `{"k":1}`)
	<-s.begin
	solves := closing(t, serve(scattered()))
	far := start(t, solves, "/siting", fmt.Sprintf(hard, 600))
	for jobAt(t, solves, far).Best == nil {
		time.Sleep(time.Millisecond)
	}
	for _, service := range []http.Handler{h, solves} {
		done := make(chan struct{})
		go func() { _ = service.(*api.Service).Close(); close(done) }()
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Fatal("does not end")
		}
	}
	for _, at := range []string{runs, waits} {
		if j := jobAt(t, h, at); j.State != "cancelled" {
			t.Errorf("%+v", j)
		}
	}
	if d := problemOf(t, post(t, h, "/closures", `{"k":1}`)); d.Status != http.StatusServiceUnavailable {
		t.Errorf("%+v", d)
	}
	server := api.NewServer(closing(t, serve(town())))
	if err := server.Shutdown(t.Context()); err != nil {
		t.Error(err)
	}
}

// A job belongs to the data that it was asked on.
func TestJobsKeepTheirData(t *testing.T) {
	s, p := newStepped(), &swapped{ds: twoClinics()}
	h := closing(t, handler(p, s, api.Options{Log: quiet()}))
	at := start(t, h, "/closures", `{"k":1}`)
	<-s.begin
	other := twoClinics()
	other.Demand.Pop[0][0] += 1000
	other.Sources[0].SHA256 = "11"
	p.set(other)
	if jobAt(t, h, at).Current {
		t.Error("said to be about the present data")
	}
	s.step <- struct{}{}
	j := ended(t, h, at)
	var a advice.SiteAnswer
	if err := json.Unmarshal(j.Answer, &a); err != nil || a.Inputs[0].SHA256 != "00" || j.Current {
		t.Errorf("%v %+v", err, a.Inputs)
	}
	s.step <- struct{}{}
	if j := ended(t, h, start(t, h, "/closures", `{"k":1}`)); !j.Current {
		t.Errorf("%+v", j)
	}
}

type swapped struct {
	mu sync.Mutex
	ds *coverage.Dataset
}

func (c *swapped) set(ds *coverage.Dataset) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ds = ds
}

func (c *swapped) Dataset(context.Context) (*coverage.Dataset, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ds, nil
}

// Many at once: asking, looking, stopping, dragging (under the race detector).
func TestManyAtOnce(t *testing.T) {
	h := closing(t, handler(fixed{twoClinics()}, &api.Engines{Version: "test"}, api.Options{Log: quiet(), Jobs: 8}))
	want := post(t, h, "/whatif", `{"close":["second"],"kind":["clinic"],"within":"3min","cells":true}`).Body.String()
	var all sync.WaitGroup
	for n := range 6 {
		all.Go(func() {
			for i := range 10 {
				w := post(t, h, []string{"/siting", "/closures"}[n%2], []string{`{"p":1,"robust":true}`, `{"k":1}`}[n%2])
				if w.Code == http.StatusTooManyRequests {
					continue
				}
				if at := w.Header().Get("Location"); i%2 == 0 {
					ask(t, h, http.MethodDelete, at)
				}
				get(t, h, "/jobs")
				if got := post(t, h, "/whatif", `{"close":["second"],"kind":["clinic"],"within":"3min","cells":true}`).Body.String(); got != want {
					t.Errorf("%s, alone %s", got, want)
				}
			}
		})
	}
	all.Wait()
	for _, j := range decode[jobList](t, get(t, h, "/jobs")).Jobs {
		if j := ended(t, h, "/jobs/"+j.ID); !slices.Contains([]string{"done", "cancelled"}, j.State) {
			t.Errorf("%+v %+v", j, j.Problem)
		}
	}
}

// Whatever bodies say, they are refused or in range.
func FuzzSitingBody(f *testing.F) {
	for _, seed := range []string{
		`{"p":1}`, `{"target":0.5,"model":"lscp","candidates":"kind:a, b","each":{"level":"x","share":0.5},"time_limit_s":0.5,"gap":0.1}`,
		`{"budget":1e3,"p":2,"candidates":[{"id":"a","at":[1,2],"cost":3,"capacity":4,"name":"n"}],"fixed":["a"],"exclusive":[["a"],["b","c"]],"weights":{"all":1}}`,
		`{"p":1,"weights":{"":1},"each":{},"reach":"1h"}`, `{"p":1e9}`, `{"k":3,"keep":["a"],"capacity":true}`, `{"all":true}`, `{"p":1,"exclusive":[[null]]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := jobs.ParseClosures(data); err == nil && (c.Ask.All == (c.Ask.K > 0) || c.Ask.K < 0 || slices.Contains(c.Ask.Keep, "")) {
			t.Errorf("%+v", c)
		}
		s, err := jobs.ParseSiting(data)
		if err != nil {
			return
		}
		a := s.Ask
		if (a.P > 0 || a.Budget > 0) == (a.Target > 0) || a.Target > 1 || s.Most < 1 || s.From == "" && len(a.Candidates) == 0 || a.MinSites > 0 && a.MinShare > 0 {
			t.Errorf("%s is taken for %+v", data, s)
		}
		for i, c := range a.Candidates {
			if c.ID == "" || c.Cost < 0 || c.Capacity < 0 || !(c.At[0] >= -180 && c.At[0] <= 180 && c.At[1] >= -90 && c.At[1] <= 90) ||
				slices.ContainsFunc(a.Candidates[:i], func(o plan.Candidate) bool { return o.ID == c.ID }) {
				t.Errorf("%+v", c)
			}
		}
		for _, w := range a.Weights {
			if !(w >= 0 && w <= 1e6) {
				t.Errorf("%+v", a.Weights)
			}
		}
	})
}
