package advice

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/scenario"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"
)

// SiteAsk is a question about sites. The standard, or the kinds and the threshold,
// the way to travel and the group of people are those of the [analysis.Choice] that goes
// with it.
type SiteAsk struct {
	Model     siting.Model       // "" MCLP with P or Budget, LSCP with Target
	P         int                // new sites
	Target    float64            // share of the people to be served, what stands included
	Budget    float64            // for new sites
	ReachS    int32              // p-median, p-center: costs beyond count as this (Fresh, Capacity: are not travelled); 0: four times the threshold
	Weights   map[string]float64 // weight of people by group; nil: those of the standard's group count once
	Country   float64            // people of the country count so many times; 0: once
	Fresh     bool               // plan as if nothing stood
	ApartM    float64            // least distance between new sites
	ZoneLevel string             // every zone of this level must have MinSites or MinShare
	MinSites  int
	MinShare  float64
	Backup    bool // people count only with two sites near enough
	Capacity  bool // people that sites can serve count
	// Candidates are where to build; Fixed, Forbidden and Exclusive name them by id.
	Candidates       []plan.Candidate
	Fixed, Forbidden []string
	Exclusive        [][]string
}

// SolveOptions steer the search for an answer, after the travel is known.
type SolveOptions struct {
	siting.Options
	// Limit ends the search for a better answer or bound; nil: only ctx does.
	Limit func(ctx context.Context) (context.Context, context.CancelFunc)
	// Best is told how good the best answer is as it gets better; nil is silent. It
	// is called in the solving goroutine and must return soon.
	Best func(Worth)
	// Near asks for other answers whose value is within this share of the best; 0: none.
	Near float64
}

func (o *SolveOptions) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	if o.Limit == nil {
		return context.WithCancel(ctx)
	}
	return o.Limit(ctx)
}

func (p *planner) solve(ctx context.Context, setup *plan.Setup, o SolveOptions) (*siting.Solution, error) {
	o, last := o.telling(func(value, bound float64) Worth { return p.worth(setup, value, bound) })
	limited, cancel := o.limited(ctx)
	defer cancel()
	s, err := siting.Solve(limited, &setup.Instance, o.Options)
	if err != nil && ctx.Err() == nil && limited.Err() != nil {
		return nil, &coverage.Error{Code: coverage.Conflict, Key: "site.no_time"}
	}
	if err == nil {
		last(s)
	}
	return s, err
}

// SiteAnswer is the answer of either question, with its proof.
type SiteAnswer struct {
	Model   siting.Model        `json:"model"`
	Open    []string            `json:"open"`             // candidates to build; of closures the facilities that stay
	Closed  []string            `json:"closed,omitempty"` // of closures
	Value   float64             `json:"value"`
	Bound   float64             `json:"bound"`
	Gap     float64             `json:"gap"` // |bound - value| over the larger of both
	Proven  bool                `json:"proven"`
	Seconds float64             `json:"seconds"` // that the caller measured
	Curve   []siting.CurvePoint `json:"curve"`

	Population float64                `json:"population"` // people that count
	Before     float64                `json:"before"`     // of them served now
	After      float64                `json:"after"`      // and with the answer
	Hopeless   float64                `json:"hopeless"`   // people that neither what stands nor any candidate can serve
	Sites      []SiteSaid             `json:"sites"`
	Candidates int                    `json:"candidates"`
	Pairs      int64                  `json:"pairs"`
	Version    string                 `json:"version"`
	Inputs     []coverage.Source      `json:"inputs"`
	Options    coverage.RunOptions    `json:"options"`
	Loads      []LoadSaid             `json:"loads,omitempty"`  // of closures, by facility that stays
	Travel     *TravelSaid            `json:"travel,omitempty"` // of closures
	Robust     *RobustAnswer          `json:"robust,omitempty"`
	Near       *plan.Near             `json:"near,omitempty"`
	Effect     *analysis.WhatIfAnswer `json:"-"` // nil when nothing is built or closed
}

// SiteSaid is one site of an answer. People are those that it can serve; New those
// of them who are not served now; Own those whom no other site of the answer
// serves (of a closure: who would be lost with it).
type SiteSaid struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	At     [2]float64 `json:"at"`
	Zone   string     `json:"zone"`
	Cost   float64    `json:"cost"`
	People float64    `json:"people"`
	New    float64    `json:"new"`
	Own    float64    `json:"own"`
}

// Advisor answers questions about sites on the data of an engine. It is safe for
// concurrent use.
type Advisor struct{ e *analysis.Engine }

// On is an advisor on the data of an engine.
func On(e *analysis.Engine) *Advisor { return &Advisor{e} }

// planner is one question on its way.
type planner struct {
	e       *analysis.Engine
	ds      *coverage.Dataset
	s       *analysis.Standing
	part    analysis.Part
	weights []float64
	served  []bool
}

// Site answers where to build. Errors: Invalid, and Infeasible when no choice of
// sites will do, saying why.
func (a *Advisor) Site(ctx context.Context, c analysis.Choice, ask SiteAsk, o SolveOptions) (*SiteAnswer, error) {
	p, err := newPlanner(ctx, a.e, c, ask.Weights, o.Progress)
	if err != nil {
		return nil, err
	}
	p.weighCountry(ask.Country)
	q, err := p.question(ask)
	if err != nil {
		return nil, err
	}
	setup, err := plan.Build(ctx, p.ds, q, p.s.Options().Landmass, p.s.Pairs(o.Progress))
	if err != nil {
		return nil, err
	}
	solution, err := p.solve(ctx, setup, o)
	if err != nil {
		return nil, p.explain(err, setup, q)
	}
	answer := p.answer(solution, setup, q, ask.Candidates)
	if o.Near > 0 {
		limited, cancel := o.limited(ctx)
		defer cancel()
		if answer.Near, err = setup.Near(limited, solution, ask.Candidates, o.Near); err != nil {
			return nil, err
		}
	}
	var changes scenario.Changes
	for _, s := range answer.Sites {
		changes.Add = append(changes.Add, coverage.Facility{ID: p.freshID(s.ID), Name: s.Name, Kind: p.part.Standard.Kinds[0], At: s.At})
	}
	if !ask.Fresh && len(changes.Add) > 0 {
		answer.Effect, err = a.e.WhatIf(ctx, c, changes, nil)
	}
	return answer, err
}

// freshID is an id for a facility at a candidate; a house that takes another
// service in has the candidate's id already.
func (p *planner) freshID(id string) string {
	for slices.ContainsFunc(p.ds.Facilities, func(f coverage.Facility) bool { return f.ID == id }) {
		id += "-new"
	}
	return id
}

// newPlanner answers the question about what stands first.
func newPlanner(ctx context.Context, e *analysis.Engine, c analysis.Choice, weights map[string]float64, progress coverage.Progress) (*planner, error) {
	s, err := e.Standing(ctx, c, progress)
	if err != nil {
		return nil, err
	}
	if s.Len() != 1 {
		return nil, invalid("site.one", coverage.Args{"count": s.Len()})
	}
	p := &planner{e: e, ds: e.Data(), s: s, part: s.Part(0)}
	p.weights, err = p.weigh(weights)
	p.served = make([]bool, len(p.weights))
	for i := range p.served {
		p.served[i] = p.part.Coverage.Served[i] > 0
	}
	return p, err
}

// weigh is the weight of every row that is judged.
func (p *planner) weigh(by map[string]float64) ([]float64, error) {
	d := p.ds.Demand
	if by == nil {
		by = map[string]float64{analysis.OwnGroup(d, p.part.Standard.Group): 1}
	}
	out := make([]float64, d.Len())
	for g, name := range d.Groups { // in the order of the data: sums are the same every time
		w, ok := by[name]
		if !ok {
			continue
		}
		for i, people := range d.Pop[g] {
			if p.part.Coverage.Judged == nil || p.part.Coverage.Judged[i] {
				out[i] += w * float64(people)
			}
		}
	}
	for name, w := range by {
		if d.Group(name) == nil || !(w >= 0) {
			return nil, invalid("choice.group", coverage.Args{"value": name, "known": strings.Join(d.Groups, ", ")})
		}
	}
	return out, nil
}

// weighCountry lets people of the country count more or less.
func (p *planner) weighCountry(factor float64) {
	for i, at := range p.ds.Demand.Setting {
		if factor != 0 && at == coverage.Rural {
			p.weights[i] *= factor
		}
	}
}

// question fills in what the ask leaves out.
func (p *planner) question(ask SiteAsk) (*plan.Question, error) {
	q := &plan.Question{
		Model: ask.Model, P: ask.P, Target: ask.Target, Budget: ask.Budget, Rules: p.part.Standard.Rules, Weights: p.weights,
		Candidates: ask.Candidates, ApartM: ask.ApartM, Capacities: ask.Capacity, MinSites: ask.MinSites, MinShare: ask.MinShare,
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
		q.Existing = p.part.Facilities
	default:
		q.Served, q.Cost = p.served, p.part.Coverage.Cost
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
	return q, p.zones(q, ask)
}

// zones numbers the zones of a level that must all be served.
func (p *planner) zones(q *plan.Question, ask SiteAsk) error {
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
	for _, f := range p.part.Facilities {
		if z := of[f]; z >= 0 && q.ZoneOf[z] >= 0 && !ask.Fresh {
			q.Standing[q.ZoneOf[z]]++
		}
	}
	return nil
}

// explain says of an infeasible question how many people it is about, or which of
// its conditions, in words of the question.
func (p *planner) explain(err error, setup *plan.Setup, q *plan.Question) error {
	var said *coverage.Error
	if !errors.As(err, &said) {
		return err
	}
	switch said.Key {
	case "siting.uncovered", "siting.target": // the people whom nobody reaches are to blame
	case "siting.fixed_many": // what stands is fixed too
		return &coverage.Error{Code: said.Code, Key: said.Key, Args: coverage.Args{"fixed": len(q.Fixed), "p": q.P}}
	case "siting.zone_sites":
		number, _ := said.Args["zone"].(int32)
		zone := p.ds.Zones[slices.Index(q.ZoneOf, number)] // parents stand first
		return &coverage.Error{Code: said.Code, Key: said.Key, Args: coverage.Args{"zone": cmp.Or(zone.Name, zone.ID), "sites": q.MinSites}}
	default:
		return err
	}
	demands, people := siting.Unreachable(&setup.Instance)
	if len(demands) == 0 {
		return err
	}
	worst := demands[0]
	for _, j := range demands {
		if setup.Instance.Weights[j] > setup.Instance.Weights[worst] {
			worst = j
		}
	}
	at := p.ds.Demand.At[setup.Rows[worst]]
	return &coverage.Error{Code: coverage.Infeasible, Key: "site.hopeless", Args: coverage.Args{
		"people": int64(people + 0.5), "count": len(demands), "lon": round5(at[0]), "lat": round5(at[1]),
	}}
}

func invalid(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Invalid, Key: key, Args: args}
}

func round5(v float64) float64 { return float64(int64(v*1e5)) / 1e5 }

// Houses are the open facilities of some kinds as candidates, for another service
// to move in.
func (a *Advisor) Houses(kinds []string) []plan.Candidate {
	return plan.FromFacilities(a.e.Data(), kinds, a.e.FacilityZones())
}

// Place fills in where a candidate that was read from a file lies.
func (a *Advisor) Place(c *plan.Candidate) {
	c.Landmass, c.Zone = a.e.LandOf(c.At), a.e.ZoneAt(c.At)
}
