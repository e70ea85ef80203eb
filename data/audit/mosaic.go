package audit

import (
	"context"
	"math"
	"slices"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/grid"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// A level is cut into so many cells a zone to look for overlaps and holes, and
// into no fewer and no more than these in all. Anything smaller than a few cells
// goes unseen.
const (
	cellsAZone  = 20_000
	fewestCells = 300_000
	mostCells   = 1_000_000
)

// minCells is the smallest overlap or hole that is told: less may be the
// rounding of coordinates along a border. minShare is the smallest overlap as a
// share of the smaller zone.
const (
	minCells = 4
	minShare = 0.002
)

// Overlap is two zones that share ground.
type Overlap struct {
	A, B int32     // A < B
	At   orb.Point // a place in both
	KM2  float64   // about
}

// Hole is ground in no zone, with zones all around.
type Hole struct {
	KM2   float64 // about
	cells int
}

// Mosaic is what zones of one level leave open or cover twice.
type Mosaic struct {
	Overlaps []Overlap // by A, then B
	Holes    []Hole
	spec     grid.Spec
	hole     []int32 // by cell: index into Holes, -1
}

// NewMosaic looks over the zones of one level on a grid of some 300,000 to a
// million cells. The error is that of ctx.
func NewMosaic(ctx context.Context, zones []orb.MultiPolygon) (*Mosaic, error) {
	m := &Mosaic{spec: specOver(zones, min(max(len(zones)*cellsAZone, fewestCells), mostCells))}
	if m.spec.IsZero() {
		return m, nil
	}
	low, err := zonal.AssignCells(ctx, m.spec, zones, nil)
	if err != nil {
		return nil, err
	}
	back := slices.Clone(zones)
	slices.Reverse(back)
	high, err := zonal.AssignCells(ctx, m.spec, back, nil)
	if err != nil {
		return nil, err
	}
	for i, z := range high {
		if z >= 0 {
			high[i] = int32(len(zones)) - 1 - z
		}
	}
	m.findOverlaps(low, high, len(zones))
	m.findHoles(low)
	return m, nil
}

func specOver(zones []orb.MultiPolygon, cells int) grid.Spec {
	b := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for _, z := range zones {
		if len(z) > 0 {
			b = b.Union(z.Bound())
		}
	}
	w, h := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	if !(w > 0 && h > 0) {
		return grid.Spec{}
	}
	d := math.Sqrt(w * h / float64(cells))
	// A margin of one cell, so that the outside is one connected rim. The start is
	// moved by an odd share of a cell: borders along round coordinates then do not
	// run through cell centres.
	return grid.Spec{
		CRS: "EPSG:4326", X0: b.Min[0] - 1.37*d, Y0: b.Max[1] + 1.37*d, DX: d, DY: d,
		Cols: int32(math.Ceil(w/d)) + 3, Rows: int32(math.Ceil(h/d)) + 3,
	}
}

func (m *Mosaic) findOverlaps(low, high []int32, zones int) {
	size := make([]int, zones)
	type pair struct{ a, b int32 }
	cells := map[pair][]int32{}
	for cell, a := range low {
		if a < 0 {
			continue
		}
		size[a]++
		if b := high[cell]; b != a {
			size[b]++
			cells[pair{a, b}] = append(cells[pair{a, b}], int32(cell))
		}
	}
	for p, list := range cells {
		if len(list) >= minCells && float64(len(list)) >= minShare*float64(min(size[p.a], size[p.b])) {
			m.Overlaps = append(m.Overlaps, Overlap{A: p.a, B: p.b, At: m.centre(list[len(list)/2]), KM2: m.area(list)})
		}
	}
	slices.SortFunc(m.Overlaps, func(x, y Overlap) int {
		if x.A != y.A {
			return int(x.A - y.A)
		}
		return int(x.B - y.B)
	})
}

func (m *Mosaic) centre(cell int32) orb.Point {
	x, y := m.spec.Centre(cell)
	return orb.Point{x, y}
}

// area is that of cells of the size of their middle one.
func (m *Mosaic) area(cells []int32) float64 {
	minX, minY, maxX, maxY := m.spec.Bounds(cells[len(cells)/2])
	one := geodesy.RingArea(orb.Ring{{minX, minY}, {maxX, minY}, {maxX, maxY}, {minX, maxY}, {minX, minY}})
	return one * float64(len(cells)) / 1e6
}

// findHoles floods the open cells; what does not reach the rim is a hole.
func (m *Mosaic) findHoles(low []int32) {
	const unseen, outside = -2, -1
	m.hole = make([]int32, len(low))
	for i := range m.hole {
		m.hole[i] = unseen
	}
	m.flood(low, 0, outside)
	for cell := range low {
		if low[cell] >= 0 || m.hole[cell] != unseen {
			continue
		}
		list := m.flood(low, int32(cell), int32(len(m.Holes)))
		if len(list) < minCells {
			for _, c := range list {
				m.hole[c] = outside
			}
			continue
		}
		m.Holes = append(m.Holes, Hole{KM2: m.area(list), cells: len(list)})
	}
}

// flood marks the open cells that are connected to a start through edges.
func (m *Mosaic) flood(low []int32, start, mark int32) []int32 {
	m.hole[start] = mark
	list := []int32{start}
	for i := 0; i < len(list); i++ {
		c := list[i]
		col := c % m.spec.Cols
		for _, n := range [4]int32{c - 1, c + 1, c - m.spec.Cols, c + m.spec.Cols} {
			wraps := n == c-1 && col == 0 || n == c+1 && col == m.spec.Cols-1
			if wraps || n < 0 || int(n) >= len(low) || low[n] >= 0 || m.hole[n] != -2 {
				continue
			}
			m.hole[n] = mark
			list = append(list, n)
		}
	}
	return list
}

// HoleAt returns the index of the hole that a point lies in, -1 in none.
func (m *Mosaic) HoleAt(p orb.Point) int32 {
	if m.spec.IsZero() {
		return -1
	}
	cell := m.spec.Cell(p[0], p[1])
	if cell < 0 {
		return -1
	}
	return max(m.hole[cell], -1)
}
