package osm

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// follow brings a point to the turn of longitude of the line before it.
func follow(line orb.LineString, p orb.Point) orb.Point {
	if len(line) > 0 {
		p[0] += 360 * math.Round((line[len(line)-1][0]-p[0])/360)
	}
	return p
}

// home brings a longitude back to [-180, 180).
func home(p orb.Point) orb.Point {
	p[0] -= 360 * math.Floor((p[0]+180)/360)
	return p
}

// inside is a place inside a closed line, or the middle of an open one.
func inside(line orb.LineString) (orb.Point, bool) {
	if len(line) > 3 && line[0] == line[len(line)-1] {
		return insideArea(orb.Ring(line), nil)
	}
	if len(line) < 2 {
		return middle(line)
	}
	half := planar.Length(line) / 2
	for i := 1; i < len(line); i++ {
		d := planar.Distance(line[i-1], line[i])
		if d >= half && d > 0 {
			t := half / d
			return home(orb.Point{line[i-1][0] + t*(line[i][0]-line[i-1][0]), line[i-1][1] + t*(line[i][1]-line[i-1][1])}), true
		}
		half -= d
	}
	return home(line[0]), true
}

// middle is the mean of points, false when there are none.
func middle(points orb.LineString) (orb.Point, bool) {
	var sum orb.Point
	for _, p := range points {
		sum[0], sum[1] = sum[0]+p[0], sum[1]+p[1]
	}
	n := float64(len(points))
	return home(orb.Point{sum[0] / n, sum[1] / n}), n > 0
}

// insideArea is the centroid of a ring if it lies inside and in no hole, else the
// middle of the widest part of the area at its height.
func insideArea(ring orb.Ring, holes []orb.Ring) (orb.Point, bool) {
	area := append(orb.Polygon{ring}, holes...)
	centre, size := planar.CentroidArea(ring)
	if size == 0 || math.IsNaN(centre[0]+centre[1]) {
		return middle(orb.LineString(ring))
	}
	if planar.PolygonContains(area, centre) {
		return home(centre), true
	}
	for _, height := range heights(ring, centre[1]) {
		if p, ok := widest(area, height); ok {
			return home(p), true
		}
	}
	return home(ring[0]), true
}

// heights are the latitudes to try: the centroid's, then those half way between
// neighbouring vertices.
func heights(ring orb.Ring, first float64) []float64 {
	var lats []float64
	for _, p := range ring {
		lats = append(lats, p[1])
	}
	slices.Sort(lats)
	list := []float64{first}
	for i := 1; i < len(lats); i++ {
		if lats[i] > lats[i-1] {
			list = append(list, (lats[i]+lats[i-1])/2)
		}
	}
	return list
}

// widest is the middle of the widest span of an area along a parallel.
func widest(area orb.Polygon, lat float64) (orb.Point, bool) {
	var cuts []float64
	for _, ring := range area {
		for i := 1; i < len(ring); i++ {
			p, q := ring[i-1], ring[i]
			if (p[1] > lat) != (q[1] > lat) {
				cuts = append(cuts, p[0]+(lat-p[1])/(q[1]-p[1])*(q[0]-p[0]))
			}
		}
	}
	slices.Sort(cuts)
	best, at := 0.0, 0.0
	for i := 1; i < len(cuts); i += 2 {
		if w := cuts[i] - cuts[i-1]; w > best {
			best, at = w, (cuts[i]+cuts[i-1])/2
		}
	}
	return orb.Point{at, lat}, best > 0
}

// join closes lines into rings, end to end; what does not close is dropped.
func join(lines []orb.LineString) []orb.Ring {
	var rings []orb.Ring
	lines = slices.DeleteFunc(slices.Clone(lines), func(l orb.LineString) bool { return len(l) < 2 })
	for len(lines) > 0 {
		ring := slices.Clone(lines[0])
		lines = lines[1:]
		for ring[0] != ring[len(ring)-1] {
			end := home(ring[len(ring)-1])
			i := slices.IndexFunc(lines, func(l orb.LineString) bool { return home(l[0]) == end || home(l[len(l)-1]) == end })
			if i < 0 {
				break
			}
			next := slices.Clone(lines[i])
			if home(next[0]) != end {
				next.Reverse()
			}
			for _, p := range next[1:] {
				ring = append(ring, follow(ring, p))
			}
			lines = slices.Delete(lines, i, i+1)
		}
		if len(ring) > 3 && ring[0] == ring[len(ring)-1] {
			rings = append(rings, orb.Ring(ring))
		}
	}
	return rings
}

// largest is the ring of the largest area, the first of equals.
func largest(rings []orb.Ring) orb.Ring {
	best, size := rings[0], -1.0
	for _, r := range rings {
		if a := math.Abs(planar.Area(r)); a > size {
			best, size = r, a
		}
	}
	return best
}
