package api_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"lifecircle/api"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

var runHash = regexp.MustCompile(`"hash":"[0-9a-f]{64}"`)

// The golden answers of the drawn town; worked out by hand where it matters, see
// TestCoverageByHand.
func TestGolden(t *testing.T) {
	h, roads := serve(town()), serve(roadTown())
	for name, target := range map[string]string{
		"project":    "/project",
		"standards":  "/standards",
		"facilities": "/facilities?zone=b",
		"zones":      "/zones",
		"demand":     "/demand?zone=b&limit=2&offset=1",
		"coverage":   "/coverage?standard=drawn/clinic",
		"gaps":       "/gaps?standard=drawn/clinic",
		"circles":    "/circles?kind=clinic&within=200m",
		"at":         "/at?lon=10.0022&lat=-0.0004&standard=drawn/clinic",
		"route":      "/route?from=10.0022,-0.0004&standard=drawn/clinic",

		"roads-project":   "/project",
		"roads-coverage":  "/coverage",
		"roads-at":        "/at?lon=10.0004&lat=-0.0004",
		"roads-route":     "/route?from=10.0004,-0.0004",
		"roads-isochrone": "/isochrone?from=10.0004,-0.0004&within=2min,3min&mode=friction",
	} {
		t.Run(name, func(t *testing.T) {
			h := h
			if strings.HasPrefix(name, "roads-") {
				h = roads
			}
			w := get(t, h, target)
			if w.Code != http.StatusOK {
				t.Fatalf("%d: %s", w.Code, w.Body)
			}
			// The hash of the run is the engine's business.
			got := runHash.ReplaceAllString(w.Body.String(), `"hash":"..."`)
			file := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), got); d != "" {
				t.Errorf("(-golden +got)\n%s", d)
			}
		})
	}
}

// At 6 km/h 180 s are 300 m: on island a the clinic serves columns 0..3 of row 0
// (10 + 20 people) and columns 0..2 of row 1 (30; column 3 is 316 m away), 60 of
// 120. Island b has no clinic, and lines do not cross the water: 0 of 110.
func TestCoverageByHand(t *testing.T) {
	h := serve(town())
	c := decode[collection](t, get(t, h, "/coverage?standard=drawn/clinic"))
	if c.Total == nil || c.Total.Population != 230 || c.Total.Served != 60 {
		t.Fatalf("total %+v", c.Total)
	}
	for _, want := range []struct {
		zone           string
		people, served float64
	}{{"a", 120, 60}, {"b", 110, 0}} {
		found := false
		for _, f := range c.Features {
			if f.ID == want.zone {
				found = true
				if f.Properties["population"] != want.people || f.Properties["served"] != want.served {
					t.Errorf("zone %s: %v of %v served, want %v of %v", want.zone, f.Properties["served"], f.Properties["population"], want.served, want.people)
				}
			}
		}
		if !found {
			t.Errorf("no zone %s", want.zone)
		}
	}
	// Over the water at 7.05 km/h, 360 s are 705 m: column 7 of row 0 (40 people,
	// 700 m) is reached, column 7 of row 1 (707 m) is not.
	c = decode[collection](t, get(t, h, "/coverage?standard=drawn/clinic&landmass=off&speed=7.05&setting=rural"))
	if c.Total.Served != 40 || c.Total.Population != 110 {
		t.Errorf("rural over water: %+v", c.Total)
	}
}

// The rows, gaps and cell values of the service are those of the engine, to the
// last digit, for every choice.
func TestAnswersAreTheEngines(t *testing.T) {
	ds := town()
	h := serve(ds)
	for _, q := range []string{"standard=drawn/clinic", "standard=drawn/town-clinic", "kind=clinic&within=15min&landmass=off", "kind=clinic,primary_school&within=250m&cell=area&detour=1.2"} {
		values, _ := url.ParseQuery(q)
		run, err := analysis.New(ds, "test").Run(context.Background(), choiceOf(t, values), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range ds.Demand.Groups {
			for _, setting := range []string{"all", "urban", "rural"} {
				c := decode[collection](t, get(t, h, "/coverage?"+q+"&group="+url.QueryEscape(group)+"&setting="+setting))
				var want []string
				for _, row := range run.Coverage[0].Rows {
					if row.Group == group && row.Setting == setting && row.Level != "total" {
						want = append(want, asMap(t, row))
					}
				}
				var got []string
				for _, f := range c.Features {
					got = append(got, asMap(t, f.Properties))
				}
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("%s %s %s\n%s", q, group, setting, d)
				}
			}
		}
		gaps := decode[collection](t, get(t, h, "/gaps?"+q))
		var want, got []string
		for i := range run.Coverage[0].Gaps {
			want = append(want, asMap(t, run.Coverage[0].Gaps[i]))
		}
		for _, f := range gaps.Features {
			got = append(got, asMap(t, f.Properties))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("gaps of %s\n%s", q, d)
		}
		checkPlaces(t, h, ds, q, &run.Coverage[0])
	}
}

func choiceOf(t *testing.T, q url.Values) analysis.Choice {
	t.Helper()
	c := analysis.Choice{Within: true, CellRule: coverage.CellRule(q.Get("cell"))}
	if q.Get("landmass") == "off" {
		off := false
		c.Landmass = &off
	}
	if q.Get("detour") != "" {
		c.Detour = 1.2
	}
	if q.Get("standard") != "" {
		c.Standards = []string{q.Get("standard")}
		return c
	}
	within, err := coverage.ParseThreshold(q.Get("within"))
	if err != nil {
		t.Fatal(err)
	}
	c.AdHoc = []analysis.AdHoc{{Kinds: strings.Split(q.Get("kind"), ","), Within: within}}
	return c
}

func asMap(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	text, _ = json.Marshal(m)
	return string(text)
}

// checkPlaces asks /at for every cell and holds it to the run over all of them.
func checkPlaces(t *testing.T, h http.Handler, ds *coverage.Dataset, q string, c *coverage.Coverage) {
	t.Helper()
	for i, at := range ds.Demand.At {
		f := decode[feature](t, get(t, h, fmt.Sprintf("/at?lon=%v&lat=%v&%s", at[0], at[1], q)))
		p := f.Properties
		judged := c.Judged == nil || c.Judged[i]
		if p["judged"] != judged || p["cell"] != float64(ds.Demand.Cell[i]) || judged && float32(p["served"].(float64)) != c.Served[i] {
			t.Fatalf("%s cell %d: %v; run: judged %v served %v", q, ds.Demand.Cell[i], p, judged, c.Served[i])
		}
		if judged && p["within"] != float64(c.Within[i]) {
			t.Errorf("%s cell %d: within %v, run %d", q, ds.Demand.Cell[i], p["within"], c.Within[i])
		}
		near, _ := p["nearest"].(map[string]any)
		if (near == nil) != (c.Nearest[i] < 0) || near != nil && near["id"] != ds.Facilities[c.Nearest[i]].ID {
			t.Errorf("%s cell %d: nearest %v, run %d", q, ds.Demand.Cell[i], near, c.Nearest[i])
		}
		switch {
		case !judged || c.Cost[i] == coverage.Never:
			if p["seconds"] != nil || p["metres"] != nil {
				t.Errorf("%s cell %d: cost of the unreachable: %v", q, ds.Demand.Cell[i], p)
			}
		case c.Standard.Rules[0].Threshold.IsTime():
			if p["seconds"] != float64((c.Cost[i]+999)/1000) {
				t.Errorf("%s cell %d: %v s, run %d ms", q, ds.Demand.Cell[i], p["seconds"], c.Cost[i])
			}
		case p["metres"] != float64(c.Cost[i])/1000:
			t.Errorf("%s cell %d: %v m, run %d mm", q, ds.Demand.Cell[i], p["metres"], c.Cost[i])
		}
	}
}

func TestNobodyThere(t *testing.T) {
	h := serve(town())
	for _, target := range []string{"/at?lon=10.0013&lat=-0.0004&kind=clinic&within=1km", "/at?lon=0&lat=0&kind=clinic&within=1km"} {
		if w := get(t, h, target); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "nobody lives") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
}

// Following the next links meets every feature once, in the same order.
func TestPagesWalkAll(t *testing.T) {
	h := serve(town())
	for _, target := range []string{"/demand", "/facilities", "/zones", "/coverage?standard=drawn/clinic", "/gaps?kind=clinic&within=100m", "/circles?kind=clinic,primary_school&within=1km", "/demand?bbox=10,-1,10.004,1"} {
		whole := decode[collection](t, get(t, h, target))
		if whole.NumberMatched != len(whole.Features) || whole.NumberReturned != len(whole.Features) || len(whole.Features) == 0 {
			t.Fatalf("%s: %d matched, %d returned, %d there", target, whole.NumberMatched, whole.NumberReturned, len(whole.Features))
		}
		for limit := 1; limit <= 3; limit++ {
			sep := "?"
			if strings.Contains(target, "?") {
				sep = "&"
			}
			var ids []string
			for next := fmt.Sprintf("%s%slimit=%d", target, sep, limit); next != ""; {
				c := decode[collection](t, get(t, h, next))
				if len(c.Features) > limit || c.NumberMatched != whole.NumberMatched {
					t.Fatalf("%s: %d features, %d matched", next, len(c.Features), c.NumberMatched)
				}
				for _, f := range c.Features {
					ids = append(ids, fmt.Sprint(f.ID))
				}
				next = ""
				for _, l := range c.Links {
					if l.Rel == "next" {
						next = l.Href
					}
				}
			}
			var want []string
			for _, f := range whole.Features {
				want = append(want, fmt.Sprint(f.ID))
			}
			if d := cmp.Diff(want, ids); d != "" {
				t.Errorf("%s by %d:\n%s", target, limit, d)
			}
		}
	}
}

func TestPrevLink(t *testing.T) {
	c := decode[collection](t, get(t, serve(town()), "/demand?limit=3&offset=2"))
	for _, l := range c.Links {
		if l.Rel == "prev" {
			p := decode[collection](t, get(t, serve(town()), l.Href))
			if p.Features[0].ID != 0.0 || len(p.Features) != 2 {
				t.Errorf("prev has %d features from %v", len(p.Features), p.Features[0].ID)
			}
			return
		}
	}
	t.Error("no prev link")
}

func TestFilters(t *testing.T) {
	h := serve(town())
	for target, want := range map[string]int{
		"/facilities":                                    2,
		"/facilities?kind=clinic":                        1,
		"/facilities?kind=clinic,primary_school":         2,
		"/facilities?zone=b":                             1,
		"/facilities?bbox=10,-1,10.002,1":                1,
		"/facilities?bbox=11,-1,12,1":                    0,
		"/zones?level=town":                              2,
		"/zones?bbox=10.0075,-1,11,1":                    1,
		"/demand":                                        14,
		"/demand?zone=a":                                 9,
		"/demand?bbox=10.00001,-0.0001,10.00002,-0.0002": -1,
		"/demand?bbox=10.00001,-0.0002,10.00002,-0.0001": 1, // inside a cell, away from its centre
		"/gaps?kind=clinic&within=10km":                  1,
		"/gaps?kind=clinic&within=10km&min_people=1000":  0,
		"/circles?standard=drawn/clinic":                 2, // two thresholds
		"/circles?standard=drawn/town-clinic":            1,
	} {
		w := get(t, h, target)
		if want < 0 {
			if w.Code != http.StatusBadRequest {
				t.Errorf("%s: %d", target, w.Code)
			}
			continue
		}
		if c := decode[collection](t, w); c.NumberMatched != want {
			t.Errorf("%s: %d features, want %d", target, c.NumberMatched, want)
		}
	}
}

func TestDefaultStandardIsTheFirst(t *testing.T) {
	h := serve(town())
	a, b := get(t, h, "/coverage"), get(t, h, "/coverage?standard=drawn/clinic")
	if decode[collection](t, a).Run.Hash != decode[collection](t, b).Run.Hash {
		t.Error("the standard meant by none is not the first")
	}
	ds := town()
	ds.Standards = nil
	if w := get(t, serve(ds), "/coverage"); w.Code != http.StatusBadRequest {
		t.Errorf("no standards: %d", w.Code)
	}
}

// The dataset that the project hands out next is the one that is shown.
func TestReload(t *testing.T) {
	p := &changing{ds: town()}
	h := handler(p, &api.Engines{}, api.Options{Log: quiet()})
	before := get(t, h, "/project")
	next := town()
	next.Facilities = next.Facilities[:1]
	p.ds = next
	after := get(t, h, "/project")
	if before.Body.String() == after.Body.String() || before.Header().Get("ETag") == after.Header().Get("ETag") {
		t.Error("the old data are still shown")
	}
}

type changing struct{ ds *coverage.Dataset }

func (c *changing) Dataset(context.Context) (*coverage.Dataset, error) { return c.ds, nil }
