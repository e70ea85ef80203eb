package search

import (
	"math/bits"
	"slices"
)

// queue holds (milliseconds, node) in a ring of buckets, each 1<<shift
// milliseconds wide. Within a bucket the order is that of arrival: the search
// takes a node again when it was improved inside its bucket. The ring must be
// longer than any arc.
type queue struct {
	shift  uint
	mask   uint32
	bucket [][]uint64 // milliseconds<<32 | node
	busy   []uint64   // a bit for every bucket that is not empty
}

// newQueue returns a queue for arcs of at most longest milliseconds.
func newQueue(shift uint, longest uint32) queue {
	size := 64
	for uint32(size) < longest>>shift+2 {
		size *= 2
	}
	return queue{shift, uint32(size - 1), make([][]uint64, size), make([]uint64, size/64)}
}

func (q *queue) push(ms, node uint32) {
	b := ms >> q.shift & q.mask
	q.bucket[b] = append(q.bucket[b], uint64(ms)<<32|uint64(node))
	q.busy[b>>6] |= 1 << (b & 63)
}

// next returns the number, not folded into the ring, of the first bucket at or
// after number from that is not empty; false when all are.
func (q *queue) next(from uint32) (uint32, bool) {
	start := from & q.mask
	word := start >> 6
	w := q.busy[word] &^ (1<<(start&63) - 1)
	for range len(q.busy) + 1 {
		if w != 0 {
			b := word<<6 | uint32(bits.TrailingZeros64(w))
			return from + (b-start)&q.mask, true
		}
		word = (word + 1) & (q.mask >> 6)
		w = q.busy[word]
	}
	return 0, false
}

// empty frees a bucket.
func (q *queue) empty(number uint32) {
	b := number & q.mask
	q.bucket[b] = q.bucket[b][:0]
	q.busy[b>>6] &^= 1 << (b & 63)
}

// clear empties the queue.
func (q *queue) clear() {
	for i, w := range q.busy {
		for ; w != 0; w &= w - 1 {
			b := i<<6 | bits.TrailingZeros64(w)
			q.bucket[b] = q.bucket[b][:0]
		}
		q.busy[i] = 0
	}
}

// bucketShift chooses the width of buckets: narrow enough that few nodes are
// settled twice, wide enough that few buckets stay empty.
func bucketShift(sample []uint32, longest uint32) uint {
	shift := uint(0)
	if len(sample) > 0 {
		slices.Sort(sample)
		for typical := sample[len(sample)/4] / 4; typical>>shift > 1; {
			shift++
		}
	}
	for longest>>shift > 1<<16 {
		shift++
	}
	return shift
}
