package mode

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/ground"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// surface is open ground.
type surface struct{ *ground.Surface }

func (s surface) Nearest(ctx context.Context, facilities, demand travel.Points, p coverage.Progress) (*Reached, error) {
	return s.reached(s.Surface.Nearest(ctx, facilities, demand, p))
}

func (s surface) nearestWithin(ctx context.Context, facilities, demand travel.Points, rows []int32, limit uint32) (*Reached, error) {
	return s.reached(s.NearestWithin(ctx, facilities, demand.Of(rows), limit, nil))
}

func (s surface) reached(a *ground.Answer, err error) (*Reached, error) {
	if err != nil {
		return nil, err
	}
	return &Reached{
		Answer: &a.Costs, Demand: offsOf(a.Demand, offGround), Facilities: offsOf(a.Facilities, offGround),
		FlatSlope: s.Slopes() && a.Sloped == 0,
	}, nil
}

func offGround(s ground.Spot) travel.Off {
	if s.Cell < 0 {
		return travel.FarOff
	}
	return travel.On
}

func (s surface) Matrix(ctx context.Context, facilities, demand travel.Points, limit uint32, p coverage.Progress) (*travel.Matrix, error) {
	return s.Surface.Matrix(ctx, facilities, demand, limit, p)
}

func (s surface) Within(ctx context.Context, facilities, demand travel.Points, limit uint32) (*travel.Matrix, error) {
	return s.Surface.Matrix(ctx, facilities, demand, limit, nil)
}

// Count is nil: a search over the whole ground for every facility takes too long
// for a figure that nothing is decided by.
func (s surface) Count(context.Context, travel.Points, travel.Points, []uint32, []uint8, coverage.Progress) ([]uint16, error) {
	return nil, nil
}

func (s surface) Route(ctx context.Context, facilities travel.Points, at orb.Point, land int32) (*travel.Route, travel.Off, error) {
	spots, err := s.Spots(ctx, travel.Points{At: []orb.Point{at}, Land: []int32{land}})
	if err != nil || spots[0].Cell < 0 {
		return nil, travel.FarOff, err
	}
	way, ms, facility, err := s.Path(ctx, facilities, at, land)
	if err != nil || facility < 0 {
		return nil, travel.On, err
	}
	r := &travel.Route{Cost: ms, Facility: facility}
	if facilities.DelayMS != nil {
		r.DelayMS = facilities.DelayMS[facility]
	}
	r.Steps = []travel.Step{{Kind: "ground", Cost: ms - r.DelayMS, Line: way}}
	return r, travel.On, nil
}

func (s surface) Reach(ctx context.Context, from orb.Point, land int32, to travel.Points, limit uint32) ([]uint32, error) {
	one := travel.Points{At: []orb.Point{from}, Land: []int32{land}}
	m, err := s.Surface.Matrix(ctx, one, to, limit, nil)
	if err != nil {
		return nil, err
	}
	out := make([]uint32, len(to.At))
	for i := range out {
		out[i] = coverage.Never
	}
	for k, row := range m.Row {
		out[row] = m.Cost[k]
	}
	return out, nil
}

func (s surface) Extent(context.Context, orb.Point, int32, uint32) (orb.Bound, bool, error) {
	return orb.Bound{}, false, nil // the field of its own grid says more
}

func (s surface) Field(ctx context.Context, from orb.Point, land int32, limit uint32) (grid.Spec, []uint32, error) {
	ms, err := s.Times(ctx, from, land, limit)
	return s.Grid(), ms, err
}
