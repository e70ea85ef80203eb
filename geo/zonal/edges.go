package zonal

import (
	"math"

	"github.com/paulmach/orb"
)

// maxCoordinate bounds usable coordinates, so that no product overflows.
const maxCoordinate = 1e15

// edge is a side of a ring, from its lower to its upper end (from left to right
// when level), so that two polygons see a common side alike.
type edge struct{ x0, y0, x1, y1 float64 }

func newEdge(a, b orb.Point) edge {
	if a[1] > b[1] || a[1] == b[1] && a[0] > b[0] {
		a, b = b, a
	}
	return edge{a[0], a[1], b[0], b[1]}
}

// at returns where the edge crosses the horizontal at y. An edge crosses when
// its lower end is at or below y and its upper end above it. The division comes
// last but for a sum, so that no processor fuses the two and all agree.
func (e *edge) at(y float64) float64 {
	x := e.x0 + (y-e.y0)*(e.x1-e.x0)/(e.y1-e.y0)
	return max(min(x, max(e.x0, e.x1)), min(e.x0, e.x1))
}

// box is a closed rectangle.
type box struct{ minX, minY, maxX, maxY float64 }

var emptyBox = box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}

func (b *box) add(e *edge) {
	b.join(box{min(e.x0, e.x1), e.y0, max(e.x0, e.x1), e.y1})
}

func (b *box) join(o box) {
	b.minX, b.minY = min(b.minX, o.minX), min(b.minY, o.minY)
	b.maxX, b.maxY = max(b.maxX, o.maxX), max(b.maxY, o.maxY)
}

func (b *box) holds(x, y float64) bool {
	return x >= b.minX && x <= b.maxX && y >= b.minY && y <= b.maxY
}

func (b *box) meets(o *box) bool {
	return b.minX <= o.maxX && o.minX <= b.maxX && b.minY <= o.maxY && o.minY <= b.maxY
}

// part is one polygon of a multipolygon.
type part struct {
	poly        int32 // index of the multipolygon
	at          int32 // index within it
	first, last int32 // its edges
	box         box
	rings       []chain
}

// holds reports whether the part holds the point, by the rule of the package.
func (p *part) holds(x, y float64) bool {
	if !p.box.holds(x, y) {
		return false
	}
	odd := false
	for i := range p.rings {
		odd = odd != p.rings[i].odd(x, y)
	}
	return odd
}

// shape is a list of multipolygons taken apart: parts in order, each with its
// edges in the order of its rings.
type shape struct {
	parts []part
	edges []edge
}

func newShape(polys []orb.MultiPolygon) *shape {
	s := &shape{edges: make([]edge, 0, countPoints(polys))}
	var ring []orb.Point
	for i, mp := range polys {
		for j, p := range mp {
			pt := part{poly: int32(i), at: int32(j), first: int32(len(s.edges)), box: emptyBox}
			for k, r := range p {
				ring = tidy(r, ring[:0])
				if ring == nil && k == 0 {
					break
				}
				s.addRing(ring, &pt)
			}
			if pt.last = int32(len(s.edges)); pt.last > pt.first {
				s.parts = append(s.parts, pt)
			}
		}
	}
	return s
}

func countPoints(polys []orb.MultiPolygon) int {
	n := 0
	for _, mp := range polys {
		for _, p := range mp {
			for _, r := range p {
				n += len(r)
			}
		}
	}
	return n
}

func (s *shape) addRing(ring []orb.Point, pt *part) {
	if len(ring) == 0 {
		return
	}
	pt.rings = append(pt.rings, newChain(ring))
	for i, a := range ring {
		e := newEdge(a, ring[(i+1)%len(ring)])
		s.edges = append(s.edges, e)
		pt.box.add(&e)
	}
}

// tidy appends the usable points of a ring to dst without repeating the first
// one at the end; nil when fewer than three are left.
func tidy(r orb.Ring, dst []orb.Point) []orb.Point {
	for _, p := range r {
		usable := math.Abs(p[0]) <= maxCoordinate && math.Abs(p[1]) <= maxCoordinate
		if usable && (len(dst) == 0 || p != dst[len(dst)-1]) {
			dst = append(dst, p)
		}
	}
	for len(dst) > 1 && dst[0] == dst[len(dst)-1] {
		dst = dst[:len(dst)-1]
	}
	if len(dst) < 3 {
		return nil
	}
	return dst
}
