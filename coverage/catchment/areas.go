package catchment

import (
	"context"
	"math"

	"lifecircle/coverage"
	"lifecircle/coverage/block"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/mode"
	"lifecircle/geo/crs"
	"lifecircle/geo/grid"
	"lifecircle/geo/isochrone"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// Area is what is reached within one limit.
type Area struct {
	Limit    uint32           // in the unit of the rule
	Geometry orb.MultiPolygon // WGS 84; empty where nothing is reached
	People   []float64        // by group of the demand
}

// Question is from where, and how far.
type Question struct {
	From   orb.Point
	Land   int32    // the landmass of From, -1 unknown
	Limits []uint32 // ascending, closed
	Ruled  bool     // no line, and no walk to a street, crosses water
	Bands  bool     // draw what lies between one limit and the next, not all within
}

// cellsWide is how many cells the picture has along its longer side.
const cellsWide = 400

// Areas draws what is reached from a place by one way to travel.
func Areas(ctx context.Context, ds *coverage.Dataset, way mode.Impedance, q Question) ([]Area, error) {
	spec, costs, pieces, err := field(ctx, ds, way, q)
	if err != nil {
		return nil, err
	}
	areas := make([]Area, len(q.Limits))
	for i, limit := range q.Limits {
		areas[i].Limit = limit
	}
	if !spec.IsZero() {
		draw := isochrone.Areas
		if q.Bands {
			draw = isochrone.Bands
		}
		shapes, err := draw(ctx, isochrone.Field{Grid: spec, TimesMS: costs, Pieces: pieces}, q.Limits)
		if err != nil {
			return nil, err
		}
		for i := range areas {
			if areas[i].Geometry, err = toWGS84(spec, shapes[i]); err != nil {
				return nil, err
			}
		}
	}
	return areas, count(ctx, ds, way, q, areas)
}

// field is the cost of every cell of a grid; a zero grid when nothing is reached.
func field(ctx context.Context, ds *coverage.Dataset, way mode.Impedance, q Question) (grid.Spec, []uint32, []int32, error) {
	most := q.Limits[len(q.Limits)-1]
	if f, ok := way.(mode.Fielder); ok {
		spec, costs, err := f.Field(ctx, q.From, q.Land, most)
		return spec, costs, nil, err
	}
	box, ok, err := way.Extent(ctx, q.From, q.Land, most)
	if err != nil || !ok {
		return grid.Spec{}, nil, nil, err
	}
	spec := picture(box, q.From)
	var pieces []int32
	if len(ds.Land) > 0 && q.Ruled {
		if pieces, err = landmasses(ctx, spec, ds.Land); err != nil {
			return spec, nil, nil, err
		}
	}
	costs, err := costs(ctx, way, q, spec, pieces)
	return spec, costs, pieces, err
}

// picture lays a grid over a box so that the place is the centre of a cell and
// a border of two cells is left on every side.
func picture(box orb.Bound, from orb.Point) grid.Spec {
	shrink := math.Max(0.01, math.Cos(from[1]*math.Pi/180))
	width, height := box.Right()-box.Left(), box.Top()-box.Bottom()
	dy := math.Max(width*shrink, height) / cellsWide
	dx := dy / shrink
	west, north := math.Ceil((from[0]-box.Left())/dx)+2, math.Ceil((box.Top()-from[1])/dy)+2
	east, south := math.Ceil((box.Right()-from[0])/dx)+2, math.Ceil((from[1]-box.Bottom())/dy)+2
	return grid.Spec{
		CRS: "EPSG:4326", X0: from[0] - (west+0.5)*dx, Y0: from[1] + (north+0.5)*dy, DX: dx, DY: dy,
		Cols: int32(west + east + 1), Rows: int32(north + south + 1),
	}
}

func landmasses(ctx context.Context, spec grid.Spec, land []coverage.Land) ([]int32, error) {
	shapes := make([]orb.MultiPolygon, len(land))
	for i := range land {
		shapes[i] = land[i].Geometry
	}
	pieces, err := zonal.AssignCells(ctx, spec, shapes, nil)
	for _, turn := range [...]float64{-360, 360} { // what lies past 180 degrees
		if right := spec.X0 + float64(spec.Cols)*spec.DX; err != nil || spec.X0 >= -180 && right <= 180 {
			break
		}
		there, more := spec, []int32(nil)
		there.X0 += turn
		if more, err = zonal.AssignCells(ctx, there, shapes, nil); err == nil {
			for c, land := range more {
				pieces[c] = max(pieces[c], land)
			}
		}
	}
	return pieces, err
}

// costs asks for every cell on land.
func costs(ctx context.Context, way mode.Impedance, q Question, spec grid.Spec, pieces []int32) ([]uint32, error) {
	out := make([]uint32, spec.Cells())
	var to travel.Points
	var cell []int32
	for c := range out {
		out[c] = coverage.Never
		if pieces != nil && pieces[c] < 0 {
			continue
		}
		x, y := spec.Centre(int32(c))
		to.At, cell = append(to.At, orb.Point{x, y}), append(cell, int32(c))
		if pieces != nil {
			to.Land = append(to.Land, pieces[c])
		}
	}
	found, err := way.Reach(ctx, q.From, q.Land, to, q.Limits[len(q.Limits)-1])
	if err != nil {
		return nil, err
	}
	for k, c := range cell {
		out[c] = found[k]
	}
	return out, nil
}

// count adds up the people within each limit.
func count(ctx context.Context, ds *coverage.Dataset, way mode.Impedance, q Question, areas []Area) error {
	d := ds.Demand
	to := travel.Points{At: d.At}
	if q.Ruled {
		to.Land = d.Landmass
	}
	costs, err := way.Reach(ctx, q.From, q.Land, to, q.Limits[len(q.Limits)-1])
	if err != nil {
		return err
	}
	for i := range areas {
		areas[i].People = make([]float64, len(d.Groups))
		for g, people := range d.Pop {
			parts := make([]float64, block.Count(len(costs)))
			err := block.Each(ctx, len(costs), func(b, lo, hi int) {
				for row := lo; row < hi; row++ {
					if within(costs[row], q, i) {
						parts[b] += float64(people[row])
					}
				}
			})
			if err != nil {
				return err
			}
			for _, p := range parts {
				areas[i].People[g] += p
			}
		}
	}
	return nil
}

// within reports whether a cost belongs to an area, or to a band.
func within(cost uint32, q Question, i int) bool {
	return cost <= q.Limits[i] && (!q.Bands || i == 0 || cost > q.Limits[i-1])
}

func toWGS84(spec grid.Spec, shape orb.MultiPolygon) (orb.MultiPolygon, error) {
	c, err := crs.Parse(spec.CRS)
	if err != nil || c == crs.WGS84() {
		return shape, err
	}
	for _, polygon := range shape {
		for _, ring := range polygon {
			for i := range ring {
				ring[i] = c.ToWGS84(ring[i])
			}
		}
	}
	return shape, nil
}
