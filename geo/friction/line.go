package friction

import (
	"math"

	"github.com/paulmach/orb"
	"lifecircle/geo/grid"
)

// Connection says how the cells of a line hang together.
type Connection uint8

const (
	// Four: over shared edges, all cells that the line passes through. For
	// barriers, which then hold whatever the rule for corners is; for bridges;
	// and for roads that must stay open between closed cells, where a step over
	// a corner is refused.
	Four Connection = iota
	// Eight: over edges or corners, without the cells whose corner the line cuts.
	// Enough for roads over open country.
	Eight
)

// Line returns the cells of a line, whose points are in the grid's own
// coordinates, from its start to its end. Parts beyond the grid are left out,
// and so are stretches to points that are not finite; cells on the two sides of
// such a gap do not hang together. A cell may come more than once where the line
// returns to it. A single point has its cell.
func Line(s grid.Spec, points []orb.Point, connect Connection) []int32 {
	l := liner{spec: s, connect: connect}
	if len(points) == 1 {
		points = []orb.Point{points[0], points[0]}
	}
	for i := 1; i < len(points); i++ {
		l.stretch(l.inCells(points[i-1]), l.inCells(points[i]))
	}
	return l.cells
}

// liner gathers the cells of a line.
type liner struct {
	spec    grid.Spec
	connect Connection
	cells   []int32
	from    int // where the part that hangs together begins
}

// inCells gives a point in columns and rows.
func (l *liner) inCells(p orb.Point) orb.Point {
	return orb.Point{(p[0] - l.spec.X0) / l.spec.DX, (l.spec.Y0 - p[1]) / l.spec.DY}
}

// stretch adds the cells between two points, by the walk of J. Amanatides and
// A. Woo (A fast voxel traversal algorithm for ray tracing, Eurographics 1987).
// Through a corner it goes sideways first.
func (l *liner) stretch(a, b orb.Point) {
	a, b, cutStart, cutEnd, ok := l.clip(a, b)
	if !ok {
		l.from = len(l.cells)
		return
	}
	if cutStart {
		l.from = len(l.cells)
	}
	col, row := l.cellAt(a)
	lastCol, lastRow := l.cellAt(b)
	dx, dy := b[0]-a[0], b[1]-a[1]
	l.add(col, row)
	for col != lastCol || row != lastRow {
		// Along the line, where the next column and the next row begin.
		atCol, atRow := math.Inf(1), math.Inf(1)
		if col != lastCol {
			atCol = (edge(col, lastCol) - a[0]) / dx
		}
		if row != lastRow {
			atRow = (edge(row, lastRow) - a[1]) / dy
		}
		if atCol <= atRow && col != lastCol {
			col += sign(lastCol - col)
		} else {
			row += sign(lastRow - row)
		}
		l.add(col, row)
	}
	if cutEnd {
		l.from = len(l.cells)
	}
}

// edge is the border of a cell on the side of another.
func edge(at, last int32) float64 {
	if last > at {
		return float64(at + 1)
	}
	return float64(at)
}

func sign(n int32) int32 {
	if n > 0 {
		return 1
	}
	if n < 0 {
		return -1
	}
	return 0
}

// cellAt is the cell of a point on the grid; the right and lower rim belong to
// the last cells.
func (l *liner) cellAt(p orb.Point) (col, row int32) {
	return min(int32(p[0]), l.spec.Cols-1), min(int32(p[1]), l.spec.Rows-1)
}

// clip cuts a stretch to the grid (Y.-D. Liang and B. Barsky, A new concept and
// method for line clipping, ACM Transactions on Graphics 3, 1984). It is not ok
// when nothing is left.
func (l *liner) clip(a, b orb.Point) (p, q orb.Point, cutStart, cutEnd, ok bool) {
	from, to := 0.0, 1.0
	d := orb.Point{b[0] - a[0], b[1] - a[1]}
	end := orb.Point{float64(l.spec.Cols), float64(l.spec.Rows)}
	for i := range 2 {
		if math.IsNaN(d[i]) || math.IsInf(d[i], 0) {
			return a, b, false, false, false
		}
		if d[i] == 0 {
			if a[i] < 0 || a[i] > end[i] {
				return a, b, false, false, false
			}
			continue
		}
		enter, exit := -a[i]/d[i], (end[i]-a[i])/d[i]
		if d[i] < 0 {
			enter, exit = exit, enter
		}
		from, to = max(from, enter), min(to, exit)
	}
	if from > to || l.spec.IsZero() {
		return a, b, false, false, false
	}
	p, q = a, b
	for i := range 2 {
		if from > 0 {
			p[i] = a[i] + from*d[i]
		}
		if to < 1 {
			q[i] = a[i] + to*d[i]
		}
		p[i], q[i] = min(max(p[i], 0), end[i]), min(max(q[i], 0), end[i])
	}
	return p, q, from > 0, to < 1, true
}

// add appends a cell that shares an edge with the last one. Where corners are
// enough it takes the place of a last cell whose neighbours touch by a corner.
func (l *liner) add(col, row int32) {
	cell, n := row*l.spec.Cols+col, len(l.cells)
	if n > l.from && l.cells[n-1] == cell {
		return
	}
	if l.connect == Eight && n-l.from >= 2 {
		before := l.cells[n-2]
		dc, dr := before%l.spec.Cols-col, before/l.spec.Cols-row
		if dc*dc == 1 && dr*dr == 1 {
			l.cells[n-1] = cell
			return
		}
	}
	l.cells = append(l.cells, cell)
}
