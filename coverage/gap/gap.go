package gap

import (
	"context"
	"errors"
	"math"
	"slices"
	"sort"

	"lifecircle/coverage"
	"lifecircle/coverage/block"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// Options say what is a gap.
type Options struct {
	Landmass   bool    // cells of different landmasses are never one gap
	MinPeople  float64 // gaps with fewer unserved people are left out; 0 keeps all
	PointCellM float64 // cell size for people given as points; 0 is 500 m
}

// Find returns the gaps of a judged coverage, most people first (ties: lower
// id). Gap.ID is the number of the most populous cell counted from 1; a gap of
// points is numbered after all cells, by its most populous row.
func Find(ctx context.Context, ds *coverage.Dataset, c *coverage.Coverage, o Options) ([]coverage.Gap, error) {
	f := finder{ds: ds, c: c, o: o, people: ds.Demand.Group(c.Standard.Group)}
	if f.people == nil && len(ds.Demand.Pop) > 0 {
		f.people = ds.Demand.Pop[0]
	}
	cells, points := f.unserved()
	if err := f.collect(ctx, ds.Demand.Grid, f.byCell(cells), 1); err != nil {
		return nil, err
	}
	spec, rows := f.drawingGrid(points)
	if err := f.collect(ctx, spec, rows, ds.Demand.Grid.Cells()+1); err != nil {
		return nil, err
	}
	sort.SliceStable(f.gaps, func(i, j int) bool {
		a, b := &f.gaps[i], &f.gaps[j]
		if a.Population != b.Population {
			return a.Population > b.Population
		}
		return a.ID < b.ID
	})
	for i := range f.gaps {
		f.gaps[i].Rank = i + 1
	}
	return f.gaps, nil
}

type finder struct {
	ds     *coverage.Dataset
	c      *coverage.Coverage
	o      Options
	people []float32 // of the standard's group
	gaps   []coverage.Gap
}

// placed is a demand row in a cell of the grid that it is drawn on.
type placed struct{ cell, row int32 }

// unserved lists the rows with somebody left unserved: those in grid cells, and
// points.
func (f *finder) unserved() (cells, points []int32) {
	d := f.ds.Demand
	for i := range d.At {
		if f.c.Judged != nil && !f.c.Judged[i] || f.c.Served[i] >= 1 {
			continue
		}
		if d.Cell[i] >= 0 {
			cells = append(cells, int32(i))
		} else {
			points = append(points, int32(i))
		}
	}
	return cells, points
}

func (f *finder) byCell(rows []int32) []placed {
	out := make([]placed, len(rows))
	for k, i := range rows {
		out[k] = placed{f.ds.Demand.Cell[i], i}
	}
	return ordered(out)
}

func ordered(list []placed) []placed {
	slices.SortFunc(list, func(a, b placed) int {
		if a.cell != b.cell {
			return int(a.cell) - int(b.cell)
		}
		return int(a.row) - int(b.row)
	})
	return list
}

// drawingGrid lays a grid of PointCellM over the points.
func (f *finder) drawingGrid(points []int32) (grid.Spec, []placed) {
	if len(points) == 0 {
		return grid.Spec{}, nil
	}
	size := f.o.PointCellM
	if size <= 0 {
		size = 500
	}
	w, s, e, n := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, i := range points {
		p := f.ds.Demand.At[i]
		w, e, s, n = min(w, p[0]), max(e, p[0]), min(s, p[1]), max(n, p[1])
	}
	spec := gridOver(orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, n}}, size)
	out := make([]placed, len(points))
	for k, i := range points {
		p := f.ds.Demand.At[i]
		out[k] = placed{spec.Cell(p[0], p[1]), i}
	}
	return spec, ordered(out)
}

// gridOver lays cells of about size metres over b, larger ones where their
// number would pass what a cell number holds.
func gridOver(b orb.Bound, size float64) grid.Spec {
	const degreeM, maxCells = 111_195, 1 << 30
	dy := size / degreeM
	dx := dy / max(0.05, math.Cos(b.Center()[1]*math.Pi/180))
	for (b.Right()-b.Left())/dx*(b.Top()-b.Bottom())/dy > maxCells {
		dx, dy = 2*dx, 2*dy
	}
	spec := grid.Spec{CRS: "EPSG:4326", X0: b.Left() - dx/2, Y0: b.Top() + dy/2, DX: dx, DY: dy}
	spec.Cols, spec.Rows = int32((b.Right()-spec.X0)/dx)+1, int32((spec.Y0-b.Bottom())/dy)+1
	return spec
}

// collect makes a gap of every connected component of the placed rows. firstID
// is the id of cell 0 (of row 0 for points).
func (f *finder) collect(ctx context.Context, spec grid.Spec, rows []placed, firstID int64) error {
	if len(rows) == 0 {
		return nil
	}
	cells := make([]int32, len(rows))
	for k, r := range rows {
		cells[k] = r.cell
	}
	land := f.ds.Demand.Landmass
	joined := func(i, j int) bool {
		return !f.o.Landmass || land[rows[i].row] == land[rows[j].row]
	}
	parts := grid.Components(spec, cells, joined)
	found, errs := make([]coverage.Gap, len(parts)), make([]error, len(parts))
	err := block.Items(ctx, len(parts), func(n int) {
		found[n], errs[n] = f.gap(spec, rows, parts[n], firstID)
	})
	if err := errors.Join(append(errs, err)...); err != nil {
		return err
	}
	for _, g := range found {
		if g.Population > 0 {
			f.gaps = append(f.gaps, g)
		}
	}
	return nil
}

// gap makes the gap of one component; one without enough people is empty.
func (f *finder) gap(spec grid.Spec, rows []placed, part []int32, firstID int64) (coverage.Gap, error) {
	g := coverage.Gap{Standard: f.c.Standard.ID}
	for _, k := range part {
		g.Population += f.left(f.people, rows[k].row)
	}
	if g.Population <= 0 || g.Population < f.o.MinPeople {
		return coverage.Gap{}, nil
	}
	peak := f.peak(rows, part)
	d := f.ds.Demand
	g.Groups, g.At, g.Nearest = f.groups(rows, part), d.At[peak.row], f.nearest(peak.row)
	g.ID = firstID + int64(peak.row)
	if d.Cell[peak.row] >= 0 {
		g.ID = firstID + int64(peak.cell)
	}
	if z := f.zone(rows, part); z >= 0 {
		g.Zone, g.ZoneName = f.ds.Zones[z].ID, f.ds.Zones[z].Name
	}
	cells := make([]int32, 0, len(part))
	for _, k := range part {
		if n := len(cells); n == 0 || cells[n-1] != rows[k].cell {
			cells = append(cells, rows[k].cell)
		}
	}
	g.Cells = len(cells)
	for _, k := range part {
		g.Rows = append(g.Rows, rows[k].row)
	}
	var err error
	g.Geometry, err = outline(spec, cells)
	g.AreaM2 = geodesy.MultiArea(g.Geometry)
	return g, err
}

// left is how many people of a row are not served.
func (f *finder) left(people []float32, row int32) float64 {
	if people == nil {
		return 0
	}
	return float64(people[row]) * (1 - float64(f.c.Served[row]))
}

func (f *finder) groups(rows []placed, part []int32) map[string]float64 {
	out := make(map[string]float64, len(f.ds.Demand.Groups))
	for g, name := range f.ds.Demand.Groups {
		var sum float64
		for _, k := range part {
			sum += f.left(f.ds.Demand.Pop[g], rows[k].row)
		}
		out[name] = sum
	}
	return out
}

// peak is the row of the most populous cell; ties go to the first.
func (f *finder) peak(rows []placed, part []int32) placed {
	best, most, sum := rows[part[0]], math.Inf(-1), 0.0
	for n, k := range part {
		if n > 0 && rows[part[n-1]].cell != rows[k].cell {
			sum = 0
		}
		sum += f.left(f.people, rows[k].row)
		if sum > most {
			best, most = rows[k], sum
		}
	}
	return best
}

// zone is the finest zone in which most of the unserved people live; ties go to
// the first in ds.Zones. People in no zone have no say unless all are.
func (f *finder) zone(rows []placed, part []int32) int32 {
	people := map[int32]float64{}
	for _, k := range part {
		people[f.ds.Demand.Zone[rows[k].row]] += f.left(f.people, rows[k].row)
	}
	best, most := int32(-1), math.Inf(-1)
	for z, n := range people {
		if z >= 0 && (n > most || n == most && z < best) {
			best, most = z, n
		}
	}
	return best
}

func (f *finder) nearest(row int32) coverage.GapNearest {
	i := f.c.Nearest[row]
	if i < 0 || f.c.Cost[row] == coverage.Never {
		return coverage.GapNearest{}
	}
	out := coverage.GapNearest{Facility: f.ds.Facilities[i].ID, Name: f.ds.Facilities[i].Name}
	if f.c.Standard.Rules[0].Threshold.IsTime() {
		out.Seconds = (int64(f.c.Cost[row]) + 999) / 1000
	} else {
		out.Metres = float64(f.c.Cost[row]) / 1000
	}
	return out
}
