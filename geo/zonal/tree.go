package zonal

import (
	"cmp"
	"slices"
)

const (
	chunkEdges = 8  // edges in a leaf
	fanOut     = 16 // children of a node
)

// tree is a packed R-tree over runs of neighbouring edges. Level 0 has a box a
// chunk; node i of level l covers nodes 16i to 16i+15 of the level below.
type tree struct {
	chunks []chunk
	levels [][]box
}

// chunk is a run of edges of one part.
type chunk struct{ first, last, part int32 }

func newTree(s *shape) *tree {
	type placed struct {
		chunk
		box   box
		place uint64
	}
	var all []placed
	whole := emptyBox
	for i, p := range s.parts {
		whole.join(p.box)
		for e := p.first; e < p.last; e += chunkEdges {
			c := placed{chunk: chunk{e, min(e+chunkEdges, p.last), int32(i)}, box: emptyBox}
			for k := c.first; k < c.last; k++ {
				c.box.add(&s.edges[k])
			}
			all = append(all, c)
		}
	}
	for i := range all {
		all[i].place = hilbert(&all[i].box, &whole)
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.first, b.first))
	})
	t := &tree{chunks: make([]chunk, len(all)), levels: [][]box{make([]box, len(all))}}
	for i, c := range all {
		t.chunks[i], t.levels[0][i] = c.chunk, c.box
	}
	t.stack()
	return t
}

// stack adds the levels above the leaves.
func (t *tree) stack() {
	for below := t.levels[0]; len(below) > 1; {
		level := make([]box, (len(below)+fanOut-1)/fanOut)
		for i := range level {
			level[i] = emptyBox
			for _, b := range below[i*fanOut : min((i+1)*fanOut, len(below))] {
				level[i].join(b)
			}
		}
		t.levels = append(t.levels, level)
		below = level
	}
}

// children returns the range of nodes one level down.
func (t *tree) children(level, node int) (from, to int) {
	return node * fanOut, min((node+1)*fanOut, len(t.levels[level-1]))
}

// after calls fn for every chunk beyond number i whose box meets b.
func (t *tree) after(i int, b *box, fn func(j int)) {
	top := len(t.levels) - 1
	for n := range t.levels[top] {
		t.descend(top, n, i, b, fn)
	}
}

func (t *tree) descend(level, node, i int, b *box, fn func(j int)) {
	if !t.levels[level][node].meets(b) {
		return
	}
	if level == 0 {
		if node > i {
			fn(node)
		}
		return
	}
	from, to := t.children(level, node)
	span := 1 // leaves under a child
	for range level - 1 {
		span *= fanOut
	}
	for n := max(from, (i+1)/span); n < to; n++ {
		t.descend(level-1, n, i, b, fn)
	}
}

// hilbert returns the place of the centre of b along a Hilbert curve of 2^16
// steps a side over the whole.
func hilbert(b, whole *box) uint64 {
	scale := 65535 / max(whole.maxX-whole.minX, whole.maxY-whole.minY, 1e-300)
	x := uint32(((b.minX+b.maxX)/2 - whole.minX) * scale)
	y := uint32(((b.minY+b.maxY)/2 - whole.minY) * scale)
	var d uint64
	for s := uint32(1 << 15); s > 0; s >>= 1 {
		var rx, ry uint32
		if x&s > 0 {
			rx = 1
		}
		if y&s > 0 {
			ry = 1
		}
		d += uint64(s) * uint64(s) * uint64((3*rx)^ry)
		if ry == 0 {
			if rx == 1 {
				x, y = 65535-x, 65535-y
			}
			x, y = y, x
		}
	}
	return d
}
