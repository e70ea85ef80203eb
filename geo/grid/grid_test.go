package grid

import (
	"math"
	"testing"
)

func TestCellAndCentre(t *testing.T) {
	s := Spec{CRS: "EPSG:4326", X0: 10, Y0: 50, DX: 0.5, DY: 0.25, Cols: 4, Rows: 3}
	for c := range int32(12) {
		if x, y := s.Centre(c); s.Cell(x, y) != c {
			t.Errorf("the centre of cell %d is in cell %d", c, s.Cell(x, y))
		}
		minX, minY, maxX, maxY := s.Bounds(c)
		if s.Cell(minX, maxY) != c || maxX-minX != 0.5 || maxY-minY != 0.25 {
			t.Errorf("cell %d: bounds %v %v %v %v", c, minX, minY, maxX, maxY)
		}
	}
	for _, p := range [][2]float64{{9.99, 49.9}, {12, 49.9}, {11, 50.01}, {11, 49.25}, {math.NaN(), 49.9}, {math.Inf(1), 49.9}} {
		if c := s.Cell(p[0], p[1]); c != -1 {
			t.Errorf("%v is in cell %d", p, c)
		}
	}
}

func TestSameAs(t *testing.T) {
	s := Spec{CRS: "EPSG:4326", X0: 42.9990, Y0: -11.36, DX: 0.000833333333, DY: 0.000833333333, Cols: 1500, Rows: 1600}
	rounded, moved, stretched, other, wider := s, s, s, s, s
	rounded.X0 += 1e-9
	rounded.CRS = "epsg:4326"
	moved.Y0 += s.DY / 100
	stretched.DX *= 1 + 1e-5 // 1.5 % of a cell at the far side
	other.CRS = "EPSG:4490"
	wider.Cols++
	if !s.SameAs(s) || !s.SameAs(rounded) || !(Spec{}).SameAs(Spec{DX: 1}) {
		t.Error("the same grids differ")
	}
	for _, d := range []Spec{moved, stretched, other, wider, {}} {
		if s.SameAs(d) || d.SameAs(s) {
			t.Errorf("%v is the same as %v", s, d)
		}
	}
}
