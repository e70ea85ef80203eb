package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage/advice"
	"lifecircle/coverage/siting/plan"
)

// siteForm is the agreed form of the answers of site and close.
type siteForm struct {
	Model             string
	Open, Closed      []string
	Value, Bound, Gap float64
	Proven            bool
	Seconds           float64
	Curve             []struct{ P, Value, Bound float64 }
	Population        float64
	Before, After     float64
	Hopeless          float64
	Sites             []struct {
		ID               string
		At               [2]float64
		People, New, Own float64
	}
	Near     *plan.Near
	Years    []advice.YearSaid
	Services []advice.ServiceSaid
	Robust   *struct {
		Variants []struct{ Name string }
		Steady   []string
	}
}

func siteAnswer(t *testing.T, args ...string) siteForm {
	t.Helper()
	var a siteForm
	text := mustRun(t, args...)
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(&a); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"model", "open", "value", "bound", "gap", "proven", "seconds", "curve"} {
		if !strings.Contains(text, `"`+key+`":`) {
			t.Fatalf("the answer lacks %q: %.300s", key, text)
		}
	}
	return a
}

// New clinics for walkers of the example: proven, never fewer people with more of
// them, and what the answer says is what coverage says when they are built.
func TestSiteAnswers(t *testing.T) {
	_, store := example(t)
	question := []string{"--kind", "community_health_station,village_clinic", "--within", "15min", "--mode", "walk"}
	site := func(more ...string) siteForm {
		return siteAnswer(t, append(append([]string{"site", store, "--json", "--max-candidates", "300"}, question...), more...)...)
	}
	last := 0.0
	for p := 1; p <= 3; p++ {
		a := site("--p", fmt.Sprint(p))
		if a.Model != "mclp" || !a.Proven || len(a.Open) != p || a.Value <= last || a.Value != a.After || a.Gap != 0 || len(a.Curve) != p {
			t.Fatalf("p = %d: %+v", p, a)
		}
		last = a.Value
		args := append([]string{"whatif", store, "--json"}, question...)
		for _, s := range a.Sites {
			args = append(args, "--add", fmt.Sprintf("community_health_station@%.17g,%.17g", s.At[0], s.At[1]))
		}
		var w struct {
			Rows []struct {
				Level         string
				Before, After float64
			}
		}
		if err := json.Unmarshal([]byte(mustRun(t, args...)), &w); err != nil {
			t.Fatal(err)
		}
		if r := w.Rows[0]; r.Level != "total" || math.Abs(r.After-a.After) > 1e-6 || math.Abs(r.Before-a.Before) > 1e-6 {
			t.Errorf("p = %d: what-if says %v to %v, the siting %v to %v", p, r.Before, r.After, a.Before, a.After)
		}
	}
	target := (last - 1) / site("--p", "1").Population
	if a := site("--target", fmt.Sprint(target), "--robust"); a.Model != "lscp" || !a.Proven || a.Value != 3 || a.Robust == nil || len(a.Robust.Variants) < 4 {
		t.Errorf("target %v: %+v", target, a)
	}
	checkNear(t, site("--p", "3", "--near", "0.01"), 0.01)
	checkNear(t, site("--p", "3", "--near", "0.5"), 0.5)
	if a := site("--p", "2", "--model", "pmedian"); !a.Proven || len(a.Open) != 2 {
		t.Errorf("p-median: %+v", a)
	}
	if a := site("--p", "4", "--apart", "3000"); len(a.Open) == 0 || a.Gap > 1 {
		t.Errorf("apart: %+v", a)
	}
	if a := site("--p", "2", "--candidates", "kind:primary_school"); !a.Proven {
		t.Errorf("houses: %+v", a)
	}
}

// A plan by year and services in one building, through the program: what is built
// serves what coverage says of it.
func TestPlansAndServicesTogether(t *testing.T) {
	_, store := example(t)
	stations := []string{"--kind", "community_health_station,village_clinic", "--within", "15min", "--mode", "walk"}
	site := func(more ...string) siteForm {
		return siteAnswer(t, append(append([]string{"site", store, "--json", "--max-candidates", "200"}, stations...), more...)...)
	}
	a := site("--year", "2026=1,2027=2", "--carry")
	best := site("--p", "3")
	if len(a.Years) != 2 || !(a.Gap < 0.01) || a.Years[1].Served > best.Value+1e-6 || a.Years[1].Served != a.After || len(a.Open) > 3 {
		t.Fatalf("%+v, with three at once %v", a, best.Value)
	}
	if sum := a.Years[0].Served + a.Years[1].Served; math.Abs(sum-a.Value) > 1e-6 || a.Years[0].Spent > 1 || a.Years[0].Served > site("--p", "1").Value+1e-6 {
		t.Errorf("%+v", a)
	}
	if last := site("--year", "2026=1", "--year", "2027=2", "--last-first"); !last.Proven || math.Abs(last.Value-best.Value) > 1e-6 {
		t.Errorf("last first: %+v, with three at once %v", last, best.Value)
	}
	both := site("--kind", "primary_school", "--within", "10min", "--p", "2", "--together")
	if s := both.Services; len(s) != 2 || !both.Proven || math.Abs(s[0].After+s[1].After-both.Value) > 1e-6 || s[1].After <= s[1].Before && s[0].After <= s[0].Before {
		t.Errorf("together: %+v", both)
	}
	for _, c := range []struct{ flags, word string }{
		{"--year 2026", "2026=3"},
		{"--year 2026=1,2026=2", "2026=2"},
		{"--year 2026=1 --p 2", "leave it out"},
		{"--p 1 --carry", "budget of each year"},
		{"--p 1 --kind primary_school --within 5min", "--together"},
	} {
		code, _, stderr := command(t, append(append([]string{"site", store}, stations...), strings.Fields(c.flags)...)...)
		if code != 1 || !strings.Contains(stderr, c.word) {
			t.Errorf("%s: %d %s", c.flags, code, stderr)
		}
	}
}

// Every site of the answer is of the core or left out of another answer that is
// near enough, and no worse than it says.
func checkNear(t *testing.T, a siteForm, within float64) {
	t.Helper()
	n := a.Near
	if n == nil || n.Within != within || len(n.Unsure) > 0 {
		t.Fatalf("within %v: %+v", within, n)
	}
	for _, id := range a.Open {
		core, left := slices.Contains(n.Core, id), false
		for _, other := range n.Answers {
			left = left || !slices.Contains(other.Open, id)
		}
		if core == left {
			t.Errorf("within %v: %s is of the core (%v) and left out by another (%v)", within, id, core, left)
		}
	}
	for _, other := range n.Answers {
		if other.Value < a.Value*(1-within)-1e-6 || other.Value > a.Value || len(other.Open) != len(a.Open) || math.Abs(other.Gap-(a.Bound-other.Value)/a.Bound) > 1e-9 {
			t.Errorf("within %v of %v: %+v", within, a.Value, other)
		}
	}
}

// Candidates from a file, with costs under a budget; faults are on their row.
func TestCandidatesFromAFile(t *testing.T) {
	_, store := example(t)
	file := filepath.Join(t.TempDir(), "备选点.csv")
	write := func(text string) {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("编号,名称,经度,纬度,造价\na,高亭,122.20,30.25,100\nb,衢山,122.36,30.44,250\nc,长涂,122.29,30.24,120\n")
	args := []string{"site", store, "--json", "--kind", "village_clinic", "--within", "5km", "--candidates", file}
	a := siteAnswer(t, append(args, "--budget", "240")...)
	if !a.Proven || len(a.Open) == 0 {
		t.Fatalf("%+v", a)
	}
	for _, id := range a.Open {
		if id == "b" {
			t.Error("b alone is over the budget")
		}
	}
	if a := siteAnswer(t, append(args, "--p", "1", "--fixed", "c")...); len(a.Open) != 1 || a.Open[0] != "c" {
		t.Errorf("fixed: %+v", a.Open)
	}
	write("编号,名称,经度,纬度,造价\na,高亭,122.20,30.25,lots\n")
	code, _, stderr := command(t, append(args, "--p", "1")...)
	if code != exitUnusable || !strings.Contains(stderr, "lots") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

func TestCloseAnswers(t *testing.T) {
	_, store := example(t)
	question := []string{"--kind", "primary_school", "--within", "30min", "--mode", "walk"}
	all := siteAnswer(t, append([]string{"close", store, "--json", "--all"}, question...)...)
	if !all.Proven || all.Before != all.After || all.Before == 0 {
		t.Fatalf("%+v", all)
	}
	if len(all.Closed) > 0 { // one more than can close costs somebody the school
		k := fmt.Sprint(len(all.Closed) + 1)
		a := siteAnswer(t, append([]string{"close", store, "--json", "--k", k}, question...)...)
		if !a.Proven || a.After >= a.Before {
			t.Errorf("closing %s: %+v", k, a)
		}
		b := siteAnswer(t, append([]string{"close", store, "--json", "--k", fmt.Sprint(len(all.Closed))}, question...)...)
		if b.After != b.Before {
			t.Errorf("%d can close without loss, yet: %+v", len(all.Closed), b)
		}
	}
	for args, code := range map[string]int{"--k 0": exitUse, "--k 9999": exitUse, "": exitUse, "--k 1 --all": exitUse} {
		got, _, _ := command(t, append(append([]string{"close", store}, question...), strings.Fields(args)...)...)
		if got != code {
			t.Errorf("close %s: exit %d, want %d", args, got, code)
		}
	}
	code, _, stderr := command(t, "site", store, "--target", "1", "--candidates", "villages", "--kind", "primary_school", "--within", "3min", "--mode", "walk")
	if code != exitInfeasible || !strings.Contains(stderr, "no candidate can serve 1") {
		t.Errorf("a target nobody can reach: exit %d, %s", code, stderr)
	}
}

// Routes and isochrones of the example in the agreed forms.
func TestRouteAndIsochroneAnswers(t *testing.T) {
	_, store := example(t)
	var r struct {
		Facility string
		Seconds  int64
		Steps    []struct {
			Kind string
			MS   int64
			Line [][2]float64
		}
	}
	place := "122.2,30.25"
	if err := json.Unmarshal([]byte(mustRun(t, "route", store, "--from", place, "--kind", "hospital", "--mode", "drive", "--json")), &r); err != nil {
		t.Fatal(err)
	}
	sum := int64(0)
	for _, s := range r.Steps {
		sum += s.MS
	}
	if r.Facility == "" || (sum+999)/1000 != r.Seconds {
		t.Errorf("%+v: the steps take %d ms", r, sum)
	}
	var c struct {
		Type     string
		Features []struct {
			Geometry   struct{ Type string }
			Properties struct {
				Threshold struct{ Seconds int }
				People    map[string]float64
			}
		}
	}
	if err := json.Unmarshal([]byte(mustRun(t, "isochrone", store, "--from", place, "--within", "15min,30min", "--mode", "walk")), &c); err != nil {
		t.Fatal(err)
	}
	if c.Type != "FeatureCollection" || len(c.Features) != 2 || c.Features[0].Properties.Threshold.Seconds != 900 || c.Features[1].Properties.People["all"] <= c.Features[0].Properties.People["all"] {
		t.Errorf("%+v", c)
	}
	var m struct {
		Rows []struct {
			Mode                 string
			Served, Gained, Lost float64
			Level                string
		}
	}
	if err := json.Unmarshal([]byte(mustRun(t, "modes", store, "--kind", "hospital", "--within", "15min", "--modes", "line,walk,drive,mixed", "--json")), &m); err != nil {
		t.Fatal(err)
	}
	if metres := mustRun(t, "modes", store, "--kind", "hospital", "--within", "2km", "--json"); !strings.Contains(metres, `"mode":"drive"`) || strings.Contains(metres, `"mode":"mixed"`) || strings.Contains(metres, `"mode":"friction"`) {
		t.Error("of metres the modes that can answer are compared, and no others:", metres)
	}
	total := map[string]float64{}
	for _, row := range m.Rows {
		if row.Level == "total" {
			total[row.Mode] = row.Served
			if d := row.Served - total["line"]; math.Abs(d-(row.Gained-row.Lost)) > 1e-6 {
				t.Errorf("%+v", row)
			}
		}
	}
	if !(total["walk"] < total["drive"] && total["drive"] <= total["mixed"] && total["walk"] <= total["line"]) {
		t.Errorf("served %v", total)
	}
	var g struct {
		Gaps []struct {
			Remedies []struct {
				Kind  string
				Share float64
			}
		}
	}
	if err := json.Unmarshal([]byte(mustRun(t, "gaps", store, "--kind", "hospital", "--within", "15min", "--mode", "walk", "--remedies", "--json")), &g); err != nil {
		t.Fatal(err)
	}
	if len(g.Gaps) == 0 || len(g.Gaps[0].Remedies) == 0 {
		t.Errorf("gaps without remedies: %+v", g)
	}
}
