package mode

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/ground"
	"lifecircle/coverage/travel/road"
	"lifecircle/geo/grid"
	"lifecircle/geo/mixed"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// joined is roads and open ground in one search. It takes at most as long as
// either of the two alone.
type joined struct {
	roads  *road.Network
	ground *ground.Surface
	world  *mixed.World
}

func newJoined(ctx context.Context, t *coverage.Transport, way coverage.Travel, landOf func(orb.Point) int32) (Impedance, error) {
	onRoad := way
	onRoad.Mode, onRoad.As = way.As, ""
	roads, err := road.New(t, onRoad, false, landOf)
	if err != nil {
		return nil, err
	}
	open, err := ground.New(ctx, t, way, false, landOf)
	if err != nil {
		return nil, err
	}
	surface, o := open.Ground()
	world, err := mixed.New(ctx, roads.Ways(), surface, mixed.Options{Neighbours: o.Neighbours, Slope: o.Slope, CutCorners: o.CutCorners})
	if err != nil {
		return nil, err
	}
	return joined{roads, open, world}, nil
}

// points brings facilities and demand to streets and cells.
func (j joined) points(ctx context.Context, facilities, demand travel.Points, again bool) (mixed.Sources, mixed.Points, error) {
	bring := j.roads.PlacesAfresh
	if again {
		bring = j.roads.Places
	}
	sources, targets, err := bring(ctx, facilities, demand)
	if err != nil {
		return mixed.Sources{}, mixed.Points{}, err
	}
	from, err := j.cells(ctx, sources.Places, facilities)
	if err != nil {
		return mixed.Sources{}, mixed.Points{}, err
	}
	to, err := j.cells(ctx, targets, demand)
	return mixed.Sources{Points: from, DelayMS: sources.DelayMS}, to, err
}

func (j joined) cells(ctx context.Context, places *search.Places, points travel.Points) (mixed.Points, error) {
	spots, err := j.ground.Spots(ctx, points)
	p := mixed.Points{Places: places, Cell: make([]int32, len(spots)), LegMS: make([]uint32, len(spots))}
	for i, s := range spots {
		p.Cell[i], p.LegMS[i] = s.Cell, s.LegMS
	}
	return p, err
}

func (j joined) query(limit uint32, stage string, p coverage.Progress) search.Query {
	q := search.Query{Toward: j.roads.Toward(), LimitMS: limit}
	if p != nil {
		q.Progress = func(done, total int64) { p(stage, done, total) }
	}
	return q
}

func (j joined) Nearest(ctx context.Context, facilities, demand travel.Points, p coverage.Progress) (*Reached, error) {
	return j.nearest(ctx, facilities, demand, true, j.query(0, "progress.nearest", p))
}

func (j joined) nearestWithin(ctx context.Context, facilities, demand travel.Points, rows []int32, limit uint32) (*Reached, error) {
	return j.nearest(ctx, facilities, demand.Of(rows), false, j.query(limit, "", nil))
}

func (j joined) nearest(ctx context.Context, facilities, demand travel.Points, again bool, q search.Query) (*Reached, error) {
	sources, targets, err := j.points(ctx, facilities, demand, again)
	if err != nil {
		return nil, err
	}
	a, err := j.world.Nearest(ctx, sources, targets, q)
	if err != nil {
		return nil, err
	}
	return &Reached{
		Answer: &travel.Costs{Cost: a.MS, Facility: a.Source}, Demand: offBoth(targets), Facilities: offBoth(sources.Points),
	}, nil
}

// offBoth says who is neither on a street nor on the ground.
func offBoth(p mixed.Points) []travel.Off {
	out := make([]travel.Off, p.Len())
	for i := range out {
		if p.Cell[i] < 0 {
			out[i] = offRoad(p.Places.Miss[i])
		}
	}
	return out
}

func (j joined) Matrix(ctx context.Context, facilities, demand travel.Points, limit uint32, p coverage.Progress) (*travel.Matrix, error) {
	sources, targets, err := j.points(ctx, facilities, demand, true)
	if err != nil {
		return nil, err
	}
	t, err := j.world.Matrix(ctx, sources, targets, j.query(limit, "progress.matrix", p))
	if err != nil {
		return nil, err
	}
	return &travel.Matrix{First: t.First, Row: t.Target, Cost: t.MS}, nil
}

func (j joined) Within(ctx context.Context, facilities, demand travel.Points, limit uint32) (*travel.Matrix, error) {
	return j.Matrix(ctx, facilities, demand, limit, nil)
}

// Count is nil, as over open ground.
func (j joined) Count(context.Context, travel.Points, travel.Points, []uint32, []uint8, coverage.Progress) ([]uint16, error) {
	return nil, nil
}

func (j joined) Route(ctx context.Context, facilities travel.Points, at orb.Point, land int32) (*travel.Route, travel.Off, error) {
	one := travel.Points{At: []orb.Point{at}, Land: []int32{land}}
	sources, target, err := j.points(ctx, facilities, one, false)
	if err != nil {
		return nil, travel.On, err
	}
	if off := offBoth(target)[0]; off != travel.On {
		return nil, off, nil
	}
	path, ok, err := j.world.Path(ctx, sources, facilities.At, target, at, j.query(0, "", nil))
	if err != nil || !ok {
		return nil, travel.On, err
	}
	return routeOf(path, j.roads.Ways()), travel.On, nil
}

func (j joined) Reach(ctx context.Context, from orb.Point, land int32, to travel.Points, limit uint32) ([]uint32, error) {
	one := travel.Points{At: []orb.Point{from}, Land: []int32{land}}
	sources, targets, err := j.points(ctx, one, to, false)
	if err != nil {
		return nil, err
	}
	a, err := j.world.Nearest(ctx, sources, targets, j.query(limit, "", nil))
	if err != nil {
		return nil, err
	}
	return a.MS, nil
}

func (j joined) Extent(context.Context, orb.Point, int32, uint32) (orb.Bound, bool, error) {
	return orb.Bound{}, false, nil // the field of its own grid says more
}

func (j joined) Field(ctx context.Context, from orb.Point, land int32, limit uint32) (grid.Spec, []uint32, error) {
	one := travel.Points{At: []orb.Point{from}, Land: []int32{land}}
	sources, _, err := j.points(ctx, one, travel.Points{}, false)
	if err != nil {
		return grid.Spec{}, nil, err
	}
	a, err := j.world.Field(ctx, sources, j.query(limit, "", nil))
	if err != nil {
		return grid.Spec{}, nil, err
	}
	return j.ground.Grid(), a.MS, nil
}
