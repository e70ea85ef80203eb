package advice

import (
	"context"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/siting/plan"
)

// planner is one question on its way. Its rows are those of the demand, once for
// every service: row r of service k is k x Demand.Len() + r.
type planner struct {
	e        *analysis.Engine
	ds       *coverage.Dataset
	s        *analysis.Standing
	services []service
}

// service is one standard of the question.
type service struct {
	analysis.Part
	weights []float64 // of every demand row: people that count
	served  []bool    // by what stands
}

// newPlanner answers the question about what stands first. Several services are
// for questions about buildings that house them all.
func newPlanner(ctx context.Context, e *analysis.Engine, c analysis.Choice, together bool, progress coverage.Progress) (*planner, error) {
	s, err := e.Standing(ctx, c, progress)
	if err != nil {
		return nil, err
	}
	if s.Len() != 1 && !together {
		return nil, invalid("site.one", coverage.Args{"count": s.Len()})
	}
	p := &planner{e: e, ds: e.Data(), s: s}
	for i := range s.Len() {
		v := service{Part: s.Part(i)}
		v.served = make([]bool, p.ds.Demand.Len())
		for row := range v.served {
			v.served[row] = v.Coverage.Served[row] > 0
		}
		p.services = append(p.services, v)
	}
	return p, nil
}

// weigh says how much the people of every row count: by groups, and those of the
// country so many times more; nil and 0 as the standards have it.
func (p *planner) weigh(by map[string]float64, country float64) error {
	d := p.ds.Demand
	for name, w := range by {
		if d.Group(name) == nil || !(w >= 0) {
			return invalid("choice.group", coverage.Args{"value": name, "known": strings.Join(d.Groups, ", ")})
		}
	}
	for i := range p.services {
		p.services[i].weigh(d, by, country)
	}
	return nil
}

func (s *service) weigh(d *coverage.DemandSet, by map[string]float64, country float64) {
	if by == nil {
		by = map[string]float64{analysis.OwnGroup(d, s.Standard.Group): 1}
	}
	s.weights = make([]float64, d.Len())
	for g, name := range d.Groups { // in the order of the data: sums are the same every time
		w, ok := by[name]
		if !ok {
			continue
		}
		for i, people := range d.Pop[g] {
			if s.Coverage.Judged == nil || s.Coverage.Judged[i] {
				s.weights[i] += w * float64(people)
			}
		}
	}
	for i, at := range d.Setting {
		if country != 0 && at == coverage.Rural {
			s.weights[i] *= country
		}
	}
}

// servedNow reports whether what stands serves a row of the planner.
func (p *planner) servedNow(row int32) bool {
	n := int32(p.ds.Demand.Len())
	return p.services[row/n].served[row%n]
}

// rowAt is where a row of the planner lives.
func (p *planner) rowAt(row int32) [2]float64 { return p.ds.Demand.At[row%int32(p.ds.Demand.Len())] }

// setup makes the bare question of an ask, all services side by side.
func (p *planner) setup(ctx context.Context, ask SiteAsk, progress coverage.Progress) (*plan.Setup, *plan.Question, error) {
	var first *plan.Question
	var setups []*plan.Setup
	for i := range p.services {
		q, err := p.question(ask, &p.services[i])
		if err != nil {
			return nil, nil, err
		}
		setup, err := plan.Build(ctx, p.ds, q, p.s.Options().Landmass, p.s.Pairs(progress))
		if err != nil {
			return nil, nil, err
		}
		if first == nil {
			first = q
		}
		setups = append(setups, setup)
	}
	if len(setups) == 1 {
		return setups[0], first, nil
	}
	joined, err := plan.Join(setups, p.ds.Demand.Len())
	return joined, first, err
}

// question fills in what the ask leaves out, for one service.
func (p *planner) question(ask SiteAsk, s *service) (*plan.Question, error) {
	q := &plan.Question{
		Model: ask.Model, P: ask.P, Target: ask.Target, Budget: ask.Budget, Rules: s.Standard.Rules, Weights: s.weights,
		Candidates: ask.Candidates, ApartM: ask.ApartM, Capacities: ask.Capacity, PerUnit: ask.PerUnit, MinSites: ask.MinSites, MinShare: ask.MinShare,
	}
	if len(ask.Years) > 0 {
		q.Budget = total(budgets(ask.Years))
	}
	if err := q.Settle(); err != nil {
		return nil, err
	}
	if ask.Backup {
		q.Cover = 2
	}
	for _, r := range q.Rules {
		q.Reach = max(q.Reach, 4*r.Threshold.Limit())
	}
	if ask.ReachS > 0 {
		q.Reach = uint32(ask.ReachS) * 1000
	}
	switch {
	case ask.Fresh:
		q.Cost = nil
	case ask.Capacity || ask.Backup:
		q.Existing = s.Facilities
	default:
		q.Served, q.Cost = s.served, s.Coverage.Cost
	}
	var err error
	if q.Fixed, err = plan.Named(ask.Candidates, ask.Fixed); err != nil {
		return nil, err
	}
	if q.Forbidden, err = plan.Named(ask.Candidates, ask.Forbidden); err != nil {
		return nil, err
	}
	for _, set := range ask.Exclusive {
		list, err := plan.Named(ask.Candidates, set)
		if err != nil {
			return nil, err
		}
		q.Exclusive = append(q.Exclusive, list)
	}
	return q, p.zones(q, ask, s)
}

// zones numbers the zones of a level that must all be served.
func (p *planner) zones(q *plan.Question, ask SiteAsk, s *service) error {
	if ask.MinSites == 0 && ask.MinShare == 0 {
		return nil
	}
	levels := p.e.Levels()
	if !slices.Contains(levels, ask.ZoneLevel) {
		return invalid("choice.level", coverage.Args{"value": ask.ZoneLevel, "known": strings.Join(levels, ", ")})
	}
	zones := p.ds.Zones
	q.ZoneOf = make([]int32, len(zones))
	count := int32(0)
	for z := range zones { // parents stand first
		up := zones[z].Parent
		switch {
		case zones[z].Level == ask.ZoneLevel:
			q.ZoneOf[z] = count
			count++
		case up >= 0:
			q.ZoneOf[z] = q.ZoneOf[up]
		default:
			q.ZoneOf[z] = -1
		}
	}
	q.Standing = make([]int32, count)
	of := p.e.FacilityZones()
	for _, f := range s.Facilities {
		if z := of[f]; z >= 0 && q.ZoneOf[z] >= 0 && !ask.Fresh {
			q.Standing[q.ZoneOf[z]]++
		}
	}
	return nil
}
