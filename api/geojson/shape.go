package geojson

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
)

// Shape is a geometry that is ready to be written, and where it lies.
type Shape struct {
	JSON   []byte
	Bounds []orb.Bound // of its parts, each within -180..180
}

// Point makes the shape of a point.
func Point(p orb.Point) Shape {
	p = round(wrap(p))
	return Shape{JSON: append(appendPosition([]byte(`{"type":"Point","coordinates":`), p), '}'), Bounds: []orb.Bound{p.Bound()}}
}

// Area makes the shape of polygons whose longitudes are continuous within each
// polygon; they may pass 180 degrees.
func Area(polygons orb.MultiPolygon) Shape {
	var parts orb.MultiPolygon
	var s Shape
	for _, p := range polygons {
		for _, q := range cut(p) {
			if q = tidy(q); q != nil {
				parts = append(parts, q)
				s.Bounds = append(s.Bounds, q.Bound())
			}
		}
	}
	if len(parts) == 1 {
		s.JSON = append(appendPolygon([]byte(`{"type":"Polygon","coordinates":`), parts[0]), '}')
		return s
	}
	b := []byte(`{"type":"MultiPolygon","coordinates":[`)
	for i, p := range parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendPolygon(b, p)
	}
	s.JSON = append(b, "]}"...)
	return s
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

func appendPolygon(b []byte, p orb.Polygon) []byte {
	b = append(b, '[')
	for i, ring := range p {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, at := range ring {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendPosition(b, at)
		}
		b = append(b, ']')
	}
	return append(b, ']')
}

func appendPosition(b []byte, p orb.Point) []byte {
	b = appendNumber(append(b, '['), p[0])
	return append(appendNumber(append(b, ','), p[1]), ']')
}

func appendNumber(b []byte, v float64) []byte {
	return strconv.AppendFloat(b, v+0, 'f', -1, 64) // +0: no "-0"
}
