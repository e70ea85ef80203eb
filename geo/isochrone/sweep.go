package isochrone

import (
	"context"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// lines are the closed lines round a band, with the band on their left.
type lines struct {
	at   []orb.Point // x to the right, y down, in cells from the corner of the grid; exact
	next []int32     // the point that follows
	// twin holds, both ways, points at the same place, where two lines touch and
	// the band is on two opposite sides.
	twin map[int32]int32
	// ends are the points where the band begins and ends along the rows of
	// centres, from the top, two for each part of the band that a row crosses.
	ends []int32
}

// sweeper goes over the lattice of centres, square by square from the top.
type sweeper struct {
	lines
	field        Field
	limits       [2]int64
	upper, lower row
	above        []edge // bottom edges of the squares of the strip above
	square       square
}

// sweep traces the lines round what lies between the limits.
func sweep(ctx context.Context, f Field, limits [2]int64) (*lines, error) {
	s := &sweeper{
		lines: lines{twin: map[int32]int32{}}, field: f, limits: limits,
		upper: newRow(f.Grid.Cols), lower: newRow(f.Grid.Cols), above: make([]edge, f.Grid.Cols+1),
	}
	for r := range f.Grid.Rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.lower.load(f, r, limits)
		s.strip(r)
		s.upper, s.lower = s.lower, s.upper
		if len(s.at) > math.MaxInt32-8*len(s.above) {
			return nil, fmt.Errorf("%w: more than 2,000,000,000 points", ErrField)
		}
	}
	s.lower.clear()
	s.strip(f.Grid.Rows)
	return &s.lines, nil
}

// strip goes along the squares between row r-1 and row r.
func (s *sweeper) strip(r int32) {
	up, low := s.upper.key, s.lower.key
	for i := range s.above {
		a, b, c, d := up[i], low[i], low[i+1], up[i+1]
		if a&b&c&d&beyond != 0 || a == b && b == c && c == d {
			continue // no line, nor any mark on the edges
		}
		s.visit(i, r)
	}
}

// visit draws the lines through square i of a strip. Its left and upper edges
// were marked by the squares before it. Marks of other squares that are still in
// their places are not looked at: the edge of a square that was passed over has
// no lines.
func (s *sweeper) visit(i int, r int32) {
	q := &s.square
	q.corner = [4]cell{
		{s.upper.key[i], s.upper.timeMS[i]},
		{s.lower.key[i], s.lower.timeMS[i]},
		{s.lower.key[i+1], s.lower.timeMS[i+1]},
		{s.upper.key[i+1], s.upper.timeMS[i+1]},
	}
	q.edge[left], q.edge[top] = q.edge[right], s.above[i]
	x, y := float64(i)-0.5, float64(r)-0.5
	s.cut(&q.edge[bottom], step{x, y + 1, true}, q.corner[1], q.corner[2])
	s.cut(&q.edge[right], step{x + 1, y, false}, q.corner[3], q.corner[2])
	var done uint8
	for k := range uint8(4) {
		if q.corner[k].inside(outerLine) && done>>k&1 == 0 {
			done |= s.link(k)
		}
	}
	s.above[i] = q.edge[bottom]
}

// cut marks where lines cross the step from a to b.
func (s *sweeper) cut(e *edge, along step, a, b cell) {
	if a.key == b.key {
		return
	}
	joined := a.joins(b)
	for end, c := range [2]cell{a, b} {
		far := [2]cell{b, a}[end]
		outer := c.inside(outerLine) && !(joined && far.inside(outerLine))
		inner := c.inside(innerLine) && !(joined && far.inside(innerLine))
		if !outer && !inner {
			continue
		}
		m := &e[end]
		*m = mark{node: [2]int32{none, none}, step: along}
		var at [2]int64
		for line := range at {
			at[line] = place(a, b, end, s.limits[line])
		}
		if outer && inner && at[0] == at[1] {
			m.shared, m.place = true, at[0]
			continue
		}
		for line, leaves := range [2]bool{innerLine: inner, outerLine: outer} {
			if leaves {
				m.node[line] = s.end(along, at[line])
			}
		}
	}
}

// end adds a point where one line alone crosses a step.
func (s *sweeper) end(along step, place int64) int32 {
	n := s.add(along.at(place))
	if along.along {
		s.ends = append(s.ends, n)
	}
	return n
}

func (s *sweeper) add(p orb.Point) int32 {
	s.at, s.next = append(s.at, p), append(s.next, none)
	return int32(len(s.at) - 1)
}

// link joins the marks of the land of one corner by the lines through the square
// and returns the corners of that land that are reached. Where the two lines
// take the same way the band has no width, and there is none.
func (s *sweeper) link(of uint8) uint8 {
	q := &s.square
	outer, inner := q.inside(of, outerLine), q.inside(of, innerLine)
	outerLines, innerLines := q.lines(outer, s.limits[outerLine]), q.lines(inner, s.limits[innerLine])
	var gone [2]bool // inner lines that meet their like
	for _, c := range outerLines {
		same := false
		for k, d := range innerLines {
			if c == d && q.exitMark(c.exit).shared && q.entryMark(c.entry).shared {
				same, gone[k] = true, true
			}
		}
		if !same {
			from, to := s.exit(c.exit, outerLine), s.entry(c.entry, outerLine)
			s.next[from] = to
		}
	}
	for k, c := range innerLines {
		if !gone[k] {
			from, to := s.entry(c.entry, innerLine), s.exit(c.exit, innerLine)
			s.next[from] = to
		}
	}
	return outer
}

// exit is the point of a line on the edge after a corner.
func (s *sweeper) exit(corner uint8, line int) int32 {
	return s.point(s.square.exitMark(corner), line, corner)
}

// entry is the point of a line on the edge before a corner.
func (s *sweeper) entry(corner uint8, line int) int32 {
	return s.point(s.square.entryMark(corner), line, (corner+3)%4)
}

// point returns the point of a line at a mark. A place that both lines share is
// a point of its own for either square beside the edge: the band, if it gets
// there at all, ends there in a tip, and its boundary turns back into the square.
func (s *sweeper) point(m *mark, line int, edge uint8) int32 {
	if !m.shared {
		return m.node[line]
	}
	side := 0 // the first square beside the edge
	if edge == left || edge == top {
		side = 1
	}
	if m.node[side] == none {
		m.node[side] = s.add(m.step.at(m.place))
		if side == 1 && m.node[0] != none {
			s.twin[m.node[0]], s.twin[m.node[1]] = m.node[1], m.node[0]
		}
	}
	return m.node[side]
}
