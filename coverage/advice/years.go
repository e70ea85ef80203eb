package advice

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/phase"
	"lifecircle/coverage/siting/plan"
)

// Year is a step of a plan: what may be spent in it, in the candidates' costs (1
// each unless they say otherwise).
type Year struct {
	Name   string
	Budget float64
}

// PlanOptions say how the years of a plan go together.
type PlanOptions struct {
	Carry     bool    // what is not spent in a year may be spent later
	Discount  float64 // the people of each year count so much less than those of the year before: 0.05 is 5 %
	LastFirst bool    // the last year's coverage is made as large as can be before the years in between are looked at
}

// YearSaid is a year of a plan: what is built in it, and who is served at its end.
type YearSaid struct {
	Year   string   `json:"year"`
	Budget float64  `json:"budget"`
	Spent  float64  `json:"spent"`
	Built  []string `json:"built"`
	Served float64  `json:"served"`
	Share  float64  `json:"share"`
}

func budgets(years []Year) []float64 {
	var out []float64
	for _, y := range years {
		out = append(out, y.Budget)
	}
	return out
}

// checkYears refuses what a plan in steps cannot keep to.
func (ask *SiteAsk) checkYears(near float64) error {
	if len(ask.Years) == 0 {
		if ask.Plan != (PlanOptions{}) {
			return invalid("site.no_years", nil)
		}
		return nil
	}
	for _, x := range []struct {
		name string
		bad  bool
	}{
		{"p", ask.P > 0},
		{"target", ask.Target > 0},
		{"budget", ask.Budget > 0},
		{"model", ask.Model != "" && ask.Model != siting.MCLP},
		{"capacity", ask.Capacity},
		{"backup", ask.Backup},
		{"each", ask.MinSites > 0 || ask.MinShare > 0},
		{"fixed", len(ask.Fixed) > 0},
		{"near", near > 0},
	} {
		if x.bad {
			return invalid("site.years_with", coverage.Args{"condition": x.name})
		}
	}
	sum := 0.0
	for _, y := range ask.Years {
		if !(y.Budget >= 0) || math.IsInf(y.Budget, 0) {
			return invalid("siting.amount", coverage.Args{"condition": "years", "value": y.Budget})
		}
		sum += y.Budget
	}
	if d := ask.Plan.Discount; !(sum > 0) || !(d >= 0 && d < 1) {
		return invalid("site.years", coverage.Args{"sum": sum, "discount": d})
	}
	return nil
}

// pairsOfYears is how many pairs a plan has: a site that is built in year t serves
// from t on.
func pairsOfYears(pairs int64, years int) int64 { return pairs * int64(years) * int64(years+1) / 2 }

// solveYears finds a plan. The solution opens everything that is built in the end.
func (p *planner) solveYears(ctx context.Context, setup *plan.Setup, ask SiteAsk, o SolveOptions) (*siting.Solution, *phase.Answer, error) {
	if n := pairsOfYears(setup.Pairs, len(ask.Years)); n > plan.MaxPairs {
		return nil, nil, invalid("plan.pairs", coverage.Args{"count": n, "most": plan.MaxPairs})
	}
	unit := "person-years"
	if ask.Plan.LastFirst {
		unit = "people"
	}
	o, last := o.telling(func(value, bound float64) Worth { return worthOf(value, bound, unit) })
	q := &phase.Question{Site: &setup.Instance, Budgets: budgets(ask.Years), Carry: ask.Plan.Carry, LastFirst: ask.Plan.LastFirst}
	for t := range ask.Years {
		q.Factors = append(q.Factors, math.Pow(1-ask.Plan.Discount, float64(t)))
	}
	a, err := search(ctx, &o, func(ctx context.Context) (*phase.Answer, error) { return phase.Solve(ctx, q, o.Options) })
	if err != nil {
		return nil, nil, err
	}
	last(a.Value, a.Bound)
	s := &siting.Solution{Model: siting.MCLP, Open: slices.Clone(setup.Instance.Fixed), Value: a.Value, Bound: a.Bound, Gap: a.Gap, Proven: a.Proven}
	for _, built := range a.Built {
		s.Open = append(s.Open, built...)
	}
	slices.Sort(s.Open)
	return s, a, nil
}

// yearsSaid names what each year of a plan builds.
func yearsSaid(a *phase.Answer, setup *plan.Setup, ask SiteAsk) []YearSaid {
	all := total(setup.Instance.Weights)
	var out []YearSaid
	for t, y := range ask.Years {
		said := YearSaid{Year: y.Name, Budget: y.Budget, Spent: a.Spent[t], Built: []string{}, Served: a.Covered[t]}
		for _, i := range setup.Chosen(a.Built[t]) {
			said.Built = append(said.Built, ask.Candidates[i].ID)
		}
		if all > 0 {
			said.Share = said.Served / all
		}
		out = append(out, said)
	}
	return out
}
