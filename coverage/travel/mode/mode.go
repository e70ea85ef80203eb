package mode

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// Reached is an answer about the nearest facilities, and who takes no part.
type Reached struct {
	travel.Answer
	Demand     []travel.Off // by demand row; nil: all take part
	Facilities []travel.Off // by facility; nil: all take part
	// FlatSlope: slope was asked for and changed nothing.
	FlatSlope bool
}

// Impedance is one way to travel. Costs are in the unit of the rule that it was
// made for: milliseconds, or millimetres; delays are included. Limits are closed.
// It is safe for concurrent use.
type Impedance interface {
	// Nearest finds the nearest facility of every demand row; ties go to the
	// lowest facility.
	Nearest(ctx context.Context, facilities, demand travel.Points, p coverage.Progress) (*Reached, error)
	// Matrix finds the pairs within the limit; 0: within the rule's threshold.
	Matrix(ctx context.Context, facilities, demand travel.Points, limit uint32, p coverage.Progress) (*travel.Matrix, error)
	// Within is Matrix for a few facilities and a limit over 0: it takes no time
	// over rows that are far from all of them.
	Within(ctx context.Context, facilities, demand travel.Points, limit uint32) (*travel.Matrix, error)
	// Count counts for every row the facilities within limit[class[row]], at most
	// 65535; nil when this way to travel does not count.
	Count(ctx context.Context, facilities, demand travel.Points, limit []uint32, class []uint8, p coverage.Progress) ([]uint16, error)
	// Route finds the way between a place and its nearest facility; nil when
	// there is none, and why the place takes no part.
	Route(ctx context.Context, facilities travel.Points, at orb.Point, land int32) (*travel.Route, travel.Off, error)
	// Reach is the cost between one place and each of many, [coverage.Never]
	// beyond the limit.
	Reach(ctx context.Context, from orb.Point, land int32, to travel.Points, limit uint32) ([]uint32, error)
	// Extent is a box around all that is reached from a place within the limit;
	// ok is false when that is nothing.
	Extent(ctx context.Context, from orb.Point, land int32, limit uint32) (box orb.Bound, ok bool, err error)
}

// Fielder is an impedance that knows the costs of all cells of a grid of its own.
type Fielder interface {
	Field(ctx context.Context, from orb.Point, land int32, limit uint32) (grid.Spec, []uint32, error)
}

// offsOf turns reasons of one kind into those of package travel.
func offsOf[T any](list []T, why func(T) travel.Off) []travel.Off {
	out := make([]travel.Off, len(list))
	for i, v := range list {
		out[i] = why(v)
	}
	return out
}
