package grid_test

import (
	"fmt"

	"lifecircle/geo/grid"
)

// Three cells in a corner, and one that touches them at a point only.
func ExampleOutline() {
	s := grid.Spec{CRS: "EPSG:4547", X0: 0, Y0: 300, DX: 100, DY: 100, Cols: 3, Rows: 3}
	for _, polygon := range grid.Outline(s, []int32{0, 3, 4, 8}) {
		fmt.Println(polygon)
	}
	// Output:
	// [[[100 300] [0 300] [0 100] [200 100] [200 200] [100 200] [100 300]]]
	// [[[300 0] [300 100] [200 100] [200 0] [300 0]]]
}
