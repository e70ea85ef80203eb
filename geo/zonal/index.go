package zonal

import (
	"math"

	"github.com/paulmach/orb"
)

// Index finds the polygons at a point. It is read-only once made and may be
// used by many goroutines. It keeps no reference to the polygons.
type Index struct {
	shape   *shape
	buckets buckets
	tree    *tree
}

// New makes an index of the polygons, in time near-linear in their points. An
// empty list, and empty polygons in it, are fine.
func New(polys []orb.MultiPolygon) *Index {
	s := newShape(polys)
	return &Index{shape: s, buckets: newBuckets(s.parts), tree: newTree(s)}
}

// Find returns the lowest index of a polygon that holds p, -1 when none does.
func (x *Index) Find(p orb.Point) int32 {
	for _, i := range x.buckets.at(p[0], p[1]) {
		if x.shape.parts[i].holds(p[0], p[1]) {
			return x.shape.parts[i].poly
		}
	}
	return -1
}

// All appends every polygon that holds p to dst, ascending, each once, and
// returns it.
func (x *Index) All(p orb.Point, dst []int32) []int32 {
	last := int32(-1)
	for _, i := range x.buckets.at(p[0], p[1]) {
		if poly := x.shape.parts[i].poly; poly != last && x.shape.parts[i].holds(p[0], p[1]) {
			dst, last = append(dst, poly), poly
		}
	}
	return dst
}

// buckets is a coarse grid over all parts that lists the parts whose boxes
// reach into each bucket, ascending.
type buckets struct {
	box            box
	scaleX, scaleY float64
	side           int32 // buckets along each axis
	first          []int32
	parts          []int32
}

func newBuckets(parts []part) buckets {
	g := buckets{box: emptyBox, side: 1}
	for i := range parts {
		g.box.join(parts[i].box)
	}
	if len(parts) == 0 {
		return g
	}
	g.setSide(min(1024, int32(math.Sqrt(float64(4*len(parts))))))
	// Large boxes that overlap one another would fill a fine grid many times.
	for g.side > 1 && g.entries(parts) > int64(16*len(parts)+1024) {
		g.setSide(g.side / 2)
	}
	g.fill(parts)
	return g
}

func (g *buckets) setSide(side int32) {
	g.side = side
	g.scaleX = float64(side) / (g.box.maxX - g.box.minX)
	g.scaleY = float64(side) / (g.box.maxY - g.box.minY)
}

// cell returns the place of a distance along an axis, never falling with it.
func (g *buckets) cell(distance, scale float64) int32 {
	i := distance * scale
	if !(i < float64(g.side)) { // the far edge, or a box without width
		return g.side - 1
	}
	return int32(i)
}

// window returns the buckets that a box reaches into, inclusive.
func (g *buckets) window(b *box) (c0, r0, c1, r1 int32) {
	return g.cell(b.minX-g.box.minX, g.scaleX), g.cell(b.minY-g.box.minY, g.scaleY),
		g.cell(b.maxX-g.box.minX, g.scaleX), g.cell(b.maxY-g.box.minY, g.scaleY)
}

func (g *buckets) entries(parts []part) int64 {
	var n int64
	for i := range parts {
		c0, r0, c1, r1 := g.window(&parts[i].box)
		n += int64(c1-c0+1) * int64(r1-r0+1)
	}
	return n
}

func (g *buckets) fill(parts []part) {
	each := func(fn func(bucket, part int32)) {
		for i := range parts {
			c0, r0, c1, r1 := g.window(&parts[i].box)
			for r := r0; r <= r1; r++ {
				for c := c0; c <= c1; c++ {
					fn(r*g.side+c, int32(i))
				}
			}
		}
	}
	g.first = make([]int32, g.side*g.side+1)
	each(func(b, _ int32) { g.first[b+1]++ })
	for i := range g.side * g.side {
		g.first[i+1] += g.first[i]
	}
	g.parts = make([]int32, g.first[g.side*g.side])
	next := append([]int32(nil), g.first...)
	each(func(b, p int32) {
		g.parts[next[b]] = p
		next[b]++
	})
}

// at returns the parts whose boxes may hold the point, ascending.
func (g *buckets) at(x, y float64) []int32 {
	if !g.box.holds(x, y) {
		return nil
	}
	b := g.cell(y-g.box.minY, g.scaleY)*g.side + g.cell(x-g.box.minX, g.scaleX)
	return g.parts[g.first[b]:g.first[b+1]]
}
