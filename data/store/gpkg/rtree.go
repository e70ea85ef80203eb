package gpkg

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// The shape of SQLite's R-tree nodes at a page of 4,096 bytes.
const (
	cellLen  = 8 + 4*4
	fanOut   = 51
	nodeLen  = 4 + fanOut*cellLen
	rootNode = 1
)

// box is an entry of a node: the bounds of row or node id, rounded outwards.
type box struct {
	id                     int64
	minX, maxX, minY, maxY float32
}

func boxOf(id int64, b orb.Bound) box {
	return box{id, down(b.Min[0]), up(b.Max[0]), down(b.Min[1]), up(b.Max[1])}
}

func down(x float64) float32 {
	f := float32(x)
	if float64(f) > x {
		f = math.Nextafter32(f, float32(math.Inf(-1)))
	}
	return f
}

func up(x float64) float32 {
	f := float32(x)
	if float64(f) < x {
		f = math.Nextafter32(f, float32(math.Inf(1)))
	}
	return f
}

// node is a packed node.
type node struct {
	number, parent int64
	leaf           bool
	entries        []box
}

// packed is an R-tree in the form of SQLite's three tables. Building it whole
// and writing the tables is ten times as fast as inserting row by row; SQLite's
// own rtreecheck holds the result to its rules in the tests.
type packed struct {
	nodes []node // root first
	depth int    // of the root; 0 when it is a leaf
}

// pack builds the tree by sort-tile-recursive packing (Leutenegger and others
// 1997). It reorders boxes.
func pack(boxes []box) packed {
	tile(boxes)
	var levels [][]node
	for next := int64(rootNode + 1); ; {
		level := make([]node, 0, len(boxes)/fanOut+1)
		for lo := 0; lo < len(boxes); lo += fanOut {
			level = append(level, node{number: next, leaf: len(levels) == 0, entries: boxes[lo:min(lo+fanOut, len(boxes))]})
			next++
		}
		levels = append(levels, level)
		if len(level) <= 1 {
			break
		}
		boxes = make([]box, len(level))
		for i := range level {
			boxes[i] = around(level[i])
		}
	}
	return link(levels)
}

// link gives the root its number, tells every node its parent and lists the
// nodes from the root down.
func link(levels [][]node) packed {
	p := packed{depth: len(levels) - 1}
	top := levels[p.depth]
	if len(top) == 0 {
		return p
	}
	top[0].number = rootNode
	for k := p.depth; k >= 0; k-- {
		for i := range levels[k] {
			if k < p.depth {
				levels[k][i].parent = levels[k+1][i/fanOut].number
			}
			p.nodes = append(p.nodes, levels[k][i])
		}
	}
	return p
}

func around(n node) box {
	b := n.entries[0]
	b.id = n.number
	for _, e := range n.entries[1:] {
		b.minX, b.maxX = min(b.minX, e.minX), max(b.maxX, e.maxX)
		b.minY, b.maxY = min(b.minY, e.minY), max(b.maxY, e.maxY)
	}
	return b
}

// tile orders boxes so that every fanOut of them lie together: upright slices,
// each ordered from south to north.
func tile(boxes []box) {
	slices.SortFunc(boxes, func(a, b box) int {
		return cmp.Or(cmp.Compare(a.minX+a.maxX, b.minX+b.maxX), cmp.Compare(a.id, b.id))
	})
	leaves := (len(boxes) + fanOut - 1) / fanOut
	slice := fanOut * int(math.Ceil(math.Sqrt(float64(leaves))))
	for lo := 0; lo < len(boxes); lo += max(slice, 1) {
		part := boxes[lo:min(lo+slice, len(boxes))]
		slices.SortFunc(part, func(a, b box) int {
			return cmp.Or(cmp.Compare(a.minY+a.maxY, b.minY+b.maxY), cmp.Compare(a.id, b.id))
		})
	}
}

// blob writes a node as SQLite keeps it: depth (in the root), number of
// entries, entries; big endian, padded with zeros.
func (n node) blob(depth int) []byte {
	b := make([]byte, 4, nodeLen)
	if n.number == rootNode {
		binary.BigEndian.PutUint16(b, uint16(depth))
	}
	binary.BigEndian.PutUint16(b[2:], uint16(len(n.entries)))
	for _, e := range n.entries {
		b = binary.BigEndian.AppendUint64(b, uint64(e.id))
		for _, v := range [...]float32{e.minX, e.maxX, e.minY, e.maxY} {
			b = binary.BigEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	return b[:nodeLen]
}
