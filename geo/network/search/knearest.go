package search

import (
	"context"
	"math"
	"slices"

	"lifecircle/geo/network"
)

// KAnswer holds for each target its K nearest sources in order of time, then of
// number: entries i*K to i*K+K. Where there are fewer the rest is [network.Never] and -1.
type KAnswer struct {
	K      int
	MS     []uint32
	Source []int32
}

// KNearest finds the k nearest sources of every target in one search, in which a
// node is settled for k sources.
func KNearest(ctx context.Context, w *Ways, sources Sources, targets *Places, k int, q Query) (*KAnswer, error) {
	k = max(k, 0)
	near := w.hooks(sources.Places, q.Toward)
	s := &kSearch{net: w.Star(q.Toward), k: k, label: make([]uint64, w.Nodes()*k), count: make([]uint32, w.Nodes()), limit: q.limit()}
	for _, seed := range seeds(&near, sources, everyNumber(sources.Len())...) {
		s.offer(seed.Node, uint64(seed.MS)<<32|uint64(seed.Source))
	}
	if err := s.run(ctx); err != nil {
		return nil, err
	}
	far := w.hooksOf(targets, q.Toward)
	beside := newNeighbours(w, sources, q.Toward)
	a := &KAnswer{k, make([]uint32, targets.Len()*k), make([]int32, targets.Len()*k)}
	const block = 4096
	err := parallel(ctx, (targets.Len()+block-1)/block, q.Progress, func(b, _ int) error {
		var list []uint64
		for i := b * block; i < min((b+1)*block, targets.Len()); i++ {
			list = s.choices(list[:0], far.of(i))
			for _, p := range targets.of(i) {
				beside.each(p, func(source int, ms uint32) { list = append(list, uint64(ms)<<32|uint64(source)) })
			}
			a.fill(i, list, s.limit)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// fill writes the k best choices of a target, each source once.
func (a *KAnswer) fill(target int, choices []uint64, limit uint32) {
	slices.Sort(choices)
	n := 0
	ms, source := a.MS[target*a.K:][:a.K], a.Source[target*a.K:][:a.K]
	for _, c := range choices {
		if n == a.K || c>>32 > uint64(limit) {
			break
		}
		if id := int32(uint32(c)); !slices.Contains(source[:n], id) {
			ms[n], source[n] = uint32(c>>32), id
			n++
		}
	}
	for ; n < a.K; n++ {
		ms[n], source[n] = network.Never, -1
	}
}

// kSearch settles each node for up to k sources, in order of time and source.
type kSearch struct {
	net   *network.Star
	k     int
	label []uint64 // k a node
	count []uint32
	heap  []kEntry
	limit uint32
}

type kEntry struct {
	label uint64 // milliseconds<<32 | source
	node  uint32
}

func (e kEntry) before(o kEntry) bool {
	return e.label < o.label || e.label == o.label && e.node < o.node
}

func (s *kSearch) choices(list []uint64, far []hook) []uint64 {
	for _, k := range far {
		for _, l := range s.label[int(k.node)*s.k:][:s.count[k.node]] {
			list = append(list, l+uint64(k.ms)<<32)
		}
	}
	return list
}

// offer queues a label, unless the node is settled for that source or for k.
func (s *kSearch) offer(node uint32, label uint64) {
	if label>>32 > uint64(s.limit) || s.count[node] == uint32(s.k) || s.settledFor(node, label) {
		return
	}
	s.heap = append(s.heap, kEntry{})
	i := len(s.heap) - 1
	e := kEntry{label, node}
	for i > 0 && e.before(s.heap[(i-1)/4]) {
		s.heap[i] = s.heap[(i-1)/4]
		i = (i - 1) / 4
	}
	s.heap[i] = e
}

func (s *kSearch) settledFor(node uint32, label uint64) bool {
	for _, l := range s.label[int(node)*s.k:][:s.count[node]] {
		if l&math.MaxUint32 == label&math.MaxUint32 {
			return true
		}
	}
	return false
}

func (s *kSearch) run(ctx context.Context) error {
	for settled := 1; len(s.heap) > 0; settled++ {
		if settled%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		e := s.pop()
		if s.count[e.node] == uint32(s.k) || s.settledFor(e.node, e.label) {
			continue
		}
		s.label[int(e.node)*s.k+int(s.count[e.node])] = e.label
		s.count[e.node]++
		for _, a := range s.net.Arcs[s.net.First[e.node]:s.net.First[e.node+1]] {
			s.offer(a.To, e.label+uint64(a.MS)<<32)
		}
	}
	return ctx.Err()
}

func (s *kSearch) pop() kEntry {
	h := s.heap
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	i := 0
	for len(h) > 0 {
		least := 4*i + 1
		for kid := least + 1; kid < min(4*i+5, len(h)); kid++ {
			if h[kid].before(h[least]) {
				least = kid
			}
		}
		if least >= len(h) || !h[least].before(last) {
			h[i] = last
			break
		}
		h[i] = h[least]
		i = least
	}
	s.heap = h
	return top
}
