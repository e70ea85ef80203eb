package advice

import (
	"context"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/scenario"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/closure"
	"lifecircle/coverage/siting/plan"
)

// CloseAsk is a question about closures.
type CloseAsk struct {
	K        int      // how many to close
	All      bool     // as many as can close without anybody losing the service
	Lossless bool     // with K: nobody loses the service; otherwise the fewest do
	Keep     []string // ids of facilities that stay
	Capacity bool     // nobody receives more people than their capacity
	PerUnit  float64  // people that a unit of capacity (a bed, a place, a seat) serves; 0: 1
}

// LoadSaid is how many people a facility serves before and after closures, by the
// least travel within capacities.
type LoadSaid struct {
	ID       string  `json:"id"`
	Before   float64 `json:"before"`
	After    float64 `json:"after"`
	Capacity float64 `json:"capacity,omitempty"`
}

// TravelSaid is the mean cost of those served, in milliseconds (millimetres),
// before and after, and the people who have farther to go or lose the service.
type TravelSaid struct {
	Before float64 `json:"mean_before"`
	After  float64 `json:"mean_after"`
	Worse  float64 `json:"worse_off"`
	Lost   float64 `json:"lost"`
}

// Close answers what may close. The facilities are the open ones of the kinds. Of
// equally good choices without loss the one with the least travel is taken.
func (a *Advisor) Close(ctx context.Context, c analysis.Choice, ask CloseAsk, o SolveOptions) (*SiteAnswer, error) {
	p, err := newPlanner(ctx, a.e, c, false, o.Progress)
	if err != nil {
		return nil, err
	}
	if err := p.weigh(nil, 0); err != nil {
		return nil, err
	}
	list, err := p.closable(ask)
	if err != nil {
		return nil, err
	}
	q := &plan.Question{Model: siting.MCLP, Rules: p.services[0].Standard.Rules, Weights: p.nowServed(), Candidates: list, Capacities: ask.Capacity, P: 1}
	setup, err := plan.Build(ctx, p.ds, q, p.s.Options().Landmass, p.s.Pairs(o.Progress))
	if err != nil {
		return nil, err
	}
	if !ask.All && !ask.Lossless { // who keeps the service; the others are solved in steps that count other things
		all := total(setup.Instance.Weights)
		o, _ = o.telling(func(lost, bound float64) Worth { return p.worth(setup, all-lost, all-bound) })
	}
	found, err := o.close(ctx, closureOf(setup, list, ask))
	if err != nil {
		return nil, p.explain(err, setup, q)
	}
	answer := p.closed(found, setup, list, ask)
	if o.Best != nil {
		setup.Instance.Model = answer.Model
		o.Best(p.worth(setup, answer.Value, answer.Bound))
	}
	var changes scenario.Changes
	for _, i := range found.Close {
		changes.Close = append(changes.Close, list[i].ID)
	}
	answer.Closed = append([]string{}, changes.Close...)
	if len(changes.Close) > 0 {
		answer.Effect, err = a.e.WhatIf(ctx, c, changes, nil)
	}
	return answer, err
}

// closureOf is the bare question.
func closureOf(setup *plan.Setup, list []plan.Candidate, ask CloseAsk) *closure.Question {
	in := &setup.Instance
	q := &closure.Question{
		Goal: closure.Lose, Weights: in.Weights, Distances: in.Distances, Threshold: in.Threshold, K: ask.K, Capacity: in.Capacity,
	}
	if ask.All || ask.Lossless {
		q.Goal = closure.Keep
	}
	stay := map[string]bool{}
	for _, id := range ask.Keep {
		stay[id] = true
	}
	q.Closable = []int32{}
	for i := range list {
		if !stay[list[i].ID] {
			q.Closable = append(q.Closable, int32(i))
		}
	}
	return q
}

func (o SolveOptions) close(ctx context.Context, q *closure.Question) (*closure.Answer, error) {
	return search(ctx, &o, func(ctx context.Context) (*closure.Answer, error) { return closure.Solve(ctx, q, o.Options) })
}

// closed turns an answer into places and people. Its value is the number that
// stays (all), the travel that is left (a number without loss), or the people who keep
// the service.
func (p *planner) closed(found *closure.Answer, setup *plan.Setup, list []plan.Candidate, ask CloseAsk) *SiteAnswer {
	s := &siting.Solution{Model: siting.PMedian, Open: found.Open, Value: found.Value, Bound: found.Bound, Gap: found.Gap, Proven: found.Proven}
	all := total(setup.Instance.Weights)
	switch {
	case ask.All: // said as how many stay, which is what a set cover makes least
		n := float64(len(list))
		s.Model, s.Value, s.Bound = siting.LSCP, n-found.Value, n-found.Bound
		s.Gap = 0
		if s.Value > 0 {
			s.Gap = (s.Value - s.Bound) / s.Value
		}
	case !ask.Lossless: // said as who keeps the service, like every other count of people
		s.Model, s.Value, s.Bound = siting.MCLP, all-found.Value, all-found.Bound
	}
	q := &plan.Question{Model: siting.MCLP}
	answer := p.answer(s, setup, q, list)
	answer.Gap, answer.Before, answer.Curve = s.Gap, answer.Population, []siting.CurvePoint{}
	answer.Value, answer.Bound = s.Value, s.Bound
	t := &TravelSaid{}
	for _, w := range found.Worse {
		t.Worse += setup.Instance.Weights[w.Demand]
		t.Lost += w.Lost
	}
	if all > 0 {
		t.Before = found.Travel[0] / all
	}
	if left := all - t.Lost; left > 0 {
		t.After = found.Travel[1] / left
	}
	answer.Travel = t
	for _, i := range found.Open {
		answer.Loads = append(answer.Loads, LoadSaid{list[i].ID, found.Loads[0][i], found.Loads[1][i], list[i].Capacity})
	}
	return answer
}

func perUnit(people float64) float64 {
	if people == 0 {
		return 1
	}
	return people
}

func (p *planner) nowServed() []float64 {
	s := &p.services[0]
	out := slices.Clone(s.weights)
	for i := range out {
		if !s.served[i] {
			out[i] = 0
		}
	}
	return out
}

// closable are the facilities as candidates, each with its own capacity.
func (p *planner) closable(ask CloseAsk) ([]plan.Candidate, error) {
	list := make([]plan.Candidate, len(p.services[0].Facilities))
	of := p.e.FacilityZones()
	for k, i := range p.services[0].Facilities {
		f := &p.ds.Facilities[i]
		list[k] = plan.Candidate{ID: f.ID, Name: f.Name, At: f.At, Landmass: f.Landmass, Zone: of[i], Capacity: f.Capacity * perUnit(ask.PerUnit), DelayS: f.DelayS}
	}
	keep, err := plan.Named(list, ask.Keep)
	slices.Sort(keep)
	most := len(list) - len(slices.Compact(keep))
	if err == nil && (!ask.All && (ask.K < 1 || ask.K > most) || ask.All && ask.K != 0) {
		err = invalid("close.how_many", coverage.Args{"value": ask.K, "most": most})
	}
	return list, err
}
