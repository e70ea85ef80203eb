package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
)

// The whole job on a county of a million cells, two thresholds: nearest, judge,
// zone sums, gaps.
func BenchmarkRun1MCells(b *testing.B) {
	for _, size := range []struct {
		name           string
		cells, clinics int
	}{{"100kx1k", 133_000, 1000}, {"1Mx10k", 1_333_000, 10_000}} {
		b.Run(size.name, func(b *testing.B) {
			ds := county(rand.New(rand.NewPCG(3, 4)), size.cells, size.clinics)
			engine := analysis.New(ds, "bench")
			choice := analysis.Choice{AdHoc: append(within("clinic", "250m"), within("clinic", "15min")...)}
			var run *coverage.Run
			b.ReportAllocs()
			for b.Loop() {
				var err error
				if run, err = engine.Run(b.Context(), choice, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(ds.Demand.Len()), "rows")
			b.ReportMetric(float64(len(run.Coverage[0].Gaps)), "gaps")
		})
	}
}

// The same cut into 100 counties whose clinics are their own, every tenth one open
// to all; the ratio to the run without borders is what counts.
func BenchmarkRunWithinBorders1MCells(b *testing.B) {
	ds := county(rand.New(rand.NewPCG(3, 4)), 1_333_000, 10_000)
	bordersRatio(b, ds, analysis.Choice{AdHoc: append(within("clinic", "250m"), within("clinic", "15min")...)})
}

func bordersRatio(b *testing.B, ds *coverage.Dataset, c analysis.Choice) {
	cutIntoSquares(ds, 10)
	for i := range ds.Facilities {
		if i%10 == 0 {
			ds.Facilities[i].Share = "all"
		}
	}
	engine := analysis.New(ds, "bench")
	seconds := func(borders string) float64 {
		start := time.Now()
		c.Borders = borders
		if _, err := engine.Run(b.Context(), c, nil); err != nil {
			b.Fatal(err)
		}
		return time.Since(start).Seconds()
	}
	without, with := math.Inf(1), math.Inf(1)
	seconds("square") // the zones of the facilities are found once
	for b.Loop() {
		without, with = min(without, seconds("")), min(with, seconds("square"))
	}
	b.ReportMetric(with/without, "ratio")
}

// cutIntoSquares replaces the zones of a place by n x n squares.
func cutIntoSquares(ds *coverage.Dataset, n int32) {
	g := ds.Demand.Grid
	ds.Zones = nil
	for i := range n * n {
		c, r := i%n, i/n
		ds.Zones = append(ds.Zones, coverage.Zone{
			ID: fmt.Sprint("s", i), Level: "square", Parent: -1, Geometry: square(g, g.Cols*c/n, g.Rows*r/n, g.Cols*(c+1)/n, g.Rows*(r+1)/n),
		})
	}
	e := analysis.New(ds, "bench")
	for i, at := range ds.Demand.At {
		ds.Demand.Zone[i] = e.ZoneAt(at)
	}
}
