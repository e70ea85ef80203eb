package isochrone

import (
	"context"
	"math"
	"math/rand"
	"testing"

	"github.com/paulmach/orb"

	"lifecircle/geo/grid"
)

// benchmarkField is 2000 x 2000 cells of 100 m: walking times round 40 places
// with a little unevenness, one river without a bridge; or plain noise.
func benchmarkField(noise bool) (Field, []uint32) {
	const n = 2000
	r := rand.New(rand.NewSource(1))
	f := Field{Grid: grid.Spec{CRS: "EPSG:4528", X0: 40500000, Y0: 3400000, DX: 100, DY: 100, Cols: n, Rows: n}, TimesMS: make([]uint32, n*n)}
	places := make([][2]float64, 40)
	for i := range places {
		places[i] = [2]float64{r.Float64() * n, r.Float64() * n}
	}
	limits := []uint32{3600_000, 7200_000, 10_800_000, 14_400_000, 18_000_000, 21_600_000}
	for i := range f.TimesMS {
		x, y := float64(i%n), float64(i/n)
		if noise {
			f.TimesMS[i] = uint32(r.Intn(25_200_000))
			continue
		}
		near := math.Inf(1)
		for _, p := range places {
			near = min(near, math.Hypot(x-p[0], y-p[1]))
		}
		f.TimesMS[i] = uint32(72_000 * near * (1 + r.Float64()/20))
		if math.Abs(y-x/2-300) < 3 {
			f.TimesMS[i] = Never
		}
	}
	return f, limits
}

func BenchmarkAreas4M(b *testing.B)      { benchmark(b, false, Areas) }
func BenchmarkBands4M(b *testing.B)      { benchmark(b, false, Bands) }
func BenchmarkAreasNoise4M(b *testing.B) { benchmark(b, true, Areas) }
func BenchmarkBandsNoise4M(b *testing.B) { benchmark(b, true, Bands) }

func benchmark(b *testing.B, noise bool, draw func(context.Context, Field, []uint32) ([]orb.MultiPolygon, error)) {
	f, limits := benchmarkField(noise)
	for b.Loop() {
		out, err := draw(context.Background(), f, limits)
		if err != nil {
			b.Fatal(err)
		}
		rings, points := 0, 0
		for _, m := range out {
			for _, p := range m {
				rings += len(p)
				for _, r := range p {
					points += len(r)
				}
			}
		}
		b.ReportMetric(float64(rings), "rings")
		b.ReportMetric(float64(points), "points")
	}
}
