package catchment

import (
	"os"
	"path/filepath"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/mode"
	"lifecircle/data"
	"lifecircle/geo/zonal"

	"github.com/paulmach/orb"
)

// comoros opens the Comoros with their streets, or skips.
func comoros(t *testing.T) *coverage.Dataset {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"zones.gpkg", "worldpop-2020-100m.tif", "comoros-2021.osm.pbf"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "comoros", name))
		if err != nil {
			t.Skip("the Comoros are not beside the checkout")
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	project := "zones: [{file: zones.gpkg, id: GID_1, level: island}]\npopulation: [{file: worldpop-2020-100m.tif}]\nnetworks: [{file: comoros-2021.osm.pbf}]\nland: zones\n"
	if err := os.WriteFile(filepath.Join(dir, "project.yaml"), []byte(project), 0o600); err != nil {
		t.Fatal(err)
	}
	ds, _, err := data.Open(t.Context(), dir, data.Options{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// Thirty minutes by car from Moroni, and a third and half of that: the centre of
// every cell of the picture is painted exactly when its own time is within the
// limit, so that none is painted that takes longer. The people are those of the
// rows by their own times, whatever is painted.
func TestNoCellIsPaintedThatTakesLonger(t *testing.T) {
	if testing.Short() {
		t.Skip("real data")
	}
	ds := comoros(t)
	rule := coverage.Rule{Threshold: coverage.Threshold{Seconds: 1800}, Travel: coverage.Travel{Mode: "drive", From: true}}
	book := mode.NewBook(ds)
	way, err := book.For(t.Context(), rule, true)
	if err != nil {
		t.Fatal(err)
	}
	moroni := orb.Point{43.2551, -11.7022}
	q := Question{From: moroni, Land: book.LandOf(moroni), Limits: []uint32{600_000, 900_000, 1_800_000}, Ruled: true}
	areas, err := Areas(t.Context(), ds, way, q)
	if err != nil {
		t.Fatal(err)
	}
	spec, costs, pieces, err := field(t.Context(), ds, way, q)
	if err != nil {
		t.Fatal(err)
	}
	for i, limit := range q.Limits {
		in, err := zonal.AssignCells(t.Context(), spec, []orb.MultiPolygon{areas[i].Geometry}, nil)
		if err != nil {
			t.Fatal(err)
		}
		painted, late, missing := 0, 0, 0
		for c := range in {
			switch {
			case in[c] >= 0 && (costs[c] > limit || pieces[c] < 0):
				late++
			case in[c] < 0 && costs[c] <= limit:
				missing++
			case in[c] >= 0:
				painted++
			}
		}
		t.Logf("%d ms: %d of %d cells painted, %.0f people", limit, painted, len(in), areas[i].People[0])
		if late > 0 || missing > 0 || painted < 1_000 {
			t.Errorf("%d cells are painted that take longer, %d are not that do not", late, missing)
		}
	}
	a, err := way.Nearest(t.Context(), pointsAt(moroni, q.Land), demandOf(ds), nil)
	if err != nil {
		t.Fatal(err)
	}
	people := make([]float64, len(q.Limits))
	for row, n := range ds.Demand.Pop[0] {
		cost, _ := a.At(row)
		for i, limit := range q.Limits {
			if cost <= limit {
				people[i] += float64(n)
			}
		}
	}
	for i := range people {
		if d := people[i] - areas[i].People[0]; d > 1e-6 || d < -1e-6 {
			t.Errorf("within %d ms live %v people, the area says %v", q.Limits[i], people[i], areas[i].People[0])
		}
	}
}

func pointsAt(at orb.Point, land int32) travel.Points {
	return travel.Points{At: []orb.Point{at}, Land: []int32{land}}
}

func demandOf(ds *coverage.Dataset) travel.Points {
	return travel.Points{At: ds.Demand.At, Land: ds.Demand.Landmass}
}
