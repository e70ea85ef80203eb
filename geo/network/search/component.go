package search

import (
	"lifecircle/geo/network"
)

// components says which nodes reach each other, and how large each such piece
// of the network is.
type components struct {
	of     []uint32 // by node of the weights
	edge   []uint32 // by edge: where a place on it can go and be reached from; noPiece
	nodes  []uint32 // of the graph, by piece
	length []uint64 // of its streets, in millimetres
}

const noPiece = 1<<32 - 1

// newComponents finds the strong components and sorts the streets by them.
func newComponents(w *Ways) *components {
	c := &components{of: tarjan(w.Star(false)), edge: make([]uint32, w.g.Edges())}
	count := uint32(0)
	for _, p := range c.of {
		count = max(count, p+1)
	}
	c.nodes, c.length = make([]uint32, count), make([]uint64, count)
	for _, p := range c.of[:w.g.Nodes()] {
		c.nodes[p]++
	}
	var ends [2][]network.End
	for e := range c.edge {
		c.edge[e] = c.pieceOf(w, uint32(e), &ends)
		if p := c.edge[e]; p != noPiece {
			c.length[p] += w.g.LengthMM(uint32(e))
		}
	}
	return c
}

// pieceOf is the largest piece that a place on an edge both leads to and is
// reached from: before a gate that is the piece on the near side.
func (c *components) pieceOf(w *Ways, edge uint32, ends *[2][]network.End) uint32 {
	best := uint32(noPiece)
	ends[0], ends[1] = w.AppendLeaves(ends[0][:0], edge), w.AppendArrivals(ends[1][:0], edge)
	for _, out := range ends[0] {
		for _, in := range ends[1] {
			if p := c.of[out.Node]; p == c.of[in.Node] && (best == noPiece || c.nodes[p] > c.nodes[best]) {
				best = p
			}
		}
	}
	return best
}

// tarjan numbers the strong components (R. Tarjan, 1972) without recursion.
func tarjan(net *network.Star) []uint32 {
	n := len(net.First) - 1
	const fresh = 0
	order, low := make([]uint32, n), make([]uint32, n)
	piece := make([]uint32, n)
	for i := range piece {
		piece[i] = noPiece
	}
	next := make([]uint32, n) // the arc to follow
	copy(next, net.First)
	var path, stack []uint32
	var clock, pieces uint32
	for root := range n {
		if order[root] != fresh {
			continue
		}
		path = append(path[:0], uint32(root))
		for len(path) > 0 {
			v := path[len(path)-1]
			if order[v] == fresh {
				clock++
				order[v], low[v] = clock, clock
				stack = append(stack, v)
			}
			if next[v] < net.First[v+1] {
				u := net.Arcs[next[v]].To
				next[v]++
				if order[u] == fresh {
					path = append(path, u)
				} else if piece[u] == noPiece {
					low[v] = min(low[v], order[u])
				}
				continue
			}
			path = path[:len(path)-1]
			if len(path) > 0 {
				p := path[len(path)-1]
				low[p] = min(low[p], low[v])
			}
			if low[v] == order[v] {
				for {
					u := stack[len(stack)-1]
					stack = stack[:len(stack)-1]
					piece[u] = pieces
					if u == v {
						break
					}
				}
				pieces++
			}
		}
	}
	return piece
}
