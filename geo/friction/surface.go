package friction

import (
	"errors"
	"fmt"
	"math"

	"lifecircle/geo/grid"
)

// ErrSurface is in the chain of every error about a surface that is not one:
// columns that do not fit the grid, seconds per metre that are not positive,
// cells that cannot be measured.
var ErrSurface = errors.New("friction: unusable surface")

// ErrSource is in the chain of errors about sources that are not on the grid.
var ErrSource = errors.New("friction: unusable source")

// Surface is the ground to travel over. Its columns run by cell number of Grid
// and are never changed here. The zero value is no surface.
type Surface struct {
	Grid grid.Spec

	// Seconds is the time over one metre on the flat, > 0. +Inf is a barrier,
	// NaN no data.
	Seconds []float32

	// Heights are metres above any level; nil for flat ground. NaN is no data:
	// a step from or to such a cell counts as flat.
	Heights []float32

	// Level marks cells on which the slope does not tell, such as roads
	// travelled by car; nil for none. Each half of a step goes by its own cell.
	Level []bool
}

// Survey counts what a surface is made of.
type Survey struct {
	Open, Barriers, NoData int64
	NoHeight               int64   // open cells whose height is not known, 0 without Heights
	Fastest, Slowest       float32 // seconds per metre of open cells, 0 when there are none
	Lowest, Highest        float32 // known heights of open cells, 0 when there are none
}

// Survey checks a surface and counts its cells. The error wraps [ErrSurface]:
// columns of another length than the grid, seconds per metre of 0 or less, or
// infinite heights. A Lowest of -9999 or the like is a file's mark for no data
// that was read as a height.
func (s *Surface) Survey() (Survey, error) {
	var v Survey
	n := s.Grid.Cells()
	if s.Grid.IsZero() || s.Grid.Cols < 0 || s.Grid.Rows < 0 || n > math.MaxInt32 {
		return v, fmt.Errorf("%w: a grid of %d x %d cells", ErrSurface, s.Grid.Cols, s.Grid.Rows)
	}
	if int64(len(s.Seconds)) != n || s.Heights != nil && int64(len(s.Heights)) != n || s.Level != nil && int64(len(s.Level)) != n {
		return v, fmt.Errorf("%w: columns of %d, %d and %d cells on a grid of %d", ErrSurface, len(s.Seconds), len(s.Heights), len(s.Level), n)
	}
	for i, f := range s.Seconds {
		switch {
		case f != f:
			v.NoData++
		case f <= 0:
			return v, fmt.Errorf("%w: cell %d takes %v s a metre", ErrSurface, i, f)
		case f > math.MaxFloat32:
			v.Barriers++
		default:
			v.add(f)
		}
	}
	return v, v.level(s)
}

// level looks at the heights.
func (v *Survey) level(s *Surface) error {
	known := false
	for i, h := range s.Heights {
		switch {
		case math.IsInf(float64(h), 0):
			return fmt.Errorf("%w: cell %d has an infinite height", ErrSurface, i)
		case !(s.Seconds[i] <= math.MaxFloat32):
		case h != h:
			v.NoHeight++
		case !known:
			known, v.Lowest, v.Highest = true, h, h
		default:
			v.Lowest, v.Highest = min(v.Lowest, h), max(v.Highest, h)
		}
	}
	return nil
}

func (v *Survey) add(f float32) {
	if v.Open == 0 {
		v.Fastest, v.Slowest = f, f
	}
	v.Open++
	v.Fastest, v.Slowest = min(v.Fastest, f), max(v.Slowest, f)
}

func finite(f float32) bool { return f-f == 0 }

// Pace turns a speed into seconds per metre: +Inf for 0 and less, NaN for NaN.
func Pace(kmh float64) float32 {
	if kmh <= 0 {
		return float32(math.Inf(1))
	}
	return float32(3.6 / kmh)
}
