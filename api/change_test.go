package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"lifecircle/api"
	"lifecircle/api/body"
	"lifecircle/api/whatif"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/remedy"
	"lifecircle/coverage/scenario"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// post sends a JSON body; headers come in pairs.
func post(t testing.TB, h http.Handler, target, text string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(text))
	r.Host = "127.0.0.1:8080"
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

type whatIfAnswer struct {
	Rows  []analysis.WhatIfRow
	Cells struct {
		collection
		Rest int
	}
}

// Every figure of a comparison is the engine's, and the cells drawn are those of
// /demand that make up what is gained and lost.
func TestChangesAreTheEngines(t *testing.T) {
	no := false
	for name, c := range map[string]struct {
		ds      *coverage.Dataset
		body    string
		choice  analysis.Choice
		changes scenario.Changes
	}{
		"add": {
			town(), `{"kind":["clinic"],"within":"3min","add":[{"kind":"clinic","at":[10.0044,-0.0014]}]}`,
			analysis.Choice{AdHoc: []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: 180}}}},
			scenario.Changes{Add: []coverage.Facility{{Kind: "clinic", At: orb.Point{10.0044, -0.0014}}}},
		},
		"close, by the first standard": {town(), `{"close":["F1"]}`, analysis.Choice{Standards: []string{"drawn/clinic"}}, scenario.Changes{Close: []string{"F1"}}},
		"move, over water": {
			town(), `{"standard":"drawn/town-clinic","landmass":"off","move":[{"id":"F1","to":[10.0064,-0.0004]}],"detour":1.2}`,
			analysis.Choice{Standards: []string{"drawn/town-clinic"}, Landmass: &no, Detour: 1.2},
			scenario.Changes{Move: []scenario.Move{{ID: "F1", To: orb.Point{10.0064, -0.0004}}}},
		},
		"roads": {
			roadTown(), `{"kind":"clinic","within":"10min","mode":"bike","boats":"best","speed":12,"direction":"from","add":[{"kind":"clinic","at":[10.0044,-0.0004],"id":"here","name":"Here"}],"close":["F1"]}`,
			analysis.Choice{AdHoc: []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: 600}}}, Mode: "bike", Boats: "best", SpeedKMH: 12, Direction: "from"},
			scenario.Changes{Add: []coverage.Facility{{Kind: "clinic", At: orb.Point{10.0044, -0.0004}, ID: "here", Name: "Here"}}, Close: []string{"F1"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if c.changes.Close != nil {
				c.changes.Close[0] = c.ds.Facilities[0].ID
			}
			if c.changes.Move != nil {
				c.changes.Move[0].ID = c.ds.Facilities[0].ID
			}
			text := strings.ReplaceAll(c.body, `"F1"`, fmt.Sprintf("%q", c.ds.Facilities[0].ID))
			want, err := analysis.New(c.ds, "test").WhatIf(context.Background(), c.choice, c.changes, nil)
			if err != nil {
				t.Fatal(err)
			}
			if total := want.Rows[0]; total.Gained+total.Lost == 0 {
				t.Fatal("nothing changes, so this test would not notice")
			}
			h := serve(c.ds)
			w := post(t, h, "/whatif", text)
			if d := cmp.Diff(asMap(t, want), asMap(t, decode[map[string]any](t, w))); d != "" {
				t.Errorf("(-engine +service)\n%s", d)
			}
			if w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%v", w.Header())
			}
			checkCells(t, h, c.ds, text, want)
		})
	}
}

func checkCells(t *testing.T, h http.Handler, ds *coverage.Dataset, text string, want *analysis.WhatIfAnswer) {
	t.Helper()
	a := decode[whatIfAnswer](t, post(t, h, "/whatif", strings.TrimSuffix(text, "}")+`,"cells":true}`))
	demand := decode[collection](t, get(t, h, "/demand?limit=10000"))
	sum := map[any]float64{}
	for _, f := range a.Cells.Features {
		row := int(f.ID.(float64))
		people := ds.Demand.Group(want.Rows[0].Group)[row]
		if f.Properties["people"] != float64(people) || f.Properties["standard"] != want.Rows[0].Standard || string(f.Geometry) != string(demand.Features[row].Geometry) {
			t.Errorf("%+v, but /demand has %s", f, demand.Features[row].Geometry)
		}
		sum[f.Properties["change"]] += f.Properties["people"].(float64)
	}
	total := a.Rows[0]
	if sum["gained"] != total.Gained || sum["lost"] != total.Lost || a.Cells.Rest != 0 || a.Cells.NumberMatched != len(want.Changed[0].Row) {
		t.Errorf("cells sum to %v, the row is %+v", sum, total)
	}
}

// Of more changed cells than are drawn, those with the most people are.
func TestChangedCellsAreCapped(t *testing.T) {
	ds := lattice(200) // 40,000 cells
	a := decode[whatIfAnswer](t, post(t, serve(ds), "/whatif", `{"kind":["clinic"],"within":"100km","landmass":"off","close":[`+ids(ds)+`],"cells":true}`))
	if a.Cells.NumberMatched != 40_000 || a.Cells.NumberReturned != 20_000 || a.Cells.Rest != 20_000 || len(a.Cells.Features) != 20_000 {
		t.Fatalf("%d of %d, rest %d", a.Cells.NumberReturned, a.Cells.NumberMatched, a.Cells.Rest)
	}
	least, last := 1e9, -1.0
	for _, f := range a.Cells.Features {
		least = min(least, f.Properties["people"].(float64))
		if id := f.ID.(float64); id <= last {
			t.Fatal("not in order")
		} else {
			last = id
		}
	}
	more := 0
	for _, p := range ds.Demand.Pop[0] {
		if float64(p) > least {
			more++
		}
	}
	if more > 20_000 {
		t.Errorf("%d cells have more people than the one with the fewest, %v", more, least)
	}
}

func ids(ds *coverage.Dataset) string {
	var list []string
	for i := range ds.Facilities {
		list = append(list, fmt.Sprintf("%q", ds.Facilities[i].ID))
	}
	return strings.Join(list, ",")
}

// A choice is answered once, though whoever asked first went away before.
func TestWhoDragsAPinWaitsOnce(t *testing.T) {
	s := standing{Engines: &api.Engines{Version: "test"}, begin: make(chan struct{}, 9), release: make(chan struct{})}
	h := handler(fixed{town()}, s, api.Options{Log: quiet()})
	text := `{"kind":["clinic"],"within":"3min","add":[{"kind":"clinic","at":[10.0044,-0.0014]}]}`
	ctx, leave := context.WithCancel(context.Background())
	gone := make(chan struct{})
	go func() {
		r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/whatif", strings.NewReader(text))
		r.Host = "localhost"
		r.Header.Set("Content-Type", "application/json")
		h.ServeHTTP(httptest.NewRecorder(), r)
		close(gone)
	}()
	<-s.begin
	leave()
	<-gone
	close(s.release)
	if w := post(t, h, "/whatif", text); w.Code != http.StatusOK {
		t.Fatal(w.Body)
	}
	if len(s.begin) != 0 {
		t.Error("answered again")
	}
}

type standing struct {
	*api.Engines
	begin, release chan struct{}
}

func (s standing) Stand(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*analysis.Standing, error) {
	s.begin <- struct{}{}
	select {
	case <-s.release:
		return s.Engines.Stand(ctx, ds, c)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// What is wrong with a body is named with its place.
func TestBodiesAreReadStrictly(t *testing.T) {
	h := serve(town())
	for _, c := range []struct {
		path, body, param, words string
		status                   int
	}{
		{"/whatif", ``, "", "not JSON", 400},
		{"/whatif", `[]`, "", "one JSON object", 400},
		{"/whatif", `null`, "", "one JSON object", 400},
		{"/whatif", `{"close":["a"]`, "", "not JSON", 400},
		{"/whatif", `{"close":["a"]} x`, "", "not JSON", 400},
		{"/whatif", `{"close":["a"]}{}`, "", "not JSON", 400},
		{"/whatif", "{\"close\":[\"\xff\"]}", "", "not JSON", 400},
		{"/whatif", `{"clse":["a"]}`, "clse", "close, move, cells", 400},
		{"/whatif", `{"Close":["a"]}`, "Close", "close, move, cells", 400},
		{"/whatif", `{"add":[{"kind":"clinic","at":[10,0]},{"kind":"clinic","at":[10,0],"capasity":3}]}`, "add[1].capasity", "kind, at, id, name", 400},
		{"/whatif", `{"close":["a"],"close":["b"]}`, "close", "more than once", 400},
		{"/whatif", `{"add":[{"kind":"a","at":[0,0],"at":[1,1]}]}`, "add[0].at", "more than once", 400},
		{"/whatif", `{"close":null}`, "close", "no value", 400},
		{"/whatif", `{"close":"a"}`, "close", "a list", 400},
		{"/whatif", `{"close":[7]}`, "close[0]", "a text", 400},
		{"/whatif", `{"close":["a",""]}`, "close[1]", "a text", 400},
		{"/whatif", `{"close":["a",null]}`, "close[1]", "a text", 400},
		{"/whatif", `{"add":[null]}`, "add[0]", "a JSON object", 400},
		{"/whatif", `{"add":[{"at":[0,0]}]}`, "add[0].kind", "missing", 400},
		{"/whatif", `{"add":[{"kind":"clinic"}]}`, "add[0].at", "missing", 400},
		{"/whatif", `{"add":[{"kind":"clinic","at":[0]}]}`, "add[0].at", "[longitude, latitude]", 400},
		{"/whatif", `{"add":[{"kind":"clinic","at":[0,null]}]}`, "add[0].at", "[longitude, latitude]", 400},
		{"/whatif", `{"add":[{"kind":"clinic","at":[0,91]}]}`, "add[0].at", "[longitude, latitude]", 400},
		{"/whatif", `{"add":[{"kind":"clinic","at":["0","1"]}]}`, "add[0].at", "[longitude, latitude]", 400},
		{"/whatif", `{"add":[{"kind":"clinic","at":[0,1e999]}]}`, "add[0].at", "[longitude, latitude]", 400},
		{"/whatif", `{"move":[{"to":[0,1]}]}`, "move[0].id", "missing", 400},
		{"/whatif", `{"move":[{"id":"F1"}]}`, "move[0].to", "missing", 400},
		{"/whatif", `{"cells":"yes","close":["a"]}`, "cells", "true or false", 400},
		{"/whatif", `{}`, "add", "nothing changes", 400},
		{"/whatif", `{"speed":"5","close":["a"]}`, "speed", "a number", 400},
		{"/whatif", `{"speed":0,"close":["a"]}`, "speed", "0.1 to 300", 400},
		{"/whatif", `{"detour":0.5,"close":["a"]}`, "detour", "1 to 10", 400},
		{"/whatif", `{"landmass":"maybe","close":["a"]}`, "landmass", "on, off", 400},
		{"/whatif", `{"kind":["clinic"],"close":["a"]}`, "within", "together", 400},
		{"/whatif", `{"kind":[],"within":"1km","close":["a"]}`, "kind", "no value", 400},
		{"/whatif", `{"kind":["clinic"],"within":"soon","close":["a"]}`, "within", "15min", 400},
		{"/whatif", `{"kind":["clinic"],"within":"1km","standard":"drawn/clinic","close":["a"]}`, "standard", "not both", 400},
		{"/whatif", `{"standard":"x","close":["a"]}`, "standard", "drawn/clinic", 404},
		{"/whatif", `{"kind":["dentist"],"within":"1km","close":["a"]}`, "kind", "clinic", 404},
		{"/whatif", `{"mode":"drive","close":["a"]}`, "mode", "line", 400},
		{"/whatif", `{"close":["nobody"]}`, "", "there is no facility", 404},
		{"/whatif", `{"add":[{"kind":"school","at":[10,0]}]}`, "", "no chosen standard counts", 400},
		{"/siting", `{"p":1,"q":2}`, "q", "candidates", 400},
		{"/siting", `{}`, "p", "give one of p", 400},
		{"/siting", `{"p":0}`, "p", "1 to", 400},
		{"/siting", `{"p":1.5}`, "p", "whole number", 400},
		{"/siting", `{"p":1,"target":0.5}`, "p", "give one of p", 400},
		{"/siting", `{"target":1.5}`, "target", "at most 1", 400},
		{"/siting", `{"target":0}`, "target", "over 0", 400},
		{"/siting", `{"budget":-1}`, "budget", "over 0", 400},
		{"/siting", `{"p":1,"model":"best"}`, "model", "pcenter", 400},
		{"/siting", `{"p":1,"model":"lscp"}`, "model", "lscp needs target", 400},
		{"/siting", `{"target":1,"model":"mclp"}`, "model", "lscp needs target", 400},
		{"/siting", `{"p":1,"reach":"1km"}`, "reach", "15min", 400},
		{"/siting", `{"p":1,"weights":{"60+":-1}}`, "weights.60+", "0 to", 400},
		{"/siting", `{"p":1,"weights":{"60+":1,"60+":2}}`, "weights.60+", "more than once", 400},
		{"/siting", `{"p":1,"weights":{"kings":1}}`, "weights", "60+", 400},
		{"/siting", `{"p":1,"weights":{"":1,"kings":1}}`, "weights", "60+", 400},
		{"/siting", `{"p":1,"weights":{` + strings.TrimSuffix(numbered(`"%d":1,`, 101), ",") + `}}`, "weights", "100", 400},
		{"/siting", `{"p":1,"within":"3min","kind":"` + strings.TrimSuffix(numbered(`%d,`, 101), ",") + `"}`, "kind", "100", 400},
		{"/siting", `{"p":1,"weights":[]}`, "weights", "a JSON object", 400},
		{"/siting", `{"p":1,"each":{"level":"planet"}}`, "each.level", "town", 400},
		{"/siting", `{"p":1,"each":{"sites":1}}`, "each.level", "missing", 400},
		{"/siting", `{"p":1,"each":{"level":"town","sites":1,"share":0.5}}`, "each.share", "not both", 400},
		{"/siting", `{"p":1,"each":"town"}`, "each", "a JSON object", 400},
		{"/siting", `{"p":1,"candidates":"here"}`, "candidates", "villages", 400},
		{"/siting", `{"p":1,"candidates":[]}`, "candidates", "no candidates", 400},
		{"/siting", `{"p":1,"candidates":"kind:"}`, "candidates", "no value", 400},
		{"/siting", `{"p":1,"candidates":"kind:dentist"}`, "candidates", "primary_school", 400},
		{"/siting", `{"p":1,"candidates":[{"at":[10,0]}]}`, "candidates[0].id", "missing", 400},
		{"/siting", `{"p":1,"candidates":[{"id":"a","at":[10,0]},{"id":"a","at":[10,0]}]}`, "candidates[1].id", "two candidates", 400},
		{"/siting", `{"p":1,"candidates":[{"id":"a","at":[10,0],"cost":0}]}`, "candidates[0].cost", "over 0", 400},
		{"/siting", `{"p":1,"candidates":[{"id":"a","at":[10,0],"price":0}]}`, "candidates[0].price", "capacity", 400},
		{"/siting", `{"p":1,"exclusive":[["a"],"b"]}`, "exclusive[1]", "a list", 400},
		{"/siting", `{"p":1,"exclusive":[["a",7]]}`, "exclusive[0][1]", "a text", 400},
		{"/siting", `{"p":1,"exclusive":[null]}`, "exclusive[0]", "a list", 400},
		{"/siting", `{"p":1,"time_limit_s":601}`, "time_limit_s", "to 600", 400},
		{"/siting", `{"p":1,"gap":1}`, "gap", "to 0.99", 400},
		{"/siting", `{"p":1,"standard":"x"}`, "standard", "drawn/clinic", 404},
		{"/siting", `{"p":1,"mode":"walk"}`, "mode", "line", 400},
		{"/closures", `{}`, "k", "either k", 400},
		{"/closures", `{"k":1,"all":true}`, "k", "either k", 400},
		{"/closures", `{"all":false}`, "k", "either k", 400},
		{"/closures", `{"k":1,"p":1}`, "p", "keep", 400},
		{"/closures", `{"k":1,"keep":[""]}`, "keep[0]", "a text", 400},
		{"/closures", `{"k":1,"kind":["dentist"],"within":"1km"}`, "kind", "clinic", 404},
	} {
		w := post(t, h, c.path, c.body)
		d := problemOf(t, w)
		if d.Status != c.status || strings.Join(d.Params, " ") != c.param || !strings.Contains(d.Detail, c.words) {
			t.Errorf("%s %s: %+v, want %d, member %q and %q", c.path, c.body, d, c.status, c.param, c.words)
		}
		zh := problemOf(t, post(t, h, c.path+"?lang=zh", c.body))
		if zh.Detail == d.Detail || zh.Type != d.Type {
			t.Errorf("%s %s: not said in Chinese: %s", c.path, c.body, zh.Detail)
		}
	}
	if list := decode[jobList](t, get(t, h, "/jobs")); len(list.Jobs) != 0 {
		t.Errorf("refused, but there are jobs: %+v", list)
	}
}

// A question with a body needs the right type, size, method and page.
func TestNobodyAsksOnBehalfOfAnother(t *testing.T) {
	h := serve(town())
	good := `{"add":[{"kind":"clinic","at":[10.0044,-0.0014]}]}`
	for _, c := range []struct {
		status  int
		headers []string
	}{
		{200, nil},
		{200, []string{"Content-Type", "application/json; charset=UTF-8"}},
		{415, []string{"Content-Type", ""}},
		{415, []string{"Content-Type", "text/plain"}},
		{415, []string{"Content-Type", "application/x-www-form-urlencoded"}},
		{415, []string{"Content-Type", "multipart/form-data; boundary=x"}},
		{415, []string{"Content-Type", "application/json; charset=gbk"}},
		{415, []string{"Content-Encoding", "gzip"}},
		{200, []string{"Sec-Fetch-Site", "same-origin"}},
		{200, []string{"Sec-Fetch-Site", "none"}},
		{403, []string{"Sec-Fetch-Site", "cross-site"}},
		{403, []string{"Sec-Fetch-Site", "same-site"}},
		{403, []string{"Sec-Fetch-Site", "cross-site", "Origin", "http://127.0.0.1:8080"}},
		{200, []string{"Origin", "http://127.0.0.1:8080"}},
		{403, []string{"Origin", "http://127.0.0.1:8081"}},
		{403, []string{"Origin", "https://evil.example"}},
		{403, []string{"Origin", "null"}},
	} {
		w := post(t, h, "/whatif", good, c.headers...)
		if w.Code != c.status || w.Header().Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%v: %d, want %d: %s", c.headers, w.Code, c.status, w.Body)
		}
		if c.status != 200 {
			problemOf(t, w)
		}
	}
	if w := ask(t, h, http.MethodDelete, "/jobs/x", "Sec-Fetch-Site", "cross-site"); problemOf(t, w).Status != 403 {
		t.Errorf("%s", w.Body)
	}
	if w := get(t, h, "/project", "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"); w.Code != 200 {
		t.Errorf("a link from elsewhere: %d", w.Code)
	}
	// The words of a question never reach the answer of another host.
	r := httptest.NewRequest(http.MethodPost, "/whatif", strings.NewReader(good))
	r.Host = "evil.example"
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != http.StatusMisdirectedRequest {
		t.Errorf("foreign host: %d", w.Code)
	}
}

func TestLargeBodies(t *testing.T) {
	s := httptest.NewServer(serve(town()))
	defer s.Close()
	defer s.Client().CloseIdleConnections()
	for _, path := range []string{"/whatif", "/siting", "/closures"} {
		for _, chunked := range []bool{false, true} {
			text := `{"close":["` + strings.Repeat("a", body.Limit) + `"]}`
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, strings.NewReader(text))
			r.Header.Set("Content-Type", "application/json")
			if chunked {
				r.ContentLength = -1
			}
			answer, err := s.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			var d struct{ Status int }
			if err := json.NewDecoder(answer.Body).Decode(&d); err != nil || answer.StatusCode != 413 || d.Status != 413 {
				t.Errorf("%s chunked %v: %d %v", path, chunked, answer.StatusCode, err)
			}
			answer.Body.Close()
		}
	}
}

func TestMethodsOfQuestions(t *testing.T) {
	h := serve(town())
	for path, allow := range map[string]string{
		"/whatif": "POST, OPTIONS", "/siting": "POST, OPTIONS", "/closures": "POST, OPTIONS", "/jobs": "GET, HEAD, OPTIONS", "/jobs/x": "GET, HEAD, DELETE, OPTIONS",
	} {
		if w := ask(t, h, http.MethodOptions, path); w.Code != http.StatusNoContent || w.Header().Get("Allow") != allow || w.Body.Len() != 0 {
			t.Errorf("OPTIONS %s: %d %v", path, w.Code, w.Header())
		}
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch} {
			if strings.Contains(allow, method) {
				continue
			}
			w := ask(t, h, method, path)
			if d := problemOf(t, w); d.Status != http.StatusMethodNotAllowed || w.Header().Get("Allow") != allow {
				t.Errorf("%s %s: %+v, allow %s", method, path, d, w.Header().Get("Allow"))
			}
		}
	}
}

func TestChangesAreBoundInTime(t *testing.T) {
	t.Parallel()
	h := handler(fixed{town()}, broken{slow: true}, api.Options{TimeoutS: 1, Log: quiet()})
	text := `{"close":["a"]}`
	if d := problemOf(t, post(t, h, "/whatif", text)); d.Code != "timeout" {
		t.Errorf("%+v", d)
	}
	closed, ok := h.(*api.Service)
	if !ok {
		t.Fatal("the handler cannot be closed")
	}
	_ = closed.Close() // what goes on without a request ends; goleak looks
}

// Remedies are the engine's, for the gaps of the list without them, and are found
// once.
func TestRemediesAreTheEngines(t *testing.T) {
	for name, ds := range map[string]*coverage.Dataset{"line": town(), "roads": roadTown()} {
		counter := &counted{Engines: &api.Engines{Version: "test"}}
		h := handler(fixed{ds}, counter, api.Options{Version: "test", Log: quiet()})
		run, err := analysis.New(ds, "test").Remedies(context.Background(), analysis.Choice{Standards: []string{"drawn/clinic"}}, remedy.Options{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		plain := decode[collection](t, get(t, h, "/gaps"))
		found := 0
		for range 2 {
			c := decode[collection](t, get(t, h, "/gaps?remedies=true"))
			if c.NumberMatched != plain.NumberMatched || c.Run.Hash != run.Hash {
				t.Fatalf("%s: %d gaps of run %s", name, c.NumberMatched, c.Run.Hash)
			}
			for i, f := range c.Features {
				if d := cmp.Diff(asMap(t, run.Coverage[0].Gaps[i]), asMap(t, f.Properties)); d != "" {
					t.Errorf("%s (-engine +service)\n%s", name, d)
				}
				found += len(run.Coverage[0].Gaps[i].Remedies)
				delete(f.Properties, "remedies")
				if d := cmp.Diff(plain.Features[i], f); d != "" {
					t.Errorf("%s (-without +with)\n%s", name, d)
				}
			}
		}
		if found == 0 || counter.calls != 1 {
			t.Errorf("%s: %d remedies, found %d times", name, found, counter.calls)
		}
	}
	if d := problemOf(t, get(t, serve(town()), "/gaps?remedies=1")); d.Params[0] != "remedies" {
		t.Errorf("%+v", d)
	}
}

type counted struct {
	*api.Engines
	calls int
}

func (c *counted) Remedies(ctx context.Context, ds *coverage.Dataset, choice analysis.Choice) (*coverage.Run, error) {
	c.calls++
	return c.Engines.Remedies(ctx, ds, choice)
}

// Whatever a body says, it is refused or in range.
func FuzzWhatIfBody(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"add":[{"kind":"clinic","at":[10,0],"id":"a","name":"b"}],"close":["c"],"move":[{"id":"d","to":[1e2,-9e1]}],"cells":true}`,
		`{"kind":"a,b","within":"15min","speed":4.5,"detour":1.3,"landmass":"off","direction":"from","boats":"best","mode":"drive","as":"walk"}`, `{"kind":["a"],"within":"1e99h"}`,
		`{"add":[[]]}`, `{"move":[{"id":null}]}`, `{"add":[{"at":[null,1]}]}`, `{"close":["\ud800"]}`, `{"speed":1e400}`, `{"a":{"b":[{}]}}`, `{"close":[],"close":[]}`, ` { "close" : [ "a" ] } `,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := whatif.Parse(data)
		if err != nil {
			if strings.TrimSpace(err.Error()) == "" {
				t.Error("refused without a word")
			}
			return
		}
		if !json.Valid(data) || a.Changes.Empty() {
			t.Errorf("%s is taken for %+v", data, a)
		}
		for _, one := range a.Changes.Add {
			if one.Kind == "" || !(one.At[0] >= -180 && one.At[0] <= 180 && one.At[1] >= -90 && one.At[1] <= 90) {
				t.Errorf("%+v", one)
			}
		}
		for _, one := range a.Changes.Move {
			if one.ID == "" || !(one.To[0] >= -180 && one.To[0] <= 180 && one.To[1] >= -90 && one.To[1] <= 90) {
				t.Errorf("%+v", one)
			}
		}
		if c := a.Choice; c.SpeedKMH < 0 || c.SpeedKMH > 300 || c.Detour < 0 || c.Detour > 10 || c.AdHoc != nil && c.Standard != "" {
			t.Errorf("%+v", c)
		}
	})
}

// numbered writes a form so many times, with numbers.
func numbered(form string, count int) string {
	var b strings.Builder
	for i := range count {
		fmt.Fprintf(&b, form, i)
	}
	return b.String()
}
