package flow

// At is a site at a distance.
type At struct {
	Dist float64
	Site int32
}

// Heap is a binary heap of sites, the nearest first, ties by number.
type Heap []At

func (h Heap) less(a, b int) bool {
	return h[a].Dist < h[b].Dist || h[a].Dist == h[b].Dist && h[a].Site < h[b].Site
}

// Push adds a site.
func (h *Heap) Push(s At) {
	*h = append(*h, s)
	for k := len(*h) - 1; k > 0; {
		up := (k - 1) / 2
		if !h.less(k, up) {
			break
		}
		(*h)[k], (*h)[up] = (*h)[up], (*h)[k]
		k = up
	}
}

// Pop takes the nearest site away.
func (h *Heap) Pop() At {
	top, n := (*h)[0], len(*h)-1
	(*h)[0] = (*h)[n]
	*h = (*h)[:n]
	for k := 0; ; {
		c := 2*k + 1
		if c >= n {
			return top
		}
		if c+1 < n && h.less(c+1, c) {
			c++
		}
		if !h.less(c, k) {
			return top
		}
		(*h)[k], (*h)[c] = (*h)[c], (*h)[k]
		k = c
	}
}
