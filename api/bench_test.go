package api_test

import (
	"math"
	"net/http"
	"sort"
	"strconv"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
)

// millionCells is a grid of 1000 x 1000 populated cells of 3 seconds, 100 zones
// and 2,000 facilities.
func millionCells() *coverage.Dataset {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 114, Y0: 31, DX: 1.0 / 1200, DY: 1.0 / 1200, Cols: 1000, Rows: 1000}
	n := int(spec.Cells())
	d := &coverage.DemandSet{Grid: spec, Groups: []string{"all"}, Pop: [][]float32{make([]float32, n)}}
	d.Cell, d.At, d.Zone = make([]int32, n), make([]orb.Point, n), make([]int32, n)
	d.Landmass, d.Setting = make([]int32, n), make([]coverage.Setting, n)
	for i := range n {
		x, y := spec.Centre(int32(i))
		d.Cell[i], d.At[i], d.Landmass[i] = int32(i), orb.Point{x, y}, -1
		d.Zone[i] = int32(i/1000/100*10 + i%1000/100)
		d.Pop[0][i] = float32(1 + float64(i*7919%10007)/97)
	}
	ds := &coverage.Dataset{Demand: d}
	for z := range 100 {
		w, north := 114+float64(z%10)/12, 31-float64(z/10)/12
		ds.Zones = append(ds.Zones, coverage.Zone{ID: string(rune('A' + z)), Level: "town", Parent: -1, Geometry: orb.MultiPolygon{
			{{{w, north - 1.0/12}, {w + 1.0/12, north - 1.0/12}, {w + 1.0/12, north}, {w, north}, {w, north - 1.0/12}}},
		}})
	}
	for f := range 2000 {
		ds.Facilities = append(ds.Facilities, coverage.Facility{
			ID: strconv.Itoa(f), Kind: "clinic", Landmass: -1,
			At: orb.Point{114 + math.Mod(float64(f)*0.6180339887, 1)*0.83, 31 - math.Mod(float64(f)*0.7548776662, 1)*0.83},
		})
	}
	return ds
}

// BenchmarkTile1M asks for tiles never asked before, over the wire's handler:
// drawing and packing included, the run not.
func BenchmarkTile1M(b *testing.B) {
	ds, question, places := millionCells(), "?kind=clinic&within=15min", tilesOverGrid()
	var h http.Handler
	var times []time.Duration
	largest := 0
	for i := 0; b.Loop(); i++ {
		if i%len(places) == 0 {
			b.StopTimer()
			h = serve(ds) // with empty caches
			if w := ask(b, h, http.MethodGet, "/tiles/coverage/0/0/0"+question); w.Code != http.StatusOK {
				b.Fatal(w.Body)
			}
			b.StartTimer()
		}
		start := time.Now()
		w := ask(b, h, http.MethodGet, "/tiles/coverage/"+places[i%len(places)]+question, "Accept-Encoding", "gzip")
		times = append(times, time.Since(start))
		largest = max(largest, w.Body.Len())
	}
	report(b, times)
	b.ReportMetric(float64(largest)/1000, "largest-kB")
}

// tilesOverGrid lists every tile of zooms 5 to 13 over the grid.
func tilesOverGrid() []string {
	seen := map[string]bool{}
	var out []string
	for z := 5; z <= 13; z++ {
		step := 180 / math.Exp2(float64(z))
		for lon := 114.0001; lon < 114.833; lon += step {
			for lat := 30.9999; lat > 30.167; lat -= step {
				if at := tileOver(orb.Point{lon, lat}, z); !seen[at] {
					seen[at] = true
					out = append(out, at)
				}
			}
		}
	}
	return out
}

func report(b *testing.B, times []time.Duration) {
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	ms := func(q int) float64 { return float64(times[len(times)*q/100].Microseconds()) / 1000 }
	b.ReportMetric(ms(50), "p50-ms")
	b.ReportMetric(ms(99), "p99-ms")
}

func BenchmarkCoverage1M(b *testing.B) {
	h := serve(millionCells())
	start := time.Now()
	ask(b, h, http.MethodGet, "/coverage?kind=clinic&within=15min")
	first := time.Since(start)
	for b.Loop() {
		if w := ask(b, h, http.MethodGet, "/coverage?kind=clinic&within=15min"); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
	b.ReportMetric(float64(first.Milliseconds()), "first-ms")
}

func BenchmarkDemandPage1M(b *testing.B) {
	h := serve(millionCells())
	for b.Loop() {
		if w := ask(b, h, http.MethodGet, "/demand?bbox=114.4,30.5,114.5,30.6&limit=10000"); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}

func BenchmarkAt1M(b *testing.B) {
	h := serve(millionCells())
	for b.Loop() {
		if w := ask(b, h, http.MethodGet, "/at?lon=114.4&lat=30.5&kind=clinic&within=15min"); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
}
