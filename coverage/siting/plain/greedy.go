package plain

import (
	"container/heap"
	"context"
	"math"
)

// greedy opens the site that saves most, p times. Once ctx is done it looks at
// no more sites and opens those that promised most.
func greedy(ctx context.Context, q *problem) *swapper {
	s, least := newSwapper(q, nil), math.Inf(-1)
	if q.price > 0 {
		least = q.price
	}
	s.grow(ctx, q.p, least)
	return s
}

// grow opens the site that saves most while it saves more than least and fewer
// than most are open. Gains never grow as sites open (the saving is submodular),
// so a stale gain is an upper bound and only the front of the heap is computed
// anew (lazy greedy, Minoux 1978).
func (s *swapper) grow(ctx context.Context, most int, least float64) {
	h := &gainHeap{}
	for i, open := range s.isOpen {
		switch {
		case open:
		case ctx.Err() != nil:
			h.site, h.gain = append(h.site, int32(i)), append(h.gain, 0)
		default:
			h.site, h.gain = append(h.site, int32(i)), append(h.gain, s.gain(i))
		}
	}
	heap.Init(h)
	for len(s.open) < most && h.Len() > 0 {
		i := h.site[0]
		if g := h.gain[0]; ctx.Err() == nil {
			h.gain[0] = s.gain(int(i))
			if h.gain[0] < g {
				heap.Fix(h, 0)
				continue
			}
		}
		if h.gain[0] <= least {
			break
		}
		heap.Pop(h)
		s.add(i)
	}
	s.refresh() // free of rounding carried along
}

// gainHeap holds sites, largest gain first, ties by number.
type gainHeap struct {
	site []int32
	gain []float64
}

func (h *gainHeap) Len() int { return len(h.site) }

func (h *gainHeap) Less(a, b int) bool {
	if h.gain[a] != h.gain[b] {
		return h.gain[a] > h.gain[b]
	}
	return h.site[a] < h.site[b]
}

func (h *gainHeap) Swap(a, b int) {
	h.site[a], h.site[b] = h.site[b], h.site[a]
	h.gain[a], h.gain[b] = h.gain[b], h.gain[a]
}

func (h *gainHeap) Push(any) {} // never used: the heap only shrinks

func (h *gainHeap) Pop() any {
	n := len(h.site) - 1
	h.site, h.gain = h.site[:n], h.gain[:n]
	return nil
}
