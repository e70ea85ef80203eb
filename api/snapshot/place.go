package snapshot

import (
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// PointReachM is how far in metres a click may be from a demand point to mean it.
const PointReachM = 500

// Outline is the outline of the cell of a demand row in WGS 84. Its sides are
// straight in the grid's own system; ok is false for a point.
func (s *Snapshot) Outline(row int) (outline orb.Polygon, ok bool, err error) {
	d := s.Data.Demand
	if d.Cell[row] < 0 {
		return nil, false, nil
	}
	proj, err := s.Grid()
	if err != nil {
		return nil, false, err
	}
	w, south, e, n := d.Grid.Bounds(d.Cell[row])
	ring := orb.Ring{{w, south}, {e, south}, {e, n}, {w, n}, {w, south}}
	if proj.ToWGS84 != nil {
		for i := range ring {
			ring[i] = proj.ToWGS84(ring[i])
		}
	}
	return orb.Polygon{ring}, true, nil
}

// CellReach is how far, in degrees and at most, a cell at a latitude reaches from
// its centre.
func (s *Snapshot) CellReach(lat float64) (lon, latitude float64) {
	g := s.Data.Demand.Grid
	if proj, err := s.Grid(); err == nil && proj.ToWGS84 == nil {
		const noise = 1e-9
		return g.DX/2 + noise, g.DY/2 + noise
	}
	r := math.Hypot(g.DX, g.DY) / 2 / 110_000 * 1.1 // more than a projection stretches anything
	return r / math.Max(math.Cos(lat*math.Pi/180), 1e-3), r
}

// RowsAt returns the demand rows under a point: those of the cell that holds it,
// else the nearest demand point within [PointReachM]; none when nobody is there.
func (s *Snapshot) RowsAt(p orb.Point) ([]int32, error) {
	d := s.Data.Demand
	if !d.Grid.IsZero() {
		proj, err := s.Grid()
		if err != nil {
			return nil, err
		}
		for _, turn := range [...]float64{0, 360, -360} { // a grid may pass 180 degrees
			at := orb.Point{p[0] + turn, p[1]}
			if proj.FromWGS84 != nil {
				at = proj.FromWGS84(p)
			}
			if rows := s.RowsOf(d.Grid.Cell(at[0], at[1])); len(rows) > 0 {
				return rows, nil
			}
		}
	}
	return s.nearestPoint(p), nil
}

// RowsOf returns the rows of a cell.
func (s *Snapshot) RowsOf(cell int32) []int32 {
	if cell < 0 {
		return nil
	}
	d, rows := s.Data.Demand, s.rows()
	from, _ := slices.BinarySearchFunc(rows, cell, func(row, c int32) int { return int(d.Cell[row]) - int(c) })
	to := from
	for to < len(rows) && d.Cell[rows[to]] == cell {
		to++
	}
	return rows[from:to]
}

func (s *Snapshot) nearestPoint(p orb.Point) []int32 {
	d, best := s.Data.Demand, []int32(nil)
	dLat := PointReachM / 110_000.0
	dLon := dLat / math.Max(math.Cos(p[1]*math.Pi/180), 1e-3)
	nearest := math.Nextafter(PointReachM, math.Inf(1))
	for i, at := range d.At {
		if d.Cell[i] >= 0 || math.Abs(at[1]-p[1]) > dLat || math.Abs(math.Remainder(at[0]-p[0], 360)) > dLon {
			continue
		}
		if m := geodesy.Distance(p, at); m < nearest {
			nearest, best = m, []int32{int32(i)}
		}
	}
	return best
}

// rowsByCell lists the rows that are in a cell, by cell, then by row.
func rowsByCell(cell []int32) []int32 {
	rows := make([]int32, 0, len(cell))
	for i, c := range cell {
		if c >= 0 {
			rows = append(rows, int32(i))
		}
	}
	byCell := func(a, b int32) int { return int(cell[a]) - int(cell[b]) }
	if !slices.IsSortedFunc(rows, byCell) {
		slices.SortStableFunc(rows, byCell)
	}
	return rows
}

// extentBins are the stretches of 10 degrees in which places are gathered, so
// that a dataset on both sides of the antimeridian is not taken for one around
// the world.
const extentBins = 36

// extent lists bounds that together hold all the data.
func (s *Snapshot) extent() []orb.Bound {
	var out []orb.Bound
	for z := range s.Data.Zones {
		out = append(out, s.ZoneShape(int32(z)).Bounds...)
	}
	var bins [extentBins]orb.MultiPoint
	add := func(p orb.Point) {
		p[0] -= 360 * math.Floor((p[0]+180)/360)
		bin := &bins[min(int((p[0]+180)/360*extentBins), extentBins-1)]
		if *bin == nil {
			*bin = orb.MultiPoint{p, p}
		}
		low, high := &(*bin)[0], &(*bin)[1]
		*low = orb.Point{min(low[0], p[0]), min(low[1], p[1])}
		*high = orb.Point{max(high[0], p[0]), max(high[1], p[1])}
	}
	for i := range s.Data.Facilities {
		add(s.Data.Facilities[i].At)
	}
	for _, p := range s.Data.Demand.At {
		add(p)
	}
	for _, ends := range bins {
		if ends != nil {
			out = append(out, ends.Bound())
		}
	}
	return out
}

// Part is the dataset with only some of its demand rows, and without zones: what
// a question about one place needs.
func (s *Snapshot) Part(rows []int32) *coverage.Dataset {
	d, part := s.Data.Demand, *s.Data
	few := &coverage.DemandSet{Grid: d.Grid, Groups: d.Groups, Pop: make([][]float32, len(d.Pop))}
	for _, i := range rows {
		few.Cell, few.At = append(few.Cell, d.Cell[i]), append(few.At, d.At[i])
		few.Zone, few.Landmass = append(few.Zone, -1), append(few.Landmass, d.Landmass[i])
		few.Setting = append(few.Setting, d.Setting[i])
		for g := range d.Pop {
			few.Pop[g] = append(few.Pop[g], d.Pop[g][i])
		}
	}
	part.Demand, part.Zones = few, nil
	return &part
}
