package advice_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"
	"lifecircle/coverage/scenario"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"
)

// worthSlow is the worth of new sites by a whole run on the changed dataset.
func worthSlow(t *testing.T, ds *coverage.Dataset, c analysis.Choice, a *advice.SiteAnswer, reachMS float64) float64 {
	t.Helper()
	var changes scenario.Changes
	for _, s := range a.Sites {
		changes.Add = append(changes.Add, coverage.Facility{ID: s.ID, Kind: "clinic", At: s.At})
	}
	after := changed(t, ds, changes)
	run, err := analysis.New(after, "test").Run(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	cov, sum, all, most := run.Coverage[0], 0.0, 0.0, 0.0
	for i, people := range ds.Demand.Pop[0] {
		ms := min(float64(cov.Cost[i]), reachMS)
		sum, all = sum+ms*float64(people), all+float64(people)
		if people > 0 {
			most = max(most, ms)
		}
	}
	switch a.Model {
	case siting.PMedian:
		return sum / all / 1000
	case siting.PCenter:
		return most / 1000
	case siting.LSCP:
		return float64(len(a.Open))
	}
	return cov.Rows[0].Served
}

// What is told on the way gets better, keeps to its bound, and ends with the
// answer, which whole runs confirm.
func TestBestIsToldInUnitsOfPeople(t *testing.T) {
	ds := coveragetest.FerryTown()
	c := analysis.Choice{Mode: "walk", AdHoc: within("clinic", "5min")}
	e := analysis.New(ds, "test")
	for _, ask := range []advice.SiteAsk{
		{P: 2},
		{Target: 0.9},
		{Target: 1},
		{P: 2, Model: siting.PMedian, ReachS: 3600},
		{P: 2, Model: siting.PCenter, ReachS: 3600},
		{P: 2, Fresh: true},
		{Target: 0.9, Fresh: true},
		{P: 2, Capacity: true},
	} {
		for i := range ds.Demand.Len() {
			ask.Candidates = append(ask.Candidates, plan.Candidate{ID: fmt.Sprint("c", i), At: ds.Demand.At[i], Landmass: ds.Demand.Landmass[i], Zone: ds.Demand.Zone[i]})
		}
		var told []advice.Worth
		a, err := advice.On(e).Site(t.Context(), c, ask, advice.SolveOptions{Best: func(w advice.Worth) { told = append(told, w) }})
		if err != nil {
			t.Fatalf("%+v: %v", ask, err)
		}
		last := told[len(told)-1]
		unit := map[siting.Model]string{siting.MCLP: "people", siting.LSCP: "sites", siting.PMedian: "seconds", siting.PCenter: "seconds"}[a.Model]
		for _, w := range told {
			better := last.Value - w.Value
			if a.Model != siting.MCLP {
				better = -better
			}
			if w.Unit != unit || better < -1e-9 || w.Gap < 0 || w.Gap > 1 {
				t.Errorf("%s: %+v on the way to %+v", a.Model, w, last)
			}
		}
		d := *ds
		if ask.Fresh {
			d.Facilities = nil
			for _, f := range ds.Facilities { // closed, so that the kind is known
				f.Status = "closed"
				d.Facilities = append(d.Facilities, f)
			}
		}
		if want := worthSlow(t, &d, c, a, 3_600_000); math.Abs(last.Value-want) > 1e-6 || math.Abs(last.Gap-a.Gap) > 1e-9 {
			t.Errorf("%s (new only %v, capacity %v): %+v, whole run %v, gap %v", a.Model, ask.Fresh, ask.Capacity, last, want, a.Gap)
		}
	}
}
