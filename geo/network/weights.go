package network

import (
	"math"
	"slices"

	"lifecircle/geo/network/profile"
)

const (
	// Never is the time to what cannot be reached, and over what is closed.
	Never = math.MaxUint32
	// MaxMS is the longest time that is told from [Never]: some 24 days.
	MaxMS = math.MaxInt32
)

// Arc leads to a node in milliseconds.
type Arc struct{ To, MS uint32 }

// Star is arcs by the node they leave: those of v are Arcs[First[v]:First[v+1]].
// Ref says what an arc is: edge<<1, +1 backward, or [Boards] | service.
type Star struct {
	First []uint32
	Arcs  []Arc
	Ref   []uint32
}

// Boards marks the ref of an arc that boards a service.
const Boards = 1 << 31

// Weights is a graph under one profile and one state of the ferries: the time of
// every street each way, and the arcs that a search follows. Nodes below
// [Graph.Nodes] are those of the graph; the others stand for a node reached by
// an arc after which some turns are forbidden, and for boats at a quay. It is
// immutable and safe for concurrent use.
type Weights struct {
	g        *Graph
	out, in  Star     // in is out turned round
	forward  []uint32 // time of an edge along it, Never when closed; boats are closed here
	backward []uint32
	pace     []pace // by class; nil when the times were given
	base     []uint32
	redirect map[uint32]uint32   // ref of an arc -> extra node where it ends
	copies   map[uint32][]uint32 // node -> its extra nodes
	blocked  map[uint32]bool     // nodes that nobody passes
	left     []LeftFerry
}

// pace is the speed of a class each way in km/h.
type pace struct{ forward, backward float64 }

// rawArc is an arc before it has its place.
type rawArc struct {
	from uint32
	Arc
	ref uint32
}

// Nodes is the number of nodes that a search knows, at least [Graph.Nodes].
func (w *Weights) Nodes() int { return len(w.out.First) - 1 }

// Arcs is the number of arcs that a search follows.
func (w *Weights) Arcs() int { return len(w.out.Arcs) }

// Graph is the graph that it weighs.
func (w *Weights) Graph() *Graph { return w.g }

// MS is the time over an edge, [Never] when it is closed that way. The time on
// board of a boat is not told here.
func (w *Weights) MS(edge uint32, backward bool) uint32 {
	if backward {
		return w.backward[edge]
	}
	return w.forward[edge]
}

// Blocked reports whether a barrier stops everybody at a node.
func (w *Weights) Blocked(node uint32) bool { return w.blocked[node] }

// LeftFerries lists the boats that are not counted upon, and why.
func (w *Weights) LeftFerries() []LeftFerry { return w.left }

// Star returns the arcs to follow: along, or against (toward). They must not be
// changed.
func (w *Weights) Star(toward bool) *Star {
	if toward {
		return &w.in
	}
	return &w.out
}

// Compile weighs a graph. The profile must have no [profile.Profile.Validate] faults.
func Compile(g *Graph, p *profile.Profile, boats Boats) *Weights {
	w := &Weights{g: g, pace: make([]pace, len(g.classes))}
	for i, t := range g.classes {
		w.pace[i].forward, w.pace[i].backward = p.Speeds(t)
	}
	w.forward, w.backward = make([]uint32, g.Edges()), make([]uint32, g.Edges())
	for e := range w.forward {
		v := w.pace[g.class[e]]
		w.forward[e], w.backward[e] = g.edgeMS(uint32(e), v.forward), g.edgeMS(uint32(e), v.backward)
	}
	for _, s := range g.sails { // a boat is boarded at its quay only
		w.forward[s.edge], w.backward[s.edge] = Never, Never
	}
	w.blocked = map[uint32]bool{}
	for _, b := range g.barrier {
		if !p.Passes(g.classes[b.class]) {
			w.blocked[b.node] = true
		}
	}
	var active []turn
	for _, t := range g.turns {
		if p.Holds(g.classes[t.class]) && w.passable(t.from) && w.passable(t.to) {
			active = append(active, t)
		}
	}
	arcs := w.streetArcs()
	arcs = w.addFerries(arcs, p, boats.withDefaults())
	w.finish(w.addTurns(arcs, active))
	return w
}

// passable reports whether a street may be taken in the direction of a ref. A
// restriction from or into a street that the profile cannot take is ignored.
func (w *Weights) passable(ref uint32) bool { return w.MS(ref>>1, ref&1 == 1) != Never }

// Open reports whether an edge is a street that is open at least one way.
func (w *Weights) Open(edge uint32) bool {
	return w.forward[edge] != Never || w.backward[edge] != Never
}

// NewWeights is Compile for times of your own: ms is asked for every edge each
// way and answers in milliseconds, 0 counting as 1 and [Never] as closed. It has
// no turn restrictions, barriers or boats.
func NewWeights(g *Graph, ms func(edge uint32, backward bool) uint32) *Weights {
	w := &Weights{g: g, forward: make([]uint32, g.Edges()), backward: make([]uint32, g.Edges())}
	ask := func(e uint32, backward bool) uint32 {
		v := max(1, ms(e, backward))
		if v > MaxMS {
			return Never
		}
		return v
	}
	for e := range w.forward {
		w.forward[e], w.backward[e] = ask(uint32(e), false), ask(uint32(e), true)
	}
	w.finish(w.streetArcs())
	return w
}

// pieceMS is the time over a piece at a speed, to the nearest millisecond.
func pieceMS(mm uint32, kmh float64) float64 { return math.Round(float64(mm) * 3.6 / kmh) }

// edgeMS sums the pieces of an edge; Never when it is closed or takes too long.
func (g *Graph) edgeMS(edge uint32, kmh float64) uint32 {
	if !(kmh > 0) {
		return Never
	}
	var sum float64
	for _, mm := range g.PiecesMM(edge) {
		sum += pieceMS(mm, kmh)
	}
	if sum > MaxMS {
		return Never
	}
	return uint32(max(1, sum))
}

// streetArcs lists the arcs of streets. None leaves a node that is blocked: one
// may come up to a barrier, not through it.
func (w *Weights) streetArcs() []rawArc {
	arcs := make([]rawArc, 0, 2*len(w.forward))
	w.base = make([]uint32, w.g.Nodes())
	for i := range w.base {
		w.base[i] = uint32(i)
	}
	for e := range w.forward {
		from, to := w.g.from[e], w.g.to[e]
		if w.forward[e] != Never && !w.blocked[from] {
			arcs = append(arcs, rawArc{from, Arc{to, w.forward[e]}, uint32(e) << 1})
		}
		if w.backward[e] != Never && !w.blocked[to] {
			arcs = append(arcs, rawArc{to, Arc{from, w.backward[e]}, uint32(e)<<1 | 1})
		}
	}
	return arcs
}

// extra adds a node that stands for another one.
func (w *Weights) extra(base uint32) uint32 {
	w.base = append(w.base, base)
	return uint32(len(w.base) - 1)
}

// finish sorts the arcs into their places.
func (w *Weights) finish(arcs []rawArc) {
	n := len(w.base)
	w.out = newStar(n, arcs)
	for i := range arcs {
		arcs[i].from, arcs[i].To = arcs[i].To, arcs[i].from
	}
	w.in = newStar(n, arcs)
}

// newStar is a counting sort by node, in the order given within a node.
func newStar(n int, raw []rawArc) Star {
	c := Star{make([]uint32, n+1), make([]Arc, len(raw)), make([]uint32, len(raw))}
	for _, a := range raw {
		c.First[a.from+1]++
	}
	for v := range n {
		c.First[v+1] += c.First[v]
	}
	at := slices.Clone(c.First[:n])
	for _, a := range raw {
		c.Arcs[at[a.from]], c.Ref[at[a.from]] = a.Arc, a.ref
		at[a.from]++
	}
	return c
}
