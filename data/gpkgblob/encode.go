package gpkgblob

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// The bits of the header's flag byte.
const (
	flagLittle   = 1 << 0
	flagEnvelope = 7 << 1 // a number 0..4: none, xy, xyz, xym, xyzm
	flagEmpty    = 1 << 4
	flagExtended = 1 << 5
)

const headerLen = 8

// Encode writes g as a GeoPackage geometry blob, little endian, with an xy
// envelope unless g is a point or empty. A ring is written as a polygon of one
// ring, a bound as a polygon. A nil geometry or a coordinate that is not finite
// is an error: NaN would be read as an empty point.
func Encode(g orb.Geometry, srsID int32) ([]byte, error) {
	g = plain(g)
	if g == nil {
		return nil, errors.New("gpkgblob: no geometry to encode")
	}
	box, any, err := extent(g)
	if err != nil {
		return nil, err
	}
	buf := bytes.NewBuffer(header(g, srsID, box, any))
	enc := wkb.NewEncoder(buf)
	enc.SetByteOrder(binary.LittleEndian)
	if err := enc.Encode(g); err != nil {
		return nil, fmt.Errorf("gpkgblob: %w", err)
	}
	return buf.Bytes(), nil
}

// plain turns the orb types that well-known binary does not have into those
// that it has.
func plain(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Ring:
		return orb.Polygon{g}
	case orb.Bound:
		return g.ToPolygon()
	case orb.Collection:
		out := make(orb.Collection, len(g))
		for i := range g {
			out[i] = plain(g[i])
		}
		return out
	}
	return g
}

func header(g orb.Geometry, srsID int32, box orb.Bound, any bool) []byte {
	flags := byte(flagLittle)
	_, point := g.(orb.Point)
	envelope := any && !point
	if !any {
		flags |= flagEmpty
	}
	if envelope {
		flags |= 1 << 1
	}
	b := make([]byte, 0, 160)
	b = append(b, 'G', 'P', 0, flags)
	b = binary.LittleEndian.AppendUint32(b, uint32(srsID))
	if envelope {
		for _, v := range [...]float64{box.Min[0], box.Max[0], box.Min[1], box.Max[1]} {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
	}
	return b
}

// extent returns the box around every position of g and whether there is any.
func extent(g orb.Geometry) (orb.Bound, bool, error) {
	e := extents{box: orb.Bound{
		Min: orb.Point{math.Inf(1), math.Inf(1)},
		Max: orb.Point{math.Inf(-1), math.Inf(-1)},
	}}
	if !e.add(g) {
		return e.box, e.any, fmt.Errorf("gpkgblob: a %T holds a coordinate that is not finite, or no geometry", g)
	}
	return e.box, e.any, nil
}

type extents struct {
	box orb.Bound
	any bool
}

func (e *extents) points(ps []orb.Point) bool {
	for _, p := range ps {
		if math.IsInf(p[0]-p[0]+p[1]-p[1], 0) || math.IsNaN(p[0]-p[0]+p[1]-p[1]) {
			return false
		}
		e.box = orb.Bound{
			Min: orb.Point{min(e.box.Min[0], p[0]), min(e.box.Min[1], p[1])},
			Max: orb.Point{max(e.box.Max[0], p[0]), max(e.box.Max[1], p[1])},
		}
		e.any = true
	}
	return true
}

func (e *extents) add(g orb.Geometry) bool {
	switch g := g.(type) {
	case orb.Point:
		return e.points([]orb.Point{g})
	case orb.MultiPoint:
		return e.points(g)
	case orb.LineString:
		return e.points(g)
	case orb.Ring:
		return e.points(g)
	case orb.MultiLineString:
		return addAll(e, g)
	case orb.Polygon:
		return addAll(e, g)
	case orb.MultiPolygon:
		return addAll(e, g)
	case orb.Collection:
		return addAll(e, g)
	}
	return false
}

func addAll[G orb.Geometry](e *extents, gs []G) bool {
	for _, g := range gs {
		if !e.add(g) {
			return false
		}
	}
	return true
}
