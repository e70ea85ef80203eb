package mixed_test

import (
	"context"
	"fmt"

	"lifecircle/geo/friction"
	"lifecircle/geo/grid"
	"lifecircle/geo/mixed"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// A clinic at the end of a road of 4 km, and a hamlet half a kilometre off its
// other end: by car along the road, and over the fields on foot at 4 km/h.
func Example() {
	var b network.Builder
	west, _ := b.Point(orb.Point{0.0005, 0.0005})
	east, _ := b.Point(orb.Point{0.0365, 0.0005})
	b.Way([]uint32{west, east}, profile.NewTags(profile.Tag{Key: "highway", Value: "residential"}))
	g, _, _ := b.Build()
	car := profile.Car()
	ways := search.Over(network.Compile(g, &car, network.Boats{}))

	ground := &friction.Surface{Grid: grid.Spec{CRS: "EPSG:4326", Y0: 0.006, DX: 0.001, DY: 0.001, Cols: 37, Rows: 6}}
	ground.Seconds = make([]float32, ground.Grid.Cells())
	for i := range ground.Seconds {
		ground.Seconds[i] = friction.Pace(4)
	}
	ctx := context.Background()
	world, _ := mixed.New(ctx, ways, ground, mixed.Options{})

	clinic := orb.Point{0.0005, 0.0005}
	_, places, _ := search.NewSnapper(ctx, ways, search.Points{At: []orb.Point{clinic}}, search.Land{}, search.SnapOptions{MinNodes: 2})
	sources := mixed.Sources{Points: mixed.Points{Places: places, Cell: []int32{ground.Grid.Cell(clinic[0], clinic[1])}}}
	hamlet := mixed.Points{Cell: []int32{ground.Grid.Cell(0.0365, 0.0055)}}
	p, _, _ := world.Path(ctx, sources, []orb.Point{clinic}, hamlet, orb.Point{0.0365, 0.0055}, search.Query{Toward: true})
	for _, s := range p.Steps {
		if s.MS >= 1000 {
			fmt.Println([]string{"leg", "street", "board", "sail", "ground"}[s.Kind], (s.MS+999)/1000, "s")
		}
	}
	// Output:
	// ground 498 s
	// street 578 s
}
