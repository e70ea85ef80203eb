package mixed

import "math/bits"

// cells are stiles by their cell. Most cells have none: a bit a cell tells, so
// that a search over the ground rarely has to look further.
type cells struct {
	has  []uint64 // a bit a cell
	rank []uint32 // bits set before a word
	of   table    // stiles by the rank of their cell
}

func newCells(list []stile, n int64) cells {
	c := cells{has: make([]uint64, (n+63)/64), rank: make([]uint32, (n+63)/64)}
	for _, s := range list {
		c.has[s.cell>>6] |= 1 << (s.cell & 63)
	}
	sum := uint32(0)
	for i, word := range c.has {
		c.rank[i] = sum
		sum += uint32(bits.OnesCount64(word))
	}
	pairs := make([]pair, len(list))
	for i, s := range list {
		pairs[i] = pair{c.rankOf(uint32(s.cell)), uint32(i)}
	}
	c.of = newTable(int(sum), pairs)
	return c
}

// rankOf is how many cells with stiles come before one.
func (c *cells) rankOf(cell uint32) uint32 {
	below := c.has[cell>>6] & (1<<(cell&63) - 1)
	return c.rank[cell>>6] + uint32(bits.OnesCount64(below))
}

// in returns the stiles in a cell.
func (c *cells) in(cell uint32) []uint32 {
	if c.has[cell>>6]>>(cell&63)&1 == 0 {
		return nil
	}
	return c.of.of(c.rankOf(cell))
}
