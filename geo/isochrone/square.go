package isochrone

// The corners of a square of the lattice, counter-clockwise from the upper left;
// edge k lies between corner k and the next.
const (
	left   = 0 // edge from the upper left corner down
	bottom = 1
	right  = 2
	top    = 3
)

// mark is where lines leave the cell at one end of an edge.
type mark struct {
	// node has the two lines' points, or, when they share their place, the points
	// of the two squares beside the edge, made when a square needs one.
	node   [2]int32
	shared bool
	place  int64
	step   step
}

// edge has the marks of its two ends, lower cell number first. A mark is set
// only when a line leaves the cell.
type edge [2]mark

// square is one square of the lattice at work.
type square struct {
	corner [4]cell
	edge   [4]edge
}

// chord is a piece of a line through a square: with the corners inside on its
// left it goes from the edge after corner exit to the edge before corner entry.
type chord struct{ exit, entry uint8 }

// chords lists the lines for each set of corners inside; sets of two opposite
// corners come apart.
var chords = [16][]chord{
	0b0001: {{0, 0}}, 0b0010: {{1, 1}}, 0b0100: {{2, 2}}, 0b1000: {{3, 3}},
	0b0011: {{1, 0}}, 0b0110: {{2, 1}}, 0b1100: {{3, 2}}, 0b1001: {{0, 3}},
	0b0111: {{2, 0}}, 0b1110: {{3, 1}}, 0b1101: {{0, 2}}, 0b1011: {{1, 3}},
	0b0101: {{0, 0}, {2, 2}}, 0b1010: {{1, 1}, {3, 3}},
}

// bridges lists the lines when opposite corners hang together.
var bridges = [16][]chord{
	0b0101: {{0, 2}, {2, 0}}, 0b1010: {{1, 3}, {3, 1}},
}

// ends tells which end of an edge a corner is: 0 the one with the lower cell
// number. The first index is 0 for the edge after the corner, 1 for the one
// before it.
var ends = [2][4]uint8{{0, 0, 1, 1}, {0, 1, 1, 0}}

// exitMark is the mark on the edge after a corner.
func (q *square) exitMark(corner uint8) *mark { return &q.edge[corner][ends[0][corner]] }

// entryMark is the mark on the edge before a corner.
func (q *square) entryMark(corner uint8) *mark { return &q.edge[(corner+3)%4][ends[1][corner]] }

// inside returns the corners on the land of one corner that a line encloses.
func (q *square) inside(of uint8, line int) uint8 {
	var set uint8
	for k, c := range q.corner {
		if c.inside(line) && c.key>>2 == q.corner[of].key>>2 {
			set |= 1 << k
		}
	}
	return set
}

// lines returns the chords of a line round a set of corners.
func (q *square) lines(set uint8, limit int64) []chord {
	if bridges[set] != nil && q.bridged(limit) {
		return bridges[set]
	}
	return chords[set]
}

// bridged reports whether opposite corners hang together: all four times can be
// compared and their mean is within the limit and half a millisecond.
func (q *square) bridged(limit int64) bool {
	c := &q.corner
	return c[0].joins(c[1]) && c[1].joins(c[2]) && c[2].joins(c[3]) &&
		int64(c[0].timeMS)+int64(c[1].timeMS)+int64(c[2].timeMS)+int64(c[3].timeMS) <= 4*limit+2
}
