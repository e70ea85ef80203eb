package isochrone

import (
	"context"
	"math"
	"math/rand"
	"testing"

	"lifecircle/geo/friction"
)

// Times as they come: on foot over ground of uneven speed with rivers and lakes,
// from three places.
func TestTimesOverGround(t *testing.T) {
	for seed := range int64(4) {
		r := rand.New(rand.NewSource(seed))
		s := unitGrid(45, 40)
		ground := friction.Surface{Grid: s, Seconds: make([]float32, s.Cells())}
		for i := range ground.Seconds {
			x, y := float64(int32(i)%s.Cols), float64(int32(i)/s.Cols)
			ground.Seconds[i] = float32(600 + 300*math.Sin(x/5+float64(seed)) + 50*r.Float64())
			if math.Abs(y-x-4*math.Sin(x/3)) < 1 && x > 6 || r.Float64() < 0.05*float64(seed) {
				ground.Seconds[i] = float32(math.Inf(1))
			}
		}
		var from []friction.Source
		for range 3 {
			from = append(from, friction.Source{Cell: r.Int31n(int32(s.Cells()))})
		}
		ground.Grid.CRS = "EPSG:4547" // metres
		got, err := friction.Nearest(context.Background(), &ground, from, friction.Options{})
		if err != nil {
			t.Fatal(err)
		}
		hold(t, Field{Grid: s, TimesMS: got.MS}, []uint32{0, 3_600_000, 7_200_000, 10_800_000, 36_000_000}, nil)
	}
}
