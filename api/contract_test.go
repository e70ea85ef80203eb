package api_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"lifecircle/api/openapi"
	"lifecircle/api/tiles"
	"lifecircle/coverage"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

func init() {
	for _, kind := range []string{"application/geo+json", "application/problem+json"} {
		openapi3filter.RegisterBodyDecoder(kind, openapi3filter.JSONBodyDecoder)
	}
	openapi3filter.RegisterBodyDecoder(tiles.ContentType, openapi3filter.FileBodyDecoder)
}

// Every answer of the service, good or bad, is one that the document allows.
func TestAnswersFollowTheDocument(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.JSON())
	if err != nil {
		t.Fatal(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	points := town()
	for i := range points.Demand.Cell {
		points.Demand.Cell[i] = -1
	}
	points.Demand.Grid.Cols = 0
	seen := map[string]int{}
	for _, ds := range []*coverage.Dataset{town(), points, {Demand: &coverage.DemandSet{}}, roadTown()} {
		h := closing(t, serve(ds))
		for _, target := range targets {
			path, _ := validate(t, router, h, request(http.MethodGet, target, ""))
			seen["GET "+path]++
		}
		for _, b := range bodies {
			path, w := validate(t, router, h, request(http.MethodPost, b[0], b[1]))
			if seen["POST "+path]++; w.Code == http.StatusAccepted {
				at := w.Header().Get("Location")
				validate(t, router, h, request(http.MethodGet, at, "")) // waits, or runs
				ended(t, h, at)
				validate(t, router, h, request(http.MethodGet, at+"?lang=zh", ""))
				validate(t, router, h, request(http.MethodDelete, at, ""))
				seen["GET /jobs/{id}"]++
				seen["DELETE /jobs/{id}"]++
			}
		}
		validate(t, router, h, request(http.MethodGet, "/jobs", ""))
		seen["GET /jobs"]++
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			if seen[method+" "+path] == 0 {
				t.Errorf("%s %s was not tried", method, path)
			}
		}
	}
}

func request(method, target, text string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(text))
	r.Host = "localhost"
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

// A body that the document refuses is refused; those that it allows are answered,
// by a problem where the data do not go with them.
var bodies = [][2]string{
	{"/whatif", `{"add":[{"kind":"clinic","at":[10.0044,-0.0014]}],"cells":true}`},
	{"/whatif", `{"kind":"clinic","within":"3min","add":[{"kind":"clinic","at":[10.0044,-0.0014],"id":"x","name":"X"}]}`},
	{"/whatif", `{"kind":["clinic"],"within":"1km","mode":"walk","cells":true,"add":[{"kind":"clinic","at":[10.0044,-0.0014]}]}`},
	{"/whatif", `{"kind":["clinic"],"within":"5min","mode":"friction","speed":3,"direction":"from","landmass":"off","add":[{"kind":"clinic","at":[10.0044,-0.0014]}]}`},
	{"/whatif?lang=zh", `{"close":["nobody"]}`},
	{"/whatif", `{"clse":[]}`},
	{"/whatif", `{"add":[{"kind":"clinic","at":[10]}]}`},
	{"/whatif", `[]`},
	{"/whatif", `{`},
	{"/whatif", `{}`},
	{"/whatif", `{"speed":400,"close":["a"]}`},
	{"/whatif", `{"move":[{"id":"a","to":[0,91]}]}`},
	{"/whatif?x=1", `{"close":["a"]}`},
	{"/whatif", `{"borders":"town","add":[{"kind":"clinic","at":[10.0044,-0.0014],"share":"zone b"}],"cells":true}`},
	{"/whatif", `{"borders":"town","add":[{"kind":"clinic","at":[10.0044,-0.0014],"share":"q"}]}`},
	{"/whatif", `{"borders":"q","close":["C"]}`},
	{"/siting", `{"borders":"town","p":1,"kind":"clinic","within":"5min"}`},
	{"/siting", `{"borders":"q","p":1,"kind":"clinic","within":"5min"}`},
	{"/closures", `{"borders":"town","k":1,"kind":"clinic","within":"5min"}`},
	{"/siting", `{"p":2}`},
	{"/siting", `{"kind":["clinic"],"within":"3min","target":0.5,"robust":true}`},
	{"/siting", `{"kind":["clinic"],"within":"3min","p":2,"near":0.01}`},
	{"/siting", `{"p":2,"near":0.6}`},
	{"/siting", `{"p":1,"mode":"walk","standard":"drawn/clinic","robust":true,"curve":false}`},
	{"/siting", `{"p":2,"model":"pmedian","reach":"1h","candidates":"villages"}`},
	{"/siting", `{"p":1,"model":"pcenter","weights":{"all":2},"ignore_existing":true,"gap":0.1,"time_limit_s":5}`},
	{"/siting", `{"budget":2,"candidates":[{"id":"a","at":[10.0044,-0.0014],"cost":1.5,"capacity":10,"name":"A"},{"id":"b","at":[10.0074,-0.0014]}],"capacity":true,"fixed":["b"],"exclusive":[["a","b"]],"apart":100}`},
	{"/siting", `{"target":1,"candidates":[{"id":"a","at":[10.0044,-0.0014]}]}`},
	{"/siting", `{"p":1,"candidates":"kind:clinic"}`},
	{"/siting", `{"p":1,"candidates":"kind:q"}`},
	{"/siting", `{"p":0}`},
	{"/siting", `{"p":1,"each":{"level":"q"}}`},
	{"/siting", `{"p":1,"spacing":100,"max_candidates":10,"backup":true}`},
	{"/siting", `{"years":[{"year":"2026","budget":1},{"year":"2027","budget":1}],"carry":true,"discount":0.05}`},
	{"/siting", `{"years":[{"year":"2026","budget":1}],"last_first":true,"candidates":"villages"}`},
	{"/siting", `{"years":[{"year":"2026","budget":1}],"p":1}`},
	{"/siting", `{"years":[{"year":"2026"}]}`},
	{"/siting", `{"years":[]}`},
	{"/siting", `{"p":1,"carry":true}`},
	{"/siting", `{"kind":"clinic","within":"3min","p":1,"with":[{"kind":["primary_school"],"within":"5min"}]}`},
	{"/siting", `{"standard":"drawn/clinic","p":1,"with":[{"standard":"drawn/town-clinic"}]}`},
	{"/siting", `{"p":1,"with":[{"kind":"q","within":"5min"}]}`},
	{"/siting", `{"p":1,"with":[{"mode":"walk"}]}`},
	{"/closures", `{"k":1}`},
	{"/closures", `{"k":1,"lossless":true}`},
	{"/closures", `{"k":1,"lossless":true,"kind":["clinic","primary_school"],"within":"9min"}`},
	{"/closures", `{"k":1,"lossless":"yes"}`},
	{"/closures", `{"all":true,"keep":[],"capacity":true}`},
	{"/closures", `{"all":true,"capacity":true,"per_unit":40}`},
	{"/closures", `{"all":true,"per_unit":0}`},
	{"/siting", `{"p":1,"capacity":true,"per_unit":2.5}`},
	{"/siting", `{"p":1,"per_unit":-1}`},
	{"/closures", `{"k":1,"keep":["q"]}`},
	{"/closures", `{}`},
	{"/closures", `{"kind":["clinic"],"within":"9min","all":true}`},
}

var targets = []string{
	"/project", "/standards", "/healthz", "/openapi.json", "/project?lang=zh", "/project?x=1",
	"/facilities", "/facilities?kind=clinic&zone=a&bbox=9,-1,11,1&limit=1", "/facilities?zone=q", "/facilities?kind=q",
	"/zones", "/zones?level=town&bbox=170,-1,-170,1", "/zones?level=q",
	"/demand", "/demand?zone=b&limit=2&offset=1", "/demand?limit=0",
	"/coverage", "/coverage?standard=drawn/town-clinic&group=60%2B&setting=urban&level=town", "/coverage?setting=rural&standard=drawn/town-clinic",
	"/coverage?kind=clinic&within=15min&speed=4&detour=1.3&landmass=off&cell=area", "/coverage?kind=q&within=1km", "/coverage?group=q", "/coverage?standard=q",
	"/gaps", "/gaps?min_people=60&bbox=10,-1,10.005,1", "/gaps?kind=clinic&within=100km", "/gaps?min_people=-1",
	"/circles", "/circles?kind=clinic&within=250m&bbox=10,-1,10.1,1", "/circles?kind=clinic&within=4000km", "/circles?within=1km",
	"/at?lon=10.0004&lat=-0.0004", "/at?lon=10.0004&lat=-0.0004&standard=drawn/clinic", "/at?lon=10.007&lat=-0.0014&standard=drawn/town-clinic",
	"/at?lon=0&lat=0", "/at", "/at?lon=400&lat=0",
	"/tiles/demand/0/0/0", "/tiles/demand/5/0/0", "/tiles/demand/3/8/0", "/tiles/demand/0/0/0?group=q",
	"/coverage?mode=walk", "/coverage?mode=drive&boats=off&direction=from&speed=20", "/coverage?mode=ferry", "/coverage?mode=friction", "/coverage?boats=off",
	"/sharing?borders=town", "/sharing?borders=town&kind=clinic&within=15min&level=town&lang=zh", "/sharing", "/sharing?borders=q", "/sharing?borders=town&cell=area",
	"/coverage?borders=town", "/coverage?borders=q", "/coverage?borders=town&cell=area", "/gaps?borders=town&remedies=true&kind=clinic&within=1km&landmass=off", "/circles?borders=town",
	"/at?lon=10.0004&lat=-0.0004&borders=town", "/route?from=10.0004,-0.0004&kind=clinic&borders=town", "/route?from=10.0004,-0.0004&borders=town", "/route?from=10.0004,-0.0004&borders=q",
	"/isochrone?from=10.0004,-0.0004&within=15min&borders=town", "/tiles/coverage/14/8647/8192?borders=town",
	"/gaps?remedies=true", "/gaps?remedies=true&mode=walk&kind=clinic&within=2min", "/gaps?remedies=maybe", "/jobs", "/jobs?x=1", "/jobs/none",
	"/gaps?mode=bike", "/circles?mode=walk", "/at?lon=10.0004&lat=-0.0004&mode=walk", "/at?lon=10.0004&lat=-0.0004&mode=friction", "/tiles/coverage/14/8647/8192?mode=drive",
	"/route?from=10.0004,-0.0004", "/route?from=10.0004,-0.0004&standard=drawn/clinic&mode=walk", "/route?from=10.0004,-0.0004&kind=clinic&mode=drive&boats=best",
	"/route?from=10.0004,-0.0004&kind=clinic&mode=walk&metres=true", "/route?from=10.0004,-0.0004&kind=clinic&landmass=off&detour=1.3&speed=4", "/route?from=10.0004,-0.0004&kind=clinic&mode=friction",
	"/route?from=10.0076,-0.0004&kind=clinic", "/route?from=10.0004,-0.0004&kind=q", "/route?from=0,60&kind=clinic&mode=walk", "/route", "/route?from=1", "/route?from=0,0&metres=true",
	"/isochrone?from=10.0004,-0.0004&within=5min,10min,15min", "/isochrone?from=10.0004,-0.0004&within=2min,5min&mode=walk&direction=to&bands=true", "/isochrone?from=10.0004,-0.0004&within=3min&mode=friction",
	"/isochrone?from=10.0004,-0.0004&within=500m,1km&mode=drive", "/isochrone?from=10.0004,-0.0004&within=1km&landmass=off", "/isochrone?from=0,60&within=5min&mode=walk",
	"/isochrone?from=0,0&within=5min,1km", "/isochrone?from=0,0", "/isochrone?within=1min", "/isochrone?from=0,0&within=1m,2m,3m,4m,5m,6m,7m,8m,9m,10m,11m",
	"/isochrone?from=179.99,-89&within=1km,4000km", "/isochrone?from=0,0&within=24h&speed=300",
	"/tiles/coverage/14/8647/8192", "/tiles/coverage/14/0/0?kind=clinic&within=1km", "/tiles/coverage/25/0/0",
	"/tiles/roads/14/8647/8192", "/tiles/roads/0/0/0", "/tiles/roads/3/9/0", "/tiles/roads/14/8647/8192?standard=drawn/clinic",
}

// validate returns the path of the document that answered, and the answer.
func validate(t *testing.T, router routers.Router, h http.Handler, r *http.Request) (string, *httptest.ResponseRecorder) {
	t.Helper()
	target := r.Method + " " + r.URL.String()
	route, params, err := router.FindRoute(r)
	w := httptest.NewRecorder()
	if err != nil {
		t.Errorf("%s: %v", target, err)
		return "", w
	}
	text, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(text))
	target += " " + string(text)
	h.ServeHTTP(w, r)
	r.Body = io.NopCloser(bytes.NewReader(text))
	in := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route}
	if err := openapi3filter.ValidateRequest(context.Background(), in); err != nil && w.Code < 400 {
		t.Errorf("%s: answered, though the document refuses it: %v", target, err)
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: w.Code, Header: w.Header(), Body: io.NopCloser(strings.NewReader(w.Body.String())),
		Options: &openapi3filter.Options{IncludeResponseStatus: true},
	}
	if err := openapi3filter.ValidateResponse(context.Background(), out); err != nil {
		t.Errorf("%s: status %d: %v", target, w.Code, err)
	}
	if w.Code >= 500 {
		t.Errorf("%s: status %d: %s", target, w.Code, w.Body)
	}
	return route.Path, w
}
