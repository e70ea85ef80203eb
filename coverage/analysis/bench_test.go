package analysis_test

import (
	"math/rand/v2"
	"testing"

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
