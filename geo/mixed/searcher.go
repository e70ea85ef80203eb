package mixed

import (
	"context"
	"math"
	"slices"

	"lifecircle/geo/friction"
	"lifecircle/geo/network"
)

const (
	unreached = math.MaxUint64
	// checkEvery is how many numbers are settled between two looks at the context.
	checkEvery = 4096
)

// seed is where a search starts: a number at a time, on behalf of a source.
type seed struct{ id, ms, source uint32 }

// arcs lists what leads on from a number of the search: along the journey, or
// against it (toward).
type arcs struct {
	w       *World
	toward  bool
	net     *network.Star
	in, out *doors // by node the streets that a search enters, by street the nodes that it comes to
	steps   *friction.Steps
	ground  []friction.Step
}

func (w *World) arcs(toward bool) arcs {
	a := arcs{w: w, toward: toward, net: w.ways.Star(toward), in: &w.enter, out: &w.exit, steps: w.steps[direction(toward)]}
	if toward {
		a.in, a.out = a.out, a.in
	}
	return a
}

// from appends the arcs from a number.
func (a *arcs) from(list []network.Arc, id uint32) []network.Arc {
	switch w := a.w; {
	case id < w.states:
		return a.fromNode(list, id)
	case id < w.cells:
		return a.fromStile(list, (id-w.states)>>1, (id-w.states)&1)
	default:
		return a.fromCell(list, id-w.cells)
	}
}

// up reports whether a search goes through the stiles of a street in their
// order: in the way of the street and of the journey, or against both.
func (a *arcs) up(way uint32) bool { return (way == 1) == a.toward }

// fromNode leads over the arcs of the network, and into the streets with stiles.
func (a *arcs) fromNode(list []network.Arc, v uint32) []network.Arc {
	w := a.w
	list = append(list, a.net.Arcs[a.net.First[v]:a.net.First[v+1]]...)
	for _, ref := range a.in.refs.of(v) {
		edge, way := ref>>1, ref&1
		if a.up(way) {
			first := w.stiles.first[edge]
			list = append(list, network.Arc{To: w.state(first, int(way)), MS: w.stiles.list[first].along[way]})
		} else {
			last := w.stiles.first[edge+1] - 1
			list = append(list, network.Arc{To: w.state(last, int(way)), MS: w.ways.MS(edge, way == 1) - w.stiles.list[last].along[way]})
		}
	}
	return list
}

// fromStile leads to the ground, and on along the street to the next stile or
// the end.
func (a *arcs) fromStile(list []network.Arc, i, way uint32) []network.Arc {
	w := a.w
	s := &w.stiles.list[i]
	list = append(list, network.Arc{To: w.cells + uint32(s.cell), MS: s.legMS})
	here, toEnd, next, end := s.along[way], s.along[way], i-1, w.stiles.first[s.edge]
	if a.up(way) {
		toEnd, next, end = w.ways.MS(s.edge, way == 1)-here, i+1, w.stiles.first[s.edge+1]-1
	}
	if i != end {
		there := w.stiles.list[next].along[way]
		return append(list, network.Arc{To: w.state(next, int(way)), MS: max(here, there) - min(here, there)})
	}
	for _, node := range a.out.nodes.of(s.edge<<1 | way) {
		list = append(list, network.Arc{To: node, MS: toEnd})
	}
	return list
}

// fromCell leads to the cells around and to the stiles inside.
func (a *arcs) fromCell(list []network.Arc, cell uint32) []network.Arc {
	w := a.w
	a.ground = a.steps.From(a.ground[:0], int32(cell))
	for _, s := range a.ground {
		if s.MS <= network.MaxMS {
			list = append(list, network.Arc{To: w.cells + uint32(s.Cell), MS: s.MS})
		}
	}
	for _, i := range w.stiles.cells.in(cell) {
		s := &w.stiles.list[i]
		for way := range s.along {
			if s.along[way] != network.Never {
				list = append(list, network.Arc{To: w.state(i, way), MS: s.legMS})
			}
		}
	}
	return list
}

// spanShift chooses spans of the queue: narrow enough that few numbers are
// settled twice, wide enough that few spans are empty. It decides speed alone.
func (w *World) spanShift() uint {
	sample := make([]uint32, 0, 8192)
	arcs := w.ways.Star(false).Arcs
	for i := 0; i < len(arcs); i += len(arcs)/4096 + 1 {
		sample = append(sample, arcs[i].MS)
	}
	cells := int(w.end - w.cells)
	var steps []friction.Step
	for i := 0; i < cells; i += cells/4096 + 1 {
		if w.steps[0].Open(int32(i)) {
			if steps = w.steps[0].From(steps[:0], int32(i)); len(steps) > 0 {
				sample = append(sample, steps[0].MS)
			}
		}
	}
	if len(sample) == 0 {
		return 0
	}
	slices.Sort(sample)
	shift := uint(0)
	for typical := sample[len(sample)/4] / 4; typical>>shift > 1; {
		shift++
	}
	return shift
}

// searcher owns the scratch memory of searches over a world, for one goroutine.
type searcher struct {
	arcs
	label   []uint64 // by number, milliseconds<<32 | source: the smaller of two is the better
	queue   queue
	list    []network.Arc
	touched []uint32 // numbers with a label, when kept
	keep    bool
	settled int64
}

func (w *World) searcher(toward bool) *searcher {
	s := &searcher{arcs: w.arcs(toward), label: make([]uint64, w.end), queue: queue{shift: w.shift}}
	for i := range s.label {
		s.label[i] = unreached
	}
	return s
}

// reset forgets a search whose numbers were kept.
func (s *searcher) reset() {
	for _, v := range s.touched {
		s.label[v] = unreached
	}
	s.touched, s.settled = s.touched[:0], 0
	s.queue.start()
}

// run finds the least time from the seeds to every number within the limit. With
// goals it stops when no more time can be saved to the best of them. progress,
// when not nil, is told how many numbers are settled, some more than once.
func (s *searcher) run(ctx context.Context, seeds []seed, limit uint32, goals []hook, progress func(settled int64)) error {
	worst := uint64(limit)<<32 | math.MaxUint32
	for _, k := range seeds {
		s.offer(k.id, uint64(k.ms)<<32|uint64(k.source), worst)
	}
	for more := true; more; more = s.queue.next() { // the seeds of the first span are there already
		if len(goals) > 0 {
			worst = min(worst, s.best(goals))
		}
		if err := s.drain(ctx, worst, progress); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// drain settles a span, and what is added to it meanwhile.
func (s *searcher) drain(ctx context.Context, worst uint64, progress func(settled int64)) error {
	for i := 0; i < len(s.queue.now); i++ { // it may grow as it is worked off
		entry := s.queue.now[i]
		v := uint32(entry)
		label := s.label[v]
		if label>>32 != entry>>32 {
			continue // improved since
		}
		if s.settled++; s.settled%checkEvery == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if progress != nil {
				progress(s.settled)
			}
		}
		s.list = s.from(s.list[:0], v)
		for _, a := range s.list {
			if l := label + uint64(a.MS)<<32; l < s.label[a.To] {
				s.offer(a.To, l, worst)
			}
		}
	}
	return nil
}

// offer gives a number a label and queues it, if that is better than what it has.
func (s *searcher) offer(id uint32, label, worst uint64) {
	old := s.label[id]
	if label >= old || label > worst {
		return
	}
	if s.keep && old == unreached {
		s.touched = append(s.touched, id)
	}
	s.label[id] = label
	s.queue.push(label&^math.MaxUint32 | uint64(id))
}

// best is the best label that a point has by its hooks.
func (s *searcher) best(list []hook) uint64 {
	best := uint64(unreached)
	for _, k := range list {
		if l := s.label[k.id]; l != unreached {
			best = min(best, l+uint64(k.ms)<<32)
		}
	}
	return best
}
