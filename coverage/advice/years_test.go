package advice_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"
	"lifecircle/coverage/scenario"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"

	"pgregory.net/rapid"
)

// withSchools adds another service.
func withSchools(t *rapid.T, ds *coverage.Dataset) {
	for i := range rapid.IntRange(1, 2).Draw(t, "schools") {
		f := ds.Facilities[0]
		f.ID, f.Kind = fmt.Sprintf("S%d", i), "school"
		row := rapid.IntRange(0, ds.Demand.Len()-1).Draw(t, "school")
		f.At, f.Landmass = ds.Demand.At[row], ds.Demand.Landmass[row]
		ds.Facilities = append(ds.Facilities, f)
	}
}

func twoServices(t *rapid.T) analysis.Choice {
	seconds := rapid.Int32Range(30, 1500)
	return analysis.Choice{Mode: "walk", AdHoc: []analysis.AdHoc{
		{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: seconds.Draw(t, "clinic within")}},
		{Kinds: []string{"school"}, Within: coverage.Threshold{Seconds: seconds.Draw(t, "school within")}},
	}}
}

// servedByAll is how many people each service serves once every one of them is
// housed at a set of candidates, by whole runs.
func servedByAll(t *rapid.T, ds *coverage.Dataset, c analysis.Choice, list []plan.Candidate, set []int) (clinic, school float64) {
	var changes scenario.Changes
	for _, i := range set {
		for _, kind := range []string{"clinic", "school"} {
			changes.Add = append(changes.Add, coverage.Facility{ID: list[i].ID + kind, Kind: kind, At: list[i].At})
		}
	}
	run, err := analysis.New(changed(t, ds, changes), "test").Run(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return run.Coverage[0].Rows[0].Served, run.Coverage[1].Rows[0].Served
}

// Several services in the same buildings: the sum of the people whom each serves
// is what trying every set on whole runs gives, and so are the figures of each.
func TestServicesTogetherAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := someTown(t)
		withSchools(t, ds)
		list, c := someCandidates(t, ds), twoServices(t)
		p := rapid.IntRange(1, len(list)).Draw(t, "p")
		best := 0.0
		for n := range p + 1 {
			subsets(len(list), n, func(set []int) {
				clinic, school := servedByAll(t, ds, c, list, set)
				best = max(best, clinic+school)
			})
		}
		got, err := advice.On(analysis.New(ds, "test")).Site(context.Background(), c, advice.SiteAsk{P: p, Candidates: list, Together: true}, advice.SolveOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var set []int
		for i := range list {
			if slices.Contains(got.Open, list[i].ID) {
				set = append(set, i)
			}
		}
		clinic, school := servedByAll(t, ds, c, list, set)
		nowClinic, nowSchool := servedByAll(t, ds, c, list, nil)
		if !got.Proven || math.Abs(got.Value-best) > 1e-6 || math.Abs(got.After-best) > 1e-6 || math.Abs(got.Before-nowClinic-nowSchool) > 1e-6 {
			t.Fatalf("%+v, want %v", got, best)
		}
		if s := got.Services; math.Abs(s[0].Before-nowClinic) > 1e-6 || math.Abs(s[1].Before-nowSchool) > 1e-6 || math.Abs(s[0].After-clinic) > 1e-6 || math.Abs(s[1].After-school) > 1e-6 {
			t.Fatalf("%+v, want %v and %v of %v and %v", s, clinic, school, nowClinic, nowSchool)
		}
		if e := got.Effect; e != nil {
			after := 0.0
			for _, r := range e.Rows {
				if r.Level == "total" {
					after += r.After
				}
			}
			if math.Abs(after-best) > 1e-6 {
				t.Fatalf("the comparison says %v, the siting %v", after, best)
			}
		}
	})
}

// eachPlan tries every year of every candidate, years for never.
func eachPlan(sites, years int, try func(year []int)) {
	year := make([]int, sites)
	var next func(i int)
	next = func(i int) {
		if i == sites {
			try(year)
			return
		}
		for year[i] = 0; year[i] <= years; year[i]++ {
			next(i + 1)
		}
	}
	next(0)
}

// A plan by year serves, summed over the years, what the best of all plans within
// the budgets does on whole runs.
func TestPlansByYearAgainstEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := someTown(t)
		list := someCandidates(t, ds)
		list = list[:min(4, len(list))]
		c := analysis.Choice{Mode: "walk", AdHoc: within("clinic", "5min")}
		ask := advice.SiteAsk{Candidates: list, Plan: advice.PlanOptions{
			Carry: rapid.Bool().Draw(t, "carry"), LastFirst: rapid.Bool().Draw(t, "last"), Discount: rapid.SampledFrom([]float64{0, 0.3}).Draw(t, "discount"),
		}}
		for i := range rapid.IntRange(1, 3).Draw(t, "years") {
			ask.Years = append(ask.Years, advice.Year{Name: fmt.Sprint(2026 + i), Budget: float64(rapid.IntRange(0, 4).Draw(t, "budget"))})
		}
		ask.Years[0].Budget++
		served := map[string]float64{}
		for n := range len(list) + 1 {
			subsets(len(list), n, func(set []int) { served[fmt.Sprint(set)] = servedWith(t, ds, c, changesOf(list, set)) })
		}
		value := func(year []int) (sum, last float64, ok bool) {
			purse := 0.0
			for y := range ask.Years {
				if !ask.Plan.Carry {
					purse = 0
				}
				purse += ask.Years[y].Budget
				stands := []int{}
				for i := range list {
					if year[i] == y {
						purse -= list[i].Cost
					}
					if year[i] <= y {
						stands = append(stands, i)
					}
				}
				if purse < 0 {
					return 0, 0, false
				}
				last = served[fmt.Sprint(stands)]
				sum += math.Pow(1-ask.Plan.Discount, float64(y)) * last
			}
			return sum, last, true
		}
		best, bestLast := 0.0, 0.0
		eachPlan(len(list), len(ask.Years), func(year []int) {
			sum, last, ok := value(year)
			if ok && ask.Plan.LastFirst && last > bestLast+1e-9 {
				best, bestLast = sum, last
			} else if ok && (!ask.Plan.LastFirst || last >= bestLast-1e-9) {
				best, bestLast = max(best, sum), max(bestLast, last)
			}
		})
		got, err := advice.On(analysis.New(ds, "test")).Site(context.Background(), c, ask, advice.SolveOptions{})
		if err != nil {
			t.Fatal(err)
		}
		want := best
		if ask.Plan.LastFirst {
			want = bestLast
		}
		if !got.Proven || math.Abs(got.Value-want) > 1e-6 || math.Abs(got.Bound-want) > 1e-6 {
			t.Fatalf("%+v, want %v", got, want)
		}
		year := make([]int, len(list))
		for i := range list {
			year[i] = slices.IndexFunc(got.Years, func(y advice.YearSaid) bool { return slices.Contains(y.Built, list[i].ID) })
			if year[i] < 0 {
				year[i] = len(ask.Years)
			}
		}
		if sum, last, ok := value(year); !ok || math.Abs(sum-best) > 1e-6 || math.Abs(last-got.Years[len(got.Years)-1].Served) > 1e-6 || math.Abs(last-got.After) > 1e-6 {
			t.Fatalf("%+v serves %v and %v at last, want %v", got.Years, sum, last, best)
		}
	})
}

func TestWhatDoesNotGoTogether(t *testing.T) {
	ds := coveragetest.FerryTown()
	list := plan.FromZones(ds)
	c := analysis.Choice{AdHoc: within("clinic", "50m")}
	year := []advice.Year{{Name: "2026", Budget: 1}}
	for want, asks := range map[string][]advice.SiteAsk{
		"site.years_with": {
			{P: 1, Years: year},
			{Budget: 2, Years: year},
			{Target: 0.5, Years: year},
			{Model: siting.PMedian, Years: year},
			{Years: year, Capacity: true},
			{Years: year, Backup: true},
			{Years: year, MinSites: 1},
			{Years: year, Fixed: []string{list[0].ID}},
		},
		"site.no_years":      {{P: 1, Plan: advice.PlanOptions{Carry: true}}},
		"site.years":         {{Years: []advice.Year{{Name: "2026"}}}, {Years: year, Plan: advice.PlanOptions{Discount: 1}}},
		"siting.amount":      {{Years: []advice.Year{{Name: "2026", Budget: math.NaN()}}}},
		"site.together_with": {{P: 1, Together: true, Model: siting.PCenter}, {P: 1, Together: true, Capacity: true}, {P: 1, Together: true, Backup: true}, {P: 1, Together: true, MinShare: 0.5}},
	} {
		for _, ask := range asks {
			ask.Candidates = list
			_, err := advice.On(analysis.New(ds, "test")).Site(context.Background(), c, ask, advice.SolveOptions{})
			var said *coverage.Error
			if !errors.As(err, &said) || said.Key != want {
				t.Errorf("%+v: %v, want %s", ask, err, want)
			}
		}
	}
}
