package assess

import (
	"lifecircle/coverage"
	"lifecircle/geo/crs"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// FacilityZones finds the finest zone of every facility, -1 in none: of the zones
// that hold it the one that stands deepest, the first of several.
func FacilityZones(ds *coverage.Dataset) []int32 {
	zoneAt := ZoneFinder(ds)
	out := make([]int32, len(ds.Facilities))
	for i := range ds.Facilities {
		out[i] = zoneAt(ds.Facilities[i].At)
	}
	return out
}

// ZoneFinder tells the finest zone of a place, -1 in none.
func ZoneFinder(ds *coverage.Dataset) func(at orb.Point) int32 {
	shapes := make([]orb.MultiPolygon, len(ds.Zones))
	depth := make([]int, len(ds.Zones))
	for i := range ds.Zones {
		shapes[i] = ds.Zones[i].Geometry
		if up := ds.Zones[i].Parent; up >= 0 {
			depth[i] = depth[up] + 1
		}
	}
	index := zonal.New(shapes)
	return func(at orb.Point) int32 {
		best := int32(-1)
		for _, z := range index.All(at, nil) {
			if best < 0 || depth[z] > depth[best] {
				best = z
			}
		}
		return best
	}
}

// CellCorners returns the corners in WGS 84 of the cell of a demand row; a row
// that is a point has all four there.
func CellCorners(d *coverage.DemandSet) (func(i int) [4]orb.Point, error) {
	spec := d.Grid
	toWGS84 := func(p orb.Point) orb.Point { return p }
	if !spec.IsZero() {
		c, err := crs.Parse(spec.CRS)
		if err != nil {
			return nil, err
		}
		toWGS84 = c.ToWGS84
	}
	return func(i int) [4]orb.Point {
		if d.Cell[i] < 0 {
			return [4]orb.Point{d.At[i], d.At[i], d.At[i], d.At[i]}
		}
		w, s, e, n := spec.Bounds(d.Cell[i])
		return [4]orb.Point{toWGS84(orb.Point{w, s}), toWGS84(orb.Point{e, s}), toWGS84(orb.Point{e, n}), toWGS84(orb.Point{w, n})}
	}, nil
}
