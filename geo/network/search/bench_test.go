package search

import (
	"container/heap"
	"context"
	"testing"

	"lifecircle/geo/network"

	"github.com/paulmach/orb"
)

// plainHeap is the yardstick: Dijkstra with container/heap, as a textbook has it.
func plainHeap(w *Ways, seeds []Seed, limit uint32, ms []uint64) {
	for i := range ms {
		ms[i] = unreached
	}
	net := w.Star(false)
	var h slowHeap
	for _, s := range seeds {
		heap.Push(&h, slowItem{uint64(s.MS), s.Node})
	}
	for h.Len() > 0 {
		it := heap.Pop(&h).(slowItem)
		if it.ms >= ms[it.ref] || it.ms > uint64(limit) {
			continue
		}
		ms[it.ref] = it.ms
		for _, a := range net.Arcs[net.First[it.ref]:net.First[it.ref+1]] {
			if d := it.ms + uint64(a.MS); d < ms[a.To] {
				heap.Push(&h, slowItem{d, a.To})
			}
		}
	}
}

func manySeeds(w *Ways) []Seed {
	var list []Seed
	for i := range 200 {
		list = append(list, Seed{Node: uint32(i * 7919 % w.Nodes()), Source: uint32(i)})
	}
	return list
}

func BenchmarkAllToNearest(b *testing.B) {
	w := drive(lattice(b, 300)) // 90,000 nodes, 358,800 arcs
	list := manySeeds(w)
	b.Run("buckets", func(b *testing.B) {
		s := NewSearcher(w, false)
		for b.Loop() {
			_ = s.Run(context.Background(), list, 0)
		}
	})
	b.Run("container-heap", func(b *testing.B) {
		ms := make([]uint64, w.Nodes())
		for b.Loop() {
			plainHeap(w, list, network.MaxMS, ms)
		}
	})
}

func BenchmarkSearchesOfFifteenMinutes(b *testing.B) {
	w := drive(lattice(b, 300))
	list := manySeeds(w)
	b.Run("buckets", func(b *testing.B) {
		s := NewSearcher(w, false)
		for b.Loop() {
			for _, seed := range list[:20] {
				_ = s.Run(context.Background(), []Seed{seed}, 900_000)
			}
		}
	})
	b.Run("container-heap", func(b *testing.B) {
		ms := make([]uint64, w.Nodes())
		for b.Loop() {
			for _, seed := range list[:20] {
				plainHeap(w, []Seed{seed}, 900_000, ms)
			}
		}
	})
}

func BenchmarkSnap(b *testing.B) {
	w := drive(lattice(b, 300))
	s, _, err := NewSnapper(context.Background(), w, Points{}, Land{}, SnapOptions{})
	if err != nil {
		b.Fatal(err)
	}
	var points []orb.Point
	for i := range 10_000 {
		points = append(points, at(float64(i*37%29_000), float64(i*53%29_000)))
	}
	for b.Loop() {
		_, _ = s.Snap(context.Background(), Points{At: points})
	}
}

// TestYardstickAgrees keeps the yardstick of the benchmarks right.
func TestYardstickAgrees(t *testing.T) {
	w := drive(lattice(t, 40))
	s := NewSearcher(w, false)
	ms := make([]uint64, w.Nodes())
	list := manySeeds(w)[:9]
	for _, limit := range []uint32{100_000, network.MaxMS} {
		plainHeap(w, list, limit, ms)
		if err := s.Run(context.Background(), list, limit); err != nil {
			t.Fatal(err)
		}
		for v := range ms {
			if got := s.MS(uint32(v)); uint64(got) != ms[v] && (got != network.Never || ms[v] != unreached) {
				t.Fatalf("node %d: %d, plain %d", v, got, ms[v])
			}
		}
	}
}
