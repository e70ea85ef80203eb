package mixed

import (
	"fmt"
	"sort"

	"lifecircle/geo/network"
	"lifecircle/geo/network/search"
)

// Points are places to travel between, in columns: where each meets the streets
// and in which cell of the ground it stands. Either column may be nil.
type Points struct {
	Places *search.Places // over the same ways; nil: no point is on a street
	Cell   []int32        // -1, or a closed cell: not on the ground; nil: no point is
	LegMS  []uint32       // from each point to its cell, for points whose own cell is closed; nil: 0
}

// Len is the number of points.
func (p Points) Len() int {
	if p.Places != nil {
		return p.Places.Len()
	}
	return len(p.Cell)
}

// leg is the time between a point and its cell.
func (p Points) leg(i int) uint32 {
	if p.LegMS == nil {
		return 0
	}
	return p.LegMS[i]
}

// Sources are the places that others look for, each with the time that passes
// there besides the journey. DelayMS may be nil.
type Sources struct {
	Points
	DelayMS []uint32
}

func (s Sources) delay(i int) uint32 {
	if s.DelayMS == nil {
		return 0
	}
	return s.DelayMS[i]
}

// check holds points to the world.
func (w *World) check(what string, p Points) error {
	if p.Places != nil && p.Cell != nil && p.Places.Len() != len(p.Cell) {
		return fmt.Errorf("%w: %d %s on streets, %d on the ground", ErrPoints, p.Places.Len(), what, len(p.Cell))
	}
	if p.LegMS != nil && len(p.LegMS) != len(p.Cell) {
		return fmt.Errorf("%w: %d legs of %d %s", ErrPoints, len(p.LegMS), len(p.Cell), what)
	}
	for i, cell := range p.Cell {
		if cell < -1 || cell >= 0 && uint32(cell) >= w.end-w.cells {
			return fmt.Errorf("%w: %s %d in cell %d of %d", ErrPoints, what, i, cell, w.end-w.cells)
		}
	}
	return nil
}

func (w *World) checkBoth(s Sources, targets Points) error {
	if s.DelayMS != nil && len(s.DelayMS) != s.Len() {
		return fmt.Errorf("%w: %d delays of %d sources", ErrPoints, len(s.DelayMS), s.Len())
	}
	if err := w.check("sources", s.Points); err != nil {
		return err
	}
	return w.check("targets", targets)
}

// hook joins a point to a number of the search by a time.
type hook struct {
	id, ms   uint32
	place    int32 // of the point's places, -1 for its cell
	backward bool  // how the street is taken between the two
}

// hooks appends what a point leaves for or (arrive) is reached from: its cell,
// the ends of the streets that it is on, and the next stile each way.
func (w *World) hooks(list []hook, p Points, i int, arrive bool) []hook {
	if p.Cell != nil && w.Open(p.Cell[i]) {
		list = append(list, hook{w.cells + uint32(p.Cell[i]), p.leg(i), -1, false})
	}
	if p.Places == nil {
		return list
	}
	for n, place := range p.Places.Of(i) {
		ends := w.ways.LeaveVia
		if arrive {
			ends = w.ways.ArriveVia
		}
		add := func(id, along uint32, backward bool) {
			if ms := sum(place.LegMS, along); ms != network.Never {
				list = append(list, hook{id, ms, int32(n), backward})
			}
		}
		for _, end := range ends(place.Edge) {
			along := w.along(place, end.Backward)
			if end.Backward == arrive { // the end lies on beyond the place
				along = w.ways.MS(place.Edge, end.Backward) - along
			}
			add(end.Node, along, end.Backward)
		}
		for _, backward := range [...]bool{false, true} {
			if state, ms, ok := w.beside(place, backward, arrive); ok {
				add(state, ms, backward)
			}
		}
	}
	return list
}

// along is the time between a place and the first node of its edge.
func (w *World) along(p search.Place, backward bool) uint32 {
	forward, back := p.Along()
	if backward {
		return back
	}
	return forward
}

// beside finds the stile that comes next after a place in a direction of travel,
// or (arrive) the last one before it: its state and the time to it. Places that
// no time lies between count as either.
func (w *World) beside(p search.Place, backward, arrive bool) (state, ms uint32, ok bool) {
	if w.ways.MS(p.Edge, backward) == network.Never {
		return 0, 0, false
	}
	way := direction(backward)
	here, on := w.along(p, backward), w.stiles.on(p.Edge)
	i := sort.Search(len(on), func(i int) bool { return on[i].along[way] >= here }) // the first that is not nearer
	if backward != arrive {
		i = sort.Search(len(on), func(i int) bool { return on[i].along[way] > here }) - 1 // the last that is not farther
	}
	if i < 0 || i == len(on) {
		return 0, 0, false
	}
	there := on[i].along[way]
	return w.state(w.stiles.first[p.Edge]+uint32(i), way), max(here, there) - min(here, there), true
}

// state is the number of a stile in a direction.
func (w *World) state(stile uint32, way int) uint32 { return w.states + stile<<1 + uint32(way) }

func direction(backward bool) int {
	if backward {
		return 1
	}
	return 0
}

// sum puts times together; beyond [network.MaxMS] they are [network.Never].
func sum(a, b uint32) uint32 {
	if s := uint64(a) + uint64(b); s <= network.MaxMS && a != network.Never && b != network.Never {
		return uint32(s)
	}
	return network.Never
}

// seeds are the starts of a search for sources.
func (w *World) seeds(s Sources, toward bool, numbers ...int) []seed {
	var list []seed
	var hooks []hook
	for _, i := range numbers {
		hooks = w.hooks(hooks[:0], s.Points, i, toward)
		for _, k := range hooks {
			if ms := sum(k.ms, s.delay(i)); ms != network.Never {
				list = append(list, seed{k.id, ms, uint32(i)})
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

// neighbours are the sources by the edges that they are on, for journeys that
// never leave one.
type neighbours struct {
	w      *World
	toward bool
	source Sources
	on     map[uint32][]onEdge
}

type onEdge struct {
	source int
	place  search.Place
}

func (w *World) neighbours(s Sources, toward bool) *neighbours {
	n := &neighbours{w, toward, s, map[uint32][]onEdge{}}
	if s.Places != nil {
		for i := range s.Len() {
			for _, p := range s.Places.Of(i) {
				n.on[p.Edge] = append(n.on[p.Edge], onEdge{i, p})
			}
		}
	}
	return n
}

// each calls yield with every source on the edge of a target's place and the
// time between the two along that edge, delay included.
func (n *neighbours) each(target search.Place, yield func(o onEdge, ms uint32)) {
	for _, o := range n.on[target.Edge] {
		from, to := o.place, target
		if n.toward {
			from, to = to, from
		}
		if ms := sum(n.w.ways.Direct(from, to), n.source.delay(o.source)); ms != network.Never {
			yield(o, ms)
		}
	}
}

// places returns the places of a point, none when there are no streets.
func (p Points) places(i int) []search.Place {
	if p.Places == nil {
		return nil
	}
	return p.Places.Of(i)
}
