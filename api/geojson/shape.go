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
	return whole("Polygon", antimeridian.Polygons(polygons), appendPolygon)
}

// whole makes one shape of parts of a kind: that kind when there is one part, else
// "Multi" and the kind.
func whole[G orb.Geometry](kind string, parts []G, write func([]byte, G) []byte) Shape {
	var s Shape
	for _, p := range parts {
		s.Bounds = append(s.Bounds, p.Bound())
	}
	if len(parts) == 1 {
		s.JSON = append(write([]byte(`{"type":"`+kind+`","coordinates":`), parts[0]), '}')
		return s
	}
	b := []byte(`{"type":"Multi` + kind + `","coordinates":[`)
	for i, p := range parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = write(b, p)
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
		b = appendLine(b, orb.LineString(ring))
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
