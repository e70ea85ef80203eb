package shape

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// nest sorts the rings of a Shapefile polygon into polygons. As the format
// says, outer rings run clockwise and holes counter-clockwise; a hole belongs
// to the smallest outer ring that holds it. A hole in no outer ring becomes a
// polygon of its own; when every ring runs the wrong way, which holds which
// decides. The note tells of both.
func nest(rings []orb.Ring) (mp orb.MultiPolygon, note string, alone int) {
	var outers, holes []orb.Ring
	for _, r := range rings {
		if len(r) > 0 && r.Orientation() == orb.CCW {
			holes = append(holes, r)
		} else {
			outers = append(outers, r)
		}
	}
	if len(outers) == 0 && len(holes) > 0 {
		outers, holes = byDepth(holes)
		note = "vector.shp.winding"
	}
	boxes := bounds(outers)
	mp = make(orb.MultiPolygon, len(outers))
	for i, r := range outers {
		mp[i] = orb.Polygon{r}
	}
	for _, h := range holes {
		if i := smallestAround(outers, boxes, h); i >= 0 {
			mp[i] = append(mp[i], h)
		} else {
			mp = append(mp, orb.Polygon{h})
			alone++
		}
	}
	if alone > 0 {
		note = "vector.shp.hole"
	}
	return mp, note, alone
}

// byDepth takes the rings that stand in an even number of others for outer
// rings, the rest for holes.
func byDepth(rings []orb.Ring) (outers, holes []orb.Ring) {
	boxes := bounds(rings)
	for i, r := range rings {
		depth := 0
		for j := range rings {
			if i != j && holds(rings[j], boxes[j], r) && (!holds(r, boxes[i], rings[j]) || j < i) {
				depth++ // of two equal rings the first holds the second
			}
		}
		if depth%2 == 0 {
			outers = append(outers, r)
		} else {
			holes = append(holes, r)
		}
	}
	return outers, holes
}

func bounds(rings []orb.Ring) []orb.Bound {
	boxes := make([]orb.Bound, len(rings))
	for i, r := range rings {
		boxes[i] = r.Bound()
	}
	return boxes
}

func smallestAround(outers []orb.Ring, boxes []orb.Bound, hole orb.Ring) int {
	if len(outers) == 1 && holds(outers[0], boxes[0], hole) {
		return 0
	}
	best, area := -1, math.Inf(1)
	for i, o := range outers {
		if !holds(o, boxes[i], hole) {
			continue
		}
		if a := math.Abs(planar.Area(o)); a < area {
			best, area = i, a
		}
	}
	return best
}

// holds reports whether ring inner lies in ring outer. A hole may touch its
// outer ring, so positions on the border do not decide; when all of them and
// the middles of all edges are on it, the rings are the same.
func holds(outer orb.Ring, box orb.Bound, inner orb.Ring) bool {
	b := inner.Bound()
	if !box.Contains(b.Min) || !box.Contains(b.Max) {
		return false
	}
	for _, p := range inner {
		if at := side(outer, p); at != 0 {
			return at > 0
		}
	}
	for i := 1; i < len(inner); i++ {
		p, q := inner[i-1], inner[i]
		if at := side(outer, orb.Point{(p[0] + q[0]) / 2, (p[1] + q[1]) / 2}); at != 0 {
			return at > 0
		}
	}
	return true
}

// side is 1 for a point inside the ring, -1 outside, 0 on it (even-odd rule).
func side(r orb.Ring, p orb.Point) int {
	in := -1
	for i := 1; i < len(r); i++ {
		a, b := r[i-1], r[i]
		if a[1] > b[1] {
			a, b = b, a
		}
		if p[1] < a[1] || p[1] > b[1] {
			continue
		}
		cross := (b[0]-a[0])*(p[1]-a[1]) - (p[0]-a[0])*(b[1]-a[1])
		within := p[0] >= min(a[0], b[0]) && p[0] <= max(a[0], b[0])
		if cross == 0 && within {
			return 0
		}
		if p[1] < b[1] && a[1] != b[1] && cross > 0 { // the edge is to the right
			in = -in
		}
	}
	return in
}
