package friction

import (
	"math/rand"
	"runtime"
	"testing"
	"time"
)

// Each benchmark times the plain search over container/heap once on the same
// input and reports how many times longer it takes (plain/ns), and what a cell
// takes in memory beside the input.
func BenchmarkNearest(b *testing.B) {
	r := rand.New(rand.NewSource(8))
	s := ground(r, 700, 700)
	sources := scatter(r, s, 40)
	for _, c := range []struct {
		name string
		o    Options
	}{
		{"8", Options{}},
		{"16", Options{Neighbours: 16}},
		{"8-slope", Options{Slope: Tobler()}},
		{"8-limit", Options{LimitMS: 900000}},
	} {
		b.Run(c.name, func(b *testing.B) {
			start := time.Now()
			judge{s, c.o}.nearest(sources)
			plain := time.Since(start)
			b.ReportAllocs()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for b.Loop() {
				nearest(b, s, c.o, sources...)
			}
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(plain)/(float64(b.Elapsed())/float64(b.N)), "plain/ns")
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/float64(len(s.Seconds)), "B/cell")
		})
	}
}
