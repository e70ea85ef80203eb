package analysis_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"
	"lifecircle/coverage/scenario"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// twoRuns are the people served before and after, and those who have farther to go.
type twoRuns struct {
	served [2]float64
	worse  float64
}

// Two whole runs, one on the changed dataset: the slow and obvious comparison.
func compareSlow(t rapid.TB, ds *coverage.Dataset, c analysis.Choice, changes scenario.Changes) map[string]twoRuns {
	e := analysis.New(ds, "test")
	after := changed(t, ds, changes)
	out := map[string]twoRuns{}
	var first *coverage.Run
	for k, d := range []*coverage.Dataset{ds, after} {
		run, err := e.For(d).Run(context.Background(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, cov := range run.Coverage {
			for _, r := range cov.Rows {
				if r.Group == "all" && r.Setting == "all" {
					v := out[r.Standard+" "+r.Zone]
					v.served[k] = r.Served
					out[r.Standard+" "+r.Zone] = v
				}
			}
		}
		if first == nil {
			first = run
			continue
		}
		for n := range run.Coverage {
			then, now := first.Coverage[n].Cost, run.Coverage[n].Cost
			for i, people := range ds.Demand.Pop[0] {
				for z := ds.Demand.Zone[i]; now[i] > then[i]; z = ds.Zones[z].Parent {
					key := run.Coverage[n].Standard.ID + " "
					if z >= 0 {
						key += ds.Zones[z].ID
					}
					v := out[key]
					v.worse += float64(people)
					out[key] = v
					if z < 0 {
						break
					}
				}
			}
		}
	}
	return out
}

// changed applies changes to a drawing whose islands are boxes.
func changed(t rapid.TB, ds *coverage.Dataset, c scenario.Changes) *coverage.Dataset {
	after, err := scenario.Apply(ds, c, func(at orb.Point) int32 {
		return int32(slices.IndexFunc(ds.Land, func(l coverage.Land) bool { return inside(l.Geometry, at) }))
	})
	if err != nil {
		t.Fatal(err)
	}
	return after
}

func inside(shape orb.MultiPolygon, at orb.Point) bool {
	for _, p := range shape {
		if p.Bound().Contains(at) { // islands of these drawings are boxes
			return true
		}
	}
	return false
}

// Whatever is added, closed and moved, the quick comparison says what two whole
// runs say.
func TestWhatIfIsTwoRuns(t *testing.T) {
	for _, mode := range []string{"line", "walk", "drive", "friction"} {
		t.Run(mode, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { whatIfOnce(t, mode, "") })
		})
		t.Run(mode+" within borders", func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				whatIfOnce(t, mode, rapid.SampledFrom([]string{"town", "county"}).Draw(t, "borders"))
			})
		})
	}
}

func whatIfOnce(t *rapid.T, mode, borders string) {
	ds := coveragetest.FerryTown()
	coveragetest.Ground(ds, ds.Demand.Grid, `
		..........~~~.....
		..........~~~.....
		.....###..~~~.....
		..........~~~.....`, 4)
	ds.Transport.Ground.Roads = "walk"
	place := func(name string) orb.Point { return dryCell(t, ds, name) }
	share := func() string { return "" }
	if borders != "" {
		cutIntoCounties(ds)
		share = func() string { return someShare.Draw(t, "share") }
		ds.Facilities[0].Share = share()
	}
	for i := range rapid.IntRange(0, 4).Draw(t, "more facilities") {
		f := ds.Facilities[0]
		f.ID, f.At, f.Share = fmt.Sprintf("F%d", i), place("at"), share()
		f.Landmass = 0
		if f.At[0] > ds.Demand.At[1][0] {
			f.Landmass = 1
		}
		if i == 3 {
			f.Kind = "hospital"
		}
		ds.Facilities = append(ds.Facilities, f)
	}
	var changes scenario.Changes
	for range rapid.IntRange(0, 2).Draw(t, "add") {
		changes.Add = append(changes.Add, coverage.Facility{Kind: "clinic", At: place("new"), Share: strings.ReplaceAll(share(), "nobody knows", "no")})
	}
	for _, f := range ds.Facilities {
		switch rapid.IntRange(0, 3).Draw(t, "fate of "+f.ID) {
		case 0:
			changes.Close = append(changes.Close, f.ID)
		case 1:
			changes.Move = append(changes.Move, scenario.Move{ID: f.ID, To: place("to")})
		}
	}
	if changes.Empty() {
		t.Skip("nothing changes")
	}
	c := analysis.Choice{Mode: mode, Borders: borders, AdHoc: []analysis.AdHoc{
		{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: rapid.Int32Range(60, 1800).Draw(t, "within")}},
	}}
	if len(ds.Facilities) > 4 {
		c.AdHoc = append(c.AdHoc, analysis.AdHoc{Kinds: []string{"hospital", "clinic"}, Within: coverage.Threshold{Seconds: 300}})
	} else {
		for _, f := range ds.Facilities {
			if f.Kind != "clinic" {
				t.Fatal(f)
			}
		}
	}
	got, err := analysis.New(ds, "test").WhatIf(context.Background(), c, changes, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := compareSlow(t, ds, c, changes)
	if len(got.Rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(got.Rows), len(want))
	}
	for _, r := range got.Rows {
		w := want[r.Standard+" "+r.Zone]
		if r.Before != w.served[0] || r.After != w.served[1] || math.Abs(r.Worse-w.worse) > 1e-9 || math.Abs(r.Gained-r.Lost-(r.After-r.Before)) > 1e-9 {
			t.Fatalf("%+v, want %v before and after", r, w)
		}
	}
}

func TestWhatIfRefuses(t *testing.T) {
	ds := coveragetest.FerryTown()
	e := analysis.New(ds, "test")
	c := analysis.Choice{AdHoc: within("clinic", "15min")}
	at := ds.Demand.At[0]
	for key, changes := range map[string]scenario.Changes{
		"scenario.none":     {},
		"scenario.facility": {Close: []string{"nobody"}},
		"scenario.twice":    {Close: []string{"C"}, Move: []scenario.Move{{ID: "C", To: at}}},
		"scenario.place":    {Move: []scenario.Move{{ID: "C", To: orb.Point{500, 0}}}},
		"scenario.kind":     {Add: []coverage.Facility{{At: at}}},
		"scenario.id":       {Add: []coverage.Facility{{ID: "C", Kind: "clinic", At: at}}},
		"scenario.unheeded": {Add: []coverage.Facility{{Kind: "school", At: at}}},
	} {
		_, err := e.WhatIf(t.Context(), c, changes, nil)
		if said, ok := err.(*coverage.Error); !ok || said.Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
	c.Borders = "town"
	_, err := e.WhatIf(t.Context(), c, scenario.Changes{Add: []coverage.Facility{{Kind: "clinic", At: at, Share: "q"}}}, nil)
	if said, ok := err.(*coverage.Error); !ok || said.Key != "scenario.share" {
		t.Errorf("a share that nobody understands: %v", err)
	}
	c.Borders = ""
	got, err := e.WhatIf(t.Context(), c, scenario.Changes{Add: []coverage.Facility{{Kind: "clinic", At: at}}}, nil)
	if err != nil || got.Added[0] != "new-1" || got.Rows[0].Gained != 10+10+20 || len(got.Changed[0].Row) != 3 {
		t.Errorf("%+v, %v", got, err)
	}
}
