package analysis

import (
	"lifecircle/coverage"
	"lifecircle/geo/crs"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// FacilityZones finds the finest zone of every facility, -1 in none: of the zones
// that hold it the one that stands deepest, the first of several.
func FacilityZones(ds *coverage.Dataset) []int32 {
	shapes := make([]orb.MultiPolygon, len(ds.Zones))
	depth := make([]int, len(ds.Zones))
	for i := range ds.Zones {
		shapes[i] = ds.Zones[i].Geometry
		if up := ds.Zones[i].Parent; up >= 0 {
			depth[i] = depth[up] + 1
		}
	}
	index := zonal.New(shapes)
	out := make([]int32, len(ds.Facilities))
	var found []int32
	for i := range ds.Facilities {
		out[i] = -1
		found = index.All(ds.Facilities[i].At, found[:0])
		for _, z := range found {
			if out[i] < 0 || depth[z] > depth[out[i]] {
				out[i] = z
			}
		}
	}
	return out
}

// cellCorners returns the corners in WGS 84 of the cell of a demand row; a row
// that is a point has all four there.
func cellCorners(d *coverage.DemandSet) (func(i int) [4]orb.Point, error) {
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
