package data

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"lifecircle/data/raster"
	"lifecircle/geo/grid"
)

// BenchmarkOpen12M opens a project over a grid of 12 million cells, 60 % of them
// populated, and 400 square zones.
func BenchmarkOpen12M(b *testing.B) {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 110, Y0: 32, DX: 1.0 / 1200, DY: 1.0 / 1200, Cols: 4000, Rows: 3000}
	people := make([]float32, spec.Cells())
	for i := range people {
		if i%5 < 3 {
			people[i] = float32(i%97) + 0.5
		}
	}
	var tif bytes.Buffer
	if err := raster.WriteGeoTIFF(&tif, spec, people, -1); err != nil {
		b.Fatal(err)
	}
	var zones []string
	for i := range 400 {
		x, y := 110+float64(i%20)/6, 29.5+float64(i/20)/8
		zones = append(zones, fmt.Sprintf(`{"type":"Feature","properties":{"id":"z%d"},"geometry":{"type":"Polygon","coordinates":[[[%[2]f,%[3]f],[%[4]f,%[3]f],[%[4]f,%[5]f],[%[2]f,%[5]f],[%[2]f,%[3]f]]]}}`, i, x, y, x+1.0/6, y+1.0/8))
	}
	dir := b.TempDir()
	write(b, dir, "p.tif", tif.String())
	write(b, dir, "z.geojson", `{"type":"FeatureCollection","features":[`+strings.Join(zones, ",")+"]}")
	write(b, dir, "project.yaml", "zones: [{file: z.geojson, id: id, level: county}]\npopulation: [{file: p.tif}]\n")
	people = nil
	tif.Reset()
	b.ReportAllocs()
	for b.Loop() {
		ds, _, err := Open(context.Background(), dir, Options{}, nil)
		if err != nil {
			b.Fatal(err)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.Sys)/1e6, "MB-sys")
		b.ReportMetric(float64(ds.Demand.Len()), "rows")
	}
}
