package search_test

import (
	"context"
	"fmt"

	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// A road along the equator with a clinic on it: the walk from a house.
func Example() {
	var b network.Builder
	west, _ := b.Point(orb.Point{0, 0})
	east, _ := b.Point(orb.Point{0.02, 0})
	b.Way([]uint32{west, east}, profile.NewTags(profile.Tag{Key: "highway", Value: "residential"}))
	g, _, _ := b.Build()

	walk := profile.Walk()
	w := search.Over(network.Compile(g, &walk, network.Boats{}))
	clinic, house := orb.Point{0.015, 0}, orb.Point{0.006, 0.001}
	ctx := context.Background()
	snap, clinics, _ := search.NewSnapper(ctx, w, search.Points{At: []orb.Point{clinic}}, search.Land{}, search.SnapOptions{MinNodes: 2})
	houses, _ := snap.Snap(ctx, search.Points{At: []orb.Point{house}})
	a, _ := search.Nearest(ctx, w, search.Sources{Places: clinics}, houses, search.Query{Toward: true})
	fmt.Println((a.MS[0]+999)/1000, "seconds to clinic", a.Source[0])
	// Output: 801 seconds to clinic 0
}
