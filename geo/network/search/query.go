package search

import (
	"context"
	"math"
	"slices"

	"lifecircle/geo/network"
)

// Sources are the places that many others look for, each with the time that
// passes there besides the journey (opening an ambulance, parking). DelayMS may
// be nil.
type Sources struct {
	*Places
	DelayMS []uint32
}

// delay is the time that passes at a source.
func (s Sources) delay(i int) uint32 {
	if s.DelayMS == nil {
		return 0
	}
	return s.DelayMS[i]
}

// Query says which way and how far.
type Query struct {
	Toward   bool   // from the targets to the sources; otherwise from the sources
	LimitMS  uint32 // closed, delays and walks included; 0: none
	Progress func(done, total int64)
}

// limit is the limit as a search takes it.
func (q Query) limit() uint32 {
	if q.LimitMS == 0 || q.LimitMS > network.MaxMS {
		return network.MaxMS
	}
	return q.LimitMS
}

// Answer is the nearest source of each target: its time, delay included,
// [network.Never] when there is none within the limit; and its number, -1 then.
type Answer struct {
	MS     []uint32
	Source []int32
}

// add puts times together; beyond [network.MaxMS] they are [network.Never].
func add(a, b uint32) uint32 {
	if sum := uint64(a) + uint64(b); sum <= network.MaxMS && a != network.Never && b != network.Never {
		return uint32(sum)
	}
	return network.Never
}

// seeds are the starts of a search for sources, by their number.
func seeds(h *hooks, s Sources, numbers ...int) []Seed {
	var list []Seed
	for _, i := range numbers {
		for _, k := range h.of(i) {
			if ms := add(k.ms, s.delay(i)); ms != network.Never {
				list = append(list, Seed{k.node, ms, uint32(i)})
			}
		}
	}
	return list
}

func everyNumber(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// neighbours are the sources by the edge on which they lie, for journeys that
// never leave it.
type neighbours struct {
	w      *Ways
	toward bool
	source Sources
	on     map[uint32][]onEdge
}

type onEdge struct {
	source int
	place  Place
}

func newNeighbours(w *Ways, s Sources, toward bool) *neighbours {
	n := &neighbours{w, toward, s, map[uint32][]onEdge{}}
	for i := range s.Len() {
		for _, p := range s.of(i) {
			n.on[p.Edge] = append(n.on[p.Edge], onEdge{i, p})
		}
	}
	return n
}

// each calls yield with every source on the edge of a place and the time
// between the two along that edge, delay included.
func (n *neighbours) each(target Place, yield func(source int, ms uint32)) {
	for _, o := range n.on[target.Edge] {
		from, to := o.place, target
		if n.toward {
			from, to = to, from
		}
		if ms := add(n.w.direct(from, to), n.source.delay(o.source)); ms != network.Never {
			yield(o.source, ms)
		}
	}
}

// borrow takes a searcher from those that rest.
func (w *Ways) borrow(toward bool) *Searcher {
	if s, ok := w.resting[direction(toward)].Get().(*Searcher); ok {
		return s
	}
	return NewSearcher(w, toward)
}

// giveBack lets a searcher rest for the next one.
func (w *Ways) giveBack(s *Searcher, toward bool) { w.resting[direction(toward)].Put(s) }

func direction(toward bool) int {
	if toward {
		return 1
	}
	return 0
}

// Nearest finds the nearest source of every target, all in one search. Ties go
// to the lowest source.
func Nearest(ctx context.Context, w *Ways, sources Sources, targets *Places, q Query) (*Answer, error) {
	near := w.hooks(sources.Places, q.Toward)
	s := w.borrow(q.Toward)
	defer w.giveBack(s, q.Toward)
	if err := s.Run(ctx, seeds(&near, sources, everyNumber(sources.Len())...), q.limit()); err != nil {
		return nil, err
	}
	far := w.hooksOf(targets, q.Toward)
	beside := newNeighbours(w, sources, q.Toward)
	a := &Answer{make([]uint32, targets.Len()), make([]int32, targets.Len())}
	const block = 4096
	err := parallel(ctx, (targets.Len()+block-1)/block, q.Progress, func(b, _ int) error {
		for i := b * block; i < min((b+1)*block, targets.Len()); i++ {
			best := s.bestOf(far.of(i))
			for _, p := range targets.of(i) {
				beside.each(p, func(source int, ms uint32) {
					best = min(best, uint64(ms)<<32|uint64(source))
				})
			}
			a.MS[i], a.Source[i] = network.Never, -1
			if best>>32 <= uint64(q.limit()) {
				a.MS[i], a.Source[i] = uint32(best>>32), int32(uint32(best))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// Reached lists the streets and boats of which some part is reached from the
// sources within the limit, in order.
func Reached(ctx context.Context, w *Ways, sources Sources, q Query) ([]uint32, error) {
	near := w.hooks(sources.Places, q.Toward)
	s := w.borrow(q.Toward)
	defer w.giveBack(s, q.Toward)
	if err := s.Run(ctx, seeds(&near, sources, everyNumber(sources.Len())...), q.limit()); err != nil {
		return nil, err
	}
	var edges []uint32
	for _, p := range sources.Place {
		edges = append(edges, p.Edge)
	}
	net := w.Star(q.Toward)
	for _, v := range s.Reached() {
		for _, ref := range net.Ref[net.First[v]:net.First[v+1]] {
			if ref < network.Boards {
				edges = append(edges, ref>>1)
			}
		}
	}
	slices.Sort(edges)
	return slices.Compact(edges), nil
}

// bestOf is the best label that a point has by its hooks.
func (s *Searcher) bestOf(list []hook) uint64 {
	best := uint64(math.MaxUint64)
	for _, k := range list {
		if l := s.label[k.node]; l != unreached {
			best = min(best, l+uint64(k.ms)<<32)
		}
	}
	return best
}
