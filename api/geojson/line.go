package geojson

import (
	"lifecircle/geo/antimeridian"

	"github.com/paulmach/orb"
)

// Line makes the shape of a line. Each position lies within half a turn of the
// one before: a line that passes 180 degrees is cut there into a MultiLineString
// (RFC 7946, 3.1.9). A single position makes a point; none makes an empty
// LineString, which no answer has.
func Line(line orb.LineString) Shape {
	if len(line) == 1 {
		return Point(line[0])
	}
	parts := antimeridian.Line(line)
	s := Shape{}
	for _, p := range parts {
		s.Bounds = append(s.Bounds, p.Bound())
	}
	if len(parts) == 1 {
		s.JSON = append(appendLine([]byte(`{"type":"LineString","coordinates":`), parts[0]), '}')
		return s
	}
	b := []byte(`{"type":"MultiLineString","coordinates":[`)
	for i, p := range parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendLine(b, p)
	}
	s.JSON = append(b, "]}"...)
	return s
}

func appendLine(b []byte, line orb.LineString) []byte {
	b = append(b, '[')
	for i, p := range line {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendPosition(b, p)
	}
	return append(b, ']')
}
