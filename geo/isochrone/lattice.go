package isochrone

import "github.com/paulmach/orb"

// What a cell is to a band, in the two lowest bits of its key.
const (
	within = 0 // reached within the lower limit: enclosed by the band
	inBand = 1
	beyond = 2 // not reached within the upper limit
	class  = 3
)

// The two lines that bound a band.
const (
	innerLine = 0 // at the lower limit
	outerLine = 1 // at the upper limit
)

const none = int32(-1)

// Steps of the lattice are measured in units. See the package comment for why
// these places.
const (
	units  = 1 << 16
	margin = units / 256
	coast  = units / 2     // beside Never and the edge of the grid
	border = units * 3 / 8 // beside another piece of land
)

// row is a row of cells with one cell of nothing on either side.
type row struct {
	key    []int64 // piece of land << 2 | class
	timeMS []uint32
}

func newRow(cols int32) row {
	r := row{make([]int64, cols+2), make([]uint32, cols+2)}
	r.clear()
	return r
}

// clear makes the row one of nothing.
func (r row) clear() {
	for i := range r.key {
		r.key[i], r.timeMS[i] = beyond, Never
	}
}

// load fills the row with row number n of the field.
func (r row) load(f Field, n int32, limits [2]int64) {
	from := int(n) * int(f.Grid.Cols)
	for i, ms := range f.TimesMS[from : from+int(f.Grid.Cols)] {
		kind := int64(inBand)
		switch {
		case int64(ms) > limits[outerLine]:
			kind = beyond
		case int64(ms) <= limits[innerLine]:
			kind = within
		}
		if f.Pieces != nil {
			kind |= int64(f.Pieces[from+i]) << 2
		}
		r.key[i+1], r.timeMS[i+1] = kind, ms
	}
}

// cell is one end of a step of the lattice.
type cell struct {
	key    int64
	timeMS uint32
}

// inside reports whether the cell is within what a line encloses.
func (c cell) inside(line int) bool { return c.key&class <= int64(line) }

// joins reports whether times may be compared between two cells.
func (c cell) joins(d cell) bool {
	return c.timeMS != Never && d.timeMS != Never && c.key>>2 == d.key>>2
}

// step is the way from the centre of a cell to that of the next one in its row
// or column, x to the right and y down, in cells from the corner of the grid.
type step struct {
	x, y  float64
	along bool // the row
}

func (s step) at(place int64) orb.Point {
	if s.along {
		return orb.Point{s.x + float64(place)/units, s.y}
	}
	return orb.Point{s.x, s.y + float64(place)/units}
}

// place returns how far from the lower-numbered end a of a step to b the line of
// a limit leaves the cell at one end (0: a, 1: b).
func place(a, b cell, end int, limit int64) int64 {
	far := [2]cell{b, a}[end]
	out := int64(border)
	switch {
	case a.joins(b):
		return interpolate(a.timeMS, b.timeMS, limit)
	case far.timeMS == Never:
		out = coast
	}
	if end == 1 {
		return units - out
	}
	return out
}

// interpolate returns where between two times the limit and half a millisecond
// lies. It never falls with the limit when b is later than a, and never rises
// when b is earlier, so that lines keep their order.
func interpolate(a, b uint32, limit int64) int64 {
	rise, up := int64(b)-int64(a), (2*limit+1-2*int64(a))*(units/2)
	if rise < 0 {
		rise, up = -rise, -up
	}
	return min(max(up/rise, margin), units-margin)
}
