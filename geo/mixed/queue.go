package mixed

import "math/bits"

// queue is a radix heap of entries (milliseconds<<32 | number) by spans of time.
// Within a span the order is that of arrival. Nothing is added before the span
// that was reached last.
type queue struct {
	shift uint   // a span is 1<<shift milliseconds
	base  uint32 // the span that was reached
	now   []uint64
	later [33]*chunk // by the highest bit in which their span differs from base, from 1
	least [33]uint64 // earliest entry of a list
	busy  uint64     // a bit for every list that is not empty
	free  *chunk
}

// chunk is a part of a list of entries. Lists grow and shrink all the time; chunks
// that one has emptied serve the next.
type chunk struct {
	next  *chunk
	count int
	entry [510]uint64
}

// push adds an entry.
func (q *queue) push(entry uint64) {
	i := bits.Len32(uint32(entry>>32)>>q.shift ^ q.base)
	if i == 0 {
		q.now = append(q.now, entry)
		return
	}
	list := q.later[i]
	if list == nil || list.count == len(list.entry) {
		list = q.chunk(list)
		q.later[i] = list
	}
	if q.busy>>i&1 == 0 || entry < q.least[i] {
		q.least[i] = entry
	}
	q.busy |= 1 << i
	list.entry[list.count] = entry
	list.count++
}

// chunk returns an empty chunk before a list.
func (q *queue) chunk(list *chunk) *chunk {
	c := q.free
	if c == nil {
		c = new(chunk)
	} else {
		q.free = c.next
	}
	c.next, c.count = list, 0
	return c
}

// next goes on to the earliest span that has entries, which then are now; false
// when there is none. It is called when now has been worked off.
func (q *queue) next() bool {
	q.now = q.now[:0]
	if q.busy == 0 {
		return false
	}
	i := bits.TrailingZeros64(q.busy)
	list := q.later[i]
	q.base = uint32(q.least[i]>>32) >> q.shift
	q.later[i], q.busy = nil, q.busy&^(1<<i)
	for list != nil { // all go to lower lists
		for _, e := range list.entry[:list.count] {
			q.push(e)
		}
		c := list
		list = c.next
		c.next, q.free = q.free, c
	}
	return true
}

// start gets ready to go from the first span again. A queue that a search has
// left half-way is emptied.
func (q *queue) start() {
	for q.next() {
	}
	q.base = 0
}
