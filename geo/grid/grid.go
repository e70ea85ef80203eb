package grid

import (
	"math"
	"strings"
)

// Spec is a north-up grid in the coordinates of CRS. Cell (0, 0) is the top
// left one; cell numbers run along rows: row*Cols + col. The zero value is no
// grid.
type Spec struct {
	CRS        string  `json:"crs"` // "EPSG:4326", "EPSG:4547" ...
	X0, Y0     float64 // outer corner of the top left cell
	DX, DY     float64 // size of a cell, both > 0
	Cols, Rows int32
}

// IsZero reports whether there is no grid.
func (s Spec) IsZero() bool { return s.Cols == 0 || s.Rows == 0 }

// SameAs reports whether two grids have the same cells: the same system and
// counts, and corners that agree to a thousandth of a cell, so that rounding in
// a file's header does not part two grids. No grid is the same as no grid.
func (s Spec) SameAs(other Spec) bool {
	if s.Cols != other.Cols || s.Rows != other.Rows || !strings.EqualFold(s.CRS, other.CRS) {
		return s.IsZero() && other.IsZero()
	}
	cols, rows := float64(s.Cols), float64(s.Rows)
	near := func(a, b, cell float64) bool { return math.Abs(a-b) <= math.Abs(cell)/1000 }
	return near(s.X0, other.X0, s.DX) && near(s.X0+cols*s.DX, other.X0+cols*other.DX, s.DX) &&
		near(s.Y0, other.Y0, s.DY) && near(s.Y0-rows*s.DY, other.Y0-rows*other.DY, s.DY)
}

// Cells is the number of cells.
func (s Spec) Cells() int64 { return int64(s.Cols) * int64(s.Rows) }

// Centre returns the centre of a cell in the grid's own coordinates.
func (s Spec) Centre(cell int32) (x, y float64) {
	r, c := cell/s.Cols, cell%s.Cols
	return s.X0 + (float64(c)+0.5)*s.DX, s.Y0 - (float64(r)+0.5)*s.DY
}

// Bounds returns the outline of a cell in the grid's own coordinates.
func (s Spec) Bounds(cell int32) (minX, minY, maxX, maxY float64) {
	r, c := cell/s.Cols, cell%s.Cols
	minX, maxY = s.X0+float64(c)*s.DX, s.Y0-float64(r)*s.DY
	return minX, s.Y0 - float64(r+1)*s.DY, s.X0 + float64(c+1)*s.DX, maxY
}

// Cell returns the number of the cell that holds (x, y), -1 outside the grid.
// A point on a shared edge belongs to the cell to its right or below it.
func (s Spec) Cell(x, y float64) int32 {
	c, r := math.Floor((x-s.X0)/s.DX), math.Floor((s.Y0-y)/s.DY)
	if c < 0 || r < 0 || c >= float64(s.Cols) || r >= float64(s.Rows) || math.IsNaN(c+r) {
		return -1
	}
	return int32(r)*s.Cols + int32(c)
}
