package zonal

import (
	"cmp"
	"slices"

	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// sweep is what one polygon takes of a grid: runs of whole cells, and cells
// with a share, both ascending by cell.
type sweep struct {
	whole  []run
	border []cellShare
}

type run struct{ from, to int32 } // cells from..to-1

type cellShare struct {
	cell  int32
	share float64
}

// touch is what a piece of boundary does to its row: it adds area to its own
// cell, and cover to every cell on its right.
type touch struct {
	cell        int32
	area, cover float64
}

// sweeper collects the touches of one polygon. Its coordinates are cells: u
// columns from the left edge, v rows from the top.
type sweeper struct {
	spec    grid.Spec
	touches []touch
}

func sweepPolygon(s grid.Spec, mp orb.MultiPolygon) sweep {
	w := &sweeper{spec: s}
	var ring []orb.Point
	for _, p := range mp {
		for k, r := range p {
			ring = tidy(r, ring[:0])
			if ring == nil && k == 0 {
				break
			}
			w.addRing(ring, k == 0)
		}
	}
	slices.SortStableFunc(w.touches, func(a, b touch) int { return cmp.Compare(a.cell, b.cell) })
	return w.rows()
}

// addRing adds an outer ring as area, any other as a hole.
func (w *sweeper) addRing(ring []orb.Point, outer bool) {
	if len(ring) == 0 {
		return
	}
	for i, p := range ring {
		ring[i] = orb.Point{(p[0] - w.spec.X0) / w.spec.DX, (w.spec.Y0 - p[1]) / w.spec.DY}
	}
	var twice float64
	o := ring[0]
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		twice -= (a[0] - o[0] + b[0] - o[0]) * (b[1] - a[1])
	}
	sign := 1.0
	if (twice < 0) == outer {
		sign = -1
	}
	for i, a := range ring {
		w.addEdge(a, ring[(i+1)%len(ring)], sign)
	}
}

// addEdge cuts an edge into its rows.
func (w *sweeper) addEdge(a, b orb.Point, sign float64) {
	if a[1] > b[1] {
		a, b, sign = b, a, -sign
	}
	low, high := max(a[1], 0), min(b[1], float64(w.spec.Rows))
	if !(low < high) {
		return
	}
	u := func(v float64) float64 {
		switch v {
		case a[1]:
			return a[0]
		case b[1]:
			return b[0]
		}
		return a[0] + (v-a[1])/(b[1]-a[1])*(b[0]-a[0])
	}
	for v, row := low, int32(low); v < high; row++ {
		next := min(high, float64(row+1))
		w.addPiece(row, u(v), v, u(next), next, sign)
		v = next
	}
}

// addPiece cuts a piece within one row into its cells. What lies left of the
// grid covers the whole row, what lies right of it nothing.
func (w *sweeper) addPiece(row int32, ua, va, ub, vb, sign float64) {
	if ua > ub {
		ua, va, ub, vb, sign = ub, vb, ua, va, -sign
	}
	at := func(u float64) float64 { return va + (u-ua)/(ub-ua)*(vb-va) }
	u, v := ua, va
	if u < 0 {
		if ub <= 0 {
			w.add(row, 0, 0, sign*(vb-va))
			return
		}
		zero := at(0)
		w.add(row, 0, 0, sign*(zero-va))
		u, v = 0, zero
	}
	if u >= float64(w.spec.Cols) {
		return
	}
	for col := int32(u); col < w.spec.Cols; col++ {
		nu, nv := ub, vb
		if right := float64(col + 1); right < ub {
			nu, nv = right, at(right)
		}
		w.add(row, col, (u+nu)/2-float64(col), sign*(nv-v))
		if nu == ub {
			return
		}
		u, v = nu, nv
	}
}

// add notes a piece that climbs dv at the mean place u (0..1) of a cell.
func (w *sweeper) add(row, col int32, u, dv float64) {
	w.touches = append(w.touches, touch{row*w.spec.Cols + col, dv * (1 - u), dv})
}

// rows sums the touches up along each row.
func (w *sweeper) rows() sweep {
	var out sweep
	for i := 0; i < len(w.touches); {
		row := w.touches[i].cell / w.spec.Cols
		end := (row + 1) * w.spec.Cols
		cell, cover := w.touches[i].cell, 0.0
		for i < len(w.touches) && w.touches[i].cell < end {
			out.add(cell, w.touches[i].cell, cover)
			cell = w.touches[i].cell
			area, before := 0.0, cover
			for ; i < len(w.touches) && w.touches[i].cell == cell; i++ {
				area += w.touches[i].area
				cover += w.touches[i].cover
			}
			out.add(cell, cell+1, before+area)
			cell++
		}
		out.add(cell, end, cover)
	}
	return out
}

// add gives the cells from..to-1 the same share.
func (s *sweep) add(from, to int32, share float64) {
	switch {
	case from >= to || !(share > negligible):
	case share < 1-negligible:
		for c := from; c < to; c++ {
			s.border = append(s.border, cellShare{c, share})
		}
	case len(s.whole) > 0 && s.whole[len(s.whole)-1].to == from:
		s.whole[len(s.whole)-1].to = to
	default:
		s.whole = append(s.whole, run{from, to})
	}
}
