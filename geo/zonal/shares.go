package zonal

import (
	"cmp"
	"context"
	"slices"
	"sort"

	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// negligible is the share of a cell below which an overlap is none, and above
// one less which it is the whole cell: it swallows what rounding makes of
// polygons that follow cell edges.
const negligible = 1e-9

// Share is a polygon's share of a cell's area, over 0 and at most 1.
type Share struct {
	Poly  int32
	Share float64
}

// Shares tells how the area of every cell is shared out between polygons. Most
// cells lie wholly in one polygon or in none and take one entry of Whole; the
// others have a row a polygon in the columns Cell, Poly and Share, which are
// sorted by cell, then polygon. What the shares of a cell lack to 1 lies in no
// polygon. Where polygons overlap one another shares sum to more than 1 (see
// [Shares.CapOverlaps]).
type Shares struct {
	Whole []int32 // by cell: the polygon that alone has a share, which is 1; or -1
	Cell  []int32 // ascending
	Poly  []int32
	Share []float64 // over 0, at most 1
}

// Of appends the shares of a cell to dst, ascending by polygon, and returns it;
// nothing for a cell in no polygon.
func (s *Shares) Of(cell int32, dst []Share) []Share {
	if p := s.Whole[cell]; p >= 0 {
		return append(dst, Share{p, 1})
	}
	for i := s.find(cell); i < len(s.Cell) && s.Cell[i] == cell; i++ {
		dst = append(dst, Share{s.Poly[i], s.Share[i]})
	}
	return dst
}

func (s *Shares) find(cell int32) int {
	return sort.Search(len(s.Cell), func(i int) bool { return s.Cell[i] >= cell })
}

// CapOverlaps scales the shares of every cell whose shares sum to more than 1
// down to the sum 1, so that nobody is counted twice, and returns the number of
// cells where the excess was over a thousandth: overlaps that the reader of a
// report should hear of.
func (s *Shares) CapOverlaps() int {
	n := 0
	for i := 0; i < len(s.Cell); {
		sum, end := 0.0, i
		for ; end < len(s.Cell) && s.Cell[end] == s.Cell[i]; end++ {
			sum += s.Share[end]
		}
		if sum > 1.001 {
			n++
		}
		for ; i < end; i++ {
			if sum > 1 {
				s.Share[i] /= sum
			}
		}
	}
	return n
}

// OverlapShares measures the share of each cell's area that lies in each
// polygon, exactly but for rounding (about 1e-12 of a cell; see [Shares] for
// what is dropped). Area is that of the grid's own plane: in a geographic grid
// the change of scale within a cell is left out of account. The polygons are in
// the grid's coordinates.
//
// Areas are counted by rings, an outer ring less its holes whatever way they
// are wound, where the other functions go by even-odd; for valid polygons that
// is the same. Polygons of one multipolygon that overlap count twice there, up
// to the whole cell; the loops of a ring that crosses itself cancel out.
func OverlapShares(ctx context.Context, s grid.Spec, polys []orb.MultiPolygon, progress func(done, total int64)) (*Shares, error) {
	if err := usable(s); err != nil {
		return nil, err
	}
	results := make([]sweep, len(polys))
	err := parallel(ctx, len(polys), progress, int64(len(polys)), func(i int) {
		results[i] = sweepPolygon(s, polys[i])
	})
	if err != nil {
		return nil, err
	}
	return mergeSweeps(s, results), nil
}

// mergeSweeps puts together what single polygons take. A cell that lies wholly
// in one polygon and has a share in another gets rows for both.
func mergeSweeps(s grid.Spec, results []sweep) *Shares {
	m := &Shares{Whole: make([]int32, s.Cells())}
	for i := range m.Whole {
		m.Whole[i] = -1
	}
	type row struct {
		cell, poly int32
		share      float64
	}
	var rows []row
	for i := range results {
		poly := int32(i)
		for _, w := range results[i].whole {
			for c := w.from; c < w.to; c++ {
				if m.Whole[c] < 0 {
					m.Whole[c] = poly
				} else {
					rows = append(rows, row{c, poly, 1})
				}
			}
		}
		for _, b := range results[i].border {
			rows = append(rows, row{b.cell, poly, b.share})
		}
		results[i] = sweep{}
	}
	for _, r := range rows { // ranges over the rows of before
		if w := m.Whole[r.cell]; w >= 0 {
			rows = append(rows, row{r.cell, w, 1})
			m.Whole[r.cell] = -1
		}
	}
	slices.SortFunc(rows, func(a, b row) int { return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(a.poly, b.poly)) })
	m.Cell, m.Poly, m.Share = make([]int32, len(rows)), make([]int32, len(rows)), make([]float64, len(rows))
	for i, r := range rows {
		m.Cell[i], m.Poly[i], m.Share[i] = r.cell, r.poly, r.share
	}
	return m
}
