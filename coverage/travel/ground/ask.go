package ground

import (
	"context"
	"math"

	"lifecircle/coverage"
	"lifecircle/coverage/block"
	"lifecircle/coverage/travel"
	"lifecircle/geo/friction"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// Spot is where a point stands: the cell that it leaves from or comes to, -1 for
// none, and the walk between the two.
type Spot struct {
	Cell  int32
	LegMS uint32
}

// Answer is what the nearest facilities cost.
type Answer struct {
	travel.Costs
	Demand     []Spot // by demand row
	Facilities []Spot // by facility
	Sloped     int64  // steps that the slope made slower or faster; 0 of Steps: heights changed nothing
	Steps      int64
}

// Spots brings points to the cells of the surface.
func (s *Surface) Spots(ctx context.Context, points travel.Points) ([]Spot, error) {
	out := make([]Spot, len(points.At))
	err := block.Each(ctx, len(points.At), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			land := int32(-1)
			if points.Land != nil {
				land = points.Land[i]
			}
			out[i] = s.spot(points.At[i], land)
		}
	})
	return out, err
}

// spot is the cell of a point, or the nearest open one around it.
func (s *Surface) spot(at orb.Point, land int32) Spot {
	p := s.onGrid(at)
	cell := s.surface.Grid.Cell(p[0], p[1])
	if cell >= 0 && s.open(cell) {
		return Spot{Cell: cell}
	}
	best, bestM := int32(-1), math.Inf(1)
	for _, c := range s.around(p) {
		centre := s.centre(c)
		if d := geodesy.Distance(at, centre); d <= s.limitM && d < bestM && s.onLand(centre, land) {
			best, bestM = c, d
		}
	}
	if best < 0 {
		return Spot{Cell: -1}
	}
	return Spot{best, uint32(math.Ceil(bestM * 3600 / s.kmh))}
}

// onGrid gives a place in the grid's coordinates, in the turn that is nearest to
// the grid: it may pass 180 degrees.
func (s *Surface) onGrid(at orb.Point) orb.Point {
	p, g := s.place.FromWGS84(at), s.surface.Grid
	if s.place.IsGeographic() {
		middle := g.X0 + float64(g.Cols)*g.DX/2
		p[0] += 360 * math.Round((middle-p[0])/360)
	}
	return p
}

// around lists the open cells in a window of the limit around a place in the
// grid's coordinates, in order.
func (s *Surface) around(p orb.Point) []int32 {
	g := s.surface.Grid
	dx, dy := s.reach(p)
	col0, col1 := window(p[0]-dx-g.X0, p[0]+dx-g.X0, g.DX, g.Cols)
	row0, row1 := window(g.Y0-p[1]-dy, g.Y0-p[1]+dy, g.DY, g.Rows)
	var list []int32
	for row := row0; row <= row1; row++ {
		for col := col0; col <= col1; col++ {
			if c := row*g.Cols + col; s.open(c) {
				list = append(list, c)
			}
		}
	}
	return list
}

// window is the range of cells that an interval touches.
func window(from, to, size float64, n int32) (lo, hi int32) {
	return int32(max(0, math.Floor(from/size))), int32(min(float64(n-1), math.Floor(to/size)))
}

// reach is the limit in the grid's units, a little more than needed.
func (s *Surface) reach(p orb.Point) (dx, dy float64) {
	if s.place.IsGeographic() {
		dy = s.limitM / 110_000
		return dy / max(0.01, math.Cos(p[1]*math.Pi/180)), dy
	}
	at := s.place.ToWGS84(p)
	scale := geodesy.Distance(at, s.place.ToWGS84(orb.Point{p[0] + 1, p[1]})) // metres a unit
	return 1.01 * s.limitM / scale, 1.01 * s.limitM / scale
}

func (s *Surface) open(cell int32) bool { return s.surface.Seconds[cell] <= math.MaxFloat32 }

func (s *Surface) centre(cell int32) orb.Point {
	x, y := s.surface.Grid.Centre(cell)
	at := s.place.ToWGS84(orb.Point{x, y})
	at[0] = math.Remainder(at[0], 360) // grids of 0..360 degrees
	return at
}

// onLand reports whether a place is on a landmass, or nobody knows.
func (s *Surface) onLand(at orb.Point, land int32) bool {
	return s.landOf == nil || land < 0 || s.landOf(at) == land
}

// Nearest finds the nearest facility of every demand row by time, delays
// included; ties go to the lowest facility.
func (s *Surface) Nearest(ctx context.Context, facilities, demand travel.Points, p coverage.Progress) (*Answer, error) {
	return s.NearestWithin(ctx, facilities, demand, 0, p)
}

// NearestWithin is Nearest within a limit (closed; 0 none), but for the walk to
// the row's own cell.
func (s *Surface) NearestWithin(ctx context.Context, facilities, demand travel.Points, limit uint32, p coverage.Progress) (*Answer, error) {
	a, field, err := s.field(ctx, facilities, limit, p)
	if err != nil {
		return nil, err
	}
	if a.Demand, err = s.Spots(ctx, demand); err != nil {
		return nil, err
	}
	a.Costs = travel.Costs{Cost: make([]uint32, len(demand.At)), Facility: make([]int32, len(demand.At))}
	for i, spot := range a.Demand {
		a.Cost[i], a.Facility[i] = fieldAt(field, spot)
	}
	return a, nil
}

// fieldAt is the time of a spot, its own leg included.
func fieldAt(field *friction.Result, spot Spot) (uint32, int32) {
	if spot.Cell < 0 || field.MS[spot.Cell] == friction.Never {
		return coverage.Never, -1
	}
	ms := uint64(field.MS[spot.Cell]) + uint64(spot.LegMS)
	if ms >= coverage.Never {
		return coverage.Never, -1
	}
	return uint32(ms), field.Source[spot.Cell]
}

// field is the time of every cell to its nearest facility.
func (s *Surface) field(ctx context.Context, facilities travel.Points, limit uint32, p coverage.Progress) (*Answer, *friction.Result, error) {
	spots, err := s.Spots(ctx, facilities)
	if err != nil {
		return nil, nil, err
	}
	var sources []friction.Source
	var number []int32 // of the facility
	for i, spot := range spots {
		if spot.Cell >= 0 {
			start := spot.LegMS
			if facilities.DelayMS != nil {
				start += facilities.DelayMS[i]
			}
			sources, number = append(sources, friction.Source{Cell: spot.Cell, StartMS: start}), append(number, int32(i))
		}
	}
	o := s.options
	o.LimitMS = limit
	if p != nil {
		o.Progress = func(done, total int64) { p("progress.nearest", done, total) }
	}
	res, err := friction.Nearest(ctx, &s.surface, sources, o)
	if err != nil {
		return nil, nil, err
	}
	for i, k := range res.Source {
		if k >= 0 {
			res.Source[i] = number[k]
		}
	}
	return &Answer{Facilities: spots, Sloped: res.Sloped, Steps: res.Steps}, res, nil
}

// Matrix finds the times between every facility and the demand rows within the
// limit (closed; 0 none), one search a facility.
func (s *Surface) Matrix(ctx context.Context, facilities, demand travel.Points, limit uint32, p coverage.Progress) (*travel.Matrix, error) {
	spots, err := s.Spots(ctx, demand)
	if err != nil {
		return nil, err
	}
	m := &travel.Matrix{First: []int64{0}}
	for i := range facilities.At {
		_, field, err := s.field(ctx, facilities.Part(i, i+1), limit, nil)
		if err != nil {
			return nil, err
		}
		for row, spot := range spots {
			if cost, _ := fieldAt(field, spot); cost != coverage.Never && (limit == 0 || cost <= limit) {
				m.Row, m.Cost = append(m.Row, uint32(row)), append(m.Cost, cost)
			}
		}
		m.First = append(m.First, int64(len(m.Row)))
		p.Report("progress.matrix", int64(i+1), int64(len(facilities.At)))
	}
	return m, nil
}

// Times is the time between one place and every cell of the surface, for
// drawing; [coverage.Never] beyond the limit.
func (s *Surface) Times(ctx context.Context, from orb.Point, land int32, limit uint32) ([]uint32, error) {
	_, field, err := s.field(ctx, travel.Points{At: []orb.Point{from}, Land: []int32{land}}, limit, nil)
	if err != nil {
		return nil, err
	}
	return field.MS, nil
}

// Path finds the way between a place and its nearest facility in the direction
// of travel, with its time and the facility; nil when there is none.
func (s *Surface) Path(ctx context.Context, facilities travel.Points, at orb.Point, land int32) (line orb.LineString, ms uint32, facility int32, err error) {
	_, field, err := s.field(ctx, facilities, 0, nil)
	if err != nil {
		return nil, 0, -1, err
	}
	spot := s.spot(at, land)
	ms, facility = fieldAt(field, spot)
	if facility < 0 {
		return nil, ms, -1, nil
	}
	cells, err := field.Path(&s.surface, s.options, spot.Cell)
	if err != nil {
		return nil, ms, -1, err
	}
	for _, c := range cells {
		line = append(line, s.centre(c))
	}
	if s.options.Toward {
		line = append(append(orb.LineString{at}, line...), facilities.At[facility])
	} else {
		line = append(append(orb.LineString{facilities.At[facility]}, line...), at)
	}
	return line, ms, facility, nil
}
