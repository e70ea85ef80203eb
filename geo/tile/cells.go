package tile

import (
	"context"
	"math"
)

// Cells is what a measure says of every block of a pyramid. It is immutable.
type Cells[T any] struct {
	p      *Pyramid
	m      Measure[T]
	levels [][]T
}

// NewCells sums a measure up over every level of the pyramid: items in their
// order, then blocks in theirs, so that the sums are the same on every machine.
func NewCells[T any](ctx context.Context, p *Pyramid, m Measure[T]) (*Cells[T], error) {
	c := &Cells[T]{p: p, m: m}
	base := make([]T, len(p.levels[0].key))
	for i, b := range p.item {
		if i%cancelEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if b >= 0 {
			m.Add(&base[b], i)
		}
	}
	c.levels = append(c.levels, base)
	for k := range p.levels[:len(p.levels)-1] {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		upper := make([]T, len(p.levels[k+1].key))
		for b, u := range p.levels[k].up {
			m.Merge(&upper[u], c.levels[k][b])
		}
		c.levels = append(c.levels, upper)
	}
	return c, nil
}

// Draw adds the blocks that reach into a tile to its layer. A grid that crosses
// the antimeridian is seen from both sides of the map.
func (c *Cells[T]) Draw(e *Encoder, t ID) {
	if len(c.levels[0]) == 0 {
		return
	}
	for _, shift := range [...]float64{-1, 0, 1} {
		c.draw(e, t, shift)
	}
}

func (c *Cells[T]) draw(e *Encoder, t ID, shift float64) {
	under, ok := c.p.cellsUnder(t.window(), shift)
	if !ok {
		return
	}
	k := c.p.levelFor(t.Z)
	at := span{under.r0 >> k, under.c0 >> k, (under.r1-1)>>k + 1, (under.c1-1)>>k + 1}
	look := c.p.corners(t, k, at, shift)
	keys := c.p.levels[k].key
	values := make([]Value, len(c.m.Names))
	var buf [12][2]int32
	for i := search(keys, uint64(at.r0)<<32|uint64(at.c0)); i < len(keys); {
		row, col := int64(keys[i]>>32), int64(keys[i]&math.MaxUint32)
		switch {
		case row >= at.r1:
			return
		case col < at.c0:
			i += search(keys[i:], uint64(row)<<32|uint64(at.c0))
			continue
		case col >= at.c1:
			i += search(keys[i:], uint64(row+1)<<32|uint64(at.c0))
			continue
		}
		if ring := look.outline(row, col, buf[:]); ring != nil && c.m.Values(&c.levels[k][i], values) {
			e.Ring(ring, values)
		}
		i++
	}
}
