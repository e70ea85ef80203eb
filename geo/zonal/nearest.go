package zonal

import (
	"math"

	"github.com/paulmach/orb"
)

// Nearest returns the polygon nearest to p and its distance in metres: 0 and
// the answer of [Index.Find] when p is inside one, else the distance to the
// nearest boundary; the lowest index of those equally near; -1 and +Inf when
// none is within maxM (closed) or p or maxM is no number.
//
// Polygons and p are WGS 84. A side of a polygon is straight in longitude and
// latitude, as GeoJSON has it. Distances are off the geodesic by 0.3 mm up to
// 5 km and by a part in 100,000 up to 60 km; it is not meant for more.
func (x *Index) Nearest(p orb.Point, maxM float64) (int32, float64) {
	if i := x.Find(p); i >= 0 && maxM >= 0 {
		return i, 0
	}
	if math.IsNaN(p[0]-p[0]) || math.IsNaN(p[1]-p[1]) || !(maxM >= 0) {
		return -1, math.Inf(1)
	}
	s := nearestSearch{index: x, p: p, best: maxM, poly: -1}
	s.perLon, s.perLat = scales(p[1])
	// Nothing within maxM lies further north or south than this, so the
	// narrowest degree of longitude is that of the outermost latitude.
	reach := min(90, math.Abs(p[1])+maxM/minMetresLat)
	s.minLon, _ = scales(reach)
	top := len(x.tree.levels) - 1
	for n := range x.tree.levels[top] {
		s.visit(top, n)
	}
	if s.poly < 0 {
		return -1, math.Inf(1)
	}
	return s.poly, s.best
}

type nearestSearch struct {
	index          *Index
	p              orb.Point
	perLon, perLat float64 // scales at p
	minLon         float64 // least metres in a degree of longitude within reach
	best           float64 // metres
	poly           int32
}

// bound is a distance that nothing in the box undercuts.
func (s *nearestSearch) bound(b *box) float64 {
	dx := max(b.minX-s.p[0], s.p[0]-b.maxX, 0) * s.minLon
	dy := max(b.minY-s.p[1], s.p[1]-b.maxY, 0) * minMetresLat
	return math.Sqrt(dx*dx+dy*dy) * (1 - 1e-12)
}

func (s *nearestSearch) visit(level, node int) {
	if level == 0 {
		if s.bound(&s.index.tree.levels[0][node]) <= s.best {
			s.look(&s.index.tree.chunks[node])
		}
		return
	}
	var order [fanOut]struct {
		bound float64
		node  int
	}
	from, to := s.index.tree.children(level, node)
	for n := from; n < to; n++ {
		b := s.bound(&s.index.tree.levels[level-1][n])
		k := n - from
		for ; k > 0 && order[k-1].bound > b; k-- {
			order[k] = order[k-1]
		}
		order[k].bound, order[k].node = b, n
	}
	for _, o := range order[:to-from] {
		if o.bound <= s.best {
			s.visit(level-1, o.node)
		}
	}
}

// look holds the edges of a chunk against the best so far.
func (s *nearestSearch) look(c *chunk) {
	poly := s.index.shape.parts[c.part].poly
	edges := s.index.shape.edges[c.first:c.last]
	for i := range edges {
		qx, qy := edges[i].closest(s.p[0], s.p[1], s.perLon, s.perLat)
		d := metres(s.p[0], s.p[1], qx, qy)
		if d < s.best || d == s.best && (s.poly < 0 || poly < s.poly) {
			s.best, s.poly = d, poly
		}
	}
}
