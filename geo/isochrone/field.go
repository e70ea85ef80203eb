package isochrone

import (
	"errors"
	"fmt"
	"math"

	"lifecircle/geo/grid"
)

// Never is the time of a cell that is not reached.
const Never = math.MaxUint32

// ErrField is the error of a field or of limits that nothing can be drawn from.
var ErrField = errors.New("isochrone: unusable field")

// Field is the time of every cell of a grid. Both columns go along rows from the
// top, as cell numbers do, and are only read.
type Field struct {
	Grid    grid.Spec // geographic or projected
	TimesMS []uint32  // one a cell; Never: not reached
	Pieces  []int32   // the piece of land of each cell, compared for equality alone (-1 too); nil: all one
}

// check returns an ErrField that says why nothing can be drawn.
func (f Field) check(limitsMS []uint32) error {
	s := f.Grid
	if s.Cols < 1 || s.Rows < 1 || s.Cells() > math.MaxInt32 {
		return fmt.Errorf("%w: a grid of %d x %d cells", ErrField, s.Cols, s.Rows)
	}
	if !(s.DX > 0 && s.DY > 0) || !distinct(s.X0, s.DX, s.Cols) || !distinct(s.Y0, -s.DY, s.Rows) {
		return fmt.Errorf("%w: cells of %g x %g from %g, %g", ErrField, s.DX, s.DY, s.X0, s.Y0)
	}
	if n := s.Cells(); int64(len(f.TimesMS)) != n || f.Pieces != nil && int64(len(f.Pieces)) != n {
		return fmt.Errorf("%w: columns of %d and %d on a grid of %d cells", ErrField, len(f.TimesMS), len(f.Pieces), n)
	}
	for i, limit := range limitsMS {
		if limit == Never || i > 0 && limitsMS[i-1] >= limit {
			return fmt.Errorf("%w: limit %d, of %d ms, does not ascend", ErrField, i, limit)
		}
	}
	return nil
}

// distinct reports whether all places along n steps from an origin remain apart
// in floating point: 1/65536 of a step is then 2^-50 of the largest coordinate,
// and a coordinate is wrong by less than half of that.
func distinct(origin, step float64, n int32) bool {
	largest := max(math.Abs(origin), math.Abs(origin+float64(n)*step))
	return math.Abs(step) >= largest*0x1p-34 && !math.IsInf(largest, 0)
}
