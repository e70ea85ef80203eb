package tile

import (
	"context"
	"math"
	"slices"

	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// MaxAcross is the greatest number of whole squares along the side of a tile, of
// a grid with more than MaxAcross x MaxAcross occupied cells. A level that small
// as a whole is drawn finer, as long as MaxFine squares or fewer fit along the
// side: a county is then seen cell by cell at a glance.
const (
	MaxAcross = 128
	MaxFine   = 512
)

// Projection leads from a grid's own coordinates to WGS 84 degrees and back.
// The zero value says that the coordinates are WGS 84 degrees themselves.
type Projection struct {
	ToWGS84, FromWGS84 func(orb.Point) orb.Point
}

func (p Projection) isDegrees() bool { return p.ToWGS84 == nil }

// Pyramid holds which cells of a grid are occupied, and by which items; level k
// merges blocks of 2^k x 2^k cells. It is immutable.
type Pyramid struct {
	spec   grid.Spec
	proj   Projection
	item   []int32 // block of level 0 that holds the item, -1 none
	levels []level
	cell   float64 // width of the smallest cell side in the unit square
	extent window  // of the whole grid in the unit square
}

type level struct {
	key []uint64 // row<<32 | column of each occupied block, ascending
	up  []int32  // its block of the next level
}

// cancelEvery is how many items are worked on between looks at the context.
const cancelEvery = 4096

// NewPyramid builds the pyramid of a grid. cell[i] is the cell number of item i,
// or -1 when the item is in no cell; items may share a cell.
func NewPyramid(ctx context.Context, spec grid.Spec, cell []int32, proj Projection) (*Pyramid, error) {
	p := &Pyramid{spec: spec, proj: proj, item: make([]int32, len(cell))}
	if err := p.base(ctx, cell); err != nil {
		return nil, err
	}
	for k := 0; int64(max(spec.Cols, spec.Rows)-1)>>k > 0; k++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.levels = append(p.levels, merge(&p.levels[k]))
	}
	p.measureGround()
	return p, nil
}

// base fills level 0 and the block of each item.
func (p *Pyramid) base(ctx context.Context, cell []int32) error {
	order := make([]int32, 0, len(cell))
	for i, c := range cell {
		p.item[i] = -1
		if c >= 0 && int64(c) < p.spec.Cells() {
			order = append(order, int32(i))
		}
	}
	byCell := func(a, b int32) int { return int(cell[a]) - int(cell[b]) }
	if !slices.IsSortedFunc(order, byCell) {
		slices.SortStableFunc(order, byCell)
	}
	var base level
	last := int32(-1)
	for n, i := range order {
		if n%cancelEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if c := cell[i]; c != last {
			base.key = append(base.key, uint64(c/p.spec.Cols)<<32|uint64(c%p.spec.Cols))
			last = c
		}
		p.item[i] = int32(len(base.key) - 1)
	}
	p.levels = []level{base}
	return nil
}

// merge makes the next level, and fills lower.up: two rows of blocks are walked
// side by side, so that the blocks come out in order.
func merge(lower *level) level {
	lower.up = make([]int32, len(lower.key))
	var upper level
	for i := 0; i < len(lower.key); {
		row := lower.key[i] >> 33
		mid := i + search(lower.key[i:], (row*2+1)<<32)
		end := mid + search(lower.key[mid:], (row*2+2)<<32)
		for a, b := i, mid; a < mid || b < end; {
			col := uint64(math.MaxUint64)
			if a < mid {
				col = column(lower.key[a]) >> 1
			}
			if b < end {
				col = min(col, column(lower.key[b])>>1)
			}
			n := int32(len(upper.key))
			upper.key = append(upper.key, row<<32|col)
			for ; a < mid && column(lower.key[a])>>1 == col; a++ {
				lower.up[a] = n
			}
			for ; b < end && column(lower.key[b])>>1 == col; b++ {
				lower.up[b] = n
			}
		}
		i = end
	}
	return upper
}

func column(key uint64) uint64 { return key & math.MaxUint32 }

// search returns how many of the ascending keys are below key.
func search(keys []uint64, key uint64) int {
	n, _ := slices.BinarySearch(keys, key)
	return n
}

// samples is along how many stretches of an edge the ground is looked at.
const samples = 8

// measureGround finds where the grid lies in the unit square, and how small its
// smallest cell is there.
func (p *Pyramid) measureGround() {
	p.cell, p.extent = math.Inf(1), window{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	s := p.spec
	for i := 0; i <= samples; i++ {
		for j := 0; j <= samples; j++ {
			c := float64(s.Cols) * float64(i) / samples
			r := float64(s.Rows) * float64(j) / samples
			x, y := p.world(r, c)
			p.extent.x0, p.extent.x1 = min(p.extent.x0, x), max(p.extent.x1, x)
			p.extent.y0, p.extent.y1 = min(p.extent.y0, y), max(p.extent.y1, y)
			xe, ye := p.world(r, c+1)
			xs, ys := p.world(r+1, c)
			p.cell = min(p.cell, math.Hypot(xe-x, ye-y), max(math.Hypot(xs-x, ys-y), 1e-12))
		}
	}
	if !p.proj.isDegrees() {
		// An edge may bulge between samples.
		dx, dy := (p.extent.x1-p.extent.x0)/samples, (p.extent.y1-p.extent.y0)/samples
		p.extent = window{p.extent.x0 - dx, p.extent.y0 - dy, p.extent.x1 + dx, p.extent.y1 + dy}
	}
}

// world places a corner of the grid, counted in cells from the top left, in the
// unit square.
func (p *Pyramid) world(row, col float64) (x, y float64) {
	at := orb.Point{p.spec.X0 + col*p.spec.DX, p.spec.Y0 - row*p.spec.DY}
	if !p.proj.isDegrees() {
		at = p.proj.ToWGS84(at)
	}
	return World(at)
}

// levelFor is the finest level that [MaxAcross] and [MaxFine] allow a tile of the
// zoom.
func (p *Pyramid) levelFor(zoom uint32) int {
	k := 0
	for ; k < len(p.levels)-1; k++ {
		side := p.cell * math.Exp2(float64(k)+float64(zoom)) // of a block, in tiles
		few := len(p.levels[k].key) <= MaxAcross*MaxAcross
		if side*MaxAcross >= 1 || few && side*MaxFine >= 1 {
			break
		}
	}
	return k
}
