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
	return whole("LineString", antimeridian.Line(line), appendLine)
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
