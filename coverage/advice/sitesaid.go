package advice

import (
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"
)

// answer turns a solution into places and people.
func (p *planner) answer(s *siting.Solution, setup *plan.Setup, q *plan.Question, list []plan.Candidate) *SiteAnswer {
	a := &SiteAnswer{
		Model: s.Model, Open: []string{}, Value: s.Value, Bound: s.Bound, Gap: s.Gap, Proven: s.Proven, Curve: []siting.CurvePoint{},
		Candidates: len(list), Pairs: setup.Pairs,
		Sites: []SiteSaid{}, Version: p.e.Version(), Inputs: p.ds.Sources, Options: p.s.Options(),
	}
	if s.Model == siting.LSCP && setup.Instance.Costs == nil { // what stands is not counted
		a.Value, a.Bound = a.Value-float64(setup.Standing), max(0, a.Bound-float64(setup.Standing))
		if a.Gap = 0; a.Value > 0 {
			a.Gap = (a.Value - a.Bound) / a.Value
		}
	}
	for _, c := range s.Curve {
		if c.P -= setup.Standing; c.P > 0 {
			a.Curve = append(a.Curve, c)
		}
	}
	chosen := setup.Chosen(s.Open)
	serving := setup.Serving(chosen)
	before := make([]bool, len(setup.Rows))
	for k, row := range setup.Rows {
		before[k] = p.servedNow(row) && (q.Served != nil || q.Existing != nil)
	}
	a.count(setup, serving, before)
	if len(p.services) > 1 {
		a.Services = p.servicesSaid(setup, serving, before)
	}
	if in := setup.Instance; in.Model != siting.PMedian && in.Model != siting.PCenter && in.Capacity != nil {
		in.Model = siting.MCLP // who finds no room is not served
		a.Before, _ = siting.Evaluate(&in, s.Open[:setup.Standing])
		a.After, _ = siting.Evaluate(&in, s.Open)
	}
	for _, i := range chosen {
		a.Open = append(a.Open, list[i].ID)
		a.Sites = append(a.Sites, p.said(setup, &list[i], int(i)+setup.Standing, serving, before))
	}
	return a
}

// count adds up the people before and after, and those beyond hope.
func (a *SiteAnswer) count(setup *plan.Setup, serving []int32, before []bool) {
	reached := make([]bool, len(serving))
	d := &setup.Instance.Distances
	for k, j := range d.Demand {
		reached[j] = reached[j] || setup.Serves(int64(k))
	}
	for j, w := range setup.Instance.Weights {
		a.Population += w
		if before[j] {
			a.Before += w
		}
		if before[j] || serving[j] > 0 {
			a.After += w
		}
		if !before[j] && !reached[j] {
			a.Hopeless += w
		}
	}
}

// servicesSaid are the people of every service before and after.
func (p *planner) servicesSaid(setup *plan.Setup, serving []int32, before []bool) []ServiceSaid {
	out := make([]ServiceSaid, len(p.services))
	for k := range out {
		out[k].Standard = p.services[k].Standard.ID
	}
	for j, row := range setup.Rows {
		s, w := &out[int(row)/p.ds.Demand.Len()], setup.Instance.Weights[j]
		s.Population += w
		if before[j] {
			s.Before += w
		}
		if before[j] || serving[j] > 0 {
			s.After += w
		}
	}
	return out
}

func (p *planner) said(setup *plan.Setup, c *plan.Candidate, site int, serving []int32, before []bool) SiteSaid {
	said := SiteSaid{ID: c.ID, Name: c.Name, At: c.At, Cost: c.Price()}
	if c.Zone >= 0 {
		said.Zone = p.ds.Zones[c.Zone].ID
	}
	d := &setup.Instance.Distances
	for k := d.First[site]; k < d.First[site+1]; k++ {
		j := d.Demand[k]
		if !setup.Serves(k) {
			continue
		}
		w := setup.Instance.Weights[j]
		said.People += w
		if !before[j] {
			said.New += w
		}
		if serving[j] == 1 && !before[j] {
			said.Own += w
		}
	}
	return said
}
