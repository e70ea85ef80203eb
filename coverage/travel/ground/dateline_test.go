package ground

import (
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// A grid that runs on past 180 degrees holds those on both sides, however their
// longitudes are written, and the streets that cross.
func TestGroundOverTheAntimeridian(t *testing.T) {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 179.95, Y0: .05, DX: .001, DY: .001, Cols: 100, Rows: 100}
	pace := func(s float32) []float32 {
		seconds := make([]float32, spec.Cells())
		for i := range seconds {
			seconds[i] = s
		}
		return seconds
	}
	var b network.Builder
	from, _ := b.Point(orb.Point{179.98, .01})
	to, _ := b.Point(orb.Point{-179.98, .01})
	b.Way([]uint32{from, to}, profile.NewTags(profile.Tag{Key: "highway", Value: "residential"}))
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	cost := func(roads string) []uint32 {
		tr := &coverage.Transport{Roads: g, Profiles: profile.Shipped(), Ground: &coverage.Ground{Grid: spec, Seconds: pace(1.44), Roads: roads}}
		s, err := New(t.Context(), tr, coverage.Travel{Mode: "friction"}, roads != "", func(at orb.Point) int32 {
			if at[0] < -180 || at[0] > 180 {
				t.Fatalf("asked for the land of %v", at)
			}
			return 0
		})
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.Nearest(t.Context(), travel.Points{At: []orb.Point{{179.985, .01}}, Land: []int32{0}}, travel.Points{
			At: []orb.Point{{-179.99, .01}, {180.01, .01}, {179.96, .01}, {-179.985, .01}}, Land: []int32{0, 0, 0, 0},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return a.Cost
	}
	plain, burned := cost(""), cost("walk")
	if plain[0] != plain[1] || plain[0] == coverage.Never || plain[0] != plain[2] || plain[3] <= plain[0] {
		t.Errorf("over the ground %v", plain)
	}
	if !(burned[0] < plain[0]*2/3) || burned[0] != burned[1] || burned[2] >= plain[2] {
		t.Errorf("with the street %v, without %v", burned, plain)
	}
}
