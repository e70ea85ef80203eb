package gpkgblob

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
)

// FromGeom turns a go-geom geometry into an orb one. Z and M are dropped, and
// zmDropped says so. An empty point is nil; empty points inside a multi point
// are left out. A coordinate that is not finite wraps [ErrCorrupt], a type that
// orb does not have wraps [ErrUnsupported].
func FromGeom(t geom.T) (g orb.Geometry, zmDropped bool, err error) {
	if t == nil {
		return nil, false, nil
	}
	if gc, ok := t.(*geom.GeometryCollection); ok {
		return fromCollection(gc)
	}
	flat, stride := t.FlatCoords(), t.Stride()
	zmDropped = stride > 2 && len(flat) > 0
	p, isPoint := t.(*geom.Point)
	if isPoint && emptyPoint(p) {
		return nil, false, nil
	}
	ps := make([]orb.Point, 0, len(flat)/max(stride, 2))
	_, isMultiPoint := t.(*geom.MultiPoint)
	for i := 0; i+1 < len(flat) && stride >= 2; i += stride {
		x, y := flat[i], flat[i+1]
		if isMultiPoint && math.IsNaN(x) && math.IsNaN(y) {
			continue
		}
		if math.IsNaN(x-x) || math.IsNaN(y-y) {
			return nil, false, fmt.Errorf("gpkgblob: %w: a coordinate is not finite", ErrCorrupt)
		}
		ps = append(ps, orb.Point{x, y})
	}
	g, err = shape(t, ps, max(stride, 2))
	return g, zmDropped, err
}

func emptyPoint(p *geom.Point) bool {
	return p.Empty() || len(p.FlatCoords()) < 2 || math.IsNaN(p.FlatCoords()[0]) && math.IsNaN(p.FlatCoords()[1])
}

// shape cuts the positions of t into its parts.
func shape(t geom.T, ps []orb.Point, stride int) (orb.Geometry, error) {
	switch t := t.(type) {
	case *geom.Point:
		return ps[0], nil
	case *geom.MultiPoint:
		return orb.MultiPoint(ps), nil
	case *geom.LineString:
		return orb.LineString(ps), nil
	case *geom.LinearRing:
		return orb.Ring(ps), nil
	case *geom.MultiLineString:
		parts, _ := cut[orb.LineString](ps, 0, t.Ends(), stride)
		return orb.MultiLineString(parts), nil
	case *geom.Polygon:
		rings, _ := cut[orb.Ring](ps, 0, t.Ends(), stride)
		return orb.Polygon(rings), nil
	case *geom.MultiPolygon:
		out, from := make(orb.MultiPolygon, len(t.Endss())), 0
		for i, ends := range t.Endss() {
			var rings []orb.Ring
			rings, from = cut[orb.Ring](ps, from, ends, stride)
			out[i] = rings
		}
		return out, nil
	}
	return nil, fmt.Errorf("gpkgblob: %w: %T", ErrUnsupported, t)
}

// cut slices ps at ends, which count flat numbers, and returns where it stopped.
func cut[P ~[]orb.Point](ps []orb.Point, from int, ends []int, stride int) ([]P, int) {
	parts := make([]P, len(ends))
	for i, end := range ends {
		to := end / stride
		parts[i] = P(ps[from:to:to])
		from = to
	}
	return parts, from
}

func fromCollection(gc *geom.GeometryCollection) (orb.Geometry, bool, error) {
	out, dropped := make(orb.Collection, 0, gc.NumGeoms()), false
	for _, t := range gc.Geoms() {
		g, d, err := FromGeom(t)
		if err != nil {
			return nil, false, err
		}
		if g != nil {
			out = append(out, g)
		}
		dropped = dropped || d
	}
	return out, dropped, nil
}
