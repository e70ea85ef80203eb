package search

import (
	"container/heap"

	"lifecircle/geo/network"
)

// The slow obvious form: a plain Dijkstra over directed streets (not nodes), so
// that a turn is a pair of streets, with container/heap. It shares with the fast
// one the times of the streets and of the parts of streets, nothing else. It
// knows no boats.

type slowItem struct {
	ms  uint64
	ref uint32
}

type slowHeap []slowItem

func (h slowHeap) Len() int           { return len(h) }
func (h slowHeap) Less(i, j int) bool { return h[i].ms < h[j].ms }
func (h slowHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *slowHeap) Push(x any)        { *h = append(*h, x.(slowItem)) }
func (h *slowHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// turn is a turn restriction: streets are edge<<1, +1 when taken backward.
type turn struct {
	from, to uint32
	only     bool
}

type slow struct {
	w     *Ways
	turns []turn // those that hold
}

func (s *slow) head(ref uint32) uint32 {
	from, to := s.w.g.Ends(ref >> 1)
	if ref&1 == 1 {
		return from
	}
	return to
}

func (s *slow) tail(ref uint32) uint32 { return s.head(ref ^ 1) }

// follows reports whether street b may be taken after street a.
func (s *slow) follows(a, b uint32) bool {
	if s.head(a) != s.tail(b) || s.w.MS(b>>1, b&1 == 1) == network.Never || s.w.Blocked(s.head(a)) {
		return false
	}
	only, allowed := false, false
	for _, t := range s.turns {
		if t.from != a {
			continue
		}
		if t.only {
			only = true
			allowed = allowed || t.to == b
		} else if t.to == b {
			return false
		}
	}
	return !only || allowed
}

// between is the fastest time from one point to another, walks included; Never.
func (s *slow) between(from, to []Place) uint32 {
	best := uint64(network.Never)
	done := map[uint32]uint64{}
	var h slowHeap
	for _, p := range from {
		for _, q := range to {
			if p.Edge == q.Edge {
				best = min(best, uint64(s.w.direct(p, q)))
			}
		}
		for _, back := range []bool{false, true} {
			if s.w.MS(p.Edge, back) != network.Never {
				heap.Push(&h, slowItem{uint64(p.LegMS) + uint64(s.w.alongTo(p, back)), refOf(p.Edge, back)})
			}
		}
	}
	for h.Len() > 0 {
		it := heap.Pop(&h).(slowItem)
		if _, ok := done[it.ref]; ok {
			continue
		}
		done[it.ref] = it.ms
		for _, q := range to {
			for _, back := range []bool{false, true} {
				if s.follows(it.ref, refOf(q.Edge, back)) {
					best = min(best, it.ms+uint64(s.w.alongFrom(q, back))+uint64(q.LegMS))
				}
			}
		}
		for e := range s.w.g.Edges() {
			for _, back := range []bool{false, true} {
				if next := refOf(uint32(e), back); s.follows(it.ref, next) {
					heap.Push(&h, slowItem{it.ms + uint64(s.w.MS(uint32(e), back)), next})
				}
			}
		}
	}
	return uint32(best)
}

func refOf(edge uint32, backward bool) uint32 {
	if backward {
		return edge<<1 | 1
	}
	return edge << 1
}
