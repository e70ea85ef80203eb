package crs_test

import (
	"fmt"

	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

func ExampleParse() {
	c, err := crs.Parse("CGCS2000 / 3-degree Gauss-Kruger CM 123E")
	if err != nil {
		panic(err)
	}
	p := orb.Point{423107.3398, 3347306.0768} // easting, northing
	fmt.Printf("%s %.6f\n", c, c.ToWGS84(p))
	fmt.Println(c.Check(orb.Point{41423107.3398, 3347306.0768}))
	// Output:
	// EPSG:4550 [122.201132 30.242865]
	// zone_prefix
}
