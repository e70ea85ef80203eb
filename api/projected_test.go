package api_test

import (
	"fmt"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/crs"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// A grid in metres (CGCS2000 Gauss-Kruger): clicks find their cell, boxes and
// tiles see it, and its outline lies about its centre.
func TestProjectedGrid(t *testing.T) {
	system, err := crs.Parse("EPSG:4547")
	if err != nil {
		t.Fatal(err)
	}
	spec := grid.Spec{CRS: "EPSG:4547", X0: 610000, Y0: 3380000, DX: 100, DY: 100, Cols: 5, Rows: 4}
	ds := &coverage.Dataset{
		Demand:     &coverage.DemandSet{Grid: spec, Groups: []string{"all"}, Pop: [][]float32{nil}},
		Facilities: []coverage.Facility{{ID: "F", Kind: "clinic", At: system.ToWGS84(orb.Point{610050, 3379950}), Landmass: -1}},
	}
	d := ds.Demand
	for c := range int32(spec.Cells()) {
		x, y := spec.Centre(c)
		d.Cell, d.At, d.Zone = append(d.Cell, c), append(d.At, system.ToWGS84(orb.Point{x, y})), append(d.Zone, -1)
		d.Landmass, d.Setting, d.Pop[0] = append(d.Landmass, -1), append(d.Setting, coverage.SettingAny), append(d.Pop[0], float32(c+1))
	}
	h := serve(ds)
	for c := range int32(spec.Cells()) {
		w, s, e, n := spec.Bounds(c)
		for _, corner := range []orb.Point{{w + 5, s + 5}, {e - 5, s + 5}, {e - 5, n - 5}, {w + 5, n - 5}} {
			p := system.ToWGS84(corner)
			f := decode[feature](t, get(t, h, fmt.Sprintf("/at?lon=%v&lat=%v&kind=clinic&within=150m", p[0], p[1])))
			if f.Properties["cell"] != float64(c) {
				t.Fatalf("%v is in cell %v, want %d", corner, f.Properties["cell"], c)
			}
			// A box of a metre about the corner is in this cell and no other (boxes of cells
			// that stand askew overlap by a metre here).
			box := fmt.Sprintf("/demand?bbox=%.9f,%.9f,%.9f,%.9f", p[0]-5e-6, p[1]-5e-6, p[0]+5e-6, p[1]+5e-6)
			list := decode[collection](t, get(t, h, box))
			if list.NumberMatched != 1 || list.Features[0].Properties["cell"] != float64(c) {
				t.Fatalf("cell %d: %s has %d features", c, box, list.NumberMatched)
			}
		}
	}
	got := properties(t, get(t, h, "/tiles/coverage/"+tileOver(d.At[7], 13)+"?kind=clinic&within=150m").Body.Bytes(), "coverage")
	// The clinic's own cell, its two neighbours at 100 m, and the one across at 141 m.
	served := 0
	for _, p := range got {
		if p["s"] == 1.0 {
			served++
		}
	}
	if len(got) != 20 || served != 4 {
		t.Errorf("%d squares, %d served", len(got), served)
	}
}
