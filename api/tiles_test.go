package api_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net/http"
	"runtime"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"lifecircle/api"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/geo/grid"
	"lifecircle/geo/tile"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/mvt"
)

// tileOver returns the address of the tile that holds a point.
func tileOver(p orb.Point, z int) string {
	x, y := tile.World(p)
	n := math.Exp2(float64(z))
	return fmt.Sprintf("%d/%d/%d", z, int((x-math.Floor(x))*n), int(y*n))
}

// properties are those of the features of a tile's one layer.
func properties(t testing.TB, body []byte, layer string) []map[string]any {
	t.Helper()
	layers, err := mvt.Unmarshal(body)
	if err != nil || len(layers) != 1 || layers[0].Name != layer {
		t.Fatalf("%v, %d layers", err, len(layers))
	}
	var out []map[string]any
	for _, f := range layers[0].Features {
		out = append(out, f.Properties)
	}
	return out
}

func lines(list []map[string]any, names ...string) []string {
	var out []string
	for _, p := range list {
		var b strings.Builder
		for _, n := range names {
			fmt.Fprintf(&b, "%s=%v ", n, p[n])
		}
		out = append(out, strings.TrimSpace(b.String()))
	}
	sort.Strings(out)
	return out
}

// Close up, the squares of a tile say what the run says of the cells.
func TestCoverageTileIsTheRun(t *testing.T) {
	ds := town()
	h := serve(ds)
	centre := orb.Point{10.0045, -0.0009}
	for _, q := range []string{"standard=drawn/clinic", "standard=drawn/town-clinic&group=all", "kind=clinic&within=250m&landmass=off&cell=area", "kind=clinic&within=15min&group=60%2B"} {
		w := get(t, h, "/tiles/coverage/"+tileOver(centre, 14)+"?"+q)
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/vnd.mapbox-vector-tile" {
			t.Fatalf("%d %v", w.Code, w.Header())
		}
		got := lines(properties(t, w.Body.Bytes(), "coverage"), "p", "s", "t", "n", "j")
		c := runOf(t, ds, q)
		people := ds.Demand.Pop[0]
		if strings.Contains(q, "60") {
			people = ds.Demand.Pop[1]
		}
		if d := cmp.Diff(cellLines(c, people), got); d != "" {
			t.Errorf("%s (-run +tile)\n%s", q, d)
		}
	}
}

func runOf(t *testing.T, ds *coverage.Dataset, q string) *coverage.Coverage {
	t.Helper()
	c := analysis.Choice{}
	off := false
	switch {
	case strings.HasPrefix(q, "standard="):
		c.Standards = []string{strings.TrimPrefix(strings.Split(q, "&")[0], "standard=")}
	case strings.Contains(q, "250m"):
		c.AdHoc = []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Metres: 250}}}
		c.Landmass, c.CellRule = &off, coverage.CellArea
	default:
		c.AdHoc = []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: 900}}}
	}
	run, err := analysis.New(ds, "test").Run(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &run.Coverage[0]
}

func cellLines(c *coverage.Coverage, people []float32) []string {
	var out []string
	for i, p := range people {
		if p == 0 {
			continue
		}
		s, cost, judged := float64(c.Served[i]), -1.0, 0
		if c.Judged == nil || c.Judged[i] {
			judged = 1
			if c.Cost[i] != coverage.Never {
				cost = math.Ceil(float64(c.Cost[i]) / 1000)
			}
		}
		if s > 0 && s < 1 {
			s = float64(float32(min(max(math.Round(s*1000)/1000, 0.001), 0.999)))
		}
		out = append(out, fmt.Sprintf("p=%v s=%v t=%v n=1 j=%d", p, s, cost, judged))
	}
	sort.Strings(out)
	return out
}

// Far away, the squares add up to the same people.
func TestTilesAddUp(t *testing.T) {
	h := serve(town())
	for z := 0; z <= 14; z++ {
		var people, cells, served float64
		at := tileOver(orb.Point{10.0045, -0.0009}, z)
		for _, p := range properties(t, get(t, h, "/tiles/demand/"+at).Body.Bytes(), "demand") {
			people, cells = people+p["p"].(float64), cells+p["n"].(float64)
		}
		for _, p := range properties(t, get(t, h, "/tiles/coverage/"+at+"?standard=drawn/clinic").Body.Bytes(), "coverage") {
			served += p["p"].(float64) * p["s"].(float64)
		}
		if people != 230 || cells != 14 || math.Abs(served-60) > 0.15 {
			t.Errorf("zoom %d: %v people in %v cells, %v served", z, people, cells, served)
		}
	}
}

// The means of merged squares, worked out by hand: 10 people at 0 m, 30 at 200 m.
func TestMergedSquare(t *testing.T) {
	d := &coverage.DemandSet{
		Grid:     grid.Spec{CRS: "EPSG:4326", X0: 0, Y0: 0, DX: 1e-3, DY: 1e-3, Cols: 2, Rows: 2},
		Cell:     []int32{0, 0, 1, 2, 3}, // two rows of one cell
		At:       make([]orb.Point, 5),
		Zone:     []int32{-1, -1, -1, -1, -1},
		Landmass: []int32{-1, -1, -1, -1, -1},
		Setting:  []coverage.Setting{coverage.Urban, coverage.Urban, coverage.Urban, coverage.Rural, coverage.Urban},
		Groups:   []string{"all"}, Pop: [][]float32{{4, 6, 30, 100, 20}},
	}
	run := &coverage.Run{Hash: "h", Coverage: []coverage.Coverage{{
		Standard: coverage.Standard{ID: "s", Group: "all"},
		Cost:     []uint32{0, 0, 200_000, coverage.Never, coverage.Never},
		Nearest:  []int32{0, 0, 0, -1, -1},
		Served:   []float32{1, 1, 0.5, 0, 0},
		Judged:   []bool{true, true, true, false, true},
	}}}
	ds := &coverage.Dataset{Demand: d, Standards: []coverage.Standard{{ID: "s"}}}
	h := handler(fixed{ds}, given{run: run}, api.Options{Log: quiet()})
	got := lines(properties(t, get(t, h, "/tiles/coverage/0/0/0").Body.Bytes(), "coverage"), "p", "s", "t", "n", "j")
	// Judged 60, served 25 (0.417); those who reach: (10*0 + 30*200) / 40 = 150.
	if d := cmp.Diff([]string{fmt.Sprintf("p=160 s=%v t=150 n=4 j=1", float64(float32(0.417)))}, got); d != "" {
		t.Error(d)
	}
	got = lines(properties(t, get(t, h, "/tiles/coverage/"+tileOver(orb.Point{1e-3, -1e-3}, 15)).Body.Bytes(), "coverage"), "p", "s", "t", "n", "j")
	want := []string{"p=10 s=1 t=0 n=1 j=1", "p=100 s=0 t=-1 n=1 j=0", "p=20 s=0 t=-1 n=1 j=1", "p=30 s=0.5 t=200 n=1 j=1"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// given is an engine whose one answer is known.
type given struct {
	broken
	run *coverage.Run
}

func (g given) Run(context.Context, *coverage.Dataset, analysis.Choice) (*coverage.Run, error) {
	return g.run, nil
}

func TestPointTiles(t *testing.T) {
	ds := town()
	for i := range ds.Demand.Cell {
		ds.Demand.Cell[i] = -1
	}
	h := serve(ds)
	close := properties(t, get(t, h, "/tiles/coverage/"+tileOver(orb.Point{10.0045, -0.0009}, 14)+"?standard=drawn/clinic").Body.Bytes(), "coverage")
	if d := cmp.Diff(cellLines(runOf(t, ds, "standard=drawn/clinic"), ds.Demand.Pop[0]), lines(close, "p", "s", "t", "n", "j")); d != "" {
		t.Error(d)
	}
	far := lines(properties(t, get(t, h, "/tiles/demand/2/2/2").Body.Bytes(), "demand"), "p", "n")
	if d := cmp.Diff([]string{"p=230 n=14"}, far); d != "" {
		t.Error(d)
	}
}

func TestEmptyTile(t *testing.T) {
	w := get(t, serve(town()), "/tiles/demand/10/0/0")
	if w.Code != http.StatusNoContent || w.Body.Len() != 0 || w.Header().Get("ETag") == "" {
		t.Errorf("%d, %d bytes", w.Code, w.Body.Len())
	}
}

// The same bytes on any number of processors, and for anybody who asks at once.
func TestSameBytes(t *testing.T) {
	targets := []string{
		"/tiles/coverage/" + tileOver(orb.Point{10.0045, -0.0009}, 14), "/tiles/coverage/0/0/0", "/tiles/demand/0/0/0", "/coverage", "/gaps", "/circles", "/demand",
		"/coverage?kind=clinic&within=5min", "/at?lon=10.0004&lat=-0.0004",
	}
	var want [][]byte
	h := serve(town())
	for _, target := range targets {
		want = append(want, get(t, h, target, "Accept-Encoding", "gzip").Body.Bytes())
	}
	for _, procs := range []int{1, 2, 7} {
		before := runtime.GOMAXPROCS(procs)
		h := serve(town())
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				for i, target := range targets {
					if got := get(t, h, target, "Accept-Encoding", "gzip").Body.Bytes(); !bytes.Equal(got, want[i]) {
						t.Errorf("%d processors: %s differs", procs, target)
					}
				}
			})
		}
		all.Wait()
		runtime.GOMAXPROCS(before)
	}
}

// counting counts the runs of a real engine.
type counting struct {
	api.Engines
	mu   sync.Mutex
	runs int
}

func (c *counting) Run(ctx context.Context, ds *coverage.Dataset, choice analysis.Choice) (*coverage.Run, error) {
	c.mu.Lock()
	c.runs++
	c.mu.Unlock()
	time.Sleep(20 * time.Millisecond) // let the others arrive
	return c.Engines.Run(ctx, ds, choice)
}

func TestTilesOfOneChoiceRunOnce(t *testing.T) {
	engine := &counting{}
	h := handler(fixed{town()}, engine, api.Options{Log: quiet()})
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			if w := get(t, h, fmt.Sprintf("/tiles/coverage/6/%d/32?standard=drawn/clinic", i)); w.Code >= 300 {
				t.Errorf("%d: %s", w.Code, w.Body)
			}
		})
	}
	all.Wait()
	if engine.runs != 1 {
		t.Errorf("%d runs", engine.runs)
	}
}
