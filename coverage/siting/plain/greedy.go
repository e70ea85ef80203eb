package plain

import "container/heap"

// greedy opens the site that saves most, p times. Gains never grow as sites
// open (the saving is submodular), so a stale gain is an upper bound and only
// the front of the heap is computed anew (lazy greedy, Minoux 1978).
func greedy(q *problem) *swapper {
	s := newSwapper(q, nil)
	h := &gainHeap{}
	for i := range q.sites() {
		h.site = append(h.site, int32(i))
		h.gain = append(h.gain, s.gain(i))
	}
	heap.Init(h)
	for len(s.open) < q.p && h.Len() > 0 {
		i := h.site[0]
		g := s.gain(int(i))
		if g < h.gain[0] {
			h.gain[0] = g
			heap.Fix(h, 0)
			continue
		}
		if g <= q.price && q.price > 0 {
			break
		}
		heap.Pop(h)
		s.add(i)
	}
	return s
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
