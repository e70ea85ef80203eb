package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/google/go-cmp/cmp"
)

// neighbours is two counties side by side with ten hamlets of ten people along a
// road through both, 960 m apart: k = 0..4 in the west, 5..9 in the east. Clinics
// stand at 1 (W), 5 (E) and 8 (F).
func neighbours(t *testing.T, shareOfE string) string {
	t.Helper()
	const zones = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"1","name":"west"},"geometry":{"type":"Polygon","coordinates":[[[122,30],[122.05,30],[122.05,30.02],[122,30.02],[122,30]]]}},
{"type":"Feature","properties":{"code":"2","name":"east"},"geometry":{"type":"Polygon","coordinates":[[[122.05,30],[122.1,30],[122.1,30.02],[122.05,30.02],[122.05,30]]]}}]}`
	people := "lon,lat,all\n"
	for k := range 10 {
		people += fmt.Sprintf("%.3f,30.01,10\n", 122.005+0.01*float64(k))
	}
	url, _ := imported(t, `
zones: [{file: zones.geojson, id: code, name: name, level: county}]
population: [{points: {file: people.csv, x: lon, y: lat, groups: {all: all}}}]
facilities: [{file: clinics.csv, id: id, name: name, kind: clinic, x: lon, y: lat, share: share}]
land: none
`, map[string]string{
		"zones.geojson": zones, "people.csv": people,
		"clinics.csv": "id,name,lon,lat,share\nW,West,122.015,30.01,\nE,East,122.055,30.01," + shareOfE + "\nF,Far,122.085,30.01,\n",
	})
	return url
}

var clinicsWithin = []string{"--kind", "clinic", "--within", "1.5km", "--json"}

func asks(t *testing.T, into any, args ...string) {
	t.Helper()
	if err := json.Unmarshal([]byte(mustRun(t, append(args, clinicsWithin...)...)), into); err != nil {
		t.Fatal(err)
	}
}

// W serves hamlets 0..2, F 7..9, E 5 and 6 and, where it may, 4.
func TestSharingAnswer(t *testing.T) {
	for share, want := range map[string][3]float64{"": {80, 80, 90}, "west": {80, 90, 90}, "全部": {80, 90, 90}} {
		store := neighbours(t, share)
		var a analysis.SharingAnswer
		asks(t, &a, "sharing", store, "--borders", "county")
		if r := a.Rows[0]; len(a.Rows) != 3 || [3]float64{r.Own, r.Stated, r.Open} != want {
			t.Errorf("share %q: %+v", share, a.Rows)
		}
		if r := a.Rows[1]; r.Zone != "1" || r.Gained+r.CouldGain != 10 || a.Rows[2].Gained+a.Rows[2].CouldGain != 0 {
			t.Errorf("share %q: who gains: %+v", share, a.Rows)
		}
		var run coverageForm
		asks(t, &run, "coverage", store, "--borders", "county")
		if run.Rows[0].Served != want[1] || run.Run.Options.Borders != "county" || run.Run.Hash != a.Runs[1].Hash {
			t.Errorf("share %q: coverage %+v, %s", share, run.Rows[0], run.Run.Hash)
		}
	}
}

type coverageForm struct {
	Run  coverage.Run
	Rows []coverage.Row
}

func TestSharingTables(t *testing.T) {
	store := neighbours(t, "")
	question := []string{"--kind", "clinic", "--within", "1.5km", "--borders", "county"}
	table := mustRun(t, append([]string{"sharing", store}, question...)...)
	for _, line := range []string{"borders: county", " county  west            50   30  60.00 %", "90  90.00 %"} {
		if !strings.Contains(table, line) {
			t.Errorf("the table lacks %q:\n%s", line, table)
		}
	}
	if zh := mustRun(t, append([]string{"--lang", "zh", "sharing", store}, question...)...); !strings.Contains(zh, "还可新增") {
		t.Error(zh)
	}
	csv := strings.Split(mustRun(t, append([]string{"sharing", store, "--csv"}, question...)...), "\n")
	if len(csv) != 5 || csv[2] != "clinic@1500m,county,1,west,all,50,30,30,40,0.6,0.6,0.8,0,10" {
		t.Errorf("%q", csv)
	}
	for _, args := range [][]string{{"coverage", store}, {"gaps", store}} {
		if said := mustRun(t, append(args, question...)...); !strings.Contains(said, "each county uses its own facilities") {
			t.Errorf("%s does not say its borders:\n%s", args[0], said)
		}
	}
	said := mustRun(t, append([]string{"gaps", store, "--remedies"}, question...)...)
	if !strings.Contains(said, `share "East" of east across the border (serves 100.00 %)`) {
		t.Error(said)
	}
}

// The gap at hamlet 4 is closed most cheaply when E opens to it.
func TestSharingRemedyInAnswers(t *testing.T) {
	store := neighbours(t, "")
	out := filepath.Join(t.TempDir(), "g.geojson")
	var a struct{ Gaps []coverage.Gap }
	asks(t, &a, "gaps", store, "--borders", "county", "--remedies")
	want := coverage.Remedy{Kind: "sharing", At: [2]float64{122.055, 30.01}, Facility: "E", Name: "East", Zone: "2", ZoneName: "east", People: 10, Share: 1, Cost: 0.1}
	found := 0
	for _, g := range a.Gaps {
		for _, r := range g.Remedies {
			if r.Kind == "sharing" {
				found++
				if d := cmp.Diff(want, r); d != "" || g.Remedies[0] != r {
					t.Error(d)
				}
			}
		}
	}
	if found != 1 || len(a.Gaps) != 2 {
		t.Errorf("%+v", a.Gaps)
	}
	mustRun(t, "export", store, "--layer", "gaps", "--format", "geojson", "--out", out, "--kind", "clinic", "--within", "1.5km", "--borders", "county")
	text, err := os.ReadFile(out)
	if err != nil || strings.Count(string(text), `"type":"Feature"`) != 2 {
		t.Errorf("%s, %v", text, err)
	}
	if geo := mustRun(t, "gaps", store, "--geojson", "--remedies", "--kind", "clinic", "--within", "1.5km", "--borders", "county"); !strings.Contains(geo, `"kind":"sharing"`) || !strings.Contains(geo, `"facility":"E"`) {
		t.Error(geo)
	}
}

// Every command that takes a choice takes borders.
func TestBordersInEveryCommand(t *testing.T) {
	store := neighbours(t, "west")
	var modes analysis.ModesAnswer
	asks(t, &modes, "modes", store, "--borders", "county", "--modes", "line")
	if modes.Rows[0].Served != 90 || modes.Runs[0].Options.Borders != "county" {
		t.Errorf("%+v", modes.Rows[0])
	}
	var w analysis.WhatIfAnswer
	asks(t, &w, "whatif", store, "--borders", "county", "--close", "E", "--add", "clinic@122.0495,30.01")
	if r := w.Rows[0]; r.Before != 90 || r.After != 80 || r.Gained != 10 || r.Lost != 20 { // it serves 3 and 4, and nobody in the east
		t.Errorf("%+v", r)
	}
	shut := neighbours(t, "no")
	for _, r := range []struct{ store, borders, want string }{{store, "", "E"}, {store, "county", "E"}, {shut, "", "E"}, {shut, "county", "W"}} {
		route := []string{"route", r.store, "--from", "122.0455,30.01", "--kind", "clinic", "--json", "--borders", r.borders}
		if said := mustRun(t, route...); !strings.Contains(said, `"facility":"`+r.want+`"`) {
			t.Errorf("%+v: %s", r, said)
		}
	}
	candidates := filepath.Join(t.TempDir(), "c.csv")
	if err := os.WriteFile(candidates, []byte("id,lon,lat\nY,122.0505,30.01\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	site := []string{"site", store, "--p", "1", "--candidates", candidates, "--kind", "clinic", "--within", "1.5km", "--json"}
	if a := siteAnswer(t, site...); a.Before != 90 || a.After != 100 {
		t.Errorf("a site without borders: %+v", a)
	}
	if a := siteAnswer(t, append(site, "--borders", "county")...); a.Before != 90 || a.After != 90 { // hamlet 3 is across the border
		t.Errorf("a site within borders: %+v", a)
	}
	closing := siteAnswer(t, "close", store, "--k", "1", "--kind", "clinic", "--within", "1.5km", "--json", "--borders", "county")
	if closing.Before != 90 || closing.After != 60 { // each of the three serves 30, E one hamlet across the border
		t.Errorf("%+v", closing)
	}
	for _, name := range []string{"coverage", "gaps", "sharing", "modes", "whatif --close E", "site --p 1", "close --k 1", "export --layer coverage --out x"} {
		args := strings.Fields(name)
		args = append(append([]string{args[0], store}, args[1:]...), "--kind", "clinic", "--within", "1km", "--borders", "planet")
		if code, _, said := command(t, args...); code != exitUse || !strings.Contains(said, "planet") || !strings.Contains(said, "county") {
			t.Errorf("%s: exit %d, %s", name, code, said)
		}
	}
	if code, _, said := command(t, "sharing", store, "--kind", "clinic", "--within", "1km"); code != exitUse || !strings.Contains(said, "county") {
		t.Errorf("sharing without borders: exit %d, %s", code, said)
	}
}
