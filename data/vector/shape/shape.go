package shape

import (
	"encoding/binary"
	"fmt"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// layout says how the shapes of a type are laid out.
type layout struct {
	name string
	zm   bool
}

var layouts = map[uint32]layout{
	0: {"null", false},
	1: {"point", false}, 3: {"line", false}, 5: {"polygon", false}, 8: {"multipoint", false},
	11: {"point", true}, 13: {"line", true}, 15: {"polygon", true}, 18: {"multipoint", true},
	21: {"point", true}, 23: {"line", true}, 25: {"polygon", true}, 28: {"multipoint", true},
}

// Known reports whether a shape type can be read.
func Known(code uint32) bool {
	_, ok := layouts[code]
	return ok
}

// Decoded is what one record holds.
type Decoded struct {
	Geometry orb.Geometry // rings as they stand, but sorted into polygons
	ZM       bool         // Z or M values were dropped
	Note     string       // catalogue key of something to tell about the rings, or ""
	Holes    int          // for the note: holes in no outer ring
}

// Decode reads the content of one record, its shape type first, of a file of
// shapes of type want. The fault has a key of the catalogue.
func Decode(b []byte, want uint32) (d Decoded, fault *coverage.Error) {
	if len(b) < 4 {
		return d, short()
	}
	code := binary.LittleEndian.Uint32(b)
	how, known := layouts[code]
	if !known || code != 0 && code != want {
		args := coverage.Args{"type": fmt.Sprintf("shape type %d", code)}
		return d, &coverage.Error{Code: coverage.Unusable, Key: "vector.geometry.unsupported", Args: args}
	}
	c := &content{b: b[4:]}
	d.ZM = how.zm
	switch how.name {
	case "null":
		return d, &coverage.Error{Code: coverage.Unusable, Key: "vector.geometry.none"}
	case "point":
		if ps := c.positions(1); ps != nil {
			d.Geometry = ps[0]
		}
	case "multipoint":
		c.skip(32)
		d.Geometry = orb.MultiPoint(c.positions(c.count()))
	case "line":
		d.Geometry = lines(c.parts())
	case "polygon":
		d.Geometry, d.Note, d.Holes = polygons(c.parts())
	}
	if c.short {
		return Decoded{}, short()
	}
	return d, nil
}

func short() *coverage.Error {
	return &coverage.Error{
		Code: coverage.Unusable, Key: "vector.geometry.corrupt", Args: coverage.Args{"reason": "record cut short"},
	}
}

func lines(parts [][]orb.Point) orb.Geometry {
	if len(parts) == 1 {
		return orb.LineString(parts[0])
	}
	out := make(orb.MultiLineString, len(parts))
	for i, p := range parts {
		out[i] = p
	}
	return out
}

func polygons(parts [][]orb.Point) (g orb.Geometry, note string, alone int) {
	rings := make([]orb.Ring, len(parts))
	for i, p := range parts {
		rings[i] = p
	}
	mp, note, alone := nest(rings)
	if len(mp) == 1 {
		return mp[0], note, alone
	}
	return mp, note, alone
}
