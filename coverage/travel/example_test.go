package travel_test

import (
	"context"
	"fmt"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"

	"github.com/paulmach/orb"
)

// Two islands, a clinic on each: who gets there on foot in 15 minutes?
func ExampleLine_Nearest() {
	clinics := travel.Points{At: []orb.Point{{122.200, 30.250}, {122.230, 30.250}}, Land: []int32{0, 1}}
	homes := travel.Points{At: []orb.Point{{122.205, 30.250}, {122.217, 30.250}}, Land: []int32{0, 0}}
	near, err := travel.NewLine(clinics).Nearest(context.Background(), homes, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	walk := coverage.Rule{
		Threshold: coverage.Threshold{Seconds: 900},
		Travel:    coverage.Travel{Mode: "line", As: "walk", SpeedKMH: 5, Detour: 1},
	}
	for i, m := range near.Metres {
		cost := travel.Cost(m, walk)
		fmt.Printf("clinic %d, %.1f m, %d ms, served: %v\n", near.Facility[i], m, cost, cost <= walk.Threshold.Limit())
	}
	// Output:
	// clinic 0, 481.2 m, 346477 ms, served: true
	// clinic 0, 1636.1 m, 1178021 ms, served: false
}
