package storetest

import (
	"fmt"

	"lifecircle/coverage"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// Cells is a county of side x side cells of about 100 m with 100 zones, 1,000
// facilities and two groups of people: for measurements.
func Cells(side int32) *coverage.Dataset {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 116, Y0: 34, DX: 0.001, DY: 0.001, Cols: side, Rows: side}
	ds := &coverage.Dataset{
		Name: coverage.Text{EN: "bench"}, Land: []coverage.Land{{Geometry: Square(116, 33, 1)}},
		Standards: []coverage.Standard{TownStandard("bench/medical", coverage.Threshold{Seconds: 900})},
	}
	for z := range 100 {
		ds.Zones = append(ds.Zones, coverage.Zone{
			ID: fmt.Sprintf("3406211%02d", z), Name: "镇", Level: "town", Parent: -1, Setting: coverage.Rural,
			Geometry: Square(116+0.1*float64(z%10), 33+0.1*float64(z/10), 0.1),
		})
	}
	for f := range 1000 {
		x, y := spec.Centre(int32(int64(f) * spec.Cells() / 1000))
		ds.Facilities = append(ds.Facilities, coverage.Facility{ID: fmt.Sprint("f", f), Kind: "clinic", At: orb.Point{x, y}})
	}
	n := int(spec.Cells())
	d := &coverage.DemandSet{
		Grid: spec, Groups: []string{"all", "60+"}, Pop: [][]float32{make([]float32, n), make([]float32, n)},
		Cell: make([]int32, n), At: make([]orb.Point, n), Zone: make([]int32, n), Landmass: make([]int32, n), Setting: make([]coverage.Setting, n),
	}
	for i := range n {
		x, y := spec.Centre(int32(i))
		d.Cell[i], d.At[i], d.Zone[i], d.Setting[i] = int32(i), orb.Point{x, y}, int32(i%100), coverage.Rural
		d.Pop[0][i], d.Pop[1][i] = float32(i%977)/7, float32(i%977)/31
	}
	ds.Demand = d
	return ds
}
