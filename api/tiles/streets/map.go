package streets

import (
	"context"
	"slices"

	"lifecircle/geo/network"
	"lifecircle/geo/tile"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// Map is the streets of a network, ready to be drawn. It is immutable and safe for
// concurrent use; it refers to the network for every vertex.
type Map struct {
	graph   *network.Graph
	strands [ranks][]strand
	near    [ranks]rtree.RTreeG[int32] // strands by their bounds in the unit square
}

// strand is edges in a row, each as edge<<1, +1 when it is passed backward.
type strand []uint32

// New joins the edges of a network to strands. The error is ctx's.
func New(ctx context.Context, g *network.Graph) (*Map, error) {
	m := &Map{graph: g}
	var edges [ranks][]uint32
	for e := range uint32(g.Edges()) {
		if e%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		r := of(g, e)
		if r == boats && slices.ContainsFunc(edges[r], func(o uint32) bool { return alike(g, e, o) }) {
			continue // several boats along one line would blur its dashes
		}
		edges[r] = append(edges[r], e)
	}
	for r := range edges {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		m.strands[r] = join(g, edges[r])
		for i, s := range m.strands[r] {
			b := m.line(s).Bound()
			m.near[r].Insert(b.Min, b.Max, int32(i))
		}
	}
	return m, nil
}

// alike reports whether two edges lie upon each other.
func alike(g *network.Graph, a, b uint32) bool {
	line := g.Line(b)
	if slices.Equal(g.Line(a), line) {
		return true
	}
	line.Reverse()
	return slices.Equal(g.Line(a), line)
}

// join makes strands of edges: they go on wherever just two of the edges meet.
func join(g *network.Graph, edges []uint32) []strand {
	at := make(map[uint32][]uint32, len(edges)) // ends that leave a node
	for _, e := range edges {
		from, to := g.Ends(e)
		at[from] = append(at[from], e<<1)
		at[to] = append(at[to], e<<1|1)
	}
	done := make(map[uint32]bool, len(edges))
	var out []strand
	// Open strands first, from their ends; what is left then are rings.
	for _, open := range []bool{true, false} {
		for _, e := range edges {
			for _, d := range []uint32{e << 1, e<<1 | 1} {
				if !done[e] && (!open || len(at[start(g, d)]) != 2) {
					out = append(out, follow(g, d, at, done))
				}
			}
		}
	}
	return out
}

// start and end are the nodes that a passage leaves and reaches.
func start(g *network.Graph, d uint32) uint32 { return end(g, d^1) }

func end(g *network.Graph, d uint32) uint32 {
	from, to := g.Ends(d >> 1)
	if d&1 == 1 {
		return from
	}
	return to
}

// follow walks on from a passage while there is one way to go.
func follow(g *network.Graph, d uint32, at map[uint32][]uint32, done map[uint32]bool) strand {
	s := strand{d}
	for done[d>>1] = true; ; {
		meet := at[end(g, d)]
		if len(meet) != 2 {
			return s
		}
		next := meet[0]
		if next == d^1 {
			next = meet[1]
		}
		if done[next>>1] {
			return s
		}
		d = next
		done[d>>1] = true
		s = append(s, d)
	}
}

// line is a strand in the unit square; x runs on where it crosses the antimeridian.
func (m *Map) line(s strand) orb.LineString {
	var line orb.LineString
	for _, d := range s {
		part := m.graph.Line(d >> 1)
		if d&1 == 1 {
			part.Reverse()
		}
		for i := range part {
			x, y := tile.World(part[i])
			part[i] = orb.Point{x, y}
		}
		if n := len(line); n > 0 {
			shift := 0.0
			switch jump := part[0][0] - line[n-1][0]; {
			case jump > 0.5:
				shift = -1
			case jump < -0.5:
				shift = 1
			}
			for i := range part {
				part[i][0] += shift
			}
			part = part[1:]
		}
		line = append(line, part...)
	}
	return line
}
