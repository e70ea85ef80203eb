package api_test

import (
	"fmt"
	"math"
	"net/http"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// lattice is n x n cells of 3 seconds over a lattice of roads a cell apart, and
// 200 facilities.
func lattice(n int) *coverage.Dataset {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 114, Y0: 31, DX: 1.0 / 1200, DY: 1.0 / 1200, Cols: int32(n), Rows: int32(n)}
	d := &coverage.DemandSet{Grid: spec, Groups: []string{"all"}, Pop: [][]float32{nil}}
	var b network.Builder
	points := make([]uint32, n*n)
	for i := range int32(n * n) {
		x, y := spec.Centre(i)
		d.Cell, d.At, d.Zone = append(d.Cell, i), append(d.At, orb.Point{x, y}), append(d.Zone, 0)
		d.Landmass, d.Setting = append(d.Landmass, -1), append(d.Setting, coverage.SettingAny)
		d.Pop[0] = append(d.Pop[0], float32(1+i%17))
		points[i], _ = b.Point([2]float64{x, y})
	}
	kind := [...]string{"residential", "tertiary", "residential", "secondary"}
	for k := range n {
		row, column := make([]uint32, n), make([]uint32, n)
		for i := range n {
			row[i], column[i] = points[k*n+i], points[i*n+k]
		}
		tags := profile.NewTags(profile.Tag{Key: "highway", Value: kind[k%4]})
		b.Way(row, tags)
		b.Way(column, tags)
	}
	g, _, err := b.Build()
	if err != nil {
		panic(err)
	}
	e, s := 114+float64(n)/1200, 31-float64(n)/1200
	ds := &coverage.Dataset{
		Demand: d, Transport: &coverage.Transport{Roads: g, Profiles: profile.Shipped()},
		Zones: []coverage.Zone{{ID: "z", Level: "town", Parent: -1, Geometry: orb.MultiPolygon{{{{114, s}, {e, s}, {e, 31}, {114, 31}, {114, s}}}}}},
	}
	for f := range 200 {
		ds.Facilities = append(ds.Facilities, coverage.Facility{
			ID: fmt.Sprint(f), Kind: "clinic", Landmass: -1,
			At: orb.Point{114 + math.Mod(float64(f)*0.6180339887, 1)*(e-114), 31 - math.Mod(float64(f)*0.7548776662, 1)*(31-s)},
		})
	}
	return ds
}

// BenchmarkRoads asks by car on a lattice of a quarter of a million crossings:
// the first run compiles the roads and brings all cells to them, what follows
// does neither. A click and a run in turn show what one costs the other.
func BenchmarkRoads(b *testing.B) {
	h := serve(lattice(500))
	ask200 := func(b *testing.B, target string) time.Duration {
		start := time.Now()
		if w := ask(b, h, http.MethodGet, target); w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
		return time.Since(start)
	}
	question, click := "/coverage?kind=clinic&within=%dmin&mode=drive", "/at?lon=%v&lat=30.8&mode=drive&kind=clinic&within=15min"
	first := ask200(b, fmt.Sprintf(question, 15))
	n := 0
	b.Run("coverage", func(b *testing.B) {
		for b.Loop() {
			n++
			ask200(b, fmt.Sprintf(question, 15+n)) // another question every time
		}
		b.ReportMetric(float64(first.Milliseconds()), "first-ms")
	})
	b.Run("at", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			ask200(b, fmt.Sprintf(click, 114.05+float64(i%300)/1000))
		}
	})
	b.Run("in-turn", func(b *testing.B) {
		var runs time.Duration
		for i := 0; b.Loop(); i++ {
			n++
			ask200(b, fmt.Sprintf(click, 114.05+float64(i%300)/1000))
			runs += ask200(b, fmt.Sprintf(question, 15+n))
		}
		b.ReportMetric(float64(runs.Milliseconds())/float64(b.N), "run-ms")
	})
	b.Run("route", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			ask200(b, fmt.Sprintf("/route?from=%v,30.8&mode=drive&kind=clinic", 114.05+float64(i)/1e6))
		}
	})
	b.Run("isochrone", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			ask200(b, fmt.Sprintf("/isochrone?from=%v,30.8&mode=drive&within=5min,10min,15min,30min", 114.05+float64(i)/1e6))
		}
	})
}
