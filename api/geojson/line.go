package geojson

import (
	"math"

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
	parts := cutLine(line)
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

// cutLine cuts a line at the antimeridian; its parts lie within -180..180.
func cutLine(line orb.LineString) []orb.LineString {
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
