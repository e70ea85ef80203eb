package travel_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"lifecircle/coverage/travel"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// cellAround makes square cells (in degrees) about places.
func cellAround(at []orb.Point, side float64) func(i int) [4]orb.Point {
	h := side / 2
	return func(i int) [4]orb.Point {
		p := at[i]
		return [4]orb.Point{{p[0] - h, p[1] - h}, {p[0] + h, p[1] - h}, {p[0] + h, p[1] + h}, {p[0] - h, p[1] + h}}
	}
}

// bruteShare tries all 256 points of a square cell with every facility.
func bruteShare(fac travel.Points, p orb.Point, side, radius float64, land int32) float32 {
	n := 0
	for k := range 256 {
		q := orb.Point{p[0] + side*((float64(k%16)+0.5)/16-0.5), p[1] + side*((float64(k/16)+0.5)/16-0.5)}
		for f, at := range fac.At {
			if (fac.Land == nil || fac.Land[f] == land && land >= 0) && geodesy.Distance(q, at) <= radius {
				n++
				break
			}
		}
	}
	return float32(n) / 256
}

func TestWithinShareAgreesWithBruteForce(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for _, c := range []struct {
		x, y, spread, side float64
		land               bool
	}{
		{114, 30, 0.2, 0.0083, false},
		{180, -17, 0.2, 0.0083, false},
		{114, 30, 0.2, 0.05, true},
		{25, 84, 0.5, 0.02, false},
		{114, 30, 3, 0.5, false},
	} {
		in := func(n int) []orb.Point {
			return scatterIn(r, n, c.x-c.spread, c.y-c.spread, c.x+c.spread, c.y+c.spread)
		}
		fac, demand := travel.Points{At: in(40)}, travel.Points{At: in(250)}
		if c.land {
			fac.Land, demand.Land = lands(r, 40, 2), lands(r, 250, 2)
		}
		class, radius := make([]uint8, 250), []float64{700, 3000, 30e3, -1}
		for i := range class {
			class[i] = uint8(i % len(radius))
		}
		got, err := travel.NewLine(fac).WithinShare(context.Background(), demand, nearest(t, fac, demand), radius, class, cellAround(demand.At, c.side), nil)
		if err != nil {
			t.Fatal(err)
		}
		partly := 0
		for i, p := range demand.At {
			land := int32(0)
			if c.land {
				land = demand.Land[i]
			}
			want := bruteShare(fac, p, c.side, radius[class[i]], land)
			if math.Abs(float64(got[i]-want)) > 1.01/256 { // a sample on the very edge may fall either way
				t.Errorf("cell %v of %v, radius %v: %v, want %v", p, c.side, radius[class[i]], got[i], want)
			}
			if got[i] > 0 && got[i] < 1 {
				partly++
			}
		}
		if partly < 5 {
			t.Errorf("only %d cells on an edge: nothing was tested", partly)
		}
	}
}

// Half of a cell beside a facility far away along its own parallel: the edge of
// a wide circle runs north and south.
func TestShareByHand(t *testing.T) {
	p := orb.Point{114, 0}
	side := 0.01
	demand := travel.Points{At: []orb.Point{p}}
	fac := travel.Points{At: []orb.Point{{115, 0}}}
	near := nearest(t, fac, demand)
	share := func(radius float64, corners func(int) [4]orb.Point) float32 {
		s, err := travel.NewLine(fac).WithinShare(context.Background(), demand, near, []float64{radius}, nil, corners, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s[0]
	}
	cell := cellAround(demand.At, side)
	if got := share(near.Metres[0], cell); got != 0.5 {
		t.Errorf("half a cell: %v", got)
	}
	quarter := near.Metres[0] - side/4*geodesy.A*math.Pi/180
	if got := share(quarter, cell); got != 0.25 {
		t.Errorf("a quarter: %v", got)
	}
	if out, in := share(near.Metres[0]-1200, cell), share(near.Metres[0]+1200, cell); out != 0 || in != 1 {
		t.Errorf("outside %v, inside %v", out, in)
	}
	nowhere := func(int) [4]orb.Point { return [4]orb.Point{{math.NaN(), 0}, p, p, p} }
	if in, out := share(near.Metres[0], nowhere), share(near.Metres[0]-1, nowhere); in != 1 || out != 0 {
		t.Errorf("a broken cell goes by its place: %v, %v", in, out)
	}
}
