package mixed

import (
	"runtime"
	"testing"

	"lifecircle/geo/friction"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"
)

// country is ground of side x side cells of 100 m, some slow, some water, and a
// lattice of crossings with streets every apart metres, every tenth a main road.
func country(t testing.TB, side int32, apart float64) (*search.Ways, *friction.Surface) {
	s := &friction.Surface{Grid: grid.Spec{CRS: "EPSG:4326", Y0: float64(side) * 100 / northM, DX: 100 / eastM, DY: 100 / northM, Cols: side, Rows: side}}
	s.Seconds = make([]float32, s.Grid.Cells())
	for i := range s.Seconds {
		x, y := int32(i)%side, int32(i)/side
		s.Seconds[i] = 0.9
		switch {
		case x%97 < 3 && y%61 > 4:
			s.Seconds[i] = inf
		case (x/13+y/17)%5 == 0:
			s.Seconds[i] = 1.8
		}
	}
	var b network.Builder
	n := int(float64(side)*100/apart) - 1
	for i := range n * n {
		x, y := i%n, i/n
		b.Point(at(float64(x)*apart+60+float64(i*7919%50), float64(y)*apart+60+float64(i*104729%50)))
	}
	street := func(i, j, line int) {
		kind := "residential"
		if line%10 == 0 {
			kind = "primary"
		}
		if i*7%11 != 0 || kind == "primary" { // some are missing
			b.Way([]uint32{uint32(i), uint32(j)}, tagsOf("highway", kind))
		}
	}
	for i := range n * n {
		if i%n+1 < n {
			street(i, i+1, i/n)
		}
		if i/n+1 < n {
			street(i, i+n, i%n)
		}
	}
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	p := profile.Car()
	return search.Over(network.Compile(g, &p, network.Boats{})), s
}

// spread puts points on the ground.
func spread(s *friction.Surface, n int) Points {
	var p Points
	for i := range n {
		p.Cell = append(p.Cell, int32(int64(i)*7919*104729%s.Grid.Cells()))
	}
	return p
}

func every(s *friction.Surface) Points {
	p := Points{Cell: make([]int32, s.Grid.Cells())}
	for i := range p.Cell {
		p.Cell[i] = int32(i)
	}
	return p
}

// BenchmarkWorld joins and searches a country of a million cells and 90,000
// crossings, and one of sixteen million and 500,000. B/cell is all that a search
// takes beside its input and answer.
func BenchmarkWorld(b *testing.B) {
	for _, c := range []struct {
		name    string
		side    int32
		apart   float64
		sources int
	}{{"1M", 1000, 333, 70}, {"16M", 4000, 565, 500}} {
		ways, s := country(b, c.side, c.apart)
		b.Run(c.name+"/new", func(b *testing.B) {
			for b.Loop() {
				if _, err := New(ctx, ways, s, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		w, err := New(ctx, ways, s, Options{})
		if err != nil {
			b.Fatal(err)
		}
		sources := Sources{Points: spread(s, c.sources)}
		b.Run(c.name+"/field", func(b *testing.B) {
			b.ReportAllocs()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for b.Loop() {
				if _, err := w.Field(ctx, sources, search.Query{Toward: true}); err != nil {
					b.Fatal(err)
				}
			}
			runtime.ReadMemStats(&after)
			cells := float64(s.Grid.Cells())
			b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/cells-8, "B/cell")
			b.ReportMetric(float64(w.Stiles()), "stiles")
		})
	}
}

func BenchmarkNearestOfEveryCell(b *testing.B) {
	ways, s := country(b, 1000, 333)
	w, err := New(ctx, ways, s, Options{})
	if err != nil {
		b.Fatal(err)
	}
	sources, targets := Sources{Points: spread(s, 70)}, every(s)
	for b.Loop() {
		if _, err := w.Nearest(ctx, sources, targets, search.Query{Toward: true}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatrixOfAnHour(b *testing.B) {
	ways, s := country(b, 1000, 333)
	w, err := New(ctx, ways, s, Options{})
	if err != nil {
		b.Fatal(err)
	}
	sources, targets := Sources{Points: spread(s, 20)}, every(s)
	for b.Loop() {
		if _, err := w.Matrix(ctx, sources, targets, search.Query{Toward: true, LimitMS: 3_600_000}); err != nil {
			b.Fatal(err)
		}
	}
}
