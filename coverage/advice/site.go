package advice

import (
	"cmp"
	"context"
	"errors"
	"slices"

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
	Model     siting.Model       // "" MCLP with P, Budget or Years, LSCP with Target
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
	// PerUnit is how many people a unit of capacity (a bed, a place, a seat) serves;
	// 0: 1.
	PerUnit float64
	// Together houses all services of the choice in every new building: what counts
	// is the sum of the people whom each of them serves.
	Together bool
	// Years ask for a plan in steps, instead of P, Target and Budget: what is built
	// stays. See [siting/phase].
	Years []Year
	Plan  PlanOptions
	// Candidates are where to build; Fixed, Forbidden and Exclusive name them by id.
	Candidates       []plan.Candidate
	Fixed, Forbidden []string
	Exclusive        [][]string
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
	Years      []YearSaid             `json:"years,omitempty"`    // of a plan in steps
	Services   []ServiceSaid          `json:"services,omitempty"` // of several in the same buildings
	Effect     *analysis.WhatIfAnswer `json:"-"`                  // nil when nothing is built or closed
}

// ServiceSaid is what one of several services gains.
type ServiceSaid struct {
	Standard   string  `json:"standard"`
	Population float64 `json:"population"`
	Before     float64 `json:"before"`
	After      float64 `json:"after"`
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

// Site answers where to build. Errors: Invalid, and Infeasible when no choice of
// sites will do, saying why.
func (a *Advisor) Site(ctx context.Context, c analysis.Choice, ask SiteAsk, o SolveOptions) (*SiteAnswer, error) {
	if err := ask.check(o.Near); err != nil {
		return nil, err
	}
	p, err := newPlanner(ctx, a.e, c, ask.Together, o.Progress)
	if err != nil {
		return nil, err
	}
	if err := p.weigh(ask.Weights, ask.Country); err != nil {
		return nil, err
	}
	setup, q, err := p.setup(ctx, ask, o.Progress)
	if err != nil {
		return nil, err
	}
	answer, err := p.find(ctx, setup, q, ask, o)
	if err != nil {
		return nil, err
	}
	if !ask.Fresh && len(answer.Sites) > 0 {
		answer.Effect, err = a.e.WhatIf(ctx, c, p.building(answer.Sites), nil)
	}
	return answer, err
}

// check refuses what does not go together.
func (ask *SiteAsk) check(near float64) error {
	if err := ask.checkYears(near); err != nil || !ask.Together {
		return err
	}
	for _, x := range []struct {
		name string
		bad  bool
	}{
		{"model", ask.Model == siting.PMedian || ask.Model == siting.PCenter},
		{"capacity", ask.Capacity},
		{"backup", ask.Backup},
		{"each", ask.MinSites > 0 || ask.MinShare > 0},
	} {
		if x.bad {
			return invalid("site.together_with", coverage.Args{"condition": x.name})
		}
	}
	return nil
}

// find solves the bare question and says the answer in places and people.
func (p *planner) find(ctx context.Context, setup *plan.Setup, q *plan.Question, ask SiteAsk, o SolveOptions) (*SiteAnswer, error) {
	if len(ask.Years) > 0 {
		solution, steps, err := p.solveYears(ctx, setup, ask, o)
		if err != nil {
			return nil, p.explain(err, setup, q)
		}
		answer := p.answer(solution, setup, q, ask.Candidates)
		answer.Years = yearsSaid(steps, setup, ask)
		return answer, nil
	}
	solution, err := p.solve(ctx, setup, o)
	if err != nil {
		return nil, p.explain(err, setup, q)
	}
	answer := p.answer(solution, setup, q, ask.Candidates)
	if o.Near > 0 {
		limited, cancel := o.limited(ctx)
		defer cancel()
		answer.Near, err = setup.Near(limited, solution, ask.Candidates, o.Near)
	}
	return answer, err
}

// building opens every service at the sites of an answer.
func (p *planner) building(sites []SiteSaid) scenario.Changes {
	var changes scenario.Changes
	for _, s := range sites {
		for i := range p.services {
			f := coverage.Facility{ID: s.ID, Name: s.Name, Kind: p.services[i].Standard.Kinds[0], At: s.At}
			if len(p.services) > 1 {
				f.ID, f.Site = s.ID+"-"+f.Kind, s.ID
				if slices.ContainsFunc(changes.Add, func(o coverage.Facility) bool { return o.ID == f.ID }) {
					continue // one house of a kind serves all standards of that kind
				}
			}
			f.ID = p.freshID(f.ID)
			changes.Add = append(changes.Add, f)
		}
	}
	return changes
}

// freshID is an id for a facility at a candidate; a house that takes another
// service in has the candidate's id already.
func (p *planner) freshID(id string) string {
	for slices.ContainsFunc(p.ds.Facilities, func(f coverage.Facility) bool { return f.ID == id }) {
		id += "-new"
	}
	return id
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
	at := p.rowAt(setup.Rows[worst])
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
