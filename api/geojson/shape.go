package geojson

import (
	"strconv"

	"lifecircle/geo/antimeridian"

	"github.com/paulmach/orb"
)

// Shape is a geometry that is ready to be written, and where it lies.
type Shape struct {
	JSON   []byte
	Bounds []orb.Bound // of its parts, each within -180..180
}

// Point makes the shape of a point.
func Point(p orb.Point) Shape {
	p = antimeridian.Point(p)
	return Shape{JSON: append(appendPosition([]byte(`{"type":"Point","coordinates":`), p), '}'), Bounds: []orb.Bound{p.Bound()}}
}

// Area makes the shape of polygons whose longitudes are continuous within each
// polygon; they may pass 180 degrees.
func Area(polygons orb.MultiPolygon) Shape {
	parts := antimeridian.Polygons(polygons)
	var s Shape
	for _, p := range parts {
		s.Bounds = append(s.Bounds, p.Bound())
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
