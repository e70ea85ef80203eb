package mixed_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"os"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/data/osm"
	"lifecircle/data/raster"
	"lifecircle/data/vector"
	"lifecircle/geo/friction"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/mixed"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

const comoros = "../../../shared/data/comoros"

// island is what a run over the Comoros needs.
type island struct {
	ways      *search.Ways
	ground    *friction.Surface
	people    []float32
	hospitals []orb.Point
	cells     []int32 // with people or land
	at        []orb.Point
}

// readComoros reads roads, cells with land at 4 km/h, and the hospitals.
func readComoros(t *testing.T) *island {
	t.Helper()
	ctx := context.Background()
	file := func(name string) (*os.File, int64) {
		f, err := os.Open(comoros + "/" + name)
		if err != nil {
			t.Skip("needs the shared data (comoros):", err)
		}
		t.Cleanup(func() { f.Close() })
		info, err := f.Stat()
		if err != nil {
			t.Fatal(err)
		}
		return f, info.Size()
	}
	open := func() (io.ReadCloser, error) { return os.Open(comoros + "/comoros-2021.osm.pbf") }
	tif, size := file("worldpop-2020-100m.tif")
	g, _, _, err := osm.Network(ctx, []osm.File{{Name: "comoros", Open: open}}, osm.Options{Keys: []string{"bridge", "tunnel"}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := raster.Open("worldpop.tif", tif, size)
	if err != nil {
		t.Fatal(err)
	}
	w := &island{}
	if w.people, err = r.ReadBand(ctx, 0, nil); err != nil {
		t.Fatal(err)
	}
	w.ground = &friction.Surface{Grid: r.Header().Spec, Seconds: make([]float32, len(w.people))}
	for i, p := range w.people {
		w.ground.Seconds[i] = float32(math.NaN())
		if p == p {
			w.ground.Seconds[i] = 0.9
			w.cells = append(w.cells, int32(i))
			x, y := w.ground.Grid.Centre(int32(i))
			w.at = append(w.at, orb.Point{x, y})
		}
	}
	var issues coverage.Issues
	layer, err := vector.Read(ctx, os.DirFS(comoros), "health.gpkg", vector.Options{}, &issues, nil)
	if err != nil {
		t.Fatal(err)
	}
	amenity := layer.Column("amenity")
	for _, f := range layer.Features {
		if at, ok := f.Geometry.(orb.Point); ok && f.Values[amenity] == "hospital" {
			w.hospitals = append(w.hospitals, at)
		}
	}
	car := profile.Car()
	w.ways = search.Over(network.Compile(g, &car, network.Boats{}))
	return w
}

// TestComoros compares what is reached in an hour of line, road, ground, and both
// together: nobody loses by both together, and some hamlets are reached that no
// street comes near.
func TestComoros(t *testing.T) {
	ctx := context.Background()
	w := readComoros(t)
	snapper, anchored, err := search.NewSnapper(ctx, w.ways, search.Points{At: w.hospitals}, search.Land{}, search.SnapOptions{})
	if err != nil {
		t.Fatal(err)
	}
	placed, err := snapper.Snap(ctx, search.Points{At: w.at})
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	world, err := mixed.New(ctx, w.ways, w.ground, mixed.Options{})
	if err != nil {
		t.Fatal(err)
	}
	joined := time.Since(begun)
	sources := mixed.Sources{Points: mixed.Points{Places: anchored}}
	var walkers []friction.Source
	for _, at := range w.hospitals {
		cell := w.ground.Grid.Cell(at[0], at[1])
		sources.Cell = append(sources.Cell, cell)
		walkers = append(walkers, friction.Source{Cell: cell})
	}
	q := search.Query{Toward: true}
	begun = time.Now()
	both, err := world.Nearest(ctx, sources, mixed.Points{Places: placed, Cell: w.cells}, q)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d nodes, %d cells of which %d land, %d stiles, %d hospitals: joined in %v, all to nearest in %v",
		w.ways.Nodes(), len(w.people), len(w.cells), world.Stiles(), len(w.hospitals), joined, time.Since(begun))
	roads, err := search.Nearest(ctx, w.ways, search.Sources{Places: anchored}, placed, q)
	if err != nil {
		t.Fatal(err)
	}
	grass, err := friction.Nearest(ctx, w.ground, walkers, friction.Options{Toward: true})
	if err != nil {
		t.Fatal(err)
	}
	onlyBoth, gained := 0, 0
	onFoot := make([]uint32, len(w.cells))
	for i, cell := range w.cells {
		onFoot[i] = grass.MS[cell]
		least := min(roads.MS[i], onFoot[i])
		if both.MS[i] > least {
			t.Fatalf("cell %d: %d ms, by road %d, on foot %d", cell, both.MS[i], roads.MS[i], onFoot[i])
		}
		if both.MS[i] < least {
			gained++
		}
		if roads.MS[i] == network.Never && both.MS[i] < onFoot[i] {
			onlyBoth++
		}
	}
	if gained == 0 || onlyBoth == 0 {
		t.Errorf("%d cells gained, %d of them off every street", gained, onlyBoth)
	}
	t.Logf("%d cells are faster than by the better of the two, %d of them have no street within reach", gained, onlyBoth)
	line := make([]uint32, len(w.cells))
	for i := range line {
		line[i] = w.lineMS(i)
	}
	for _, minutes := range []uint32{30, 60, 120} {
		t.Logf("people within %d min: line at 25 km/h x 1.4 %s, road %s, ground %s, both %s", minutes,
			w.within(line, minutes), w.within(roads.MS, minutes), w.within(onFoot, minutes), w.within(both.MS, minutes))
	}
}

// within is the people who take at most so many minutes.
func (w *island) within(ms []uint32, minutes uint32) string {
	sum, total := 0.0, 0.0
	for i, cell := range w.cells {
		total += float64(w.people[cell])
		if ms[i] <= minutes*60_000 {
			sum += float64(w.people[cell])
		}
	}
	return fmt.Sprintf("%.0f (%.2f %%)", sum, 100*sum/total)
}

// lineMS is the time along a straight line with a detour factor of 1.4 at 25 km/h.
func (w *island) lineMS(i int) uint32 {
	least := math.Inf(1)
	for _, h := range w.hospitals {
		least = min(least, geodesy.Distance(w.at[i], h))
	}
	return uint32(math.Ceil(least * 1.4 * 3600 / 25))
}
