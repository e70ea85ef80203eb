package friction

import (
	_ "embed"
	"encoding/csv"
	"math"
	"strconv"
	"strings"
	"testing"

	"lifecircle/geo/grid"
)

// What GRASS GIS 8.2.1 answers on the surface of TestAgreesWithGRASS: r.cost and
// r.walk (lambda 1, friction 0, defaults otherwise) from three start points, both
// without and with -k, r.cost's cells times 30 m; empty for no way.
//
//go:embed testdata/grass.csv
var grassCSV string

// Corners are cut, as there. Every step here is rounded to a millisecond, so a
// way of n steps may differ by n/2 ms; r.walk's jump at its steep limit is spread
// over 1/2000 of grade here, which none of these grades falls into.
func TestAgreesWithGRASS(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(grassCSV)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	cost := &Surface{Grid: grid.Spec{CRS: "EPSG:32650", X0: 5e5, Y0: 3e6, DX: 30, DY: 25, Cols: 16, Rows: 12}}
	walk := &Surface{Grid: cost.Grid}
	for i := range 16 * 12 {
		row := i / 16
		pace := []float32{0.5, 1, 2, 4}[(i*7+row*5)%4]
		level := float32(0.72)
		if (i*11+row*3)%13 == 0 {
			pace, level = nan, nan
		}
		cost.Seconds, walk.Seconds = append(cost.Seconds, pace), append(walk.Seconds, level)
		walk.Heights = append(walk.Heights, float32((i*i*17+row*31)%23))
	}
	langmuir, err := Langmuir(RWalk())
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		surface    *Surface
		neighbours int
		metres     float64 // of r.cost's unit
	}{{cost, 8, 30}, {cost, 16, 30}, {walk, 8, 1}, {walk, 16, 1}} {
		o := Options{Neighbours: c.neighbours, CutCorners: true, Slope: langmuir}
		got := nearest(t, c.surface, o, Source{Cell: 5}, Source{Cell: 101}, Source{Cell: 187})
		for cell, row := range rows[1:] {
			want, err := strconv.ParseFloat(row[1+i], 64)
			if (err != nil) != (got.MS[cell] == Never) || err == nil && math.Abs(float64(got.MS[cell])/1000-want*c.metres) > 0.01 {
				t.Errorf("%s, cell %d: %d ms, want %q x %v s", rows[0][1+i], cell, got.MS[cell], row[1+i], c.metres)
			}
		}
	}
}
