package friction

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"lifecircle/geo/crs"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/grid"
)

// The sixteen ways to leave a cell, as columns right and rows down. The first
// four lead over an edge, the next four over a corner, the last are the knight's
// moves.
var ways = [16]struct{ dc, dr int32 }{
	{0, -1},
	{-1, 0},
	{1, 0},
	{0, 1},
	{-1, -1},
	{1, -1},
	{-1, 1},
	{1, 1},
	{-1, -2},
	{1, -2},
	{-2, -1},
	{2, -1},
	{-2, 1},
	{2, 1},
	{-1, 2},
	{1, 2},
}

// Lengths are the metres between the centres of a cell and of those around it.
type Lengths struct {
	rows  [][16]float64 // by way; one row for all when the grid is even
	level int           // rows -> rows index: 0 when one serves all, else 1
}

// of returns the lengths from cells of a row.
func (l *Lengths) of(row int32) *[16]float64 { return &l.rows[int(row)*l.level] }

// Metres returns the distance from a cell of row to the one dc columns right and
// dr rows down; 0 for cells further than a knight's move.
func (l *Lengths) Metres(row, dc, dr int32) float64 {
	for i, w := range ways {
		if w.dc == dc && w.dr == dr {
			return l.of(row)[i]
		}
	}
	return 0
}

// Measure measures the cells of a grid: by its own metres, or on WGS 84 when the
// grid is geographic or Web Mercator. A system that package crs does not know is
// taken to be in metres, unless its cells are smaller than 1, which are likely
// to be degrees. The error wraps [ErrSurface] for those, for cells without a
// size, and for rows at or beyond a pole.
func Measure(s grid.Spec) (*Lengths, error) {
	if !(s.DX > 0 && s.DY > 0) || math.IsInf(s.DX, 0) || math.IsInf(s.DY, 0) {
		return nil, fmt.Errorf("%w: cells of %v x %v", ErrSurface, s.DX, s.DY)
	}
	c, err := crs.Parse(s.CRS)
	if err == nil && (c.IsGeographic() || c.Code() == "EPSG:3857") {
		return measureRows(s, c)
	}
	if err != nil && s.DX < 1 {
		return nil, fmt.Errorf("%w: are cells of %v in degrees or metres? %w", ErrSurface, s.DX, err)
	}
	l := &Lengths{rows: make([][16]float64, 1)}
	for i, w := range ways {
		l.rows[0][i] = math.Hypot(float64(w.dc)*s.DX, float64(w.dr)*s.DY)
	}
	return l, nil
}

// measureRows measures downwards and takes the way up from the row above, so
// that there and back are equal to the last bit.
func measureRows(s grid.Spec, c crs.CRS) (*Lengths, error) {
	l := &Lengths{rows: make([][16]float64, s.Rows), level: 1}
	centre := func(col, row int32) geodesy.Vec {
		x, y := s.X0+(float64(col)+0.5)*s.DX, s.Y0-(float64(row)+0.5)*s.DY
		return geodesy.ECEF(c.ToWGS84(orb.Point{x, y}))
	}
	for row := range s.Rows {
		_, y := s.Centre(row * s.Cols)
		lat := c.ToWGS84(orb.Point{s.X0, y})[1]
		if math.IsNaN(lat) || math.Abs(lat) >= 90 {
			return nil, fmt.Errorf("%w: row %d is at latitude %v", ErrSurface, row, lat)
		}
		here := centre(0, row)
		for i, w := range ways {
			if w.dr >= 0 {
				l.rows[row][i] = geodesy.Metres(here, centre(max(w.dc, -w.dc), row+w.dr))
			} else if row+w.dr >= 0 {
				l.rows[row][i] = l.rows[row+w.dr][opposite(i)]
			}
		}
	}
	return l, nil
}

// opposite is the way back.
func opposite(way int) int {
	switch {
	case way < 4:
		return 3 - way
	case way < 8:
		return 11 - way
	}
	return 23 - way
}
