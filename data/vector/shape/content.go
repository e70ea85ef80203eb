package shape

import (
	"encoding/binary"
	"math"

	"github.com/paulmach/orb"
)

// content takes the numbers out of a record. Once it is short it stays
// so, and gives nothing more.
type content struct {
	b     []byte
	short bool
}

func (c *content) skip(n int) {
	if c.short || len(c.b) < n {
		c.short = true
		return
	}
	c.b = c.b[n:]
}

// count reads a number of things that take at least 4 bytes each.
func (c *content) count() int {
	if c.short || len(c.b) < 4 {
		c.short = true
		return 0
	}
	n := binary.LittleEndian.Uint32(c.b)
	c.b = c.b[4:]
	if int64(n)*4 > int64(len(c.b)) {
		c.short = true
		return 0
	}
	return int(n)
}

// positions reads n pairs x, y; nil when there are not so many.
func (c *content) positions(n int) []orb.Point {
	if c.short || len(c.b)/16 < n {
		c.short = true
		return nil
	}
	ps := make([]orb.Point, n)
	for i := range ps {
		ps[i][0] = math.Float64frombits(binary.LittleEndian.Uint64(c.b[16*i:]))
		ps[i][1] = math.Float64frombits(binary.LittleEndian.Uint64(c.b[16*i+8:]))
	}
	c.b = c.b[16*n:]
	return ps
}

// parts reads the parts of a line or polygon; parts without positions are left
// out.
func (c *content) parts() [][]orb.Point {
	c.skip(32) // box
	n := c.count()
	total := 0
	if !c.short {
		if len(c.b) < 4 {
			c.short = true
			return nil
		}
		total = int(binary.LittleEndian.Uint32(c.b))
		c.b = c.b[4:]
	}
	if c.short || len(c.b) < 4*n || len(c.b)/16 < total {
		c.short = true
		return nil
	}
	starts := make([]int, n+1)
	for i := range n {
		starts[i] = int(binary.LittleEndian.Uint32(c.b[4*i:]))
	}
	starts[n] = total
	c.b = c.b[4*n:]
	return c.cut(c.positions(total), starts)
}

func (c *content) cut(ps []orb.Point, starts []int) [][]orb.Point {
	var parts [][]orb.Point
	for i := 0; i+1 < len(starts) && !c.short; i++ {
		from, to := starts[i], starts[i+1]
		if from > to || to > len(ps) || i == 0 && from != 0 {
			c.short = true
			return nil
		}
		if from < to {
			parts = append(parts, ps[from:to:to])
		}
	}
	return parts
}
