package zonal

import "github.com/paulmach/orb"

// branch is how many edges or nodes a node of a chain covers.
const branch = 8

// chain is a ring with a tree of boxes over its runs of edges, so that a point
// is held against a few edges only, however the ring winds: of a run wholly to
// the right of the point only the end points matter, for between them it
// crosses the point's horizontal an odd number of times exactly when they lie
// on different sides of it.
type chain struct {
	points []orb.Point // the first one repeated at the end
	levels [][]bend    // level 0 has one for 8 edges; empty for a short ring
}

// bend is a run of edges: where it lies, and the heights at its two ends.
type bend struct {
	box
	y0, y1 float64
}

// newChain makes a chain of tidy points, which it copies.
func newChain(ring []orb.Point) chain {
	c := chain{points: make([]orb.Point, len(ring)+1)}
	copy(c.points, ring)
	c.points[len(ring)] = ring[0]
	if len(ring) <= 2*branch {
		return c
	}
	level := make([]bend, (len(ring)+branch-1)/branch)
	for i := range level {
		run := c.points[i*branch : min((i+1)*branch, len(ring))+1]
		level[i] = bend{emptyBox, run[0][1], run[len(run)-1][1]}
		for _, p := range run {
			level[i].join(box{p[0], p[1], p[0], p[1]})
		}
	}
	c.levels = append(c.levels, level)
	for len(level) > branch {
		level = gather(level)
		c.levels = append(c.levels, level)
	}
	return c
}

// gather makes the level above.
func gather(level []bend) []bend {
	above := make([]bend, (len(level)+branch-1)/branch)
	for i := range above {
		below := level[i*branch : min((i+1)*branch, len(level))]
		above[i] = bend{emptyBox, below[0].y0, below[len(below)-1].y1}
		for k := range below {
			above[i].join(below[k].box)
		}
	}
	return above
}

// odd reports whether an odd number of edges cross the ray from the point to
// the right.
func (c *chain) odd(x, y float64) bool {
	if len(c.levels) == 0 {
		return oddRun(c.points, x, y)
	}
	top := len(c.levels) - 1
	return c.oddNodes(top, 0, len(c.levels[top]), x, y)
}

// oddNodes is odd for the edges below some nodes of a level.
func (c *chain) oddNodes(level, from, to int, x, y float64) bool {
	odd := false
	nodes := c.levels[level][from:to]
	for i := range nodes {
		b := &nodes[i]
		if y < b.minY || y >= b.maxY || x >= b.maxX {
			continue
		}
		n := (from + i) * branch
		switch {
		case x < b.minX:
			odd = odd != ((b.y0 <= y) != (b.y1 <= y))
		case level == 0:
			odd = odd != oddRun(c.points[n:min(n+branch+1, len(c.points))], x, y)
		default:
			odd = odd != c.oddNodes(level-1, n, min(n+branch, len(c.levels[level-1])), x, y)
		}
	}
	return odd
}

// oddRun is odd for the edges between consecutive points.
func oddRun(points []orb.Point, x, y float64) bool {
	odd := false
	a := points[0]
	for _, b := range points[1:] {
		if (a[1] <= y) != (b[1] <= y) && !(x >= a[0] && x >= b[0]) {
			if x < a[0] && x < b[0] {
				odd = !odd
			} else if e := newEdge(a, b); x < e.at(y) {
				odd = !odd
			}
		}
		a = b
	}
	return odd
}
