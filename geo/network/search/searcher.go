package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lifecircle/geo/network"
)

const (
	unreached = math.MaxUint64
	// checkEvery is how many nodes are settled between two looks at the context.
	checkEvery = 4096
)

// Seed is where a search starts: a node at a time, on behalf of a source.
type Seed struct {
	Node, MS uint32
	Source   uint32
}

// Searcher owns the scratch memory of searches over one [Ways]. It is for one
// goroutine at a time. Its answer stays until the next search.
type Searcher struct {
	net     *network.Star
	label   []uint64 // milliseconds<<32 | source: the smaller of two is the better
	touched []uint32
	seeds   []Seed
	queue   queue
}

// NewSearcher returns a searcher along the arcs, or against them (toward) for
// the times to its seeds.
func NewSearcher(w *Ways, toward bool) *Searcher {
	s := &Searcher{net: w.Star(toward), label: make([]uint64, w.Nodes()), queue: newQueue(w.shift, w.longest)}
	for i := range s.label {
		s.label[i] = unreached
	}
	return s
}

// Run finds the fastest time from any of the seeds to every node within limitMS
// (closed; 0 or beyond [network.MaxMS] for no limit). Ties go to the lowest source. The
// seeds are left as they are. It stops with the error of ctx.
func (s *Searcher) Run(ctx context.Context, seeds []Seed, limitMS uint32) error {
	s.reset()
	if limitMS == 0 || limitMS > network.MaxMS {
		limitMS = network.MaxMS
	}
	s.seeds = append(s.seeds[:0], seeds...)
	slices.SortFunc(s.seeds, func(a, b Seed) int { return cmp.Compare(a.MS, b.MS) })
	worst := uint64(limitMS)<<32 | math.MaxUint32
	waiting, settled := s.seeds, 0
	for at := uint32(0); ; {
		number, ok := s.queue.next(at)
		if len(waiting) > 0 {
			if first := waiting[0].MS >> s.queue.shift; !ok || first <= number {
				number, ok = first, true
				waiting = s.feed(waiting, number, worst)
			}
		}
		if !ok {
			return nil
		}
		if err := s.drain(ctx, number, worst, &settled); err != nil {
			return err
		}
		at = number
	}
}

// reset forgets the search before.
func (s *Searcher) reset() {
	for _, v := range s.touched {
		s.label[v] = unreached
	}
	s.touched = s.touched[:0]
	s.queue.clear()
}

// feed puts the seeds of a bucket into the queue and returns the others.
func (s *Searcher) feed(seeds []Seed, number uint32, worst uint64) []Seed {
	for len(seeds) > 0 && seeds[0].MS>>s.queue.shift == number {
		s.offer(seeds[0].Node, uint64(seeds[0].MS)<<32|uint64(seeds[0].Source), worst)
		seeds = seeds[1:]
	}
	return seeds
}

// offer gives a node a label and queues it, if that is better than what it has.
func (s *Searcher) offer(node uint32, label, worst uint64) {
	old := s.label[node]
	if label >= old || label > worst {
		return
	}
	if old == unreached {
		s.touched = append(s.touched, node)
	}
	s.label[node] = label
	s.queue.push(uint32(label>>32), node)
}

// drain settles a bucket, and what is added to it meanwhile.
func (s *Searcher) drain(ctx context.Context, number uint32, worst uint64, settled *int) error {
	slot := number & s.queue.mask
	first, arcs, labels := s.net.First, s.net.Arcs, s.label
	for i := 0; i < len(s.queue.bucket[slot]); i++ {
		entry := s.queue.bucket[slot][i]
		v := uint32(entry)
		label := labels[v]
		if label>>32 != entry>>32 {
			continue // improved since
		}
		if *settled++; *settled%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for _, a := range arcs[first[v]:first[v+1]] {
			if l := label + uint64(a.MS)<<32; l < labels[a.To] {
				s.offer(a.To, l, worst)
			}
		}
	}
	s.queue.empty(number)
	return nil
}

// MS is the time of a node after a search, [network.Never] when it was not reached.
func (s *Searcher) MS(node uint32) uint32 {
	return uint32(s.label[node] >> 32) // unreached >> 32 is Never
}

// Source is the source whose seed reached a node first, -1 when none did.
func (s *Searcher) Source(node uint32) int32 {
	if s.label[node] == unreached {
		return -1
	}
	return int32(uint32(s.label[node]))
}

// Reached returns the nodes that were reached, in no useful but always the same
// order. It is valid until the next search.
func (s *Searcher) Reached() []uint32 { return s.touched }
