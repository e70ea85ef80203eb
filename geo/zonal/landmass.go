package zonal

import (
	"cmp"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// minJoinM is the distance in metres below which parts count as touching: it
// covers the rounding of coordinates.
const minJoinM = 0.001

// Landmasses groups the single polygons of all multipolygons into landmasses:
// those that overlap, touch (within 1 mm) or come within joinM metres (closed)
// of one another belong together, directly or through others. The polygons are
// WGS 84.
//
// The rule looks at the distance of land from land alone. A polygon in the hole
// of another belongs to it when it fills the hole or comes within joinM of its
// rim, as an enclave does; an island in a lake that lies further out is a
// landmass of its own.
//
// Each multipolygon lists its polygons in the order given, not dissolved and
// not copied. Landmasses are sorted by falling area (polygons that overlap
// count twice), then by the westmost point, then by the first polygon.
// Polygons without an outer ring of three points are left out.
func Landmasses(polys []orb.MultiPolygon, joinM float64) []orb.MultiPolygon {
	x := New(polys)
	j := newJoiner(x, max(joinM, minJoinM))
	j.joinNear()
	j.joinCovered()
	return j.collect(polys)
}

type joiner struct {
	index *Index
	metre float64 // how near is near
	group []int32 // by part: a part of the same landmass, itself at the root
}

func newJoiner(x *Index, metre float64) *joiner {
	j := &joiner{index: x, metre: metre, group: make([]int32, len(x.shape.parts))}
	if math.IsNaN(metre) {
		j.metre = minJoinM
	}
	for i := range j.group {
		j.group[i] = int32(i)
	}
	return j
}

func (j *joiner) root(i int32) int32 {
	for j.group[i] != i {
		j.group[i] = j.group[j.group[i]]
		i = j.group[i]
	}
	return i
}

func (j *joiner) join(a, b int32) {
	a, b = j.root(a), j.root(b)
	j.group[max(a, b)] = min(a, b)
}

// joinNear joins parts whose boundaries meet or come near.
func (j *joiner) joinNear() {
	t := j.index.tree
	for i := range t.chunks {
		a := t.chunks[i]
		reach := j.grow(t.levels[0][i])
		t.after(i, &reach, func(k int) {
			b := t.chunks[k]
			if a.part != b.part && j.root(a.part) != j.root(b.part) && j.near(a, b, &reach) {
				j.join(a.part, b.part)
			}
		})
	}
}

// grow widens a box by the joining distance, and a little more.
func (j *joiner) grow(b box) box {
	lat := j.metre / minMetresLat * 1.001
	outermost := min(90, max(math.Abs(b.minY), math.Abs(b.maxY))+lat)
	perLon, _ := scales(outermost)
	lon := min(360, j.metre/max(perLon, 1e-9)*1.001)
	return box{b.minX - lon, b.minY - lat, b.maxX + lon, b.maxY + lat}
}

// near reports whether an edge of one chunk comes near one of the other.
func (j *joiner) near(a, b chunk, reach *box) bool {
	perLon, perLat := scales((reach.minY + reach.maxY) / 2)
	edges := j.index.shape.edges
	for k := a.first; k < a.last; k++ {
		for l := b.first; l < b.last; l++ {
			other := box{min(edges[l].x0, edges[l].x1), edges[l].y0, max(edges[l].x0, edges[l].x1), edges[l].y1}
			if reach.meets(&other) && edgeDistance(&edges[k], &edges[l], perLon, perLat) <= j.metre {
				return true
			}
		}
	}
	return false
}

// joinCovered joins a part that lies inside another without coming near its
// boundary: then any point of it does.
func (j *joiner) joinCovered() {
	s := j.index.shape
	for i := range s.parts {
		e := &s.edges[s.parts[i].first]
		p := orb.Point{e.x0, e.y0}
		for _, k := range j.index.buckets.at(p[0], p[1]) {
			if j.root(int32(i)) != j.root(k) && s.parts[k].holds(p[0], p[1]) {
				j.join(int32(i), k)
			}
		}
	}
}

// landmass is a group on its way to be sorted.
type landmass struct {
	geometry orb.MultiPolygon
	area     float64
	west     float64
}

func (j *joiner) collect(polys []orb.MultiPolygon) []orb.MultiPolygon {
	place := map[int32]int{}
	var all []landmass
	for i, p := range j.index.shape.parts {
		r := j.root(int32(i))
		at, known := place[r]
		if !known {
			at = len(all)
			place[r] = at
			all = append(all, landmass{west: math.Inf(1)})
		}
		polygon := polys[p.poly][p.at]
		l := &all[at]
		l.geometry = append(l.geometry, polygon)
		l.area += polygonArea(polygon)
		l.west = min(l.west, p.box.minX)
	}
	slices.SortStableFunc(all, func(a, b landmass) int {
		return cmp.Or(cmp.Compare(b.area, a.area), cmp.Compare(a.west, b.west))
	})
	out := make([]orb.MultiPolygon, len(all))
	for i := range all {
		out[i] = all[i].geometry
	}
	return out
}

// polygonArea is the area of the outer ring less its holes, at least 0.
func polygonArea(p orb.Polygon) float64 {
	var sum float64
	for k, r := range p {
		a := area(tidy(r, nil))
		if k > 0 {
			a = -a
		}
		sum += a
	}
	return max(sum, 0)
}
