package e7

import (
	"math"
	"testing"

	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestPlacesAreRoundedAndBroughtIntoOneTurn(t *testing.T) {
	for _, c := range []struct {
		at   orb.Point
		want Coord
		ok   bool
	}{
		{orb.Point{0, 0}, Coord{}, true},
		{orb.Point{0.00000014, -0.00000016}, Coord{1, -2}, true},
		{orb.Point{180, 90}, Coord{-1_800_000_000, 900_000_000}, true},
		{orb.Point{-180, -90}, Coord{-1_800_000_000, -900_000_000}, true},
		{orb.Point{179.99999999, 0}, Coord{-1_800_000_000, 0}, true},
		{orb.Point{541, 0}, Coord{-1_790_000_000, 0}, true},
		{orb.Point{-181, 0}, Coord{1_790_000_000, 0}, true},
		{orb.Point{0, 90.1}, Coord{}, false},
		{orb.Point{0, math.NaN()}, Coord{}, false},
		{orb.Point{math.NaN(), 0}, Coord{}, false},
		{orb.Point{math.Inf(-1), 0}, Coord{}, false},
	} {
		if got, ok := Of(c.at); got != c.want || ok != c.ok {
			t.Errorf("%v: %v %v, want %v %v", c.at, got, ok, c.want, c.ok)
		}
	}
}

func TestAPlaceInUnitsIsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Coord{rapid.Int32Range(-1_800_000_000, 1_799_999_999).Draw(t, "lon"), rapid.Int32Range(-900_000_000, 900_000_000).Draw(t, "lat")}
		if got, ok := Of(c.Point()); got != c || !ok {
			t.Fatalf("%v became %v %v", c, got, ok)
		}
	})
}

func TestHilbertGoesThroughTheQuartersInOrder(t *testing.T) {
	for i, p := range []orb.Point{{-100, -40}, {-100, 40}, {100, 40}, {100, -40}} {
		c, _ := Of(p)
		if got := c.Hilbert() >> 60; got != uint64(i) {
			t.Errorf("%v lies in quarter %d, want %d", p, got, i)
		}
	}
}

func TestPiecesOverTheAntimeridian(t *testing.T) {
	p, q := Coord{1_799_000_000, 0}, Coord{-1_799_000_000, 10_000_000}
	if got := EastOf(p.Lon, q.Lon); got != 1_801_000_000 {
		t.Errorf("%d units east", got)
	}
	if got := EastOf(q.Lon, p.Lon); got != -1_801_000_000 {
		t.Errorf("%d units east", got)
	}
	if got := Between(p, q, 0.75); math.Abs(got[0]-180.05) > 1e-9 || math.Abs(got[1]-0.75) > 1e-9 {
		t.Errorf("between: %v", got)
	}
	line := AppendNear(AppendNear(AppendNear(nil, p.Point()), q.Point()), q.Point())
	if len(line) != 2 || math.Abs(line[1][0]-180.1) > 1e-9 {
		t.Errorf("line: %v", line)
	}
}

func TestLengthsAndNearestPlaces(t *testing.T) {
	// 0.01 degree along the equator, of radius 6,378,137 m, is 1,113.195 m.
	p, q := Coord{0, 0}, Coord{100_000, 0}
	if got := PiecesMM([]Coord{p, q, q}, []uint32{7}); len(got) != 3 || got[0] != 7 || got[1] != 1_113_195 || got[2] != 0 {
		t.Errorf("pieces: %v", got)
	}
	for _, c := range []struct{ lon, share, metres float64 }{{0.0025, 0.25, 0}, {-0.01, 0, 1113.195}, {0.02, 1, 1113.195}} {
		share, metres := NearestOn(geodesy.NewFrame(orb.Point{c.lon, 0}), p, q)
		if math.Abs(share-c.share) > 1e-9 || math.Abs(metres-c.metres) > 0.01 {
			t.Errorf("from %v: %v, %v m", c.lon, share, metres)
		}
	}
}
