package snapshot

import (
	"context"
	"fmt"
	"slices"

	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/paulmach/orb"
)

// What is kept of routes and isochrones, in bytes of their positions.
const (
	keptRouteBytes = 8 << 20
	keptReachBytes = 32 << 20
	positionBytes  = 16
	entryBytes     = 500 // everything of an answer but its positions
)

// maxCorners is how many corners the drawing of an isochrone may have.
const maxCorners = 400_000

// RouteQuestion asks for the way from a place to the nearest facility: by a
// standard (the first when neither is named), or of some kinds.
type RouteQuestion struct {
	From     orb.Point
	Kinds    []string
	Metres   bool // of Kinds: the shortest way, not the quickest
	Standard string
	Borders  string // as [query.Choice.Borders]
	Group    string // as [query.Choice.Group]
	query.Travel
}

// Route answers a question: computed once, then kept for a while. A standard's
// way to travel is that of its rule for the people at the place.
func (s *Snapshot) Route(ctx context.Context, q RouteQuestion) (*analysis.RouteAnswer, error) {
	choice, travel, err := q.Travel.Analysis(), coverage.Travel{}, error(nil)
	if q.Kinds == nil {
		if q, travel, err = s.byStandard(q); err != nil {
			return nil, err
		}
		choice = choiceOf(travel, q.Landmass)
	}
	choice.Borders = q.Borders
	key := fmt.Sprintf("%v\x00%q\x00%v\x00%#v\x00%s\x00%q", q.From, q.Kinds, q.Metres, travel, q.Travel.Key(), q.Borders)
	return s.routes.Get(ctx, key, func(ctx context.Context) (*analysis.RouteAnswer, error) {
		leave, err := s.gate.Enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		answer, err := s.analyst.Route(ctx, s.Data, q.From, q.Kinds, q.Metres, choice)
		if err != nil {
			return nil, blame(err)
		}
		if travel.Mode != "" {
			answer.Travel = travel // says too what moves along a straight line
		}
		return answer, nil
	})
}

// byStandard puts the standard's kinds and way to travel into a question.
func (s *Snapshot) byStandard(q RouteQuestion) (RouteQuestion, coverage.Travel, error) {
	c, err := s.settle(query.Choice{Standard: q.Standard, Borders: q.Borders, Group: q.Group, Travel: q.Travel})
	if err != nil {
		return q, coverage.Travel{}, err
	}
	o, err := s.analyst.Options(s.Data, c.Analysis())
	if err != nil {
		return q, coverage.Travel{}, blame(err)
	}
	standard := &o.Standards[0]
	setting, err := s.settingAt(q.From, standard, q.Group)
	if err != nil {
		return q, coverage.Travel{}, err
	}
	rule, ok := standard.RuleFor(setting)
	if !ok {
		return q, rule.Travel, problem.About("standard", &coverage.Error{
			Code: coverage.Infeasible, Key: "api.route_setting", Args: coverage.Args{"standard": standard.ID, "setting": setting},
		})
	}
	q.Kinds, q.Metres = s.known(standard.Kinds), !rule.Threshold.IsTime()
	if len(q.Kinds) == 0 {
		return q, rule.Travel, &coverage.Error{Code: coverage.Infeasible, Key: "route.none", Args: coverage.Args{"mode": rule.Travel.Mode}}
	}
	return q, rule.Travel, nil
}

// known are those kinds that the data have a facility of.
func (s *Snapshot) known(kinds []string) []string {
	return slices.DeleteFunc(slices.Clone(kinds), func(k string) bool {
		return !slices.ContainsFunc(s.Data.Facilities, func(f coverage.Facility) bool { return f.Kind == k })
	})
}

// choiceOf is the choice that travels as a rule says, nothing left to defaults.
func choiceOf(t coverage.Travel, landmass *bool) analysis.Choice {
	c := analysis.Choice{Mode: t.Mode, SpeedKMH: t.SpeedKMH, Boats: t.Boats, Direction: "to", Landmass: landmass}
	if t.From {
		c.Direction = "from"
	}
	switch t.Mode {
	case coverage.ModeLine:
		c.Detour = t.Detour
	case coverage.ModeMixed:
		c.As = t.As
	}
	return c
}

// ReachQuestion asks what is reached from a place within some thresholds.
type ReachQuestion struct {
	From   orb.Point
	Within []coverage.Threshold
	Bands  bool
	query.Travel
}

// Reach answers a question: computed once, then kept for a while.
func (s *Snapshot) Reach(ctx context.Context, q ReachQuestion) (*analysis.IsochroneAnswer, error) {
	key := fmt.Sprintf("%v\x00%v\x00%v\x00%s", q.From, q.Within, q.Bands, q.Travel.Key())
	return s.reaches.Get(ctx, key, func(ctx context.Context) (*analysis.IsochroneAnswer, error) {
		leave, err := s.gate.Enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		a, err := s.analyst.Isochrone(ctx, s.Data, q.From, q.Within, q.Bands, q.Travel.Analysis())
		if err != nil {
			return nil, blame(err)
		}
		if n := corners(a); n > maxCorners {
			return nil, problem.Param("within", "api.isochrone_large", coverage.Args{"count": n, "limit": maxCorners})
		}
		return a, nil
	})
}

func corners(a *analysis.IsochroneAnswer) int {
	n := 0
	for i := range a.Areas {
		for _, polygon := range a.Areas[i].Geometry {
			for _, ring := range polygon {
				n += len(ring)
			}
		}
	}
	return n
}

func routeCost(a *analysis.RouteAnswer) int64 {
	n := int64(0)
	for i := range a.Steps {
		n += int64(len(a.Steps[i].Line))
	}
	return n*positionBytes + entryBytes
}

func reachCost(a *analysis.IsochroneAnswer) int64 {
	return int64(corners(a))*positionBytes + entryBytes
}
