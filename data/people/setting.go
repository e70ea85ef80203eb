package people

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/data/settle"
	"lifecircle/data/source"
	"lifecircle/geo/crs"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// maxBlocks bounds the pattern of blocks: half a million square kilometres of
// China would be half a million.
const maxBlocks = 20_000_000

// Settle gives the rows whose zones do not say so a setting, by the degree of
// urbanisation.
func (l *People) Settle() error {
	d := l.Dataset.Demand
	if !l.Project.DegreeOfUrban || d == nil {
		return nil
	}
	all := d.Group("all")
	if all == nil {
		return l.Fail(l.Name, source.Refuse("setting.no_all", l.Name, nil))
	}
	if l.ZonesFailed || l.unscaled {
		return nil
	}
	p, ok := l.pattern()
	if !ok {
		return l.Fail(l.Name, source.Refuse("setting.too_large", l.Name, coverage.Args{"limit": maxBlocks}))
	}
	block := make([]int, d.Len())
	b := settle.Blocks{Cols: p.cols, Rows: p.rows, People: make([]float64, p.cols*p.rows), KM2: p.areas()}
	for i, at := range d.At {
		block[i] = p.block(at)
		b.People[block[i]] += float64(all[i])
	}
	class := settle.Classify(b)
	urban, total, given := 0.0, 0.0, 0.0
	for i := range d.Setting {
		total += float64(all[i])
		if d.Setting[i] != coverage.SettingAny {
			given += float64(all[i])
			continue
		}
		d.Setting[i] = coverage.Rural
		if class[block[i]].Urban() {
			d.Setting[i] = coverage.Urban
			urban += float64(all[i])
		}
	}
	l.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: l.Name}, Key: "setting.degree", Value: source.People(urban), Args: coverage.Args{
		"urban": source.People(urban), "rural": source.People(total - urban - given), "stated": source.People(given),
	}})
	return l.Context.Err()
}

// pattern is blocks of about 1 km2 in the coordinates of the grid, or in
// degrees when there is none.
type pattern struct {
	crs        crs.CRS
	x0, y0     float64 // upper left corner
	dx, dy     float64
	cols, rows int
}

// pattern makes blocks of whole cells of the grid around all people.
func (l *People) pattern() (pattern, bool) {
	d := l.Dataset.Demand
	p := pattern{crs: crs.WGS84()}
	if !d.Grid.IsZero() {
		p.crs, _ = crs.Parse(d.Grid.CRS) // the grid was read in it
	}
	box := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for _, at := range d.At {
		box = box.Extend(p.crs.FromWGS84(at))
	}
	if len(d.At) == 0 {
		box = orb.Bound{}
	}
	p.dx, p.dy = p.kilometre(box.Center())
	p.x0, p.y0 = box.Min[0]-p.dx/2, box.Max[1]+p.dy/2
	if g := d.Grid; !g.IsZero() {
		p.dx, p.dy = wholeCells(p.dx, g.DX), wholeCells(p.dy, g.DY)
		p.x0 = g.X0 + math.Floor((box.Min[0]-g.X0)/p.dx)*p.dx
		p.y0 = g.Y0 - math.Floor((g.Y0-box.Max[1])/p.dy)*p.dy
	}
	cols, rows := math.Floor((box.Max[0]-p.x0)/p.dx)+1, math.Floor((p.y0-box.Min[1])/p.dy)+1
	if !(cols*rows <= maxBlocks) {
		return p, false
	}
	p.cols, p.rows = int(cols), int(rows)
	return p, true
}

// wholeCells rounds a length to a whole number of cells, at least one.
func wholeCells(length, cell float64) float64 { return max(1, math.Round(length/cell)) * cell }

// kilometre is 1 km in x and y at a place.
func (p pattern) kilometre(at orb.Point) (dx, dy float64) {
	if !p.crs.IsGeographic() {
		scale := 1.0
		if p.crs.Code() == "EPSG:3857" { // its metres grow away from the equator
			scale = 1 / math.Cos(p.crs.ToWGS84(at)[1]*math.Pi/180)
		}
		return 1000 * scale, 1000 * scale
	}
	east := geodesy.Destination(at, 90, 1000)
	north := geodesy.Destination(at, 0, 1000)
	return math.Abs(east[0] - at[0]), math.Abs(north[1] - at[1])
}

func (p pattern) block(at orb.Point) int {
	q := p.crs.FromWGS84(at)
	col := min(max(int((q[0]-p.x0)/p.dx), 0), p.cols-1)
	row := min(max(int((p.y0-q[1])/p.dy), 0), p.rows-1)
	return row*p.cols + col
}

// areas are the areas on the ground of the blocks of every row, in km2.
func (p pattern) areas() []float64 {
	out := make([]float64, p.rows)
	x := p.x0 + math.Floor(float64(p.cols)/2)*p.dx
	for row := range out {
		y := p.y0 - float64(row)*p.dy
		var ring orb.Ring
		for _, q := range []orb.Point{{x, y - p.dy}, {x + p.dx, y - p.dy}, {x + p.dx, y}, {x, y}, {x, y - p.dy}} {
			ring = append(ring, p.crs.ToWGS84(q))
		}
		out[row] = geodesy.RingArea(ring) / 1e6
	}
	return out
}
