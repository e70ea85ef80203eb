// Package grid describes regular grids of cells: where a cell lies, and which
// cell a point is in. It knows nothing of what the cells hold.
package grid

import "math"

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
