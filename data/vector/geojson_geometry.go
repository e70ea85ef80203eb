package vector

import (
	"strconv"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// maxNesting is how deep collections may stand in one another.
const maxNesting = 16

func isGeometryType(kind string) bool {
	switch kind {
	case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
		return true
	}
	return false
}

// geometry reads a GeoJSON geometry object, which is correct JSON, as RFC 7946
// clause 3.1 asks; orb's own reader would take [1] for [1, 0] and null for the
// point at 0, 0. z says that a position had more than two numbers.
func geometry(raw []byte, depth int, s *strict) (g orb.Geometry, z bool, fault *coverage.Error) {
	var kind, coords, parts []byte
	s.object("geometry")
	ok := members(raw, func(key string, value []byte) {
		s.member(key, value)
		switch key {
		case "type":
			kind = value
		case "coordinates":
			coords = value
		case "geometries":
			parts = value
		}
	})
	name := ""
	if len(kind) > 1 && kind[0] == '"' {
		name = unquote(kind)
	}
	if !ok || !isGeometryType(name) || depth > maxNesting {
		return nil, false, bad("vector.geojson.type", coverage.Args{"type": name})
	}
	if name == "GeometryCollection" {
		return geometries(parts, depth, s)
	}
	c := &coordinates{kind: name, b: coords}
	if g = c.read(); c.fault == nil {
		s.winding(g)
	}
	return g, c.z, c.fault
}

func geometries(raw []byte, depth int, s *strict) (orb.Geometry, bool, *coverage.Error) {
	out, anyZ := orb.Collection{}, false
	var fault *coverage.Error
	ok := elements(raw, func(part []byte) bool {
		var g orb.Geometry
		var z bool
		g, z, fault = geometry(part, depth+1, s)
		out, anyZ = append(out, g), anyZ || z
		return fault == nil
	})
	if !ok && fault == nil {
		fault = bad("vector.geojson.coordinates", coverage.Args{"type": "GeometryCollection"})
	}
	return out, anyZ, fault
}

// coordinates reads the coordinates member of one geometry, which is correct
// JSON, in one pass. After the first fault it stands still.
type coordinates struct {
	kind  string
	b     []byte
	i     int
	z     bool
	fault *coverage.Error
}

func (c *coordinates) read() orb.Geometry {
	if len(c.b) == 0 {
		c.misfit()
		return nil
	}
	switch c.kind {
	case "Point":
		return c.position()
	case "MultiPoint":
		return orb.MultiPoint(list(c, c.position))
	case "LineString":
		return orb.LineString(list(c, c.position))
	case "MultiLineString":
		return orb.MultiLineString(list(c, c.line))
	case "Polygon":
		return c.polygon()
	}
	return orb.MultiPolygon(list(c, c.polygon))
}

func (c *coordinates) line() orb.LineString { return list(c, c.position) }

func (c *coordinates) ring() orb.Ring { return list(c, c.position) }

func (c *coordinates) polygon() orb.Polygon { return list(c, c.ring) }

func (c *coordinates) fail(key string, args coverage.Args) {
	if c.fault == nil {
		c.fault = bad(key, args)
	}
}

// misfit says that the brackets are not those of the geometry's type.
func (c *coordinates) misfit() {
	c.fail("vector.geojson.coordinates", coverage.Args{"type": c.kind})
}

// open steps over the bracket of an array.
func (c *coordinates) open() bool {
	c.i = space(c.b, c.i)
	if c.fault != nil || c.b[c.i] != '[' {
		c.misfit()
		return false
	}
	c.i++
	return true
}

// more steps to the next element of an array, or over its end.
func (c *coordinates) more() bool {
	if c.fault != nil {
		return false
	}
	c.i = space(c.b, c.i)
	if c.b[c.i] == ',' {
		c.i = space(c.b, c.i+1)
	}
	if c.b[c.i] == ']' {
		c.i++
		return false
	}
	return true
}

// list reads an array whose elements item reads.
func list[T any](c *coordinates, item func() T) []T {
	if !c.open() {
		return nil
	}
	var out []T
	for c.more() {
		out = append(out, item())
	}
	return out
}

// position reads [x, y] and drops what follows.
func (c *coordinates) position() orb.Point {
	var p orb.Point
	if !c.open() {
		return p
	}
	n := 0
	for ; c.more(); n++ {
		v := c.number()
		if n < 2 {
			p[n] = v
		}
	}
	if n < 2 {
		c.fail("vector.position.short", coverage.Args{"numbers": n})
	}
	c.z = c.z || n > 2
	return p
}

func (c *coordinates) number() float64 {
	end := c.i
	for end < len(c.b) && numeric(c.b[end]) {
		end++
	}
	if end == c.i {
		c.misfit()
		return 0
	}
	v, err := strconv.ParseFloat(string(c.b[c.i:end]), 64)
	if err != nil { // correct JSON, so it can only be too large
		c.fail("vector.position.infinite", nil)
	}
	c.i = end
	return v
}

func numeric(c byte) bool {
	return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'
}
