package isochrone_test

import (
	"context"
	"fmt"

	"lifecircle/geo/grid"
	"lifecircle/geo/isochrone"
)

// Minutes along a road of five cells, the last of them beyond a strait.
func ExampleBands() {
	const minute, never = 60_000, isochrone.Never
	f := isochrone.Field{
		Grid:    grid.Spec{CRS: "EPSG:4547", X0: 500_000, Y0: 3_300_100, DX: 100, DY: 100, Cols: 5, Rows: 1},
		TimesMS: []uint32{0, 2 * minute, 4 * minute, never, 7 * minute},
	}
	bands, err := isochrone.Bands(context.Background(), f, []uint32{3 * minute, 15 * minute})
	if err != nil {
		panic(err)
	}
	for _, band := range bands {
		fmt.Println(len(band), "polygons from", band.Bound().Min[0], "to", band.Bound().Max[0])
	}
	// Output:
	// 1 polygons from 500000 to 500200
	// 2 polygons from 500150 to 500500
}
