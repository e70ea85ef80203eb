package mixed

import "math/bits"

// queue is a radix heap of (milliseconds, number) by spans of time. Within a
// span the order is that of arrival. Nothing is added before the span that was
// reached last.
type queue struct {
	shift uint   // a span is 1<<shift milliseconds
	base  uint32 // the span that was reached
	level [33][]uint64
}

// push adds an entry.
func (q *queue) push(ms, id uint32) {
	i := bits.Len32(ms>>q.shift ^ q.base)
	q.level[i] = append(q.level[i], uint64(ms)<<32|uint64(id))
}

// next goes on to the earliest span that has entries, which then are level[0];
// false when there is none. It is called with level[0] empty.
func (q *queue) next() bool {
	for i := range q.level {
		list := q.level[i]
		if len(list) == 0 {
			continue
		}
		least := list[0]
		for _, e := range list {
			least = min(least, e)
		}
		q.base = uint32(least>>32) >> q.shift
		q.level[i] = list[:0]
		for _, e := range list { // all go to lower levels
			q.push(uint32(e>>32), uint32(e))
		}
		return true
	}
	return false
}

// clear empties the queue for another search.
func (q *queue) clear() {
	for i := range q.level {
		q.level[i] = q.level[i][:0]
	}
	q.base = 0
}
