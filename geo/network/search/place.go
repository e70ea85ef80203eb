package search

import (
	"lifecircle/geo/network"

	"github.com/paulmach/orb"
)

// Place is a point brought to a street: where it meets the street, how long the
// walk there is, and the time along the street from its first node, each way.
type Place struct {
	Edge   uint32
	Piece  uint32 // between which vertices of the edge
	LegMS  uint32 // from the point to the street
	alongF uint32 // from the first node, going forward
	alongB uint32 // to the first node, going backward
	At     orb.Point
}

// Miss says why a point has no place.
type Miss uint8

// The reasons. Found is the zero value.
const (
	Found   Miss = iota
	TooFar       // no usable street within the limit
	Cut          // only streets of small pieces of network that nothing connects
	NoEarth      // the point is not on the Earth
)

// Places are points brought to the streets, in columns. Point i has the places
// Place[First[i]:First[i+1]]: the nearest, and every street close by; none when
// Miss[i] is not [Found]. They must not be changed once they were searched for:
// what a search derives from targets is kept with them.
type Places struct {
	First []uint32
	Place []Place
	Miss  []Miss

	derived derived
}

// Len is the number of points.
func (p *Places) Len() int { return len(p.Miss) }

// Along returns the time from the first node of the edge to the place going
// forward, and from the place to that node going backward; 0 where the edge is
// closed that way.
func (p Place) Along() (forward, backward uint32) { return p.alongF, p.alongB }

// Of returns the places of a point. They must not be changed.
func (p *Places) Of(i int) []Place { return p.of(i) }

// of returns the places of a point.
func (p *Places) of(i int) []Place { return p.Place[p.First[i]:p.First[i+1]] }

// Only returns the places of one point as places of their own.
func (p *Places) Only(i int) *Places {
	list := p.of(i)
	return &Places{First: []uint32{0, uint32(len(list))}, Place: list, Miss: p.Miss[i : i+1]}
}

// Some returns the places of some points as places of their own.
func (p *Places) Some(points []int32) *Places {
	some := &Places{First: make([]uint32, 1, len(points)+1), Miss: make([]Miss, len(points))}
	for k, i := range points {
		some.Place = append(some.Place, p.of(int(i))...)
		some.First, some.Miss[k] = append(some.First, uint32(len(some.Place))), p.Miss[i]
	}
	return some
}

// hook joins a place to a node of the search by a time.
type hook struct{ node, ms uint32 }

// hooks are the hooks of points, in columns.
type hooks struct {
	first []uint32
	hook  []hook
}

// of returns the hooks of a point.
func (h *hooks) of(i int) []hook { return h.hook[h.first[i]:h.first[i+1]] }

// hooks joins points to the nodes that they leave for, or (arrive) from which
// they are entered; their walks to the street included.
func (w *Ways) hooks(points *Places, arrive bool) hooks {
	h := hooks{first: make([]uint32, 1, points.Len()+1)}
	var ends []network.End
	for i := range points.Len() {
		for _, p := range points.of(i) {
			if arrive {
				ends = w.AppendArrivals(ends[:0], p.Edge)
				for _, e := range ends {
					h.add(e.Node, p.LegMS, w.alongFrom(p, e.Backward))
				}
			} else {
				ends = w.AppendLeaves(ends[:0], p.Edge)
				for _, e := range ends {
					h.add(e.Node, p.LegMS, w.alongTo(p, e.Backward))
				}
			}
		}
		h.first = append(h.first, uint32(len(h.hook)))
	}
	return h
}

func (h *hooks) add(node, leg, along uint32) {
	if sum := uint64(leg) + uint64(along); sum <= network.MaxMS {
		h.hook = append(h.hook, hook{node, uint32(sum)})
	}
}

// alongTo is the time from a place to the end of its edge that lies ahead.
func (w *Ways) alongTo(p Place, backward bool) uint32 {
	if backward {
		return p.alongB
	}
	return w.MS(p.Edge, false) - p.alongF
}

// alongFrom is the time to a place from the end of its edge that lies behind.
func (w *Ways) alongFrom(p Place, backward bool) uint32 {
	if backward {
		return w.MS(p.Edge, true) - p.alongB
	}
	return p.alongF
}

// Direct is the time from one place to another on the same edge without leaving
// it, walks included; [network.Never] when it leads past an end.
func (w *Ways) Direct(from, to Place) uint32 { return w.direct(from, to) }

// direct is the time from one place to another on the same edge without leaving
// it, walks included; Never when it leads past an end.
func (w *Ways) direct(from, to Place) uint32 {
	best := uint64(network.Never)
	legs := uint64(from.LegMS) + uint64(to.LegMS)
	if w.MS(from.Edge, false) != network.Never && to.alongF >= from.alongF {
		best = legs + uint64(to.alongF-from.alongF)
	}
	if w.MS(from.Edge, true) != network.Never && from.alongB >= to.alongB {
		best = min(best, legs+uint64(from.alongB-to.alongB))
	}
	if best > network.MaxMS {
		return network.Never
	}
	return uint32(best)
}
