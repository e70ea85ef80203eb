package vector

import (
	"math"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Polygons returns the polygons of a polygon, a multi polygon or a collection
// of them, as a copy with outer rings counter-clockwise and holes clockwise.
// It is false when g holds anything else or nothing, or when a ring is open or
// has fewer than four positions: nothing is closed silently.
func Polygons(g orb.Geometry) (orb.MultiPolygon, bool) {
	if g == nil {
		return nil, false
	}
	mp, ok := gather(nil, orb.Clone(g))
	if !ok || len(mp) == 0 {
		return nil, false
	}
	out, fault := tidy(mp)
	if fault != nil {
		return nil, false
	}
	return out.(orb.MultiPolygon), true
}

func gather(mp orb.MultiPolygon, g orb.Geometry) (orb.MultiPolygon, bool) {
	switch g := g.(type) {
	case orb.Polygon:
		return append(mp, g), true
	case orb.MultiPolygon:
		return append(mp, g...), true
	case orb.Collection:
		ok := true
		for _, part := range g {
			if mp, ok = gather(mp, part); !ok {
				return nil, false
			}
		}
		return mp, true
	}
	return nil, false
}

// tidy judges the structure of a geometry that the reader owns, leaves out
// parts that hold nothing, and winds its rings.
func tidy(g orb.Geometry) (orb.Geometry, *coverage.Error) {
	g, fault := tidyPart(g)
	if fault == nil && g == nil {
		fault = bad("vector.geometry.none", nil)
	}
	return g, fault
}

// tidyPart returns nil for a geometry without positions.
func tidyPart(g orb.Geometry) (orb.Geometry, *coverage.Error) {
	switch g := g.(type) {
	case orb.Point:
		return g, finite([]orb.Point{g})
	case orb.MultiPoint:
		return orNil(g, len(g)), finite(g)
	case orb.LineString:
		return orNil(g, len(g)), line(g)
	case orb.MultiLineString:
		parts, fault := tidyAll(g, func(l orb.LineString) (int, *coverage.Error) { return len(l), line(l) })
		return orNil(orb.MultiLineString(parts), len(parts)), fault
	case orb.Polygon:
		rings, fault := polygon(g)
		return orNil(orb.Polygon(rings), len(rings)), fault
	case orb.MultiPolygon:
		parts, fault := tidyAll(g, func(p orb.Polygon) (int, *coverage.Error) {
			_, fault := polygon(p)
			return len(p), fault
		})
		return orNil(orb.MultiPolygon(parts), len(parts)), fault
	case orb.Collection:
		return collection(g)
	}
	return nil, nil
}

func orNil(g orb.Geometry, n int) orb.Geometry {
	if n == 0 {
		return nil
	}
	return g
}

// tidyAll keeps the parts that hold something; judge returns how much.
func tidyAll[P any](parts []P, judge func(P) (int, *coverage.Error)) ([]P, *coverage.Error) {
	kept := parts[:0:0]
	for _, p := range parts {
		n, fault := judge(p)
		if fault != nil {
			return nil, fault
		}
		if n > 0 {
			kept = append(kept, p)
		}
	}
	return kept, nil
}

func collection(g orb.Collection) (orb.Geometry, *coverage.Error) {
	out := make(orb.Collection, 0, len(g))
	for _, part := range g {
		part, fault := tidyPart(part)
		if fault != nil {
			return nil, fault
		}
		if part != nil {
			out = append(out, part)
		}
	}
	return orNil(out, len(out)), nil
}

func finite(ps []orb.Point) *coverage.Error {
	for _, p := range ps {
		if math.IsNaN(p[0]-p[0]) || math.IsNaN(p[1]-p[1]) { // infinities too
			return bad("vector.position.infinite", nil)
		}
	}
	return nil
}

func line(l orb.LineString) *coverage.Error {
	if len(l) == 1 {
		return bad("vector.line.short", nil)
	}
	return finite(l)
}

// polygon checks and winds the rings in place: the first is the outer one.
func polygon(p orb.Polygon) ([]orb.Ring, *coverage.Error) {
	for i, r := range p {
		if fault := ring(i+1, r); fault != nil {
			return nil, fault
		}
		want := orb.CW
		if i == 0 {
			want = orb.CCW
		}
		if o := r.Orientation(); o != 0 && o != want {
			r.Reverse()
		}
	}
	return p, nil
}

func ring(number int, r orb.Ring) *coverage.Error {
	switch {
	case len(r) < 4:
		return bad("vector.ring.short", coverage.Args{"ring": number, "positions": len(r)})
	case r[0] != r[len(r)-1]:
		return bad("vector.ring.open", coverage.Args{"ring": number})
	}
	return finite(r)
}
