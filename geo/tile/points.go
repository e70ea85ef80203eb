package tile

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Points are scattered items in the order of a Z-shaped curve over the unit
// square, in which every tile, and every small square of a tile, is one stretch.
// It is immutable.
type Points struct{ list []place }

type place struct {
	key  uint64 // of the curve
	item int32
	x, y float64 // in the unit square
}

const (
	curveBits   = 30 // a side; 2^-30 of the equator is 4 cm
	squareLevel = 6  // a tile is gathered in 64 x 64 squares
)

// NewPoints places the items of which at gives a WGS 84 point, in degrees.
func NewPoints(ctx context.Context, items []int32, at func(item int32) orb.Point) (*Points, error) {
	p := &Points{list: make([]place, len(items))}
	for i, item := range items {
		if i%cancelEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		x, y := World(at(item))
		x -= math.Floor(x) // the antimeridian is no edge of the world
		p.list[i] = place{key: curve(x, y), item: item, x: x, y: y}
	}
	slices.SortFunc(p.list, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.item, b.item))
	})
	return p, nil
}

func curve(x, y float64) uint64 {
	const n = 1 << curveBits
	return spread(uint64(min(x*n, n-1))) | spread(uint64(min(max(y*n, 0), n-1)))<<1
}

// spread puts a zero between the bits of a 32-bit number.
func spread(v uint64) uint64 {
	v = (v | v<<16) & 0x0000ffff0000ffff
	v = (v | v<<8) & 0x00ff00ff00ff00ff
	v = (v | v<<4) & 0x0f0f0f0f0f0f0f0f
	v = (v | v<<2) & 0x3333333333333333
	return (v | v<<1) & 0x5555555555555555
}

// DrawPoints adds the points of a tile to its layer. Points in one square of a
// 64th of the tile's side become one, in the middle of them.
func DrawPoints[T any](e *Encoder, p *Points, m Measure[T], t ID) {
	shift := 2 * (curveBits - t.Z)
	first := (spread(uint64(t.X)) | spread(uint64(t.Y))<<1) << shift
	from := p.search(first)
	stretch := p.list[from : from+(&Points{p.list[from:]}).search(first+1<<shift)]
	square := 2 * (curveBits - min(t.Z+squareLevel, curveBits))
	f, values := t.frame(), make([]Value, len(m.Names))
	for len(stretch) > 0 {
		n := 1
		for n < len(stretch) && stretch[n].key>>square == stretch[0].key>>square {
			n++
		}
		var sum T
		var x, y float64
		for _, one := range stretch[:n] {
			m.Add(&sum, int(one.item))
			x, y = x+one.x, y+one.y
		}
		if m.Values(&sum, values) {
			at := f.units(x/float64(n), y/float64(n))
			e.Point(unit{pull(at[0]), pull(at[1])}, values)
		}
		stretch = stretch[n:]
	}
}

func (p *Points) search(key uint64) int {
	n, _ := slices.BinarySearchFunc(p.list, key, func(a place, k uint64) int { return cmp.Compare(a.key, k) })
	return n
}
