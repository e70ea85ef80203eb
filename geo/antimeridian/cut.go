// Package antimeridian brings shapes into the form of RFC 7946: longitudes within
// -180..180, cut where they pass 180 degrees (3.1.9), positions to 1e-7 degree (a
// centimetre), outer rings anticlockwise and holes clockwise, rings closed and
// without repeated positions. Its functions are [Polygons], [Line] and [Point].
// Given shapes are not changed; what has no area or length left is dropped.
package antimeridian

import (
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// Point brings a place into -180..180.
func Point(p orb.Point) orb.Point { return round(wrap(p)) }

// Polygons cuts polygons whose longitudes are continuous within each polygon;
// they may pass 180 degrees.
func Polygons(polygons orb.MultiPolygon) orb.MultiPolygon {
	var parts orb.MultiPolygon
	for _, p := range polygons {
		for _, q := range cut(p) {
			if q = tidy(q); q != nil {
				parts = append(parts, q)
			}
		}
	}
	return parts
}

// Line cuts a line of which each position lies within half a turn of the one
// before. It has at least one part; a line that is one position says it twice.
func Line(line orb.LineString) []orb.LineString {
	if len(line) == 0 {
		return []orb.LineString{{}}
	}
	at := wrap(line[0])
	parts := []orb.LineString{{round(at)}}
	for _, p := range line[1:] {
		to := orb.Point{at[0] + math.Remainder(p[0]-at[0], 360), p[1]} // the short way round
		if edge := math.Copysign(180, to[0]); math.Abs(to[0]) > 180 {
			lat := at[1] + (to[1]-at[1])*(edge-at[0])/(to[0]-at[0])
			parts = append(extend(parts, orb.Point{edge, lat}), orb.LineString{round(orb.Point{-edge, lat})})
			to[0] -= 2 * edge
		}
		parts = extend(parts, to)
		at = to
	}
	return longEnough(parts)
}

func extend(parts []orb.LineString, p orb.Point) []orb.LineString {
	last := &parts[len(parts)-1]
	if p = round(p); (*last)[len(*last)-1] != p {
		*last = append(*last, p)
	}
	return parts
}

// longEnough drops parts of one position, such as where a line only touches the
// antimeridian; a line that is one position as a whole says it twice.
func longEnough(parts []orb.LineString) []orb.LineString {
	var out []orb.LineString
	for _, p := range parts {
		if len(p) > 1 {
			out = append(out, p)
		}
	}
	if out == nil {
		p := parts[0][0]
		return []orb.LineString{{p, p}}
	}
	return out
}

func wrap(p orb.Point) orb.Point {
	if p[0] < -180 || p[0] > 180 {
		p[0] -= 360 * math.Round(p[0]/360)
	}
	return p
}

// cut cuts a polygon at the antimeridian and turns its parts back into
// -180..180.
func cut(p orb.Polygon) []orb.Polygon {
	if len(p) == 0 || len(p[0]) == 0 {
		return nil
	}
	b := p[0].Bound()
	first, last := math.Floor((b.Min[0]+180)/360), math.Ceil((b.Max[0]-180)/360)
	if b.Min[0] >= -180 && b.Max[0] <= 180 {
		return []orb.Polygon{p}
	}
	var out []orb.Polygon
	for turn := first; turn <= last; turn++ {
		window := orb.Bound{Min: orb.Point{360*turn - 180, -90}, Max: orb.Point{360*turn + 180, 90}}
		part := clip.Polygon(window, p.Clone()) // clip works in place
		for _, ring := range part {
			for i := range ring {
				ring[i][0] -= 360 * turn
			}
		}
		if len(part) > 0 {
			out = append(out, part)
		}
	}
	return out
}

// tidy rounds a polygon, closes and turns its rings; nil when nothing is left.
func tidy(p orb.Polygon) orb.Polygon {
	var out orb.Polygon
	for i, ring := range p {
		r := tidyRing(ring)
		switch {
		case r == nil && i == 0:
			return nil
		case r == nil:
			continue
		case (r.Orientation() == orb.CCW) != (i == 0):
			r.Reverse()
		}
		out = append(out, r)
	}
	return out
}

// tidyRing rounds a ring and drops repeated positions; nil when it encloses
// nothing.
func tidyRing(ring orb.Ring) orb.Ring {
	out := make(orb.Ring, 0, len(ring)+1)
	for _, p := range ring {
		if p = round(p); len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	if len(out) > 0 && out[0] != out[len(out)-1] {
		out = append(out, out[0])
	}
	if len(out) < 4 || out.Orientation() == 0 {
		return nil
	}
	return out
}

const decimals = 1e7

func round(p orb.Point) orb.Point {
	return orb.Point{math.Round(p[0]*decimals) / decimals, math.Round(p[1]*decimals) / decimals}
}
