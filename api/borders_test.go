package api_test

import (
	"net/http"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
)

const openSea = "&kind=clinic&within=1km&landmass=off"

// The clinic stands on a; b's 110 people are within a kilometre of it.
func TestBordersOfTheService(t *testing.T) {
	shut, open := town(), town()
	open.Facilities[0].Share = "zone b"
	for _, c := range []struct {
		ds     *coverage.Dataset
		query  string
		served float64
		near   string // of somebody on b
	}{{shut, "", 230, "C"}, {shut, "&borders=town", 120, ""}, {open, "&borders=town", 230, "C"}} {
		h := serve(c.ds)
		a := decode[struct {
			Total coverage.Row
			Run   struct{ Options coverage.RunOptions }
		}](t, get(t, h, "/coverage?"+openSea[1:]+c.query))
		if a.Total.Served != c.served || (a.Run.Options.Borders == "town") != (c.query != "") {
			t.Errorf("%q: %v served, options %+v", c.query, a.Total.Served, a.Run.Options)
		}
		at := decode[struct {
			Properties struct {
				Nearest *struct{ ID string }
				Served  float64
			}
		}](t, get(t, h, "/at?lon=10.0076&lat=-0.0014"+openSea+c.query)).Properties
		if (at.Nearest != nil) != (c.near != "") || (at.Served == 1) != (c.near != "") {
			t.Errorf("%q: %+v", c.query, at)
		}
		w := get(t, h, "/route?from=10.0076,-0.0014&kind=clinic&landmass=off"+c.query)
		if (w.Code == http.StatusOK) != (c.near != "") {
			t.Errorf("%q: route: %d %s", c.query, w.Code, w.Body)
		}
		gaps := decode[struct {
			Features []struct{ Properties coverage.Gap }
		}](t, get(t, h, "/gaps?remedies=true"+openSea+c.query))
		if shared := len(gaps.Features) > 0 && gaps.Features[0].Properties.Remedies[0].Facility == "C"; shared != (c.near == "") {
			t.Errorf("%q: gaps %+v", c.query, gaps)
		}
	}
}

func TestSharingIsTheEngines(t *testing.T) {
	ds := town()
	ds.Facilities[0].Share = "b"
	h := serve(ds)
	w := get(t, h, "/sharing?borders=town"+openSea)
	a := decode[analysis.SharingAnswer](t, w)
	if r := a.Rows[0]; len(a.Rows) != 3 || r.Own != 120 || r.Stated != 230 || r.Open != 230 || a.Rows[2].Gained != 110 {
		t.Errorf("%+v", a.Rows)
	}
	if again := get(t, h, "/sharing?borders=town"+openSea, "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Code)
	}
	for target, param := range map[string]string{
		"/sharing": "borders", "/sharing?borders=planet": "borders", "/coverage?borders=planet": "borders", "/at?lon=10.0004&lat=-0.0004&borders=planet": "borders",
		"/coverage?borders=town&cell=area": "cell", "/sharing?borders=town&level=planet": "level", "/route?from=10,0&kind=clinic&borders=planet": "borders",
		"/isochrone?from=10,0&within=5min&borders=town": "borders",
	} {
		w := get(t, h, target)
		if d := problemOf(t, w); w.Code != http.StatusBadRequest || len(d.Params) != 1 || d.Params[0] != param {
			t.Errorf("%s: %d %+v", target, w.Code, d)
		}
	}
}

// A new clinic on b serves b, and a too when it says so.
func TestChangesWithinBorders(t *testing.T) {
	h := serve(town())
	ask := func(share string) analysis.WhatIfRow {
		w := post(t, h, "/whatif", `{"kind":["clinic"],"within":"1km","landmass":"off","borders":"town","close":["C"],"add":[{"kind":"clinic","at":[10.0072,-0.0005]`+share+`}]}`)
		return decode[whatIfAnswer](t, w).Rows[0]
	}
	if r := ask(""); r.Before != 120 || r.After != 110 {
		t.Errorf("%+v", r)
	}
	if r := ask(`,"share":"zone a"`); r.After != 230 {
		t.Errorf("open to a: %+v", r)
	}
	w := post(t, h, "/whatif", `{"kind":["clinic"],"within":"1km","borders":"planet","close":["C"]}`)
	if d := problemOf(t, w); w.Code != http.StatusBadRequest || !strings.Contains(d.Detail, "planet") {
		t.Errorf("%d %+v", w.Code, d)
	}
}
