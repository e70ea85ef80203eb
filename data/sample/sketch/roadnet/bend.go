package roadnet

import (
	"slices"

	"lifecircle/data/sample/sketch/plane"
)

// bend turns a way over cells into a smooth line with the same ends: the
// smoothest of a few that stays on the land. Lanes and footpaths wind more.
func (t *terrain) bend(line []plane.XY, class Class) []plane.XY {
	tries := []struct {
		toleranceKM float64
		rounds      int
	}{{0.06, 3}, {0.04, 3}, {0.025, 2}, {0.012, 1}}
	if class == Lane || class == Path {
		line, tries = wound(line), tries[2:]
	}
	for _, by := range tries {
		if out := plane.Thin(plane.Rounded(plane.Thin(line, by.toleranceKM), by.rounds), 0.002); t.dry(out) {
			return out
		}
	}
	return line
}

// wound moves the inner points of a line aside a little.
func wound(line []plane.XY) []plane.XY {
	out := slices.Clone(line)
	for i := 1; i < len(line)-1; i++ {
		r := plane.Random(plane.Hash(line[i]) + 5)
		out[i] = line[i].Add((r.Float64()-0.5)*0.06, (r.Float64()-0.5)*0.06)
	}
	return out
}

// dry reports whether a line stays on the land.
func (t *terrain) dry(line []plane.XY) bool {
	for _, p := range plane.Dense(line, 0.01) {
		if !plane.Inside(t.ring, p) {
			return false
		}
	}
	return true
}
