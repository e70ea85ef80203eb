package mixed

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"testing"

	"lifecircle/geo/friction"
	"lifecircle/geo/network"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// medium is a world of 22,500 cells and 2,000 crossings, with facilities on
// streets and on the ground, and a target in every cell.
func medium(t testing.TB) (*search.Ways, *friction.Surface, Sources, Points) {
	ways, s := country(t, 150, 333)
	var at []orb.Point
	for i := range 9 {
		x, y := s.Grid.Centre(int32(i * 2477))
		at = append(at, orb.Point{x, y})
	}
	snapper, anchored, err := search.NewSnapper(ctx, ways, search.Points{At: at}, search.Land{}, search.SnapOptions{})
	if err != nil {
		t.Fatal(err)
	}
	cells := every(s)
	var centres []orb.Point
	for _, cell := range cells.Cell {
		x, y := s.Grid.Centre(cell)
		centres = append(centres, orb.Point{x, y})
	}
	placed, err := snapper.Snap(ctx, search.Points{At: centres})
	if err != nil {
		t.Fatal(err)
	}
	sources := Sources{Points: Points{Places: anchored}, DelayMS: []uint32{0, 0, 600_000, 0, 0, 0, 0, 0, 0}}
	for i := range at {
		sources.Cell = append(sources.Cell, int32(i*2477))
	}
	return ways, s, sources, Points{Places: placed, Cell: cells.Cell}
}

func TestSameBytesOnAnyNumberOfCores(t *testing.T) {
	ways, s, sources, targets := medium(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	type result struct {
		stiles stiles
		a      *search.Answer
		table  *search.Table
		path   *Path
	}
	var want *result
	for _, cores := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(cores)
		w := must[*World](t)(New(ctx, ways, s, Options{Neighbours: 16}))
		got := &result{stiles: w.stiles}
		got.a = must[*search.Answer](t)(w.Nearest(ctx, sources, targets, search.Query{Toward: true}))
		got.table = must[*search.Table](t)(w.Matrix(ctx, sources, targets, search.Query{LimitMS: 1_800_000}))
		got.path, _, _ = w.Path(ctx, sources, make([]orb.Point, 9), targets.only(11_111), orb.Point{}, search.Query{})
		if want == nil {
			want = got
		}
		if got.path == nil || len(got.table.MS) == 0 || !reflect.DeepEqual(got, want) {
			t.Fatalf("%d cores: another answer", cores)
		}
	}
}

// A matrix and the nearest sources by it are one.
func TestMatrixAndNearestAgree(t *testing.T) {
	ways, s, sources, targets := medium(t)
	w := must[*World](t)(New(ctx, ways, s, Options{}))
	for _, q := range []search.Query{{Toward: true, LimitMS: 2_400_000}, {LimitMS: 900_000}} {
		a := must[*search.Answer](t)(w.Nearest(ctx, sources, targets, q))
		table := must[*search.Table](t)(w.Matrix(ctx, sources, targets, q))
		best := newAnswer(targets.Len())
		for i := range sources.Len() {
			row, ms := table.Row(i)
			for k, target := range row {
				if ms[k] < best.MS[target] {
					best.MS[target], best.Source[target] = ms[k], int32(i)
				}
			}
		}
		if !reflect.DeepEqual(a, best) {
			t.Errorf("%+v: nearest and matrix differ", q)
		}
	}
}

func TestStopsWhenCancelled(t *testing.T) {
	ways, s, sources, targets := medium(t)
	w := must[*World](t)(New(ctx, ways, s, Options{}))
	done, cancel := context.WithCancel(ctx)
	cancel()
	for name, run := range map[string]func(ctx context.Context, q search.Query) error{
		"New": func(ctx context.Context, _ search.Query) error { _, err := New(ctx, ways, s, Options{}); return err },
		"Nearest": func(ctx context.Context, q search.Query) error {
			_, err := w.Nearest(ctx, sources, targets, q)
			return err
		},
		"Field": func(ctx context.Context, q search.Query) error { _, err := w.Field(ctx, sources, q); return err },
		"Matrix": func(ctx context.Context, q search.Query) error {
			_, err := w.Matrix(ctx, sources, targets, q)
			return err
		},
		"Path": func(ctx context.Context, q search.Query) error {
			_, _, err := w.Path(ctx, sources, make([]orb.Point, 9), targets.only(11_111), orb.Point{}, q)
			return err
		},
	} {
		if err := run(done, search.Query{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if name == "New" || name == "Path" {
			continue
		}
		half, cancel := context.WithCancel(ctx)
		if err := run(half, search.Query{Progress: func(int64, int64) { cancel() }}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s half-way: %v", name, err)
		}
		cancel()
		calls, last, total := 0, int64(0), int64(0)
		err := run(ctx, search.Query{Progress: func(d, n int64) {
			if d < last || d > n || total != 0 && n != total {
				t.Errorf("%s: %d of %d after %d of %d", name, d, n, last, total)
			}
			calls, last, total = calls+1, d, n
		}})
		if err != nil || calls < 3 || last != total {
			t.Errorf("%s: %d calls, %d of %d, %v", name, calls, last, total, err)
		}
	}
}

// scipyScript reads arcs, and writes the least times from each source; of arcs
// between the same two the shortest counts, and those of no time take a millionth.
const scipyScript = `
import numpy as np, sys
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
u, v, ms = np.fromfile(sys.argv[1], '<u4').reshape(-1, 3).T
order = np.lexsort((ms, v, u))
u, v, ms = u[order], v[order], ms[order]
first = np.concatenate([[True], (u[1:] != u[:-1]) | (v[1:] != v[:-1])])
n = int(sys.argv[3])
g = csr_matrix((np.maximum(ms[first], 1e-6), (u[first], v[first])), shape=(n, n))
d = dijkstra(g, indices=np.arange(n - int(sys.argv[4]), n))
np.where(np.isfinite(d), np.floor(d), 4294967295).astype('<u4').tofile(sys.argv[2])
`

// TestAgreesWithSciPy has another program search the arcs of a medium world.
func TestAgreesWithSciPy(t *testing.T) {
	python := ""
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import scipy.sparse.csgraph").Run() == nil {
			python = name
			break
		}
	}
	if python == "" {
		t.Skip("needs SciPy to judge (Debian: python3-scipy)")
	}
	ways, s, sources, _ := medium(t)
	sources.DelayMS = nil
	w := must[*World](t)(New(ctx, ways, s, Options{}))
	var data []uint32
	a := w.arcs(false)
	var list []network.Arc
	for v := range w.end {
		if v < w.cells || w.Open(int32(v-w.cells)) {
			list = a.from(list[:0], v)
			for _, arc := range list {
				data = append(data, v, arc.To, arc.MS)
			}
		}
	}
	n := w.end
	for i := range sources.Len() { // a node for each source
		for _, k := range w.hooks(nil, sources.Points, i, false) {
			data = append(data, n+uint32(i), k.id, k.ms)
		}
	}
	n += uint32(sources.Len())
	in, out := filepath.Join(t.TempDir(), "arcs"), filepath.Join(t.TempDir(), "times")
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, data)
	if err := os.WriteFile(in, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(python, "-c", scipyScript, in, out, strconv.Itoa(int(n)), strconv.Itoa(sources.Len())).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	file, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	times := make([]uint32, len(file)/4)
	if _, err := binary.Decode(file, binary.LittleEndian, times); err != nil || len(times) != int(n)*sources.Len() {
		t.Fatal(err, len(times))
	}
	field := must[*search.Answer](t)(w.Field(ctx, sources, search.Query{}))
	reached := 0
	for cell, ms := range field.MS {
		want, source := uint32(network.Never), int32(-1)
		for i := range sources.Len() {
			if v := times[i*int(n)+int(w.cells)+cell]; v < want {
				want, source = v, int32(i)
			}
		}
		if ms != want || field.Source[cell] != source {
			t.Fatalf("cell %d: %d ms from %d, SciPy %d from %d", cell, ms, field.Source[cell], want, source)
		}
		if source >= 0 {
			reached++
		}
	}
	if reached < 10_000 {
		t.Errorf("only %d cells reached", reached)
	}
}
