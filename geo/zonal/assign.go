package zonal

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// blockRows is how many rows of a grid are worked at a time.
const blockRows = 32

// AssignCells returns for every cell of the grid the lowest index of a polygon
// that holds its centre, -1 for none: exactly what [Index.Find] says of the
// centre. The polygons are in the grid's own coordinates. progress may be nil;
// it is told of rows done, from one goroutine at a time. The error is that of
// ctx, or names what is wrong with the grid.
func AssignCells(ctx context.Context, s grid.Spec, polys []orb.MultiPolygon, progress func(done, total int64)) ([]int32, error) {
	if err := usable(s); err != nil {
		return nil, err
	}
	f := newFiller(s, newShape(polys))
	cells := make([]int32, s.Cells())
	blocks := (int(s.Rows) + blockRows - 1) / blockRows
	err := parallel(ctx, blocks, progress, int64(s.Rows), func(b int) {
		f.block(b, cells)
	})
	if err != nil {
		return nil, err
	}
	return cells, nil
}

// usable reports what is wrong with a grid: its cells must be numbered by
// int32, and its coordinates and steps be sane numbers.
func usable(s grid.Spec) error {
	sane := s.DX >= 1e-9 && s.DX <= 1e9 && s.DY >= 1e-9 && s.DY <= 1e9 &&
		math.Abs(s.X0) <= maxCoordinate && math.Abs(s.Y0) <= maxCoordinate
	if s.Cols < 1 || s.Rows < 1 || s.Cells() > math.MaxInt32 || !sane {
		return fmt.Errorf("unusable grid: %d x %d cells of %g x %g from %g, %g", s.Cols, s.Rows, s.DX, s.DY, s.X0, s.Y0)
	}
	return nil
}

// filler paints polygons into rows of cells.
type filler struct {
	spec  grid.Spec
	shape *shape
	x     []float64 // centres of the columns
	y     []float64 // centres of the rows
	owner []int32   // part of each edge
	first []int32   // by block, its range in edges; one more at the end
	edges []int32   // edges that cross a centre line of the block
}

func newFiller(s grid.Spec, sh *shape) *filler {
	f := &filler{spec: s, shape: sh, x: make([]float64, s.Cols), y: make([]float64, s.Rows)}
	for c := range f.x {
		f.x[c], _ = s.Centre(int32(c))
	}
	for r := range f.y {
		_, f.y[r] = s.Centre(int32(r) * s.Cols)
	}
	f.owner = make([]int32, len(sh.edges))
	for i, p := range sh.parts {
		for e := p.first; e < p.last; e++ {
			f.owner[e] = int32(i)
		}
	}
	f.sortIntoBlocks()
	return f
}

// rows returns the range of rows whose centre lines the edge crosses.
func (f *filler) rows(e *edge) (from, to int) {
	return f.firstBelow(e.y1), f.firstBelow(e.y0)
}

// firstBelow returns the first row whose centre line lies strictly below y. Rows
// count downwards, so an edge, whose upper end is open and whose lower end is
// closed, crosses the rows from firstBelow(y1) to before firstBelow(y0).
func (f *filler) firstBelow(y float64) int {
	r := guess((f.spec.Y0-y)/f.spec.DY-0.5, len(f.y))
	for r > 0 && f.y[r-1] < y {
		r--
	}
	for r < len(f.y) && f.y[r] >= y {
		r++
	}
	return r
}

// firstFrom returns the first column whose centre is at x or right of it.
func (f *filler) firstFrom(x float64) int {
	c := guess((x-f.spec.X0)/f.spec.DX-0.5, len(f.x))
	for c > 0 && f.x[c-1] >= x {
		c--
	}
	for c < len(f.x) && f.x[c] < x {
		c++
	}
	return c
}

// guess turns a place on an axis into an index 0..n to begin a search at.
func guess(at float64, n int) int {
	return int(max(0, min(at, float64(n))))
}

func (f *filler) sortIntoBlocks() {
	blocks := (len(f.y) + blockRows - 1) / blockRows
	each := func(fn func(block, edge int)) {
		for i := range f.shape.edges {
			from, to := f.rows(&f.shape.edges[i])
			for b := from / blockRows; from < to && b <= (to-1)/blockRows; b++ {
				fn(b, i)
			}
		}
	}
	f.first = make([]int32, blocks+1)
	each(func(b, _ int) { f.first[b+1]++ })
	for b := range blocks {
		f.first[b+1] += f.first[b]
	}
	f.edges = make([]int32, f.first[blocks])
	next := append([]int32(nil), f.first...)
	each(func(b, e int) {
		f.edges[next[b]] = int32(e)
		next[b]++
	})
}

// crossing is a place where a part's boundary crosses a centre line.
type crossing struct {
	row, part int32
	x         float64
}

// block assigns the cells of block b.
func (f *filler) block(b int, cells []int32) {
	top, bottom := b*blockRows, min((b+1)*blockRows, len(f.y))
	cols := int(f.spec.Cols)
	rows := cells[top*cols : bottom*cols]
	for i := range rows {
		rows[i] = -1
	}
	all := f.crossings(b, top, bottom)
	for i := 0; i+1 < len(all); i += 2 { // a closed ring crosses a line an even number of times
		poly := f.shape.parts[all[i].part].poly
		row := cells[int(all[i].row)*cols:][:cols]
		from, to := f.firstFrom(all[i].x), f.firstFrom(all[i+1].x)
		for c := from; c < to; c++ {
			if row[c] < 0 {
				row[c] = poly
			}
		}
	}
}

// crossings lists those of a block by row, part and place. Parts come in the
// order of their polygons, so the lowest polygon paints first.
func (f *filler) crossings(b, top, bottom int) []crossing {
	var all []crossing
	for _, i := range f.edges[f.first[b]:f.first[b+1]] {
		e := &f.shape.edges[i]
		from, to := f.rows(e)
		for r := max(from, top); r < min(to, bottom); r++ {
			all = append(all, crossing{int32(r), f.owner[i], e.at(f.y[r])})
		}
	}
	slices.SortFunc(all, func(a, b crossing) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.part, b.part), cmp.Compare(a.x, b.x))
	})
	return all
}
