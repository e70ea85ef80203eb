package network

import "github.com/paulmach/orb"

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
// Miss[i] is not [Found].
type Places struct {
	First []uint32
	Place []Place
	Miss  []Miss
}

// Len is the number of points.
func (p *Places) Len() int { return len(p.Miss) }

// of returns the places of a point.
func (p *Places) of(i int) []Place { return p.Place[p.First[i]:p.First[i+1]] }

// Only returns the places of one point as places of their own.
func (p *Places) Only(i int) *Places {
	list := p.of(i)
	return &Places{First: []uint32{0, uint32(len(list))}, Place: list, Miss: p.Miss[i : i+1]}
}

// end is a node by which an edge is left or entered.
type end struct {
	node     uint32
	backward bool
}

// leaveVia lists where one comes to who leaves an edge: one node each way.
func (w *Weights) leaveVia(edge uint32) []end {
	var list []end
	if w.forward[edge] != Never {
		list = append(list, end{w.endOf(edge<<1, w.g.to[edge]), false})
	}
	if w.backward[edge] != Never {
		list = append(list, end{w.endOf(edge<<1|1, w.g.from[edge]), true})
	}
	return list
}

// endOf is the node where an arc ends: a node of its own when turns are
// forbidden after it.
func (w *Weights) endOf(ref, node uint32) uint32 {
	if n, ok := w.redirect[ref]; ok {
		return n
	}
	return node
}

// arriveVia lists the nodes from which one may enter an edge.
func (w *Weights) arriveVia(edge uint32) []end {
	var list []end
	if from := w.g.from[edge]; w.forward[edge] != Never && !w.blocked[from] {
		list = w.appendEntries(list, end{from, false}, edge<<1)
	}
	if to := w.g.to[edge]; w.backward[edge] != Never && !w.blocked[to] {
		list = w.appendEntries(list, end{to, true}, edge<<1|1)
	}
	return list
}

// appendEntries adds a node and those of its copies that keep the arc.
func (w *Weights) appendEntries(list []end, e end, ref uint32) []end {
	list = append(list, e)
	for _, n := range w.copies[e.node] {
		for i := w.out.first[n]; i < w.out.first[n+1]; i++ {
			if w.out.ref[i] == ref {
				list = append(list, end{n, e.backward})
				break
			}
		}
	}
	return list
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
func (w *Weights) hooks(points *Places, arrive bool) hooks {
	h := hooks{first: make([]uint32, 1, points.Len()+1)}
	for i := range points.Len() {
		for _, p := range points.of(i) {
			if arrive {
				for _, e := range w.arriveVia(p.Edge) {
					h.add(e.node, p.LegMS, w.alongFrom(p, e.backward))
				}
			} else {
				for _, e := range w.leaveVia(p.Edge) {
					h.add(e.node, p.LegMS, w.alongTo(p, e.backward))
				}
			}
		}
		h.first = append(h.first, uint32(len(h.hook)))
	}
	return h
}

func (h *hooks) add(node, leg, along uint32) {
	if sum := uint64(leg) + uint64(along); sum <= MaxMS {
		h.hook = append(h.hook, hook{node, uint32(sum)})
	}
}

// alongTo is the time from a place to the end of its edge that lies ahead.
func (w *Weights) alongTo(p Place, backward bool) uint32 {
	if backward {
		return p.alongB
	}
	return w.forward[p.Edge] - p.alongF
}

// alongFrom is the time to a place from the end of its edge that lies behind.
func (w *Weights) alongFrom(p Place, backward bool) uint32 {
	if backward {
		return w.backward[p.Edge] - p.alongB
	}
	return p.alongF
}

// direct is the time from one place to another on the same edge without leaving
// it, walks included; Never when it leads past an end.
func (w *Weights) direct(from, to Place) uint32 {
	best := uint64(Never)
	legs := uint64(from.LegMS) + uint64(to.LegMS)
	if w.forward[from.Edge] != Never && to.alongF >= from.alongF {
		best = legs + uint64(to.alongF-from.alongF)
	}
	if w.backward[from.Edge] != Never && from.alongB >= to.alongB {
		best = min(best, legs+uint64(from.alongB-to.alongB))
	}
	if best > MaxMS {
		return Never
	}
	return uint32(best)
}

// along measures where a place is: whole pieces before it and its share,
// rounded down, of its own piece.
func (w *Weights) along(edge, piece, inMM uint32) (forward, backward uint32) {
	return w.alongAt(edge, piece, inMM, false), w.alongAt(edge, piece, inMM, true)
}

func (w *Weights) alongAt(edge, piece, inMM uint32, backward bool) uint32 {
	whole := w.MS(edge, backward)
	if whole == Never {
		return 0
	}
	if w.pace == nil {
		return w.shareOfWhole(edge, piece, inMM, whole)
	}
	kmh := w.pace[w.g.class[edge]].forward
	if backward {
		kmh = w.pace[w.g.class[edge]].backward
	}
	var sum float64
	pieces := w.g.pieces(edge)
	for _, mm := range pieces[:piece] {
		sum += pieceMS(mm, kmh)
	}
	ms := uint64(sum)
	if mm := pieces[piece]; mm > 0 {
		ms += uint64(pieceMS(mm, kmh)) * uint64(min(inMM, mm)) / uint64(mm)
	}
	return uint32(min(ms, uint64(whole)))
}

// shareOfWhole is for times that were given by edge: by length.
func (w *Weights) shareOfWhole(edge, piece, inMM, whole uint32) uint32 {
	var before uint64
	for _, mm := range w.g.pieces(edge)[:piece] {
		before += uint64(mm)
	}
	length := w.g.LengthMM(edge)
	if length == 0 {
		return 0
	}
	return uint32(float64(whole) * float64(min(before+uint64(inMM), length)) / float64(length))
}
