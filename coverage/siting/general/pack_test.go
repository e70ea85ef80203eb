package general

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Packing without sorting takes what packing in order takes.
func TestPackAgainstSorting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var items []item
		for k := range rapid.IntRange(0, 30).Draw(t, "items") {
			items = append(items, item{k, float64(rapid.IntRange(1, 6).Draw(t, "ratio")), float64(rapid.IntRange(1, 9).Draw(t, "size"))})
		}
		room := float64(rapid.IntRange(0, 60).Draw(t, "room"))
		sorted, rest, fit := slices.Clone(items), room, 0
		slices.SortFunc(sorted, func(a, b item) int {
			if a.before(&b) {
				return -1
			}
			return 1
		})
		for fit < len(sorted) && sorted[fit].size <= rest {
			rest -= sorted[fit].size
			fit++
		}
		n, left := pack(items, room)
		if n != fit || math.Abs(left-rest) > 1e-9 {
			t.Fatalf("%d fit with %v left, want %d with %v", n, left, fit, rest)
		}
		if n < len(items) && items[n] != sorted[n] {
			t.Fatalf("%v fits in part, want %v", items[n], sorted[n])
		}
		for _, it := range items[:n] {
			if !slices.Contains(sorted[:n], it) {
				t.Fatalf("%v is not of the best", it)
			}
		}
	})
}
