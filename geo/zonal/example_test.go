package zonal_test

import (
	"fmt"

	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

func ExampleIndex_Find() {
	west := orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}}
	east := orb.MultiPolygon{{{{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 0}}}}
	x := zonal.New([]orb.MultiPolygon{west, east})
	fmt.Println(x.Find(orb.Point{0.5, 0.5}), x.Find(orb.Point{1, 0.5}), x.Find(orb.Point{2, 0.5}))
	// Output: 0 1 -1
}
