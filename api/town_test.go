package api_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/fstest"

	"lifecircle/api"
	"lifecircle/coverage"
	"lifecircle/coverage/coveragetest"
	"lifecircle/geo/network"
)

// fixed is a project whose data never change.
type fixed struct{ ds *coverage.Dataset }

func (f fixed) Dataset(context.Context) (*coverage.Dataset, error) { return f.ds, nil }

// town is two islands of cells 100 m wide: a has a clinic at its western end,
// b has a school only. Ten people a '1'.
func town() *coverage.Dataset {
	ds := coveragetest.Town{
		Zones:      "aaaaaa~bbb\naaaaaa~bbb",
		People:     "1.2..3.4.1\n111111.222",
		Facilities: "C.......S.\n..........",
		Kinds:      map[byte]string{'C': "clinic", 'S': "primary_school"},
		Rural:      "b",
		Groups:     map[string]string{"60+": "1....1.1..\n..........."},
	}.Dataset()
	ds.Sources = []coverage.Source{{Role: "project", File: "project.yaml", SHA256: "00"}}
	ds.Standards = []coverage.Standard{
		{
			ID: "drawn/clinic", Name: coverage.Text{ZH: "诊所", EN: "Clinic"}, Service: "medical", Kinds: []string{"clinic"}, Group: "all",
			Target: 0.8, Rules: []coverage.Rule{
				{Setting: coverage.Urban, Threshold: coverage.Threshold{Seconds: 180}, Travel: coverage.Travel{Mode: "line", As: "walk", SpeedKMH: 6, Detour: 1}},
				{Setting: coverage.Rural, Threshold: coverage.Threshold{Seconds: 360}, Travel: coverage.Travel{Mode: "line", As: "walk", SpeedKMH: 6, Detour: 1}},
			},
		},
		{
			ID: "drawn/town-clinic", Name: coverage.Text{EN: "In town"}, Service: "medical", Kinds: []string{"clinic"}, Group: "60+",
			Rules: []coverage.Rule{{Setting: coverage.Urban, Threshold: coverage.Threshold{Metres: 200}, Travel: coverage.Travel{Mode: "line", Detour: 1}}},
		},
	}
	return ds
}

// roadTown is two islands of cells of 100 m: a street from A to the quay B on the
// western, from the quay Q to the clinic E on the eastern one, a boat between
// them every 10 minutes that sails for 5, and open ground that is walked at 4
// km/h with a wall across the western island. A lonely place L is beside every
// street. The clinic keeps who comes for half a minute.
func roadTown() *coverage.Dataset {
	zones := "aaaaaaaaaa~~~bbbbb\naaaaaaaaaa~~~bbbbb\naaaaaaaaaa~~~bbbbb\naaaaaaaaaa~~~bbbbb"
	ds := coveragetest.Town{
		Zones:      zones,
		People:     "1....3...1...1...1\n..................\n....2.............\n..................",
		Facilities: ".................C\n..................\n..................\n..................",
		Kinds:      map[byte]string{'C': "clinic"},
		Rural:      "b",
		Groups:     map[string]string{"60+": "1........1...1...1\n..................\n..................\n.................."},
	}.Dataset()
	coveragetest.Roads{
		Places:  "A........B...Q...E\n..................\n..................\n..................",
		Streets: []coveragetest.Street{{Along: "AB"}, {Along: "QE"}},
		Ferries: []coveragetest.Ferry{{From: "B", To: "Q", SailS: 300, Ferry: network.Ferry{
			Name: "strait", Out: network.Timetable{HeadwayS: 600, FirstS: 7 * 3600, LastS: 18 * 3600}, Back: network.Timetable{HeadwayS: 600, FirstS: 7 * 3600, LastS: 18 * 3600},
		}}},
	}.Add(ds)
	coveragetest.Ground(ds, ds.Demand.Grid, "..#.......~~~.....\n..#.......~~~.....\n..#.......~~~.....\n..........~~~.....", 4)
	ds.Facilities[0].DelayS = 30
	walk := coverage.Travel{Mode: "walk"}
	ds.Standards = []coverage.Standard{
		{ID: "drawn/clinic", Name: coverage.Text{ZH: "诊所", EN: "Clinic"}, Service: "medical", Kinds: []string{"clinic", "hospital"}, Group: "all", Rules: []coverage.Rule{
			{Setting: coverage.Urban, Threshold: coverage.Threshold{Seconds: 1200}, Travel: coverage.Travel{Mode: "bike", From: true}},
			{Setting: coverage.Rural, Threshold: coverage.Threshold{Seconds: 600}, Travel: walk},
		}},
		{ID: "drawn/town-clinic", Name: coverage.Text{EN: "In town"}, Service: "medical", Kinds: []string{"clinic"}, Group: "60+", Rules: []coverage.Rule{
			{Setting: coverage.Urban, Threshold: coverage.Threshold{Metres: 2000}, Travel: walk},
		}},
	}
	return ds
}

var page = fstest.MapFS{
	"index.html":     {Data: []byte("<!doctype html><title>map</title>")},
	"assets/a-1.js":  {Data: []byte("export {}")},
	"assets/.hidden": {Data: []byte("no")},
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func serve(ds *coverage.Dataset) http.Handler {
	return handler(fixed{ds}, &api.Engines{Version: "test"}, api.Options{Version: "test", Log: quiet()})
}

func handler(p api.Project, a api.Analyst, o api.Options) http.Handler {
	h, err := api.New(p, a, page, o)
	if err != nil {
		panic(err)
	}
	return h
}

// get asks a handler; headers come in pairs.
func get(t testing.TB, h http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return ask(t, h, http.MethodGet, target, headers...)
}

func ask(t testing.TB, h http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	r.Host = "127.0.0.1:8080"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// decode reads a JSON answer of status 200.
func decode[T any](t testing.TB, w *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	return v
}

type collection struct {
	Type           string
	NumberMatched  int
	NumberReturned int
	Links          []struct{ Rel, Href, Type string }
	BBox           []float64
	Features       []feature
	Total          *coverage.Row
	Run            struct{ Hash string }
}

type feature struct {
	Type       string
	ID         any
	Geometry   json.RawMessage
	Properties map[string]any
}
