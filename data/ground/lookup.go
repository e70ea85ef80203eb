package ground

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/data/source"
	"lifecircle/data/table"
	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

// Placer reads where the rows of a source lie.
type Placer struct {
	r        *source.Records
	x, y, xy int
	latFirst bool
	polygons bool // areas and lines count as their middle

	last orb.Point // coordinates of the last row, as the source has them
	read bool      // the last row had coordinates
	sane bool      // and they can belong to the declared system
}

// NewPlacer finds the columns of coordinates of r: those named, else by their
// names, else by what is in them. A layer is placed by its geometry.
func (l *Ground) NewPlacer(r *source.Records, x, y, xy string) (*Placer, error) {
	p := &Placer{r: r, x: -1, y: -1, xy: -1, polygons: true}
	if r.Vector && x == "" && xy == "" {
		return p, nil
	}
	var err error
	if xy != "" {
		p.xy, err = r.Column(xy)
	} else {
		if p.x, err = r.ColumnOr(x, "x"); err == nil {
			p.y, err = r.ColumnOr(y, "y")
		}
		if i, ok := r.Roles["xy"]; ok && (p.x < 0 || p.y < 0) {
			p.xy = i
		}
	}
	if err != nil {
		return nil, err
	}
	if p.xy < 0 && (p.x < 0 || p.y < 0) && x == "" {
		l.byContent(p)
	}
	if p.xy < 0 && (p.x < 0 || p.y < 0) {
		return nil, source.Refuse("data.no_coordinates", r.File, coverage.Args{"sheet": r.Layer, "columns": source.Join(r.Columns)})
	}
	p.latFirst = latFirst(r.Name(p.xy))
	return p, nil
}

// raw reads the coordinates of a row as the source has them. A fault is an
// issue that only lacks its place.
func (p *Placer) raw(rec *source.Record) (orb.Point, *coverage.Issue) {
	if p.xy < 0 && p.x < 0 {
		return middle(rec.Geometry)
	}
	if p.xy >= 0 {
		x, y, state := table.Pair(rec.Cell(p.xy), p.latFirst)
		return orb.Point{x, y}, p.stateFault(state, p.xy, rec)
	}
	x, axisX, stateX := table.Coordinate(rec.Cell(p.x))
	y, axisY, stateY := table.Coordinate(rec.Cell(p.y))
	if f := p.stateFault(stateX, p.x, rec); f != nil {
		return orb.Point{}, f
	}
	if f := p.stateFault(stateY, p.y, rec); f != nil {
		return orb.Point{}, f
	}
	if axisX == table.North || axisY == table.East {
		return orb.Point{}, &coverage.Issue{Key: "lonlat.swapped", Column: p.r.Name(p.x), Value: rec.Cell(p.x)}
	}
	return orb.Point{x, y}, nil
}

func (p *Placer) stateFault(s table.State, column int, rec *source.Record) *coverage.Issue {
	key := map[table.State]string{table.Missing: "lonlat.missing", table.Bad: "lonlat.text"}[s]
	if key == "" {
		return nil
	}
	return &coverage.Issue{Key: key, Column: p.r.Name(column), Value: rec.Cell(column)}
}

// middle is the place of a geometry: the point itself, else a point inside the
// largest polygon, else the middle of its bounds.
func middle(g orb.Geometry) (orb.Point, *coverage.Issue) {
	switch g := g.(type) {
	case orb.Point:
		return g, nil
	case orb.MultiPoint:
		if len(g) == 1 {
			return g[0], nil
		}
	case orb.Polygon:
		return Interior(orb.MultiPolygon{g}), nil
	case orb.MultiPolygon:
		return Interior(g), nil
	case nil:
		return orb.Point{}, &coverage.Issue{Key: "lonlat.missing"}
	}
	return g.Bound().Center(), nil
}

var faultKeys = map[crs.Fault]string{
	crs.NotFinite: "lonlat.text", crs.Swapped: "lonlat.swapped", crs.Outside: "lonlat.range",
	crs.Degrees: "lonlat.degrees", crs.Metres: "lonlat.metres", crs.NoZonePrefix: "lonlat.no_zone_prefix", crs.ZonePrefix: "lonlat.zone_prefix",
}

// Place reads where a row lies in WGS 84. False: it cannot be used, and the
// issue is noted.
func (l *Ground) Place(p *Placer, rec *source.Record) (orb.Point, bool) {
	raw, fault := p.raw(rec)
	p.last, p.read = raw, fault == nil && raw != orb.Point{}
	if fault == nil {
		fault = p.judge(raw)
	}
	p.sane = fault == nil
	var at orb.Point
	if fault == nil {
		at = p.r.CRS.ToWGS84(raw)
		if len(l.Levels) > 0 && l.ZoneAt(at) < 0 && l.ZoneAt(p.r.CRS.ToWGS84(orb.Point{raw[1], raw[0]})) >= 0 {
			fault = &coverage.Issue{Key: "lonlat.swapped", Column: p.Columns(), Value: source.PointText(raw)}
		}
	}
	if fault == nil {
		return at, true
	}
	fault.Ref, fault.Fatal = rec.Ref, true
	if fault.Key == "lonlat.missing" && !p.r.Vector && rec.Row.IsRemark() {
		fault.Key, fault.Fatal, fault.Value = "data.remark_row", false, rec.Row.Cell(0)
	}
	if fault.Args == nil {
		fault.Args = coverage.Args{}
	}
	fault.Args["crs"] = p.r.CRS.Code()
	l.Issues.Add(*fault)
	return orb.Point{}, false
}

func (p *Placer) judge(raw orb.Point) *coverage.Issue {
	if raw == (orb.Point{}) {
		return &coverage.Issue{Key: "lonlat.zero", Column: p.Columns(), Value: "0, 0"}
	}
	f := p.r.CRS.Check(raw)
	if f == crs.None {
		if at := p.r.CRS.ToWGS84(raw); math.IsNaN(at[0]-at[0]) || math.IsNaN(at[1]-at[1]) {
			f = crs.Outside
		}
	}
	if f == crs.None {
		return nil
	}
	return &coverage.Issue{Key: faultKeys[f], Column: p.Columns(), Value: source.PointText(raw)}
}

// Columns names the columns of the coordinates, "" of geometry.
func (p *Placer) Columns() string {
	switch {
	case p.xy >= 0:
		return p.r.Name(p.xy)
	case p.x >= 0:
		return p.r.Name(p.x) + ", " + p.r.Name(p.y)
	}
	return ""
}
