package network

import (
	"cmp"
	"slices"

	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// Graph is streets between junctions as flat arrays: immutable, safe for
// concurrent use, and without speeds. Nodes are numbered along a Hilbert curve
// and edges by their first node, so that neighbours lie together in memory. The
// zero value is empty.
//
// An edge is a street between two nodes with the vertices between them; it runs
// from its first node ("forward") or back ("backward").
type Graph struct {
	node     []e7.Coord
	from, to []uint32 // nodes of an edge
	class    []uint32 // into classes
	shapeAt  []uint32 // edge e has vertices shape[shapeAt[e]:shapeAt[e+1]] between its nodes
	shape    []e7.Coord
	pieceMM  []uint32 // its pieces start at shapeAt[e]+e, one more than its vertices
	classes  []profile.Tags
	barrier  []barrier // by node
	turns    []turn
	services []service
	sails    []sail // by edge
	stops    []stop // by service, then node
}

// barrier is what stands at a node.
type barrier struct{ node, class uint32 }

// turn is a way from one edge over a node into another that is forbidden, or,
// when only is set, the only one allowed.
type turn struct {
	from, via, to uint32 // from is edge<<1, +1 when it arrives backward; to the same for leaving
	only          bool
	class         uint32 // tags: for whom it holds
}

// service is the boats that share one wait.
type service struct {
	Ferry
	directed bool // each direction has its own boats
}

// sail is the sailing of a service along an edge.
type sail struct {
	edge, service uint32
	ms            uint32 // 0: unknown, by length and speed
}

// stop is a node where a service takes people on and off.
type stop struct{ service, node uint32 }

// Nodes is the number of nodes.
func (g *Graph) Nodes() int { return len(g.node) }

// Edges is the number of edges, ferries included.
func (g *Graph) Edges() int { return len(g.from) }

// NodeAt returns where a node is.
func (g *Graph) NodeAt(node uint32) orb.Point { return g.node[node].Point() }

// Ends returns the nodes of an edge.
func (g *Graph) Ends(edge uint32) (from, to uint32) { return g.from[edge], g.to[edge] }

// Tags returns the tags of an edge. They must not be changed.
func (g *Graph) Tags(edge uint32) profile.Tags { return g.classes[g.class[edge]] }

// Classes is the number of different sets of tags.
func (g *Graph) Classes() int { return len(g.classes) }

// Turns is the number of turn restrictions.
func (g *Graph) Turns() int { return len(g.turns) }

// Turn returns a turn restriction: from an edge over a node into another edge,
// both as edge<<1, +1 when taken backward. It is forbidden or, with only, the one
// turn that is allowed.
func (g *Graph) Turn(i int) (from, via, to uint32, only bool) {
	t := g.turns[i]
	return t.from, t.via, t.to, t.only
}

// Ferries returns the boat services by number.
func (g *Graph) Ferries() []Ferry {
	list := make([]Ferry, len(g.services))
	for i, s := range g.services {
		list[i] = s.Ferry
	}
	return list
}

// Boat returns the service whose boats sail along an edge, false for a street.
func (g *Graph) Boat(edge uint32) (service uint32, ok bool) {
	i, ok := slices.BinarySearchFunc(g.sails, edge, func(s sail, e uint32) int { return cmp.Compare(s.edge, e) })
	if !ok {
		return 0, false
	}
	return g.sails[i].service, true
}

// LengthMM is the length of an edge in millimetres.
func (g *Graph) LengthMM(edge uint32) uint64 {
	var sum uint64
	for _, mm := range g.PiecesMM(edge) {
		sum += uint64(mm)
	}
	return sum
}

// PiecesMM are the lengths in millimetres between the vertices of an edge, its
// nodes included. They must not be changed.
func (g *Graph) PiecesMM(edge uint32) []uint32 {
	return g.pieceMM[g.shapeAt[edge]+edge : g.shapeAt[edge+1]+edge+1]
}

// Vertex is the i-th vertex of an edge, its two nodes included.
func (g *Graph) Vertex(edge, i uint32) e7.Coord {
	between := g.shapeAt[edge+1] - g.shapeAt[edge]
	switch {
	case i == 0:
		return g.node[g.from[edge]]
	case i > between:
		return g.node[g.to[edge]]
	}
	return g.shape[g.shapeAt[edge]+i-1]
}

// Line returns the vertices of an edge, its nodes included. Its longitudes run
// on past 180 degrees where it crosses the antimeridian.
func (g *Graph) Line(edge uint32) orb.LineString {
	n := g.shapeAt[edge+1] - g.shapeAt[edge] + 2
	line := make(orb.LineString, 0, n)
	for i := range n {
		line = e7.AppendNear(line, g.Vertex(edge, i).Point())
	}
	return line
}
