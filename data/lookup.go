package data

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/data/table"
	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

// placer reads where the rows of a source lie.
type placer struct {
	r        *records
	x, y, xy int
	latFirst bool
	polygons bool // areas and lines count as their middle

	last orb.Point // coordinates of the last row, as the source has them
	read bool      // the last row had coordinates
	sane bool      // and they can belong to the declared system
}

func (l *loader) newPlacer(r *records, x, y, xy string) (*placer, error) {
	p := &placer{r: r, x: -1, y: -1, xy: -1, polygons: true}
	if r.vector && x == "" && xy == "" {
		return p, nil
	}
	var err error
	if xy != "" {
		p.xy, err = r.column(xy)
	} else {
		if p.x, err = r.columnOr(x, "x"); err == nil {
			p.y, err = r.columnOr(y, "y")
		}
		if i, ok := r.roles["xy"]; ok && (p.x < 0 || p.y < 0) {
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
		return nil, refuse("data.no_coordinates", r.file, coverage.Args{"sheet": r.layer, "columns": join(r.columns)})
	}
	p.latFirst = latFirst(r.name(p.xy))
	return p, nil
}

// raw reads the coordinates of a row as the source has them. A fault is an
// issue that only lacks its place.
func (p *placer) raw(rec *record) (orb.Point, *coverage.Issue) {
	if p.xy < 0 && p.x < 0 {
		return middle(rec.geometry)
	}
	if p.xy >= 0 {
		x, y, state := table.Pair(rec.cell(p.xy), p.latFirst)
		return orb.Point{x, y}, p.stateFault(state, p.xy, rec)
	}
	x, axisX, stateX := table.Coordinate(rec.cell(p.x))
	y, axisY, stateY := table.Coordinate(rec.cell(p.y))
	if f := p.stateFault(stateX, p.x, rec); f != nil {
		return orb.Point{}, f
	}
	if f := p.stateFault(stateY, p.y, rec); f != nil {
		return orb.Point{}, f
	}
	if axisX == table.North || axisY == table.East {
		return orb.Point{}, &coverage.Issue{Key: "lonlat.swapped", Column: p.r.name(p.x), Value: rec.cell(p.x)}
	}
	return orb.Point{x, y}, nil
}

func (p *placer) stateFault(s table.State, column int, rec *record) *coverage.Issue {
	key := map[table.State]string{table.Missing: "lonlat.missing", table.Bad: "lonlat.text"}[s]
	if key == "" {
		return nil
	}
	return &coverage.Issue{Key: key, Column: p.r.name(column), Value: rec.cell(column)}
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
		return interior(orb.MultiPolygon{g}), nil
	case orb.MultiPolygon:
		return interior(g), nil
	case nil:
		return orb.Point{}, &coverage.Issue{Key: "lonlat.missing"}
	}
	return g.Bound().Center(), nil
}

var faultKeys = map[crs.Fault]string{
	crs.NotFinite: "lonlat.text", crs.Swapped: "lonlat.swapped", crs.Outside: "lonlat.range",
	crs.Degrees: "lonlat.degrees", crs.Metres: "lonlat.metres", crs.NoZonePrefix: "lonlat.no_zone_prefix", crs.ZonePrefix: "lonlat.zone_prefix",
}

// place reads where a row lies in WGS 84. False: it cannot be used, and the
// issue is noted.
func (l *loader) place(p *placer, rec *record) (orb.Point, bool) {
	raw, fault := p.raw(rec)
	p.last, p.read = raw, fault == nil && raw != orb.Point{}
	if fault == nil {
		fault = p.judge(raw)
	}
	p.sane = fault == nil
	var at orb.Point
	if fault == nil {
		at = p.r.crs.ToWGS84(raw)
		if len(l.levels) > 0 && l.zoneAt(at) < 0 && l.zoneAt(p.r.crs.ToWGS84(orb.Point{raw[1], raw[0]})) >= 0 {
			fault = &coverage.Issue{Key: "lonlat.swapped", Column: p.columns(), Value: pointText(raw)}
		}
	}
	if fault == nil {
		return at, true
	}
	fault.Ref, fault.Fatal = rec.ref, true
	if fault.Key == "lonlat.missing" && !p.r.vector && rec.row.IsRemark() {
		fault.Key, fault.Fatal, fault.Value = "data.remark_row", false, rec.row.Cell(0)
	}
	if fault.Args == nil {
		fault.Args = coverage.Args{}
	}
	fault.Args["crs"] = p.r.crs.Code()
	l.iss.Add(*fault)
	return orb.Point{}, false
}

func (p *placer) judge(raw orb.Point) *coverage.Issue {
	if raw == (orb.Point{}) {
		return &coverage.Issue{Key: "lonlat.zero", Column: p.columns(), Value: "0, 0"}
	}
	f := p.r.crs.Check(raw)
	if f == crs.None {
		if at := p.r.crs.ToWGS84(raw); math.IsNaN(at[0]-at[0]) || math.IsNaN(at[1]-at[1]) {
			f = crs.Outside
		}
	}
	if f == crs.None {
		return nil
	}
	return &coverage.Issue{Key: faultKeys[f], Column: p.columns(), Value: pointText(raw)}
}

func (p *placer) columns() string {
	switch {
	case p.xy >= 0:
		return p.r.name(p.xy)
	case p.x >= 0:
		return p.r.name(p.x) + ", " + p.r.name(p.y)
	}
	return ""
}
