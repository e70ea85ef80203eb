package export_test

import (
	"context"
	"io"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/export"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// million is a demand grid of a million cells.
func million() *coverage.Dataset {
	d := &coverage.DemandSet{
		Grid:   grid.Spec{CRS: "EPSG:4326", X0: 120, Y0: 32, DX: 0.001, DY: 0.001, Cols: 1000, Rows: 1000},
		Groups: []string{"all"}, Pop: [][]float32{nil},
	}
	for cell := range int32(1_000_000) {
		x, y := d.Grid.Centre(cell)
		d.Cell, d.At = append(d.Cell, cell), append(d.At, orb.Point{x, y})
		d.Zone, d.Landmass, d.Setting = append(d.Zone, -1), append(d.Landmass, -1), append(d.Setting, 0)
		d.Pop[0] = append(d.Pop[0], float32(cell%1000)/7)
	}
	return &coverage.Dataset{Demand: d}
}

func BenchmarkDemand(b *testing.B) {
	ds := million()
	for _, format := range export.Formats() {
		b.Run(format, func(b *testing.B) {
			o := export.Options{Layer: "demand", Format: format}
			for b.Loop() {
				err := export.Layer(context.Background(), io.Discard, ds, nil, o, nil)
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
