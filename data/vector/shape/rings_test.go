package shape

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

func square(x, y, size float64) orb.Ring { // clockwise, as outer rings of the format are
	return orb.Ring{{x, y}, {x, y + size}, {x + size, y + size}, {x + size, y}, {x, y}}
}

func reversed(r orb.Ring) orb.Ring {
	r = r.Clone()
	r.Reverse()
	return r
}

// netArea is the area of the outer rings less that of the holes.
func netArea(mp orb.MultiPolygon) float64 {
	sum := 0.0
	for _, p := range mp {
		for i, r := range p {
			a := math.Abs(planar.Area(r))
			if i > 0 {
				a = -a
			}
			sum += a
		}
	}
	return sum
}

// A lake on an island in a lake, an island beside it, a hole that touches its
// outer ring, and a hole in nothing.
func TestNest(t *testing.T) {
	big, lake, island, pond := square(0, 0, 10), reversed(square(1, 1, 8)), square(2, 2, 6), reversed(square(3, 3, 2))
	beside, touching := square(20, 0, 4), reversed(orb.Ring{{20, 0}, {21, 2}, {22, 1}, {20, 0}})
	mp, note, _ := nest([]orb.Ring{pond, big, touching, beside, lake, island})
	want := orb.MultiPolygon{{big, lake}, {beside, touching}, {island, pond}}
	if diff := cmp.Diff(want, mp); diff != "" || note != "" {
		t.Error(diff, note)
	}
	mp, note, alone := nest([]orb.Ring{big, reversed(square(50, 50, 1))})
	if len(mp) != 2 || note != "vector.shp.hole" || alone != 1 {
		t.Errorf("%v %v", mp, note)
	}
	mp, note, _ = nest([]orb.Ring{reversed(big), lake, reversed(island), reversed(beside)})
	if len(mp) != 3 || note != "vector.shp.winding" || netArea(mp) != 100-64+36+16 {
		t.Errorf("%v %v", mp, note)
	}
}

// Squares nested at random: the area is what even-odd counting gives.
func TestNestArea(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rings []orb.Ring
		want := 0.0
		for i := range rapid.IntRange(1, 4).Draw(t, "stacks") {
			size := 64.0
			for k := range rapid.IntRange(1, 5).Draw(t, "rings") {
				r := square(float64(i)*100+32-size/2, 32-size/2, size)
				if k%2 == 1 {
					r = reversed(r)
				}
				rings = append(rings, r)
				want += size * size * math.Pow(-1, float64(k))
				size -= 2 + float64(rapid.IntRange(0, 5).Draw(t, "step"))
			}
		}
		mp, note, _ := nest(rapid.Permutation(rings).Draw(t, "order"))
		if got := netArea(mp); math.Abs(got-want) > 1e-9 || note != "" {
			t.Fatalf("area %v, want %v (%+v) of %v", got, want, note, rings)
		}
	})
}

// side agrees with whole-number arithmetic on the border, and with the even-odd
// rule of orb off it.
func TestSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		steps := int64(rapid.SampledFrom([]int{4, 1 << 20}).Draw(t, "steps")) // few: many points on borders
		coord := rapid.Int64Range(0, steps)
		n := rapid.IntRange(3, 8).Draw(t, "n")
		corners := make([][2]int64, n+1)
		for i := range n {
			corners[i] = [2]int64{coord.Draw(t, "x"), coord.Draw(t, "y")}
		}
		corners[n] = corners[0]
		p := [2]int64{coord.Draw(t, "px"), coord.Draw(t, "py")}
		r, on := make(orb.Ring, n+1), false
		for i, c := range corners {
			r[i] = orb.Point{float64(c[0]) / 64, float64(c[1]) / 64} // exact
			on = on || i > 0 && between(corners[i-1], c, p)
		}
		point := orb.Point{float64(p[0]) / 64, float64(p[1]) / 64}
		want := -1
		switch {
		case on:
			want = 0
		case planar.RingContains(r, point):
			want = 1
		}
		if got := side(r, point); got != want {
			t.Fatalf("%v in %v: %d, want %d", point, r, got, want)
		}
	})
}

func between(a, b, p [2]int64) bool {
	cross := (b[0]-a[0])*(p[1]-a[1]) - (p[0]-a[0])*(b[1]-a[1])
	return cross == 0 && p[0] >= min(a[0], b[0]) && p[0] <= max(a[0], b[0]) && p[1] >= min(a[1], b[1]) && p[1] <= max(a[1], b[1])
}
