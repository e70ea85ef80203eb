package terrain

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/data/source"
	"lifecircle/geo/crs"
	"lifecircle/geo/friction"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// Cells: the default side in metres, how many a grid has by default at most, and
// how many when the project states their side.
const (
	defaultCellM = 100
	maxCells     = 20_000_000
	maxStated    = 60_000_000
)

// frame chooses the grid: that of the people's raster, or one of cells of so many
// metres over people and land. It is not ok when there can be none, which is
// told.
func (t *Terrain) frame() (ok bool, err error) {
	d := t.Dataset.Demand
	t.crs = crs.WGS84()
	if !d.Grid.IsZero() {
		if t.crs, err = crs.Parse(d.Grid.CRS); err != nil {
			return false, err
		}
		if t.entry.CellM == 0 && d.Grid.Cells() <= maxCells {
			t.spec = d.Grid
			return t.measured()
		}
	}
	b, ok := t.extent()
	if !ok {
		t.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: t.Name}, Key: "terrain.antimeridian"})
		return false, nil
	}
	cell, most := t.entry.CellM, int64(maxStated)
	if cell == 0 {
		cell, most = t.rasterCellM(d.Grid), maxCells
	}
	t.spec = t.gridOver(b, cell)
	if t.spec.Cells() <= most {
		return t.measured()
	}
	fits := cell
	for t.spec.Cells() > most {
		fits = math.Ceil(fits * max(1.02, math.Sqrt(float64(t.spec.Cells())/float64(most))))
		t.spec = t.gridOver(b, fits)
	}
	args := coverage.Args{"cell": source.People(cell), "fits": source.People(fits), "limit": most / 1_000_000}
	if t.entry.CellM > 0 {
		return false, source.Refuse("terrain.too_many", t.Name, args)
	}
	t.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: t.Name}, Key: "terrain.coarser", Args: args})
	return t.measured()
}

// measured holds the grid against what can be measured: no rows beyond a pole.
func (t *Terrain) measured() (bool, error) {
	if _, err := friction.Measure(t.spec); err != nil {
		return false, source.Refuse("terrain.grid", t.Name, coverage.Args{"reason": err.Error()})
	}
	return true, nil
}

// rasterCellM is the side of the cells of the people's raster, in metres.
func (t *Terrain) rasterCellM(s grid.Spec) float64 {
	if s.IsZero() {
		return defaultCellM
	}
	l, err := friction.Measure(s)
	if err != nil {
		return defaultCellM
	}
	return max(1, math.Floor(min(l.Metres(s.Rows/2, 1, 0), l.Metres(s.Rows/2, 0, 1))))
}

// farM is how far off people and land a facility may lie for the grid to reach
// to it.
const farM = 20_000

// extent is the bounds, in the grid's system, of the land, the people, and the
// facilities near them; false when they lie on both sides of the antimeridian.
func (t *Terrain) extent() (orb.Bound, bool) {
	var b orb.Bound
	first := true
	add := func(at orb.Point) {
		if first {
			b, first = orb.Bound{Min: at, Max: at}, false
		}
		b = b.Extend(at)
	}
	if t.Land != nil {
		for _, mp := range t.Land.Polygons {
			add(mp.Bound().Min)
			add(mp.Bound().Max)
		}
	}
	for _, at := range t.Dataset.Demand.At {
		add(at)
	}
	if first || b.Max[0]-b.Min[0] > 180 {
		return b, false
	}
	near := b
	for _, f := range t.Dataset.Facilities {
		if inside := (orb.Point{max(b.Min[0], min(f.At[0], b.Max[0])), max(b.Min[1], min(f.At[1], b.Max[1]))}); geodesy.Distance(f.At, inside) <= farM {
			near = near.Extend(f.At)
		}
	}
	return t.project(near), true
}

// project turns bounds in WGS 84 into bounds in the grid's system, by many points
// of their outline.
func (t *Terrain) project(b orb.Bound) orb.Bound {
	var out orb.Bound
	for i := range 65 {
		s := float64(i) / 64
		x, y := b.Min[0]+s*(b.Max[0]-b.Min[0]), b.Min[1]+s*(b.Max[1]-b.Min[1])
		for _, at := range []orb.Point{{x, b.Min[1]}, {x, b.Max[1]}, {b.Min[0], y}, {b.Max[0], y}} {
			p := t.crs.FromWGS84(at)
			if i == 0 && at == (orb.Point{x, b.Min[1]}) {
				out = orb.Bound{Min: p, Max: p}
			}
			out = out.Extend(p)
		}
	}
	return out
}

// gridOver lays cells of so many metres over bounds, a cell beyond them on every
// side. In degrees a cell has its size at the middle latitude.
func (t *Terrain) gridOver(b orb.Bound, cellM float64) grid.Spec {
	dx, dy := cellM, cellM
	middle := t.crs.ToWGS84(b.Center())
	switch {
	case t.crs.IsGeographic():
		f := geodesy.NewFrame(middle)
		east, _ := f.ToMetres(orb.Point{middle[0] + 1, middle[1]})
		_, north := f.ToMetres(orb.Point{middle[0], middle[1] + 1})
		dx, dy = cellM/east, cellM/north
	case t.crs.Code() == "EPSG:3857": // whose metres are not metres
		dx = cellM / math.Cos(middle[1]*math.Pi/180)
		dy = dx
	}
	cols, rows := math.Ceil((b.Max[0]-b.Min[0])/dx)+2, math.Ceil((b.Max[1]-b.Min[1])/dy)+2
	return grid.Spec{
		CRS: t.crs.Code(), X0: b.Min[0] - dx, Y0: b.Max[1] + dy, DX: dx, DY: dy,
		Cols: int32(min(cols, math.MaxInt32)), Rows: int32(min(rows, math.MaxInt32)),
	}
}
