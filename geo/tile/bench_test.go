package tile

import (
	"context"
	"sort"
	"testing"
	"time"

	"lifecircle/geo/crs"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
	"github.com/paulmach/orb/geojson"
)

var million = grid.Spec{CRS: "EPSG:4326", X0: 114, Y0: 31, DX: 1.0 / 1200, DY: 1.0 / 1200, Cols: 1000, Rows: 1000}

func millionCells() []int32 {
	cell := make([]int32, 1_000_000)
	for i := range cell {
		cell[i] = int32(i)
	}
	return cell
}

func BenchmarkPyramid1M(b *testing.B) {
	cell := millionCells()
	for b.Loop() {
		if _, err := NewPyramid(context.Background(), million, cell, Projection{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCells1M(b *testing.B) {
	p, _ := NewPyramid(context.Background(), million, millionCells(), Projection{})
	for b.Loop() {
		if _, err := NewCells(context.Background(), p, measure(mass)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDraw1M(b *testing.B) { benchDraw(b, million, Projection{}, orb.Point{114.4, 30.6}) }

func BenchmarkDraw1MProjected(b *testing.B) {
	c, _ := crs.Parse("EPSG:4547")
	spec := grid.Spec{CRS: "EPSG:4547", X0: 450000, Y0: 3450000, DX: 100, DY: 100, Cols: 1000, Rows: 1000}
	benchDraw(b, spec, Projection{c.ToWGS84, c.FromWGS84}, c.ToWGS84(orb.Point{500000, 3400000}))
}

func benchDraw(b *testing.B, spec grid.Spec, proj Projection, centre orb.Point) {
	p, _ := NewPyramid(context.Background(), spec, millionCells(), proj)
	c, _ := NewCells(context.Background(), p, measure(func(i int) float64 { return 1 + float64(i%100_003)/97 }))
	var times []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		e := NewEncoder("l", []string{"n", "mass"})
		c.Draw(e, tileAt(centre, uint32(i%15)))
		e.Bytes()
		times = append(times, time.Since(start))
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
}

// The same 128 x 128 squares through orb's encoder, for the ratio.
func BenchmarkOrb16kSquares(b *testing.B) {
	for b.Loop() {
		l := &mvt.Layer{Name: "l", Version: 2, Extent: Extent}
		for r := range 128 {
			for c := range 128 {
				x, y := float64(c*32), float64(r*32)
				f := geojson.NewFeature(orb.Polygon{{{x, y}, {x + 32, y}, {x + 32, y + 32}, {x, y + 32}, {x, y}}})
				f.Properties = geojson.Properties{"n": 1, "mass": float64(r*128 + c)}
				l.Features = append(l.Features, f)
			}
		}
		if _, err := mvt.Marshal(mvt.Layers{l}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode16kSquares(b *testing.B) {
	for b.Loop() {
		e := NewEncoder("l", []string{"n", "mass"})
		for r := range int32(128) {
			for c := range int32(128) {
				x, y := c*32, r*32
				e.Ring([][2]int32{{x, y}, {x + 32, y}, {x + 32, y + 32}, {x, y + 32}}, []Value{Int(1), Float(float64(r*128 + c))})
			}
		}
		e.Bytes()
	}
}
