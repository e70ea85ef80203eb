package isochrone

import (
	"context"

	"github.com/paulmach/orb"

	"lifecircle/geo/grid"
)

// ring is a closed line that passes no point twice.
type ring struct {
	walk   int32
	outer  bool
	points orb.Ring
}

// keptSteps is the distance of the points that stay in straight runs, in steps of
// the lattice. Brought to other coordinates, a run that follows a parallel is off
// its chords by about 128 d²/R at most, for cells of d and the Earth's radius R.
const keptSteps = 32

// shaper makes polygons of lines. A walk is a line followed until it comes back:
// one connected part of the boundary of a connected part of the band.
type shaper struct {
	*lines
	spec  grid.Spec
	walk  []int32 // the walk of each point
	walks int32
	rings []ring

	stack []int32       // the points of the walk at work that are in no ring yet
	place map[int32]int // of points with twins in the stack
}

func newShaper(s grid.Spec, l *lines) *shaper {
	h := &shaper{lines: l, spec: s, walk: make([]int32, len(l.at)), place: map[int32]int{}}
	for i := range h.walk {
		h.walk[i] = none
	}
	return h
}

// follow finds all rings.
func (h *shaper) follow(ctx context.Context) error {
	for i := range h.walk {
		if i&4095 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if h.walk[i] == none {
			h.followFrom(int32(i))
			h.walks++
		}
	}
	return nil
}

// followFrom makes rings of the walk through a point. Where it comes to a place
// for the second time, the part between is a ring of its own.
func (h *shaper) followFrom(first int32) {
	h.stack = h.stack[:0]
	for n := first; h.walk[n] == none; n = h.next[n] {
		h.walk[n] = h.walks
		if twin, ok := h.twin[n]; ok {
			if h.walk[twin] == h.walks {
				from := h.place[twin]
				h.addRing(h.stack[from:])
				h.stack = h.stack[:from]
			}
			h.place[n] = len(h.stack)
		}
		h.stack = append(h.stack, n)
	}
	h.addRing(h.stack)
}

// addRing closes a ring, in grid coordinates, with its points along rows and
// columns left out.
func (h *shaper) addRing(nodes []int32) {
	var points orb.Ring
	kept := 0
	h.corners(nodes, func(orb.Point) { kept++ })
	points = make(orb.Ring, 0, kept+1)
	h.corners(nodes, func(p orb.Point) {
		// The conversions keep a compiler from fusing the product with the sum.
		points = append(points, orb.Point{h.spec.X0 + float64(p[0]*h.spec.DX), h.spec.Y0 - float64(p[1]*h.spec.DY)})
	})
	h.rings = append(h.rings, ring{h.walks, h.isOuter(nodes), append(points, points[0])})
}

// corners calls keep with the points of a ring that are not in the middle of a
// run along a row or a column, nor at one of the places that runs keep.
func (h *shaper) corners(nodes []int32, keep func(orb.Point)) {
	a, b := h.at[nodes[len(nodes)-1]], h.at[nodes[0]]
	for i := range nodes {
		c := h.at[nodes[(i+1)%len(nodes)]]
		if !passes(a, b, c, 0) && !passes(a, b, c, 1) {
			keep(b)
		}
		a, b = b, c
	}
}

// passes reports whether b is in the middle of a run on which one coordinate
// stays the same, and not kept.
func passes(a, b, c orb.Point, same int) bool {
	return a[same] == b[same] && b[same] == c[same] && int64(b[1-same])%keptSteps != 0
}

// isOuter reports whether a ring is counter-clockwise, by the turn at its upper
// left point. Neighbouring points are less than two cells apart and multiples of
// 1/65536, so that the turn is computed exactly.
func (h *shaper) isOuter(nodes []int32) bool {
	first := 0
	for i, n := range nodes {
		if p, q := h.at[n], h.at[nodes[first]]; p[1] < q[1] || p[1] == q[1] && p[0] < q[0] {
			first = i
		}
	}
	n := len(nodes)
	a, b, c := h.at[nodes[(first+n-1)%n]], h.at[nodes[first]], h.at[nodes[(first+1)%n]]
	return (b[0]-a[0])*(c[1]-b[1]) < (b[1]-a[1])*(c[0]-b[0]) // y counts downwards
}

// polygons puts rings together. Between a beginning and an end along a row lies
// nothing but band, so that the two walks bound the same part of it. Every hole
// is tied to its outer ring that way: the leftmost point of its walk on the
// highest row of centres that it encloses has band to its left, which begins at
// a walk that is found earlier.
func (h *shaper) polygons() orb.MultiPolygon {
	part := make([]int32, h.walks)
	for i := range part {
		part[i] = int32(i)
	}
	for i := 0; i < len(h.ends); i += 2 {
		a, b := root(part, h.walk[h.ends[i]]), root(part, h.walk[h.ends[i+1]])
		part[max(a, b)] = min(a, b)
	}
	number := make([]int32, h.walks) // of the polygon of a root
	out := orb.MultiPolygon{}
	for i := range part {
		if part[i] == int32(i) {
			number[i] = int32(len(out))
			out = append(out, orb.Polygon{nil})
		}
	}
	for _, r := range h.rings {
		p := &out[number[root(part, r.walk)]]
		if r.outer {
			(*p)[0] = r.points
		} else {
			*p = append(*p, r.points)
		}
	}
	return out
}

// root returns the smallest walk of a part, and shortens the way to it.
func root(part []int32, i int32) int32 {
	for part[i] != i {
		part[i] = part[part[i]]
		i = part[i]
	}
	return i
}
