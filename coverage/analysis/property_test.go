package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/grid"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// bigTown is a square county of n cells with two levels of zones, town and
// country, three landmasses in stripes and 40 clinics, from a fixed seed.
func bigTown(n int) *coverage.Dataset {
	return county(rand.New(rand.NewPCG(1, 2)), n, 40)
}

func county(r *rand.Rand, n, clinics int) *coverage.Dataset {
	side := int32(math.Sqrt(float64(n)))
	spec := grid.Spec{CRS: "EPSG:4326", X0: 122, Y0: 30.5, DX: 0.001, DY: 0.001, Cols: side, Rows: side}
	ds := &coverage.Dataset{Land: make([]coverage.Land, 3)}
	ds.Zones = append(ds.Zones, coverage.Zone{ID: "c", Name: "county", Level: "county", Parent: -1, Geometry: square(spec, 0, 0, side, side)})
	const towns = 4
	for i := int32(0); i < towns; i++ {
		lo, hi := side*i/towns, side*(i+1)/towns
		ds.Zones = append(ds.Zones, coverage.Zone{ID: fmt.Sprint("t", i), Name: fmt.Sprint("town ", i), Level: "town", Geometry: square(spec, 0, lo, side, hi)})
	}
	d := &coverage.DemandSet{Grid: spec, Groups: []string{"all", "60+"}, Pop: make([][]float32, 2)}
	for cell := int32(0); cell < side*side; cell++ {
		if r.IntN(4) == 0 {
			continue // nobody lives there
		}
		x, y := spec.Centre(cell)
		row := cell / side
		town := int32(0)
		for side*(town+1)/towns <= row {
			town++
		}
		people := float32(r.IntN(100))
		d.Cell, d.At = append(d.Cell, cell), append(d.At, orb.Point{x, y})
		d.Zone, d.Landmass = append(d.Zone, town+1), append(d.Landmass, cell%side*3/side)
		d.Setting = append(d.Setting, coverage.Setting(r.IntN(3)))
		d.Pop[0], d.Pop[1] = append(d.Pop[0], people), append(d.Pop[1], people/4)
	}
	ds.Demand = d
	for i := range clinics {
		addClinic(ds, i, orb.Point{spec.X0 + r.Float64()*float64(side)*spec.DX, spec.Y0 - r.Float64()*float64(side)*spec.DY})
	}
	return ds
}

func addClinic(ds *coverage.Dataset, i int, at orb.Point) {
	spec := ds.Demand.Grid
	cell := spec.Cell(at[0], at[1])
	ds.Facilities = append(ds.Facilities, coverage.Facility{
		ID: fmt.Sprint("f", i), Name: fmt.Sprint("clinic ", i), Kind: "clinic", At: at, Landmass: cell % spec.Cols * 3 / spec.Cols,
	})
}

func square(s grid.Spec, c0, r0, c1, r1 int32) orb.MultiPolygon {
	w, e := s.X0+float64(c0)*s.DX, s.X0+float64(c1)*s.DX
	n, b := s.Y0-float64(r0)*s.DY, s.Y0-float64(r1)*s.DY
	return orb.MultiPolygon{{{{w, b}, {e, b}, {e, n}, {w, n}, {w, b}}}}
}

// slow is the obvious answer: every row against every facility, on the exact
// geodesic.
func slow(ds *coverage.Dataset, landmass bool, metres float64, group int, inZone func(z int32) bool) (pop, served float64) {
	for i, at := range ds.Demand.At {
		if !inZone(ds.Demand.Zone[i]) {
			continue
		}
		people := float64(ds.Demand.Pop[group][i])
		pop += people
		for _, f := range ds.Facilities {
			if (!landmass || f.Landmass == ds.Demand.Landmass[i]) && geodesy.Distance(at, f.At) <= metres {
				served += people
				break
			}
		}
	}
	return pop, served
}

func TestAgainstTheObviousAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 7))
		ds := county(r, rapid.IntRange(16, 900).Draw(t, "cells"), rapid.IntRange(1, 8).Draw(t, "clinics"))
		metres := float64(rapid.IntRange(50, 3000).Draw(t, "metres"))
		landmass := rapid.Bool().Draw(t, "landmass")
		run, err := analysis.New(ds, "test").Run(t.Context(), analysis.Choice{
			AdHoc:    []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Metres: metres}}},
			Landmass: &landmass,
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range run.Coverage[0].Rows {
			if row.Setting != "all" {
				continue
			}
			group := map[string]int{"all": 0, "60+": 1}[row.Group]
			pop, served := slow(ds, landmass, metres, group, func(z int32) bool {
				return row.Level == "total" || row.Level == "county" || ds.Zones[z].ID == row.Zone
			})
			if math.Abs(pop-row.Population) > 1e-6 || math.Abs(served-row.Served) > 1e-6 {
				t.Fatalf("%s %s %s: %v of %v, want %v of %v", row.Level, row.Zone, row.Group, row.Served, row.Population, served, pop)
			}
		}
		gapsAddUp(t, run, ds)
	})
}

// The people of all gaps are the people not served; ids are unique; ranks run.
func gapsAddUp(t *rapid.T, run *coverage.Run, ds *coverage.Dataset) {
	c := run.Coverage[0]
	var sum float64
	seen := map[int64]bool{}
	for i, g := range c.Gaps {
		sum += g.Population
		if g.Rank != i+1 || seen[g.ID] || i > 0 && g.Population > c.Gaps[i-1].Population {
			t.Fatalf("gap %d: %+v", i, g)
		}
		seen[g.ID] = true
	}
	total := c.Rows[0]
	if math.Abs(sum-(total.Population-total.Served)) > 1e-6 {
		t.Fatalf("gaps hold %v people, %v are not served", sum, total.Population-total.Served)
	}
}

// Zones sum to the total; urban, rural and unknown to all; a larger threshold
// and one clinic more never lower coverage.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 9))
		ds := county(r, rapid.IntRange(16, 2500).Draw(t, "cells"), rapid.IntRange(1, 6).Draw(t, "clinics"))
		minutes := int32(rapid.IntRange(1, 40).Draw(t, "minutes"))
		served := func(seconds int32) []coverage.Row {
			run, err := analysis.New(ds, "test").Run(t.Context(), analysis.Choice{
				AdHoc: []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: seconds}}},
			}, nil)
			if err != nil {
				t.Fatal(err)
			}
			return run.Coverage[0].Rows
		}
		before := served(60 * minutes)
		towns := 0.0
		for _, row := range before {
			if row.Level == "town" && row.Group == "all" && row.Setting == "all" {
				towns += row.Served
			}
		}
		if math.Abs(towns-before[0].Served) > 1e-6 {
			t.Fatalf("towns have %v served, the whole %v", towns, before[0].Served)
		}
		for i, row := range served(60*minutes + 30) {
			if row.Served < before[i].Served {
				t.Fatalf("a larger threshold serves fewer: %+v after %+v", row, before[i])
			}
		}
		addClinic(ds, 99, ds.Demand.At[r.IntN(ds.Demand.Len())])
		for i, row := range served(60 * minutes) {
			if row.Served < before[i].Served {
				t.Fatalf("one clinic more serves fewer: %+v after %+v", row, before[i])
			}
		}
	})
}
