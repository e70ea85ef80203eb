package audit

import (
	"slices"

	"github.com/paulmach/orb"
)

// side is one edge of a ring, its ends in order of x, then y.
type side struct {
	a, b  orb.Point
	poly  int // polygon of the multipolygon
	ring  int // of all rings of the multipolygon
	index int // in its ring
	last  int // index of the ring's last side
}

func sidesOf(mp orb.MultiPolygon) []side {
	var all []side
	ring := 0
	for k, p := range mp {
		for _, r := range p {
			first := len(all)
			for i := 0; i+1 < len(r); i++ {
				s := side{a: r[i], b: r[i+1], poly: k, ring: ring, index: len(all) - first}
				if s.a == s.b {
					continue // a repeated position is no fault
				}
				if less(s.b, s.a) {
					s.a, s.b = s.b, s.a
				}
				all = append(all, s)
			}
			for i := first; i < len(all); i++ {
				all[i].last = len(all) - first - 1
			}
			ring++
		}
	}
	return all
}

func less(p, q orb.Point) bool { return p[0] < q[0] || p[0] == q[0] && p[1] < q[1] }

// neighbours reports whether two sides share an end by following one another.
func (s side) neighbours(t side) bool {
	if s.ring != t.ring {
		return false
	}
	d := s.index - t.index
	return d == 1 || d == -1 || s.index == 0 && t.index == s.last || t.index == 0 && s.index == s.last
}

// Crossings returns where sides of a multipolygon cross one another or run on
// top of each other, at most limit places, in order of x, then y. Rings that
// only touch in a point are no fault. An empty answer means that the rings are
// drawn without crossing; it does not say that holes lie in their polygons.
func Crossings(mp orb.MultiPolygon, limit int) []orb.Point {
	sides := sidesOf(mp)
	slices.SortFunc(sides, func(s, t side) int { return order(s.a, t.a) })
	var found []orb.Point
	var active []side
	for _, s := range sides {
		kept := active[:0]
		for _, t := range active {
			if t.b[0] < s.a[0] {
				continue
			}
			kept = append(kept, t)
			if p, cross := meet(s, t); cross {
				found = append(found, p)
			}
		}
		active = append(kept, s)
		if len(found) > 64*limit { // enough to know; the first are reported
			break
		}
	}
	slices.SortFunc(found, order)
	found = slices.Compact(found)
	return found[:min(len(found), limit)]
}

// Touches reports whether the rings of a polygon come to one position twice, as a
// figure of eight does that is drawn through its waist: no fault, but its area by
// the ring is the difference of its halves.
func Touches(mp orb.MultiPolygon) bool {
	var all []orb.Point
	for _, p := range mp {
		all = all[:0]
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				if r[i] != r[i-1] {
					all = append(all, r[i])
				}
			}
		}
		slices.SortFunc(all, order)
		for i := 1; i < len(all); i++ {
			if all[i] == all[i-1] {
				return true
			}
		}
	}
	return false
}

func order(p, q orb.Point) int {
	switch {
	case p == q:
		return 0
	case less(p, q):
		return -1
	}
	return 1
}

// meet tells whether two sides cross properly or lie on one another over more
// than a point, and where. An end that lies inside the other side counts as a
// crossing only when the sides overlap: touching is allowed.
func meet(s, t side) (orb.Point, bool) {
	if max(s.a[1], s.b[1]) < min(t.a[1], t.b[1]) || max(t.a[1], t.b[1]) < min(s.a[1], s.b[1]) {
		return orb.Point{}, false
	}
	d1, d2 := turn(t.a, t.b, s.a), turn(t.a, t.b, s.b)
	d3, d4 := turn(s.a, s.b, t.a), turn(s.a, s.b, t.b)
	if d1 == 0 && d2 == 0 {
		if s.poly != t.poly {
			return orb.Point{}, false // parts of one zone that share a border
		}
		return overlap(s, t)
	}
	if d1*d2 >= 0 || d3*d4 >= 0 || s.neighbours(t) {
		return orb.Point{}, false
	}
	u := d1 / (d1 - d2)
	return orb.Point{s.a[0] + u*(s.b[0]-s.a[0]), s.a[1] + u*(s.b[1]-s.a[1])}, true
}

// overlap is the start of what two sides on one line share, when that is more
// than a point.
func overlap(s, t side) (orb.Point, bool) {
	from, to := s.a, s.b
	if less(from, t.a) {
		from = t.a
	}
	if less(t.b, to) {
		to = t.b
	}
	return from, less(from, to)
}

// turn is twice the area of the triangle: positive when c lies left of a-b. The
// differences are taken from c, so that a common position gives exactly 0.
func turn(a, b, c orb.Point) float64 {
	return (a[0]-c[0])*(b[1]-c[1]) - (a[1]-c[1])*(b[0]-c[0])
}
