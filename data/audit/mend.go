package audit

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Mend returns polygons that cover what the rings of mp cover by the even-odd
// rule, drawn without crossings: a figure of eight becomes two polygons. Parts
// without a fault are kept as they are. It is false when that cannot be done,
// as when two parts overlap one another, or when sides meet so closely that
// rounding would change what is covered.
func Mend(mp orb.MultiPolygon) (orb.MultiPolygon, bool) {
	var out orb.MultiPolygon
	for _, p := range mp {
		if len(Crossings(orb.MultiPolygon{p}, 1)) == 0 {
			out = append(out, p)
			continue
		}
		drawn, ok := evenOdd(p)
		if !ok {
			return nil, false
		}
		out = append(out, drawn...)
	}
	return out, len(out) > 0 && len(Crossings(out, 1)) == 0
}

// EvenOddArea is the area that the polygons of mp cover by the even-odd rule, in
// the square of its unit: what a figure of eight covers, whose area by its ring
// is the difference of its halves. What two polygons cover counts for both.
func EvenOddArea(mp orb.MultiPolygon) float64 {
	sum := 0.0
	for _, p := range mp {
		g := newGraph(cut(p))
		for _, ring := range g.faces() {
			if g.inside(ring) {
				sum += turns(ring) / 2
			}
		}
	}
	return sum
}

type edge struct{ a, b orb.Point }

// evenOdd draws the area of a polygon anew: its sides are cut where they meet,
// those that lie on one another in pairs drop out, and the faces of the rest
// that are inside become polygons. It is false when the faces do not cover what
// the sides do.
func evenOdd(p orb.Polygon) (orb.MultiPolygon, bool) {
	edges := cut(p)
	g := newGraph(edges)
	var shells orb.MultiPolygon
	var holes []orb.Ring
	for _, ring := range g.faces() {
		if !g.inside(ring) {
			continue
		}
		if turns(ring) > 0 {
			shells = append(shells, orb.Polygon{ring})
		} else {
			holes = append(holes, ring)
		}
	}
	area := 0.0
	for _, s := range shells {
		area += turns(s[0]) / 2
	}
	for _, h := range holes {
		i := smallestAround(shells, h)
		if i < 0 {
			return nil, false
		}
		shells[i] = append(shells[i], h)
		area += turns(h) / 2
	}
	want := slabArea(edges)
	return shells, math.Abs(area-want) <= 1e-9*want
}

// slabArea is the area inside the edges by the even-odd rule, found without
// walking around faces: between two neighbouring latitudes of ends the edges do
// not cross, and every second gap between them is inside.
func slabArea(edges []edge) float64 {
	var levels []float64
	byFoot := slices.Clone(edges)
	for i, e := range byFoot {
		if e.a[1] > e.b[1] {
			byFoot[i] = edge{e.b, e.a}
		}
		levels = append(levels, e.a[1], e.b[1])
	}
	slices.Sort(levels)
	levels = slices.Compact(levels)
	slices.SortStableFunc(byFoot, func(x, y edge) int { return cmp.Compare(x.a[1], y.a[1]) })
	total, next := 0.0, 0
	var active []edge
	for i := 0; i+1 < len(levels); i++ {
		low, high := levels[i], levels[i+1]
		for ; next < len(byFoot) && byFoot[next].a[1] <= low; next++ {
			active = append(active, byFoot[next])
		}
		active = slices.DeleteFunc(active, func(e edge) bool { return e.b[1] <= low })
		xs := make([]float64, len(active))
		for k, e := range active {
			xs[k] = e.a[0] + (e.b[0]-e.a[0])*((low+high)/2-e.a[1])/(e.b[1]-e.a[1])
		}
		slices.Sort(xs)
		for k := 0; k+1 < len(xs); k += 2 {
			total += (xs[k+1] - xs[k]) * (high - low)
		}
	}
	return total
}

// cut splits the sides of a polygon where they meet, and keeps what lies there
// an odd number of times.
func cut(p orb.Polygon) []edge {
	sides := sidesOf(orb.MultiPolygon{p})
	slices.SortFunc(sides, func(s, t side) int { return order(s.a, t.a) })
	at := make([][]orb.Point, len(sides))
	var active []int
	for i, s := range sides {
		kept := active[:0]
		for _, j := range active {
			if sides[j].b[0] < s.a[0] {
				continue
			}
			kept = append(kept, j)
			splitBoth(s, sides[j], &at[i], &at[j])
		}
		active = append(kept, i)
	}
	odd := map[edge]bool{}
	for i, s := range sides {
		points := append(at[i], s.a, s.b)
		slices.SortFunc(points, order)
		points = slices.Compact(points)
		for k := 0; k+1 < len(points); k++ {
			e := edge{points[k], points[k+1]}
			odd[e] = !odd[e]
		}
	}
	var edges []edge
	for e, is := range odd {
		if is {
			edges = append(edges, e)
		}
	}
	slices.SortFunc(edges, func(x, y edge) int {
		if c := order(x.a, y.a); c != 0 {
			return c
		}
		return order(x.b, y.b)
	})
	return edges
}

// splitBoth notes where two sides have to be cut.
func splitBoth(s, t side, atS, atT *[]orb.Point) {
	if p, cross := meet(s, t); cross && !onLine(s, t) {
		*atS, *atT = append(*atS, p), append(*atT, p)
		return
	}
	for _, p := range [2]orb.Point{t.a, t.b} {
		if on(s, p) {
			*atS = append(*atS, p)
		}
	}
	for _, p := range [2]orb.Point{s.a, s.b} {
		if on(t, p) {
			*atT = append(*atT, p)
		}
	}
}

func onLine(s, t side) bool { return turn(t.a, t.b, s.a) == 0 && turn(t.a, t.b, s.b) == 0 }

func on(s side, p orb.Point) bool {
	return less(s.a, p) && less(p, s.b) && turn(s.a, s.b, p) == 0
}

// graph is the edges as pairs of directed ones.
type graph struct {
	edges []edge
	out   map[orb.Point][]orb.Point // by falling angle
}

func newGraph(edges []edge) *graph {
	g := &graph{edges: edges, out: map[orb.Point][]orb.Point{}}
	for _, e := range edges {
		g.out[e.a] = append(g.out[e.a], e.b)
		g.out[e.b] = append(g.out[e.b], e.a)
	}
	for from, list := range g.out {
		slices.SortFunc(list, func(p, q orb.Point) int {
			a := math.Atan2(p[1]-from[1], p[0]-from[0])
			b := math.Atan2(q[1]-from[1], q[0]-from[0])
			switch {
			case a > b:
				return -1
			case a < b:
				return 1
			}
			return order(p, q)
		})
	}
	return g
}

// next continues a face that lies left of from-to: the sharpest turn left.
func (g *graph) next(from, to orb.Point) orb.Point {
	list := g.out[to]
	return list[(slices.Index(list, from)+1)%len(list)]
}

// faces walks around every face with the face on the left: anticlockwise around
// one, clockwise around the outside of connected edges.
func (g *graph) faces() []orb.Ring {
	seen := map[edge]bool{}
	var rings []orb.Ring
	for _, e := range g.edges {
		for _, start := range [2]edge{e, {e.b, e.a}} {
			if seen[start] {
				continue
			}
			ring := orb.Ring{start.a}
			for at := start; !seen[at]; at = (edge{at.b, g.next(at.a, at.b)}) {
				seen[at] = true
				ring = append(ring, at.b)
			}
			rings = append(rings, ring)
		}
	}
	return rings
}

// inside reports whether the face left of a ring belongs to the area: a ray
// from the steepest side to the west crosses an odd number of edges.
func (g *graph) inside(r orb.Ring) bool {
	best, rise := 0, 0.0
	for i := 0; i+1 < len(r); i++ {
		if d := math.Abs(r[i+1][1] - r[i][1]); d > rise {
			best, rise = i, d
		}
	}
	if rise == 0 {
		return false
	}
	a, b := r[best], r[best+1]
	y := (a[1] + b[1]) / 2
	x := a[0] + (b[0]-a[0])*(y-a[1])/(b[1]-a[1])
	odd := false
	for _, e := range g.edges {
		if e == (edge{a, b}) || e == (edge{b, a}) || (e.a[1] <= y) == (e.b[1] <= y) {
			continue
		}
		if e.a[0]+(e.b[0]-e.a[0])*(y-e.a[1])/(e.b[1]-e.a[1]) < x {
			odd = !odd
		}
	}
	if b[1] > a[1] { // upwards: the face is to the west
		return odd
	}
	return !odd
}

// turns is twice the area of a ring, positive when it runs anticlockwise.
func turns(r orb.Ring) float64 {
	sum := 0.0
	for i := 0; i+1 < len(r); i++ {
		sum += (r[i][0]-r[0][0])*(r[i+1][1]-r[0][1]) - (r[i+1][0]-r[0][0])*(r[i][1]-r[0][1])
	}
	return sum
}

// smallestAround is the shell of the smallest area that holds a hole, -1
// without. Shells and holes share no position.
func smallestAround(shells orb.MultiPolygon, hole orb.Ring) int {
	best, least := -1, math.Inf(1)
	for i, s := range shells {
		if area := turns(s[0]); area < least && holds(s[0], hole[0]) {
			best, least = i, area
		}
	}
	return best
}

func holds(r orb.Ring, p orb.Point) bool {
	in := false
	for i := 0; i+1 < len(r); i++ {
		a, b := r[i], r[i+1]
		if (a[1] <= p[1]) != (b[1] <= p[1]) && a[0]+(b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1]) < p[0] {
			in = !in
		}
	}
	return in
}
