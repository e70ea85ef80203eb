package friction

import (
	"context"
	"fmt"
	"math"
	"runtime"

	"lifecircle/geo/grid"
)

// Place turns coordinates of the grid that is wanted into those of the grid that
// there is; nil when they are the same.
type Place func(x, y float64) (float64, float64)

// Resample brings a column to another grid: each cell of to takes the value of
// the cell of from that its centre lies in, and outside beyond it. Lines that
// are thinner than a cell of to get holes that way: burn them in on the grid
// that is wanted. The error wraps [ErrSurface] when the column does not fit from,
// or is ctx's, which is checked every row.
func Resample[T any](ctx context.Context, to, from grid.Spec, column []T, outside T, place Place) ([]T, error) {
	return resample(ctx, to, from, len(column), place, func(x, y float64) T {
		if c := from.Cell(x, y); c >= 0 {
			return column[c]
		}
		return outside
	})
}

// ResampleHeights brings heights to another grid, linear between the centres of
// four cells; of those the ones that are not known do not count. Where the cell
// that a centre lies in is not known, or is beyond the grid, the height is NaN.
func ResampleHeights(ctx context.Context, to, from grid.Spec, heights []float32, place Place) ([]float32, error) {
	return resample(ctx, to, from, len(heights), place, func(x, y float64) float32 {
		if c := from.Cell(x, y); c < 0 || !finite(heights[c]) {
			return float32(math.NaN())
		}
		return bilinear(from, heights, (x-from.X0)/from.DX-0.5, (from.Y0-y)/from.DY-0.5)
	})
}

// bilinear weighs the four cells around a place in columns and rows by centres.
func bilinear(s grid.Spec, heights []float32, u, v float64) float32 {
	col, row := math.Floor(u), math.Floor(v)
	sum, weights := 0.0, 0.0
	for i := range 4 {
		dc, dr := float64(i%2), float64(i/2)
		weight := (1 - math.Abs(u-col-dc)) * (1 - math.Abs(v-row-dr))
		c := min(max(col+dc, 0), float64(s.Cols-1))
		r := min(max(row+dr, 0), float64(s.Rows-1))
		if h := heights[int(r)*int(s.Cols)+int(c)]; finite(h) {
			sum += float64(weight * float64(h))
			weights += weight
		}
	}
	return float32(sum / weights)
}

func resample[T any](ctx context.Context, to, from grid.Spec, n int, place Place, value func(x, y float64) T) ([]T, error) {
	if int64(n) != from.Cells() || to.Cols < 0 || to.Rows < 0 || to.Cells() > math.MaxInt32 {
		return nil, fmt.Errorf("%w: %d values on a grid of %d x %d cells, wanted on %d x %d",
			ErrSurface, n, from.Cols, from.Rows, to.Cols, to.Rows)
	}
	out := make([]T, to.Cells())
	err := parallel(ctx, make([]worker, runtime.GOMAXPROCS(0)), int(to.Rows), func(_ *worker, row int) {
		for i := row * int(to.Cols); i < (row+1)*int(to.Cols); i++ {
			x, y := to.Centre(int32(i))
			if place != nil {
				x, y = place(x, y)
			}
			out[i] = value(x, y)
		}
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
