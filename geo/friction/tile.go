package friction

import (
	"math"
	"math/bits"
	"sync"
)

// Tiles are squares of 1<<tileShift cells, small enough for what one holds to
// stay near the processor. A cell of a tile is row<<tileShift | column in it.
const (
	tileShift = 8
	tileSide  = 1 << tileShift
)

// none is the span of a tile that has nothing to do.
const none = math.MaxUint32

// message is a way into a cell of a tile that comes from outside.
type message struct {
	at, ms uint32
	source int32
}

// tile is a part of the grid with the cells in it that are still to be settled,
// by spans of time: a radix heap (R. K. Ahuja and others, Faster algorithms for
// the shortest path problem, Journal of the ACM 37, 1990) over the number of the
// span. Only the worker that searches a tile touches its cells, its heap and
// their times; others leave messages.
type tile struct {
	row, col   int32 // of its top left cell
	rows, cols int32
	base       uint32     // span that is searched or was last
	level      [33]*chunk // by the highest bit in which the span of an entry differs from base
	least      [33]uint32 // earliest span in a level

	lock  sync.Mutex
	inbox []message
	spare []message // the last inbox, for its memory
	first uint32    // earliest span in heap and inbox
}

// layTiles cuts the grid into tiles.
func (h *search) layTiles() {
	h.tileCols = (h.cols + tileSide - 1) >> tileShift
	tileRows := (h.rows + tileSide - 1) >> tileShift
	h.tiles = make([]tile, int(h.tileCols)*int(tileRows))
	for i := range h.tiles {
		t := &h.tiles[i]
		t.row, t.col = int32(i)/h.tileCols<<tileShift, int32(i)%h.tileCols<<tileShift
		t.rows, t.cols = min(tileSide, h.rows-t.row), min(tileSide, h.cols-t.col)
		t.first = none
	}
}

// send leaves a message for the tile of a cell.
func (h *search) send(row, col int32, ms uint32, source int32) {
	t := &h.tiles[row>>tileShift*h.tileCols+col>>tileShift]
	span := ms >> (h.shift + spanShift)
	t.lock.Lock()
	t.inbox = append(t.inbox, message{uint32(row&(tileSide-1)<<tileShift | col&(tileSide-1)), ms, source})
	t.first = min(t.first, span)
	t.lock.Unlock()
}

// receive empties the inbox and says that nothing is left to do, until settle
// knows better.
func (t *tile) receive() []message {
	t.lock.Lock()
	defer t.lock.Unlock()
	list := t.inbox
	t.inbox, t.spare, t.first = t.spare[:0], list, none
	return list
}

// settle puts into first what the heap still holds, and lets go of memory that
// is not needed for now.
func (t *tile) settle() {
	span := uint32(none)
	for i := range t.level {
		if t.level[i] != nil {
			span = min(span, t.least[i])
		}
	}
	t.lock.Lock()
	defer t.lock.Unlock()
	if t.first = min(t.first, span); t.first == none {
		t.inbox, t.spare = nil, nil
	}
}

// push puts an entry of a span, not before base, into the heap.
func (t *tile) push(s *store, span uint32, entry uint64) {
	i := bits.Len32(span ^ t.base)
	if t.level[i] == nil {
		t.least[i] = span
	}
	t.level[i] = s.add(t.level[i], entry)
	t.least[i] = min(t.least[i], span)
}

// advance moves base to a later span, before which nothing is left, and calls f
// for the entries of that span. Those that keep refuses are dropped.
func (t *tile) advance(s *store, span uint32, shift uint, keep func(entry uint64) bool, f func(entry uint64)) {
	i := bits.Len32(span ^ t.base)
	moved := t.level[i]
	t.base, t.level[i] = span, nil
	s.drain(moved, func(e uint64) {
		switch then := uint32(e>>32) >> shift; {
		case !keep(e):
		case then == span:
			f(e)
		default:
			t.push(s, then, e)
		}
	})
}
