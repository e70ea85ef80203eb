package gap

import (
	"lifecircle/geo/crs"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// outline draws the cells as polygons in WGS 84.
func outline(spec grid.Spec, cells []int32) (orb.MultiPolygon, error) {
	polygons := grid.Outline(spec, cells)
	c, err := crs.Parse(spec.CRS)
	if err != nil || c == crs.WGS84() {
		return polygons, err
	}
	for _, p := range polygons {
		for _, ring := range p {
			for k := range ring {
				ring[k] = c.ToWGS84(ring[k])
			}
		}
	}
	return polygons, nil
}
