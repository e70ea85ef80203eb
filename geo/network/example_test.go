package network_test

import (
	"context"
	"fmt"

	"lifecircle/geo/network"

	"github.com/paulmach/orb"
)

// A road along the equator with a clinic on it: the walk from a house.
func Example() {
	var b network.Builder
	west, _ := b.Point(orb.Point{0, 0})
	east, _ := b.Point(orb.Point{0.02, 0})
	b.Way([]uint32{west, east}, network.NewTags(network.Tag{Key: "highway", Value: "residential"}))
	g, _, _ := b.Build()

	profile := network.Walk()
	w := network.Compile(g, &profile, network.Boats{})
	clinic, house := orb.Point{0.015, 0}, orb.Point{0.006, 0.001}
	ctx := context.Background()
	snap, clinics, _ := network.NewSnapper(ctx, w, []orb.Point{clinic}, network.SnapOptions{MinNodes: 2})
	houses, _ := snap.Snap(ctx, []orb.Point{house})
	a, _ := network.Nearest(ctx, w, network.Sources{Places: clinics}, houses, network.Query{Toward: true})
	fmt.Println((a.MS[0]+999)/1000, "seconds to clinic", a.Source[0])
	// Output: 801 seconds to clinic 0
}
