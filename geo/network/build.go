package network

import (
	"cmp"
	"slices"

	"lifecircle/geo/network/e7"
)

// Build makes the graph. The builder must not be used afterwards.
func (b *Builder) Build() (*Graph, BuildReport, error) {
	var report BuildReport
	if len(b.points) >= maxPoints || len(b.refs) >= maxPoints {
		return nil, report, ErrTooLarge
	}
	b.markQuays()
	b.joinQuays(&report)
	uses := b.countUses()
	node := make([]uint32, len(b.points)) // point -> node
	g := &Graph{classes: b.classes.sets, shapeAt: []uint32{0}}
	b.numberNodes(g, uses, node)
	cuts := b.cut(uses, node)
	edges := b.layEdges(g, cuts, &report)
	b.placeBarriers(g, node)
	b.resolveBans(g, edges, node, &report)
	b.gatherServices(g, cuts, node, &report)
	return g, report, nil
}

// countUses counts how often each point ends or continues a way: 2 and more
// make it a node.
func (b *Builder) countUses() []uint8 {
	uses := make([]uint8, len(b.points))
	for _, w := range b.ways {
		refs := b.refs[w.first:w.end]
		for i, p := range refs {
			if i == 0 || i == len(refs)-1 {
				uses[p] = 2
			} else if uses[p] < 2 {
				uses[p]++
			}
		}
	}
	for p := range b.barriers {
		uses[p] *= 2 // 0 stays: it is on no street
	}
	for p := range b.quays {
		uses[p] *= 2
	}
	return uses
}

// numberNodes numbers the points that are nodes along a Hilbert curve.
func (b *Builder) numberNodes(g *Graph, uses []uint8, node []uint32) {
	type place struct {
		along uint64
		point uint32
	}
	var list []place
	for p, n := range uses {
		if n >= 2 {
			list = append(list, place{b.points[p].Hilbert(), uint32(p)})
		}
	}
	slices.SortFunc(list, func(a, c place) int {
		return cmp.Or(cmp.Compare(a.along, c.along), cmp.Compare(a.point, c.point))
	})
	g.node = make([]e7.Coord, len(list))
	for i, l := range list {
		g.node[i] = b.points[l.point]
		node[l.point] = uint32(i)
	}
}

// cutting is a way, or a part of it, between two nodes.
type cutting struct {
	from, to   uint32 // nodes
	way        uint32
	first, end uint32 // refs, both nodes included
}

// cut divides the ways at the nodes and sorts the parts by their first node.
func (b *Builder) cut(uses []uint8, node []uint32) []cutting {
	var cuts []cutting
	for i, w := range b.ways {
		start := w.first
		for r := w.first + 1; r < w.end; r++ {
			if uses[b.refs[r]] >= 2 {
				cuts = append(cuts, cutting{node[b.refs[start]], node[b.refs[r]], uint32(i), start, r + 1})
				start = r
			}
		}
	}
	slices.SortFunc(cuts, func(a, c cutting) int {
		return cmp.Or(cmp.Compare(a.from, c.from), cmp.Compare(a.to, c.to), cmp.Compare(a.first, c.first))
	})
	return cuts
}

// layEdges fills the columns of edges and returns those of each way.
func (b *Builder) layEdges(g *Graph, cuts []cutting, report *BuildReport) [][]uint32 {
	edges := make([][]uint32, len(b.ways))
	var line []e7.Coord
	for i, c := range cuts {
		g.from, g.to = append(g.from, c.from), append(g.to, c.to)
		g.class = append(g.class, b.ways[c.way].class)
		line = line[:0]
		for _, p := range b.refs[c.first:c.end] {
			line = append(line, b.points[p])
		}
		g.shape = append(g.shape, line[1:len(line)-1]...)
		g.shapeAt = append(g.shapeAt, uint32(len(g.shape)))
		g.pieceMM = e7.PiecesMM(line, g.pieceMM)
		edges[c.way] = append(edges[c.way], uint32(i))
	}
	for _, w := range b.ways {
		if w.first == w.end {
			report.WaysLeftOut++
		}
	}
	return edges
}

// placeBarriers lists the barriers by node.
func (b *Builder) placeBarriers(g *Graph, node []uint32) {
	for p, class := range b.barriers {
		if n := node[p]; int(n) < len(g.node) && g.node[n] == b.points[p] {
			g.barrier = append(g.barrier, barrier{n, class})
		}
	}
	slices.SortFunc(g.barrier, func(a, c barrier) int {
		return cmp.Or(cmp.Compare(a.node, c.node), cmp.Compare(a.class, c.class))
	})
}

// resolveBans turns restrictions between ways into those between edges.
func (b *Builder) resolveBans(g *Graph, edges [][]uint32, node []uint32, report *BuildReport) {
	for _, ban := range b.bans {
		if int(max(ban.FromWay, ban.ToWay)) >= len(edges) || int(ban.Via) >= len(node) {
			report.BansUnused++
			continue
		}
		via := node[ban.Via]
		in, ok1 := meets(g.to, g.from, edges[ban.FromWay], via)
		out, ok2 := meets(g.from, g.to, edges[ban.ToWay], via)
		if !ok1 || !ok2 || g.node[via] != b.points[ban.Via] {
			report.BansUnused++
			continue
		}
		g.turns = append(g.turns, turn{in, via, out, ban.Only, b.classes.intern(ban.Tags)})
	}
	g.classes = b.classes.sets
	slices.SortFunc(g.turns, func(a, c turn) int {
		only := func(t turn) int {
			if t.only {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(a.via, c.via), cmp.Compare(a.from, c.from), cmp.Compare(a.to, c.to), only(a)-only(c), cmp.Compare(a.class, c.class))
	})
	g.turns = slices.Compact(g.turns)
}

// meets finds the one edge with a node at its near end (edge<<1) or at its far
// end (edge<<1 | 1); false when there is none or more than one.
func meets(near, far, edges []uint32, node uint32) (uint32, bool) {
	found, count := uint32(0), 0
	for _, e := range edges {
		if near[e] == node {
			found, count = e<<1, count+1
		}
		if far[e] == node {
			found, count = e<<1|1, count+1
		}
	}
	return found, count == 1
}
