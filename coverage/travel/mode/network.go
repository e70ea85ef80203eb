package mode

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/road"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// network is roads by a profile.
type network struct{ *road.Network }

func (n network) Nearest(ctx context.Context, facilities, demand travel.Points, p coverage.Progress) (*Reached, error) {
	return n.reached(n.Network.Nearest(ctx, facilities, demand, p))
}

func (n network) nearestWithin(ctx context.Context, facilities, demand travel.Points, rows []int32, limit uint32) (*Reached, error) {
	return n.reached(n.NearestWithin(ctx, facilities, demand, rows, limit))
}

func (n network) reached(a *road.Answer, err error) (*Reached, error) {
	if err != nil {
		return nil, err
	}
	return &Reached{Answer: &a.Costs, Demand: offsOf(a.Demand, offRoad), Facilities: offsOf(a.Facilities, offRoad)}, nil
}

func offRoad(m search.Miss) travel.Off {
	switch m {
	case search.TooFar:
		return travel.FarOff
	case search.Cut:
		return travel.CutOff
	case search.NoEarth:
		return travel.NotThere
	}
	return travel.On
}

func (n network) Route(ctx context.Context, facilities travel.Points, at orb.Point, land int32) (*travel.Route, travel.Off, error) {
	path, miss, err := n.Network.Route(ctx, facilities, at, land)
	if err != nil || path == nil {
		return nil, offRoad(miss), err
	}
	return routeOf(path, n.Ways()), travel.On, nil
}

// routeOf puts a path into the words of package travel.
func routeOf(path *search.Path, ways *search.Ways) *travel.Route {
	r := &travel.Route{Cost: path.MS, Facility: path.Source, DelayMS: path.DelayMS}
	boats := ways.Graph().Ferries()
	for _, s := range path.Steps {
		step := travel.Step{Kind: kinds[s.Kind], Cost: s.MS, Line: path.Line[s.From : s.To+1]}
		if s.Kind == search.Board {
			step.Name = boats[s.Service].Name
		}
		r.Steps = append(r.Steps, step)
	}
	r.Steps = merged(r.Steps)
	return r
}

var kinds = [...]string{search.Leg: "walk", search.Street: "street", search.Board: "board", search.Sail: "sail", search.Ground: "ground"}

func (n network) Reach(ctx context.Context, from orb.Point, land int32, to travel.Points, limit uint32) ([]uint32, error) {
	a, err := n.Network.Reach(ctx, from, land, to, limit)
	if err != nil {
		return nil, err
	}
	return a.Cost, nil
}

// merged puts steps of one kind that follow each other together; steps without
// length and time are dropped.
func merged(steps []travel.Step) []travel.Step {
	var out []travel.Step
	for _, s := range steps {
		if s.Cost == 0 && len(s.Line) < 2 {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Kind == s.Kind && s.Kind != "board" && s.Kind != "walk" {
			last := &out[n-1]
			last.Cost += s.Cost
			last.Line = append(append(orb.LineString{}, last.Line...), s.Line[1:]...)
			continue
		}
		out = append(out, s)
	}
	return out
}

func (n network) Extent(ctx context.Context, from orb.Point, land int32, limit uint32) (orb.Bound, bool, error) {
	box, ok, err := n.Network.Extent(ctx, from, land, limit)
	if err != nil || !ok {
		return box, false, err
	}
	low, high := around(box.Min, n.LimitM()), around(box.Max, n.LimitM())
	return low.Union(high), true, nil
}
