package ground

import (
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Interior returns a point inside the largest polygon: the middle of its widest
// stretch along a line through the middle of its height.
func Interior(mp orb.MultiPolygon) orb.Point {
	var best orb.Polygon
	area := -1.0
	for _, p := range mp {
		if a := math.Abs(planar.Area(p)); a > area {
			best, area = p, a
		}
	}
	if best == nil {
		return orb.Point{math.NaN(), math.NaN()}
	}
	b := best.Bound()
	y := (b.Min[1] + b.Max[1]) / 2
	xs := crossings(best, y)
	at, widest := b.Center(), 0.0
	for i := 0; i+1 < len(xs); i += 2 {
		if w := xs[i+1] - xs[i]; w > widest {
			at, widest = orb.Point{(xs[i] + xs[i+1]) / 2, y}, w
		}
	}
	return at
}

// crossings are where the rings of a polygon cross a parallel, ascending. An
// end of an edge on the line counts for the edge above it only.
func crossings(p orb.Polygon, y float64) []float64 {
	var xs []float64
	for _, ring := range p {
		for i := 1; i < len(ring); i++ {
			a, b := ring[i-1], ring[i]
			if (a[1] > y) != (b[1] > y) {
				xs = append(xs, a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]))
			}
		}
	}
	slices.Sort(xs)
	return xs
}

// latFirst reports whether the name of a column of pairs says that the latitude
// comes first: 纬经度, 纬度经度, latlon, lat/lng.
func latFirst(column string) bool {
	c := strings.ToLower(column)
	for _, pair := range [][2]string{{"lat", "lon"}, {"lat", "lng"}, {"纬", "经"}} {
		a, b := strings.Index(c, pair[0]), strings.Index(c, pair[1])
		if a >= 0 && b > a {
			return true
		}
	}
	return false
}
