package network

import (
	"lifecircle/geo/network/profile"
)

// afloat is a node on the water: a service, one direction of it when each has
// its own boats, and the node of the graph below it.
type afloat struct {
	service uint32
	back    bool
	node    uint32
}

// harbour makes the nodes on the water while the arcs of boats are laid.
type harbour struct {
	w    *Weights
	at   map[afloat]uint32
	stop map[stop]bool
}

// addFerries adds boarding arcs at the quays, and sailing arcs from water to
// water and, where the boat stops, from water to land. Boarding is paid on the
// boarding arc alone, so staying on board costs nothing and passing a place
// without a stop offers nothing.
func (w *Weights) addFerries(arcs []rawArc, p *profile.Profile, boats Boats) []rawArc {
	g := w.g
	carried := make([]bool, len(g.services))
	crossing := make([]float64, len(g.services))
	for _, s := range g.sails {
		carried[s.service] = carried[s.service] || p.Carried(g.classes[g.class[s.edge]])
		crossing[s.service] += float64(boats.sailMS(g, s)) / 1000
	}
	open := make([][2]uint32, len(g.services)) // time to board, out and back; Never
	for i, s := range g.services {
		for back := range 2 {
			ms, why := boats.boardMS(s.Ferry, back == 1, crossing[i])
			if boats.Scenario != NoBoats && !carried[i] {
				why = LeftAccess
			}
			if why != "" {
				ms = Never
				w.left = append(w.left, LeftFerry{uint32(i), back == 1, why})
			}
			open[i][back] = ms
		}
	}
	h := harbour{w, map[afloat]uint32{}, map[stop]bool{}}
	for _, s := range g.stops {
		h.stop[s] = true
	}
	for _, s := range g.sails {
		if !p.Carried(g.classes[g.class[s.edge]]) {
			continue
		}
		ms := boats.sailMS(g, s)
		if !g.services[s.service].directed { // one boat for both ways: boarded at either time
			if t := min(open[s.service][0], open[s.service][1]); t != Never {
				arcs = h.sail(arcs, s, ms, false, false)
				arcs = h.sail(arcs, s, ms, true, false)
			}
			continue
		}
		for back := range 2 {
			if open[s.service][back] != Never {
				arcs = h.sail(arcs, s, ms, back == 1, back == 1)
			}
		}
	}
	return h.board(arcs, open)
}

// sail adds the arcs of a sailing in one direction.
func (h *harbour) sail(arcs []rawArc, s sail, ms uint32, backward, back bool) []rawArc {
	from, to, ref := h.w.g.from[s.edge], h.w.g.to[s.edge], s.edge<<1
	if backward {
		from, to, ref = to, from, ref|1
	}
	u, v := h.node(s.service, back, from), h.node(s.service, back, to)
	arcs = append(arcs, rawArc{u, Arc{v, ms}, ref})
	if h.stop[stop{s.service, to}] {
		arcs = append(arcs, rawArc{u, Arc{to, ms}, ref})
	}
	return arcs
}

// node returns the node on the water above a node.
func (h *harbour) node(service uint32, back bool, node uint32) uint32 {
	key := afloat{service, back, node}
	n, ok := h.at[key]
	if !ok {
		n = h.w.extra(node)
		h.at[key] = n
	}
	return n
}

// board adds the boarding arcs in the order of the stops.
func (h *harbour) board(arcs []rawArc, open [][2]uint32) []rawArc {
	for _, s := range h.w.g.stops {
		if h.w.blocked[s.node] {
			continue
		}
		for back := range 2 {
			n, ok := h.at[afloat{s.service, back == 1, s.node}]
			if !ok {
				continue
			}
			ms := open[s.service][back]
			if !h.w.g.services[s.service].directed {
				ms = min(open[s.service][0], open[s.service][1])
			}
			arcs = append(arcs, rawArc{s.node, Arc{n, ms}, Boards | s.service})
		}
	}
	return arcs
}

// sailMS is the sailing time of an edge.
func (b Boats) sailMS(g *Graph, s sail) uint32 {
	if s.ms > 0 {
		return s.ms
	}
	return min(g.edgeMS(s.edge, b.KMH), MaxMS)
}
