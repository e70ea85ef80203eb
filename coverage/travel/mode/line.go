package mode

import (
	"context"
	"math"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// line is straight lines under a rule.
type line struct{ rule coverage.Rule }

func (l line) Nearest(ctx context.Context, facilities, demand travel.Points, p coverage.Progress) (*Reached, error) {
	near, err := travel.Straight(ctx, facilities, demand, p)
	if err != nil {
		return nil, err
	}
	return &Reached{Answer: travel.UnderRule(near, l.rule)}, nil
}

func (l line) Matrix(ctx context.Context, facilities, demand travel.Points, limit uint32, p coverage.Progress) (*travel.Matrix, error) {
	return travel.NewLine(facilities).Matrix(ctx, demand, l.rule, limit, p)
}

func (l line) Within(ctx context.Context, facilities, demand travel.Points, limit uint32) (*travel.Matrix, error) {
	return travel.NewLine(facilities).Scan(ctx, demand, l.rule, limit)
}

func (l line) Count(ctx context.Context, facilities, demand travel.Points, limit []uint32, class []uint8, p coverage.Progress) ([]uint16, error) {
	radiusM := make([]float64, len(limit))
	for i, most := range limit {
		if radiusM[i] = -1; most > 0 {
			radiusM[i] = travel.RadiusM(atLimit(l.rule, most))
		}
	}
	return travel.NewLine(facilities).WithinCount(ctx, demand, radiusM, class, p)
}

func (l line) Route(ctx context.Context, facilities travel.Points, at orb.Point, land int32) (*travel.Route, travel.Off, error) {
	here := travel.Points{At: []orb.Point{at}}
	if facilities.Land != nil {
		here.Land = []int32{land}
	}
	near, err := travel.NewLine(facilities).Nearest(ctx, here, nil)
	if err != nil || near.Facility[0] < 0 {
		return nil, travel.On, err
	}
	way := orb.LineString{at, facilities.At[near.Facility[0]]}
	if l.rule.Travel.From {
		way.Reverse()
	}
	cost := travel.Cost(near.Metres[0], l.rule)
	return &travel.Route{Cost: cost, Facility: near.Facility[0], Steps: []travel.Step{{Kind: "line", Cost: cost, Line: way}}}, travel.On, nil
}

func (l line) Reach(ctx context.Context, from orb.Point, land int32, to travel.Points, limit uint32) ([]uint32, error) {
	out := make([]uint32, len(to.At))
	centre := geodesy.ECEF(from)
	for i, at := range to.At {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		out[i] = coverage.Never
		if to.Land != nil && (land < 0 || to.Land[i] != land) {
			continue
		}
		if m := geodesy.Metres(centre, geodesy.ECEF(at)); !math.IsNaN(m) {
			if c := travel.Cost(m, l.rule); limit == 0 || c <= limit {
				out[i] = c
			}
		}
	}
	return out, nil
}

func (l line) Extent(_ context.Context, from orb.Point, _ int32, limit uint32) (orb.Bound, bool, error) {
	return around(from, travel.RadiusM(atLimit(l.rule, limit))), true, nil
}

// atLimit is a rule whose threshold is a limit in its unit.
func atLimit(rule coverage.Rule, limit uint32) coverage.Rule {
	if rule.Threshold.IsTime() {
		rule.Threshold = coverage.Threshold{Seconds: int32((limit + 999) / 1000)}
	} else {
		rule.Threshold = coverage.Threshold{Metres: float64(limit) / 1000}
	}
	return rule
}

// around is a box of at least so many metres to every side of a place.
func around(at orb.Point, metres float64) orb.Bound {
	dy := metres / 110_000
	dx := dy / math.Max(0.01, math.Cos(at[1]*math.Pi/180))
	return orb.Bound{Min: orb.Point{at[0] - dx, at[1] - dy}, Max: orb.Point{at[0] + dx, at[1] + dy}}
}
