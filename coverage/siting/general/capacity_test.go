package general

import (
	"context"
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

// A site that the look ahead gives up would not have been better.
func TestHopelessIsHopeless(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(2, 8).Draw(t, "sites"), rapid.IntRange(1, 12).Draw(t, "demands")
		q := &Problem{Most: n, Price: make([]float64, n), State: make([]int8, n), Need: 1, First: []int{0}}
		for range m {
			for i := range n {
				if rapid.IntRange(0, 2).Draw(t, "pair") == 0 {
					q.Site = append(q.Site, int32(i))
				}
			}
			q.First = append(q.First, len(q.Site))
			q.Size = append(q.Size, float64(rapid.IntRange(1, 9).Draw(t, "size")))
		}
		q.Penalty = q.Size
		var open []int32
		for i := range n {
			q.Capacity = append(q.Capacity, float64(rapid.IntRange(0, 20).Draw(t, "capacity")))
			if i > 0 && rapid.Bool().Draw(t, "open") {
				open = append(open, int32(i))
			}
		}
		x := newIndex(q)
		s := newServer(context.Background(), x)
		p := newPlan(x, s, q.State, open)
		p.lookAhead()
		if !p.ahead {
			t.Fatal("no look ahead")
		}
		good := worth{cost: p.base.cost - float64(rapid.IntRange(0, 9).Draw(t, "gain"))}
		for i := range int32(n) {
			if w := s.value(append(slices.Clone(open), i)); !p.isOn[i] && p.hopeless(i, good) && w.better(good, 1e-6) {
				t.Fatalf("site %d given up, but costs %v, less than %v", i, w.cost, good.cost)
			}
		}
	})
}
