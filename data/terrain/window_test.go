package terrain

import (
	"context"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/ground"
	"lifecircle/data/source"
	"lifecircle/geo/crs"
	"lifecircle/geo/friction"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Looking only where a raster can be gives what looking everywhere gives.
func TestWindowMissesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := func(name string) crs.CRS {
			c, _ := crs.Parse(rapid.SampledFrom([]string{"EPSG:4326", "EPSG:32651", "EPSG:3857", "EPSG:4549"}).Draw(t, name))
			return c
		}
		around := func(c crs.CRS, lon, lat, metres float64, cols, rows int32) grid.Spec {
			p := c.FromWGS84(orb.Point{lon, lat})
			step := metres
			if c.IsGeographic() {
				step = metres / 111_000
			}
			return grid.Spec{CRS: c.Code(), X0: p[0], Y0: p[1], DX: step, DY: step, Cols: cols, Rows: rows}
		}
		offset := rapid.Float64Range(-0.2, 0.2)
		size := rapid.Int32Range(1, 30)
		tc, lc := code("grid"), code("raster")
		g := &Terrain{Ground: &ground.Ground{Folder: &source.Folder{Context: context.Background(), Issues: &coverage.Issues{}}}, crs: tc, spec: around(tc, 122, 30, 700, 40, 40)}
		l := &layer{crs: lc, spec: around(lc, 122+offset.Draw(t, "east"), 30+offset.Draw(t, "north"), rapid.Float64Range(100, 3000).Draw(t, "cell"), size.Draw(t, "cols"), size.Draw(t, "rows"))}
		values := make([]int32, l.spec.Cells())
		for i := range values {
			values[i] = int32(i + 1)
		}
		want, err := friction.Resample(g.Context, g.spec, l.spec, values, 0, g.place(l))
		if err != nil {
			t.Fatal(err)
		}
		got := make([]int32, len(want))
		err = onGrid(g, l, func(part grid.Spec, place friction.Place) ([]int32, error) {
			return friction.Resample(g.Context, part, l.spec, values, 0, place)
		}, func(cell int, v int32) { got[cell] = v })
		if err != nil {
			t.Fatal(err)
		}
		differ := 0
		for i := range want {
			if got[i] != want[i] {
				differ++
			}
		}
		if differ > 2 { // a centre on the border of two cells may fall to either by rounding
			t.Fatalf("%d of %d cells differ", differ, len(want))
		}
	})
}
