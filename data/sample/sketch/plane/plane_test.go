package plane

import (
	"testing"

	"pgregory.net/rapid"
)

func lines(t *rapid.T) []XY {
	coordinate := rapid.Float64Range(-20, 20)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) XY {
		return XY{coordinate.Draw(t, "x"), coordinate.Draw(t, "y")}
	}), 2, 12).Draw(t, "line")
}

// distance is from a point to the nearest piece of a line.
func distance(line []XY, p XY) float64 {
	best := p.To(line[0])
	for i := 1; i < len(line); i++ {
		_, d := NearestOn(line[i-1], line[i], p)
		best = min(best, d)
	}
	return best
}

// TestThin: what is left out is no farther from the line than the tolerance, and
// what is left was there before.
func TestThin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line, tolerance := lines(t), rapid.Float64Range(0, 5).Draw(t, "tolerance")
		out := Thin(line, tolerance)
		for _, p := range line {
			if d := distance(out, p); d > tolerance+1e-9 {
				t.Fatalf("%v is %v off %v", p, d, out)
			}
		}
		k := 0
		for _, p := range line {
			if k < len(out) && out[k] == p {
				k++
			}
		}
		if k != len(out) || out[0] != line[0] || out[len(out)-1] != line[len(line)-1] {
			t.Fatalf("%v of %v", out, line)
		}
	})
}

// TestRounded: the ends stay, and the rest stays within the bounds of the line.
func TestRounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := lines(t)
		out := Rounded(line, 3)
		if out[0] != line[0] || out[len(out)-1] != line[len(line)-1] {
			t.Fatalf("the ends moved: %v", out)
		}
		low, high := Bounds(line)
		for _, p := range out {
			if p[0] < low[0]-1e-9 || p[1] < low[1]-1e-9 || p[0] > high[0]+1e-9 || p[1] > high[1]+1e-9 {
				t.Fatalf("%v is outside", p)
			}
		}
	})
}

// TestDense: the points are near enough to one another and lie on the line.
func TestDense(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := lines(t)
		out := Dense(line, 0.5)
		for i, p := range out {
			if i > 0 && p.To(out[i-1]) > 0.5+1e-9 || distance(line, p) > 1e-9 {
				t.Fatalf("point %d of %v", i, out)
			}
		}
	})
}

// TestWritten: to write a point twice changes it once, by a few centimetres.
func TestWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, p := range lines(t) {
			w := p.Written()
			if p.To(w) > 1e-4 || w.Written().LonLat() != p.LonLat() {
				t.Fatalf("%v, written %v", p, w)
			}
		}
	})
}
