package grid

import "github.com/paulmach/orb"

// The sides of a cell in the order of a counter-clockwise walk round it, and
// the direction of travel along each.
const (
	south = iota // along the lower edge, heading east
	east         // up the right edge, heading north
	north        // along the upper edge, heading west
	west         // down the left edge, heading south
)

const none = int32(-1)

// outliner holds the neighbourhood of a set of cells, by index into cells.
type outliner struct {
	spec  Spec
	cells []int32
	next  [][4]int32 // neighbour beyond each side, none
	pinch []uint8    // bit d: at the end of side d another cell touches by the corner alone
	seen  []uint8    // bit d: side d has been walked
	piece []int32    // number of the connected piece, by its smallest cell
}

// Outline returns the polygons that a set of cells makes, in grid coordinates;
// nil for no cells. Each edge-connected piece is one polygon: its outer ring
// counter-clockwise, its holes clockwise, all rings closed and with points at
// corners only. Polygons stand in the order of their smallest cell. The cells
// need no order and may repeat; the answer depends on the set alone. Numbers
// that are not cells of s are left out. Linear time.
func Outline(s Spec, cells []int32) orb.MultiPolygon {
	cells = ascending(cells)
	for len(cells) > 0 && cells[0] < 0 {
		cells = cells[1:]
	}
	for len(cells) > 0 && int64(cells[len(cells)-1]) >= s.Cells() {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return nil
	}
	o := newOutliner(s, cells)
	outer := make([]orb.Polygon, o.pieces())
	for k := range cells {
		for side := range 4 {
			if o.next[k][side] == none && o.seen[k]>>side&1 == 0 {
				o.addRings(outer, int32(k), side)
			}
		}
	}
	return orb.MultiPolygon(outer)
}

func newOutliner(s Spec, cells []int32) *outliner {
	o := &outliner{
		spec: s, cells: cells, next: make([][4]int32, len(cells)),
		pinch: make([]uint8, len(cells)), seen: make([]uint8, len(cells)),
	}
	up := 0 // first cell that is not before the one up and to the left
	for k, c := range cells {
		o.next[k] = [4]int32{none, none, none, none}
		col := c % s.Cols
		if k > 0 && cells[k-1] == c-1 && col > 0 {
			o.next[k][west], o.next[k-1][east] = int32(k-1), int32(k)
		}
		above := int64(c) - int64(s.Cols)
		for up < k && int64(cells[up]) < above-1 {
			up++
		}
		o.lookUp(k, up, above, col)
	}
	o.findPinches()
	return o
}

// lookUp finds the neighbour above cell k, from position up in the row above.
func (o *outliner) lookUp(k, up int, above int64, col int32) {
	for j := up; j < k && int64(o.cells[j]) <= above+1; j++ {
		switch d := int64(o.cells[j]) - above; {
		case d == 0:
			o.next[k][north], o.next[j][south] = int32(j), int32(k)
		case d == -1 && col > 0:
			o.pinch[k] |= 1 << north // upper left corner, the end of the upper edge
			o.pinch[j] |= 1 << south
		case d == 1 && col < o.spec.Cols-1:
			o.pinch[k] |= 1 << east
			o.pinch[j] |= 1 << west
		}
	}
}

// findPinches keeps of the corner contacts those where both cells between are
// missing, so that the corner alone is shared.
func (o *outliner) findPinches() {
	for k := range o.pinch {
		for side := range 4 {
			if o.next[k][side] != none || o.next[k][(side+1)%4] != none {
				o.pinch[k] &^= 1 << side
			}
		}
	}
}

// pieces numbers the connected pieces by their smallest cell and returns how
// many there are.
func (o *outliner) pieces() int {
	u := newUnion(len(o.cells))
	for k := range o.cells {
		for _, j := range [2]int32{o.next[k][west], o.next[k][north]} {
			if j == none {
				continue
			}
			if a, b := u.find(int32(k)), u.find(j); a != b {
				u.link(a, b)
			}
		}
	}
	n := 0
	o.piece = make([]int32, len(o.cells))
	for k := range o.cells {
		if r := u.find(int32(k)); r != int32(k) {
			o.piece[k] = o.piece[r]
			continue
		}
		o.piece[k] = int32(n)
		n++
	}
	return n
}

// corner is a point of the lattice between the cells.
type corner struct{ col, row int32 }

// endOf returns the corner where side of cell k ends.
func (o *outliner) endOf(k int32, side int) corner {
	row, col := o.cells[k]/o.spec.Cols, o.cells[k]%o.spec.Cols
	if side == south || side == east {
		col++
	}
	if side == south || side == west {
		row++
	}
	return corner{col, row}
}

// addRings walks the boundary that begins with side of cell k, keeping the
// cells on its left, and adds the rings that it makes to their polygon. At a
// corner that two cells share alone the walk stays with its cell; where it
// comes to such a corner twice, the part between is a ring of its own, which
// keeps every ring free of points that it visits twice.
func (o *outliner) addRings(polygons []orb.Polygon, k int32, side int) {
	piece := o.piece[k]
	var stack []corner
	at := map[corner]int{} // place in stack of the shared corners
	for o.seen[k]>>side&1 == 0 {
		o.seen[k] |= 1 << side
		nextK, nextSide := o.step(k, side)
		if nextSide != side {
			c := o.endOf(k, side)
			if o.pinch[k]>>side&1 == 1 {
				if from, twice := at[c]; twice {
					o.addRing(polygons, piece, stack[from:])
					for _, gone := range stack[from+1:] {
						delete(at, gone)
					}
					stack = stack[:from]
				}
				at[c] = len(stack)
			}
			stack = append(stack, c)
		}
		k, side = nextK, nextSide
	}
	o.addRing(polygons, piece, stack)
}

// step returns the side that follows: left round the cell when nothing lies
// ahead, right into the cell diagonally ahead, or else straight on.
func (o *outliner) step(k int32, side int) (int32, int) {
	ahead := o.next[k][(side+1)%4]
	if ahead == none {
		return k, (side + 1) % 4
	}
	if right := o.next[ahead][side]; right != none {
		return right, (side + 3) % 4
	}
	return ahead, side
}

// addRing closes a ring and puts it first in its polygon when it is the outer
// one (counter-clockwise), last when it is a hole.
func (o *outliner) addRing(polygons []orb.Polygon, piece int32, corners []corner) {
	ring := make(orb.Ring, 0, len(corners)+1)
	var twice int64 // the doubled area in cells, rows counting downwards
	for i, c := range corners {
		d := corners[(i+1)%len(corners)]
		twice += int64(c.row)*int64(d.col) - int64(c.col)*int64(d.row)
		ring = append(ring, orb.Point{o.spec.X0 + float64(c.col)*o.spec.DX, o.spec.Y0 - float64(c.row)*o.spec.DY})
	}
	ring = append(ring, ring[0])
	if twice > 0 && len(polygons[piece]) > 0 {
		polygons[piece] = append(orb.Polygon{ring}, polygons[piece]...)
		return
	}
	polygons[piece] = append(polygons[piece], ring)
}
