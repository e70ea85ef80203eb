package terrain

import (
	"lifecircle/coverage"
	"lifecircle/data/project"
	"lifecircle/data/source"
	"lifecircle/data/vector"
	"lifecircle/geo/crs"
	"lifecircle/geo/friction"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// barriers closes what lines and areas of the barriers cross.
func (t *Terrain) barriers() error {
	for _, e := range t.entry.Barriers {
		if err := t.barrierFile(e); err != nil {
			if err := t.fail(e.File, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// fence is the shapes of one layer, in the grid's coordinates.
type fence struct {
	lines    []orb.LineString
	polygons []orb.MultiPolygon
}

func (t *Terrain) barrierFile(e project.Barrier) error {
	layer, c, err := t.ReadLayer(e.Source)
	if err != nil {
		return err
	}
	var f fence
	var bad, points int64
	for i := range layer.Features {
		g := layer.Features[i].Geometry
		if fault, at := t.move(c, g); fault != crs.None {
			t.Issues.Add(coverage.Issue{Ref: layer.Features[i].Ref, Key: source.FaultKey(fault), Value: source.PointText(at), Args: coverage.Args{"crs": c.Code()}, Fatal: true})
			bad++
			continue
		}
		if !f.add(g) {
			points++
		}
	}
	t.Source(coverage.Source{Role: "barriers", File: e.File, Layer: layer.Name, CRS: c.Code(), Rows: layer.Rows})
	ref := coverage.Ref{File: e.File, Sheet: layer.Name}
	if points > 0 {
		t.Issues.Add(coverage.Issue{Ref: ref, Key: "terrain.barrier_points", Args: coverage.Args{"count": points}})
	}
	if err := t.close(&f, e, ref); err != nil {
		return err
	}
	good := int64(len(layer.Features)) - bad
	return t.JudgeShare(e.File, layer.Rows, layer.Rows-good, good-points)
}

// move brings a geometry, which the layer owns, into the grid's coordinates.
func (t *Terrain) move(c crs.CRS, g orb.Geometry) (fault crs.Fault, at orb.Point) {
	each(g, func(p *orb.Point) bool {
		if fault = c.Check(*p); fault != crs.None {
			at = *p
			return false
		}
		*p = t.toGrid(c.ToWGS84(*p))
		return true
	})
	return fault, at
}

// each calls fn for every position of lines and areas until it says no.
func each(g orb.Geometry, fn func(*orb.Point) bool) bool {
	line := func(l []orb.Point) bool {
		for i := range l {
			if !fn(&l[i]) {
				return false
			}
		}
		return true
	}
	switch g := g.(type) {
	case orb.LineString:
		return line(g)
	case orb.MultiLineString:
		for _, l := range g {
			if !line(l) {
				return false
			}
		}
	case orb.Polygon:
		for _, r := range g {
			if !line(r) {
				return false
			}
		}
	case orb.MultiPolygon:
		for _, p := range g {
			if !each(p, fn) {
				return false
			}
		}
	case orb.Collection:
		for _, part := range g {
			if !each(part, fn) {
				return false
			}
		}
	}
	return true
}

// add takes the lines and areas of a geometry; false when it has none.
func (f *fence) add(g orb.Geometry) bool {
	switch g := g.(type) {
	case orb.LineString:
		f.lines = append(f.lines, g)
	case orb.MultiLineString:
		f.lines = append(f.lines, g...)
	case orb.Polygon, orb.MultiPolygon:
		mp, ok := vector.Polygons(g)
		if !ok {
			return false
		}
		f.polygons = append(f.polygons, mp)
	case orb.Collection:
		any := false
		for _, part := range g {
			any = f.add(part) || any
		}
		return any
	default:
		return false
	}
	return true
}

// close burns a layer into the ground. Cells without data stay so.
func (t *Terrain) close(f *fence, e project.Barrier, ref coverage.Ref) error {
	var cells []int32
	for _, l := range f.lines {
		cells = append(cells, friction.Line(t.spec, l, friction.Four)...)
	}
	if len(f.polygons) > 0 {
		held, err := zonal.AssignCells(t.Context, t.spec, f.polygons, nil)
		if err != nil {
			return err
		}
		used := make([]bool, len(f.polygons))
		for c, p := range held {
			if p >= 0 {
				used[p] = true
				cells = append(cells, int32(c))
			}
		}
		thin := 0
		for i, mp := range f.polygons {
			if e.Touch {
				for _, p := range mp {
					for _, ring := range p {
						cells = append(cells, friction.Line(t.spec, ring, friction.Four)...)
					}
				}
			} else if !used[i] && t.meets(mp) {
				thin++
			}
		}
		if thin > 0 {
			t.Issues.Add(coverage.Issue{Ref: ref, Key: "terrain.thin", Args: coverage.Args{"count": thin, "of": len(f.polygons)}})
		}
	}
	open := cells[:0]
	for _, c := range cells {
		if s := t.seconds[c]; s == s {
			open = append(open, c)
		}
	}
	_, err := friction.Burn(t.seconds, open, 0, friction.Barrier)
	return err
}

// meets reports whether the bounds of an area meet the grid.
func (t *Terrain) meets(mp orb.MultiPolygon) bool {
	right, bottom := t.spec.X0+float64(t.spec.Cols)*t.spec.DX, t.spec.Y0-float64(t.spec.Rows)*t.spec.DY
	return mp.Bound().Intersects(orb.Bound{Min: orb.Point{t.spec.X0, bottom}, Max: orb.Point{right, t.spec.Y0}})
}
