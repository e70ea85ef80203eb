package analysis_test

import (
	"math/rand/v2"
	"sync"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// city is a lattice of side x side uneven crossings some 100 m apart with rows of
// demand all over it and some clinics.
func city(b *testing.B, side, rows, clinics int) *coverage.Dataset {
	r := rand.New(rand.NewPCG(12, 34))
	var net network.Builder
	place := func(east, north float64) orb.Point {
		return orb.Point{114 + east/96_000, 30 + north/110_900}
	}
	for y := range side {
		for x := range side {
			net.Point(place(float64(100*x+r.IntN(40)), float64(100*y+r.IntN(40))))
		}
	}
	kinds := []string{"residential", "residential", "tertiary", "primary", "residential", "service"}
	for i := range side {
		for j := range side - 1 {
			for _, ends := range [][]uint32{{uint32(i*side + j), uint32(i*side + j + 1)}, {uint32(j*side + i), uint32((j+1)*side + i)}} {
				if r.IntN(8) > 0 {
					net.Way(ends, profile.NewTags(profile.Tag{Key: "highway", Value: kinds[r.IntN(len(kinds))]}))
				}
			}
		}
	}
	g, _, err := net.Build()
	if err != nil {
		b.Fatal(err)
	}
	ds := &coverage.Dataset{Transport: &coverage.Transport{Roads: g, Profiles: profile.Shipped()}}
	ds.Demand = peopleOver(r, place(0, float64(100*side)), side, rows)
	for range clinics {
		ds.Facilities = append(ds.Facilities, coverage.Facility{ID: "c", Kind: "clinic", Landmass: -1, At: place(r.Float64()*100*float64(side), r.Float64()*100*float64(side))})
	}
	return ds
}

// peopleOver is about so many rows in cells of a square from its north-west corner.
func peopleOver(r *rand.Rand, at orb.Point, side, rows int) *coverage.DemandSet {
	cells := int32(2 * side) // 50 m
	spec := grid.Spec{CRS: "EPSG:4326", X0: at[0], Y0: at[1], DX: 50.0 / 96_000, DY: 50.0 / 110_900, Cols: cells, Rows: cells}
	d := &coverage.DemandSet{Grid: spec, Groups: []string{"all"}, Pop: make([][]float32, 1)}
	for cell := range cells * cells {
		if r.IntN(int(cells)*int(cells)) < rows {
			x, y := spec.Centre(cell)
			d.Cell, d.At, d.Zone, d.Landmass = append(d.Cell, cell), append(d.At, orb.Point{x, y}), append(d.Zone, -1), append(d.Landmass, -1)
			d.Setting, d.Pop[0] = append(d.Setting, coverage.SettingAny), append(d.Pop[0], float32(r.IntN(50)))
		}
	}
	return d
}

// The whole job by car over a city of half a million crossings: the first question
// weighs the roads and brings everybody to the street; further ones find that
// done. BenchmarkAllToNearest of lifecircle/geo/network/search has the search
// alone, beside a plain Dijkstra with container/heap.
func BenchmarkDriveOverACity(b *testing.B) {
	ds := sync.OnceValue(func() *coverage.Dataset { return city(b, 707, 200_000, 500) })
	choice := inSeconds("drive", 600)
	ask := func(b *testing.B, e *analysis.Engine, c analysis.Choice) {
		run, err := e.Run(b.Context(), c, nil)
		if err != nil {
			b.Fatal(err)
		}
		total := run.Coverage[0].Rows[0]
		if total.Share < 0.3 || total.Share > 0.9999 {
			b.Fatalf("share %v: the city is not what it should be", total.Share)
		}
		b.ReportMetric(float64(ds().Demand.Len()), "rows")
	}
	b.Run("first", func(b *testing.B) {
		ds()
		b.ReportAllocs()
		for b.Loop() {
			ask(b, analysis.New(ds(), "bench"), choice)
		}
	})
	b.Run("again", func(b *testing.B) {
		e := analysis.New(ds(), "bench")
		ask(b, e, choice)
		b.ReportAllocs()
		for b.Loop() {
			ask(b, e, choice)
		}
	})
	b.Run("count", func(b *testing.B) {
		e := analysis.New(ds(), "bench")
		ask(b, e, choice)
		c := choice
		c.Within = true
		b.ReportAllocs()
		for b.Loop() {
			ask(b, e, c)
		}
	})
	b.Run("isochrone", func(b *testing.B) {
		e := analysis.New(ds(), "bench")
		ask(b, e, choice)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := e.Isochrone(b.Context(), ds().Facilities[0].At, []coverage.Threshold{{Seconds: 600}}, false, analysis.Choice{Mode: "drive"}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// Borders of 100 squares over a city of 160,000 crossings: as many searches as
// squares, none of which goes farther than it must.
func BenchmarkRoadsWithinBorders(b *testing.B) {
	for _, mode := range []string{"walk", "drive"} {
		b.Run(mode, func(b *testing.B) {
			c := analysis.Choice{Mode: mode, AdHoc: within("clinic", "15min")}
			bordersRatio(b, city(b, 400, 100_000, 1000), c)
		})
	}
}
