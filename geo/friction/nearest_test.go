package friction

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"runtime"
	"testing"

	"lifecircle/geo/grid"
	"pgregory.net/rapid"
)

var inf, nan = float32(math.Inf(1)), float32(math.NaN())

// Small surfaces with few different paces, so that many ways take equal times.
func TestAgreesWithJudgeOnSmallSurfaces(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &Surface{Grid: grid.Spec{CRS: "EPSG:4547", DX: 100, DY: 100, Cols: rapid.Int32Range(1, 9).Draw(rt, "cols"), Rows: rapid.Int32Range(1, 9).Draw(rt, "rows")}}
		if rapid.Bool().Draw(rt, "degrees") {
			s.Grid.CRS, s.Grid.Y0, s.Grid.DX, s.Grid.DY = "EPSG:4326", rapid.Float64Range(-80, 80).Draw(rt, "y0"), 0.001, 0.002
		}
		n := int(s.Grid.Cells())
		pace := rapid.SampledFrom([]float32{1, 1, 1, 2, 5, 1e-9, 700, 3e5, inf, inf, nan})
		s.Seconds = rapid.SliceOfN(pace, n, n).Draw(rt, "pace")
		if rapid.Bool().Draw(rt, "hilly") {
			s.Heights = rapid.SliceOfN(rapid.SampledFrom([]float32{0, 5, 30, 200, nan}), n, n).Draw(rt, "heights")
		}
		if rapid.Bool().Draw(rt, "some level") {
			s.Level = rapid.SliceOfN(rapid.Bool(), n, n).Draw(rt, "level")
		}
		var sources []Source
		for range rapid.IntRange(0, 4).Draw(rt, "sources") {
			sources = append(sources, Source{rapid.Int32Range(0, int32(n)-1).Draw(rt, "cell"), rapid.SampledFrom([]uint32{0, 0, 100, 200000, MaxMS}).Draw(rt, "start")})
		}
		o := Options{
			Neighbours: rapid.SampledFrom([]int{0, 8, 16}).Draw(rt, "neighbours"),
			Toward:     rapid.Bool().Draw(rt, "toward"), CutCorners: rapid.Bool().Draw(rt, "cut"),
			LimitMS: rapid.SampledFrom([]uint32{0, 1, 100000, 250000, 1000000, MaxMS, Never}).Draw(rt, "limit"),
			Slope:   rapid.SampledFrom([]*Slope{nil, {}, Tobler(), Naismith(), IrmischerClarkeOffPath()}).Draw(rt, "slope"),
		}
		compare(rt, s, sources, o)
	})
}

// Surfaces of several tiles, in all the ways to travel.
func TestAgreesWithJudgeAcrossTiles(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	for i, size := range [][2]int32{{259, 262}, {530, 40}, {30, 515}, {700, 3}, {1, 600}} {
		s := ground(r, size[0], size[1])
		sources := scatter(r, s, 1+3*i)
		for _, o := range []Options{
			{},
			{CutCorners: true, LimitMS: 900000},
			{Neighbours: 16},
			{Neighbours: 16, Slope: Tobler(), Toward: true},
			{Slope: Tobler()},
			{Slope: Naismith(), Toward: true, LimitMS: 1800000},
		} {
			compare(t, s, sources, o)
		}
	}
}

// A source in a tile's corner reaches over all four, and a cheap road round a
// slow tile corrects what was found through it.
func TestWaysBackIntoATile(t *testing.T) {
	s := &Surface{Grid: grid.Spec{CRS: "EPSG:4547", DX: 10, DY: 10, Cols: 300, Rows: 270}}
	s.Seconds = make([]float32, s.Grid.Cells())
	for i := range s.Seconds {
		s.Seconds[i] = 5
		if row, col := i/300, i%300; (row/2+col/3)%2 == 0 && (row > 250 && row < 262 || col > 250 && col < 260) {
			s.Seconds[i] = 0.01
		}
	}
	for _, cell := range []int32{255*300 + 255, 256*300 + 256, 0} {
		compare(t, s, []Source{{Cell: cell}}, Options{Neighbours: 8 + int(cell%2)*8})
	}
}

func TestSameBytesOnAnyNumberOfCores(t *testing.T) {
	r := rand.New(rand.NewSource(9))
	s := ground(r, 600, 600)
	sources := scatter(r, s, 25)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var want *Result
	for _, cores := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(cores)
		got, err := Nearest(context.Background(), s, sources, Options{Neighbours: 16, Slope: Tobler()})
		if err != nil {
			t.Fatal(err)
		}
		if want != nil && !reflect.DeepEqual(got, want) {
			t.Fatalf("%d cores: another answer", cores)
		}
		want = got
	}
	if want.Reached == 0 || want.Sloped == 0 {
		t.Fatalf("reached %d, sloped %d", want.Reached, want.Sloped)
	}
}

func flat(cols, rows int32, pace float32) *Surface {
	s := &Surface{Grid: grid.Spec{CRS: "EPSG:4547", Y0: 100 * float64(rows), DX: 100, DY: 100, Cols: cols, Rows: rows}}
	s.Seconds = make([]float32, cols*rows)
	for i := range s.Seconds {
		s.Seconds[i] = pace
	}
	return s
}

func nearest(t testing.TB, s *Surface, o Options, sources ...Source) *Result {
	t.Helper()
	r, err := Nearest(context.Background(), s, sources, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// By hand: 100 m at 1 s a metre are 100,000 ms, the diagonal 141,421 ms.
func TestRiverWithABridge(t *testing.T) {
	s := flat(5, 3, 1)
	for row := range int32(3) {
		s.Seconds[row*5+2] = inf
	}
	r := nearest(t, s, Options{}, Source{Cell: 0})
	if want := []uint32{0, 100000, Never, Never, Never}; !reflect.DeepEqual(r.MS[:5], want) || r.Reached != 6 {
		t.Errorf("no bridge: %v, %d reached", r.MS, r.Reached)
	}
	if b, err := Burn(s.Seconds, []int32{10, 11, 12, 13, 14}, 2, Road); err != nil || b != (Burned{0, 1}) {
		t.Errorf("a slow road into the river: %v, %v", b, err)
	}
	if b, err := Burn(s.Seconds, []int32{12}, 2, Bridge); err != nil || b != (Burned{1, 0}) {
		t.Errorf("bridge: %v, %v", b, err)
	}
	// 0 -> 6 (corner) -> 11 (edge) -> 12 and 13 at a mean of 1.5 s; then on.
	r = nearest(t, s, Options{}, Source{Cell: 0})
	onto := uint32(141421 + 141421*3/2 + 1) // 0 -> 6, 6 -> 12 over the corner: 212,132 ms
	if r.MS[12] != onto || r.MS[13] != onto+150000 || r.MS[4] != onto+212132+141421 {
		t.Errorf("bridge: %v", r.MS)
	}
}

// A chain of barriers from corner to corner holds unless corners may be cut; a
// knight's move does not jump it either.
func TestBarrierIsNotCutDiagonally(t *testing.T) {
	s := flat(4, 4, 1)
	for i := range 4 {
		s.Seconds[i*4+3-i] = inf
	}
	for _, neighbours := range []int{8, 16} {
		if r := nearest(t, s, Options{Neighbours: neighbours}, Source{Cell: 0}); r.MS[15] != Never || r.Reached != 6 {
			t.Errorf("%d neighbours: %v", neighbours, r.MS)
		}
		r := nearest(t, s, Options{Neighbours: neighbours, CutCorners: true}, Source{Cell: 0})
		if r.MS[15] == Never {
			t.Errorf("%d neighbours, corners cut: %v", neighbours, r.MS)
		}
	}
	s.Seconds[3*4] = 1 // the end of the chain: round it is a way for both
	if r := nearest(t, s, Options{}, Source{Cell: 0}); r.MS[15] == Never {
		t.Errorf("open end: %v", r.MS)
	}
}

func TestKnightsMoveByHand(t *testing.T) {
	s := flat(3, 2, 1)
	s.Seconds[1], s.Seconds[4], s.Seconds[5] = 2, 4, 8
	r := nearest(t, s, Options{Neighbours: 16}, Source{Cell: 0})
	if want := uint32(math.Round(100000 * math.Sqrt(5) * (1 + 2 + 4 + 8) / 4)); r.MS[5] > want || r.MS[5] != min(want, r.MS[2]+450000, r.MS[1]+707107) {
		t.Errorf("%v, the move alone takes %d", r.MS, want)
	}
	s = flat(3, 2, 1)
	if r := nearest(t, s, Options{Neighbours: 16}, Source{Cell: 0}); r.MS[5] != 223607 {
		t.Errorf("on even ground: %v", r.MS)
	}
}

// A slope of 10 % up to the right: Tobler says exp(3.5·0.1) uphill and exp(0)
// downhill, where 5 % would be the fastest.
func TestHillUpAndDown(t *testing.T) {
	s := flat(3, 1, 1)
	s.Heights = []float32{0, 10, 20}
	up := uint32(math.Round(100000 * math.Exp(0.35)))
	for _, c := range []struct {
		source int32
		toward bool
		want   uint32
	}{{0, false, 2 * up}, {0, true, 200000}, {2, false, 200000}, {2, true, 2 * up}} {
		r := nearest(t, s, Options{Slope: Tobler(), Toward: c.toward}, Source{Cell: c.source})
		if got := r.MS[2-c.source]; got+1 < c.want || got > c.want+1 || r.Sloped != 2 || r.Steps != 2 {
			t.Errorf("%+v: %d, %d sloped of %d", c, got, r.Sloped, r.Steps)
		}
	}
}

// A slope that changes nothing is told: flat heights, none, unknown ones, and
// cells on which the slope does not tell.
func TestSlopeThatChangesNothingShows(t *testing.T) {
	for name, change := range map[string]func(*Surface){
		"no heights": func(s *Surface) { s.Heights = nil },
		"flat":       func(s *Surface) { s.Heights = make([]float32, 12) },
		"unknown":    func(s *Surface) { s.Heights = []float32{nan, nan, nan, nan, nan, 9, nan, nan, nan, nan, nan, nan} },
		"level": func(s *Surface) {
			for i := range s.Level {
				s.Level[i] = true
			}
		},
	} {
		s := flat(4, 3, 1)
		s.Heights, s.Level = make([]float32, 12), make([]bool, 12)
		for i := range s.Heights {
			s.Heights[i] = float32(i * i)
		}
		if r := nearest(t, s, Options{Slope: Tobler()}, Source{}); r.Sloped != 17 || r.Steps != 17 {
			t.Errorf("hilly: %d sloped of %d", r.Sloped, r.Steps)
		}
		change(s)
		r := nearest(t, s, Options{Slope: Tobler()}, Source{})
		if r.Sloped != 0 || !reflect.DeepEqual(r.MS, nearest(t, s, Options{}, Source{}).MS) {
			t.Errorf("%s: %d sloped of %d", name, r.Sloped, r.Steps)
		}
	}
}

func TestLimitsAreClosedAndNested(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	s := ground(r, 290, 280)
	sources := scatter(r, s, 6)
	all := nearest(t, s, Options{}, sources...)
	for _, limit := range []uint32{1, 60000, 300000, 300001, 900000} {
		part := nearest(t, s, Options{LimitMS: limit}, sources...)
		for i := range part.MS {
			want, from := all.MS[i], all.Source[i]
			if want > limit {
				want, from = Never, -1
			}
			if part.MS[i] != want || part.Source[i] != from {
				t.Fatalf("limit %d, cell %d: %d from %d, want %d from %d", limit, i, part.MS[i], part.Source[i], want, from)
			}
		}
	}
}

// A road or a bridge never makes a time longer, a barrier never shorter.
func TestBurningIsMonotone(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	s := ground(r, 280, 60)
	sources := scatter(r, s, 3)
	before := nearest(t, s, Options{Neighbours: 16}, sources...)
	for i, rule := range []Rule{Road, Bridge, Road, Barrier} {
		var cells []int32
		for row, col := r.Int31n(60), int32(0); col < 280; col++ {
			cells = append(cells, row*280+col)
			row = min(max(row+r.Int31n(3)-1, 0), 59)
		}
		if _, err := Burn(s.Seconds, cells, 0.3, rule); err != nil {
			t.Fatal(err)
		}
		after := nearest(t, s, Options{Neighbours: 16}, sources...)
		for c := range after.MS {
			if rule == Barrier && after.MS[c] < before.MS[c] || rule != Barrier && after.MS[c] > before.MS[c] {
				t.Fatalf("burn %d: cell %d from %d to %d", i, c, before.MS[c], after.MS[c])
			}
			if after.MS[c] != Never && !(s.Seconds[c] < inf) {
				t.Fatalf("burn %d: closed cell %d has a time", i, c)
			}
		}
		before = after
	}
}

// On flat ground there is as far as back, with degrees and knight's moves too.
func TestSymmetricWhenFlat(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	s := ground(r, 270, 40)
	s.Grid.CRS, s.Grid.X0, s.Grid.Y0, s.Grid.DX, s.Grid.DY = "EPSG:4326", 179.9, 60, 0.001, 0.001
	for range 4 {
		a, b := r.Int31n(270*40), r.Int31n(270*40)
		there := nearest(t, s, Options{Neighbours: 16}, Source{Cell: a})
		back := nearest(t, s, Options{Neighbours: 16, Toward: true}, Source{Cell: b})
		if there.MS[b] != back.MS[a] {
			t.Errorf("%d to %d: %d there, %d back", a, b, there.MS[b], back.MS[a])
		}
	}
}

func TestPathAddsUp(t *testing.T) {
	r := rand.New(rand.NewSource(5))
	s := ground(r, 280, 270)
	sources := scatter(r, s, 4)
	for _, o := range []Options{{}, {Neighbours: 16, Slope: Tobler()}, {Slope: Tobler(), Toward: true}} {
		res := nearest(t, s, o, sources...)
		for range 20 {
			cell := r.Int31n(280 * 270)
			path, err := res.Path(s, o, cell)
			if err != nil || (path == nil) != (res.MS[cell] == Never) {
				t.Fatalf("cell %d: %v, %v", cell, path, err)
			}
			if path == nil {
				continue
			}
			if !o.Toward {
				for i, k := 0, len(path)-1; i < k; i, k = i+1, k-1 {
					path[i], path[k] = path[k], path[i]
				}
			}
			source := sources[res.Source[cell]]
			total := int64(source.StartMS)
			for i := len(path) - 1; i > 0; i-- { // as the search went
				a, b := int(path[i]), int(path[i-1])
				total += judge{s, o}.ms(a/280, a%280, b/280, b%280)
			}
			if path[0] != cell || path[len(path)-1] != source.Cell || total != int64(res.MS[cell]) {
				t.Errorf("cell %d: %v takes %d, want %d", cell, path, total, res.MS[cell])
			}
		}
	}
}

func TestSourcesOnClosedCellsAreListed(t *testing.T) {
	s := flat(3, 1, 1)
	s.Seconds[1], s.Seconds[2] = inf, nan
	r := nearest(t, s, Options{}, Source{Cell: 1}, Source{Cell: 0, StartMS: 7}, Source{Cell: 2})
	if !reflect.DeepEqual(r.Closed, []int32{0, 2}) || !reflect.DeepEqual(r.MS, []uint32{7, Never, Never}) || r.Source[0] != 1 {
		t.Errorf("%+v", r)
	}
}

func TestRefuses(t *testing.T) {
	good := flat(2, 2, 1)
	for _, c := range []struct {
		name   string
		change func(s *Surface)
		source int32
		want   error
	}{
		{"nothing wrong", func(*Surface) {}, 3, nil},
		{"no grid", func(s *Surface) { s.Grid = grid.Spec{} }, 0, ErrSurface},
		{"short column", func(s *Surface) { s.Seconds = s.Seconds[:3] }, 0, ErrSurface},
		{"long heights", func(s *Surface) { s.Heights = make([]float32, 5) }, 0, ErrSurface},
		{"infinite height", func(s *Surface) { s.Heights = []float32{0, 0, inf, 0} }, 0, ErrSurface},
		{"no cell size", func(s *Surface) { s.Grid.DX = 0 }, 0, ErrSurface},
		{"zero pace", func(s *Surface) { s.Seconds = []float32{1, 1, 0, 1} }, 0, ErrSurface},
		{"negative pace", func(s *Surface) { s.Seconds = []float32{1, 1, 1, -9999} }, 0, ErrSurface},
		{"beyond the pole", func(s *Surface) { s.Grid.CRS, s.Grid.Y0, s.Grid.DY = "EPSG:4326", 90.5, 0.4 }, 0, ErrSurface},
		{"degrees without a system", func(s *Surface) { s.Grid.CRS, s.Grid.DX = "", 0.01 }, 0, ErrSurface},
		{"source before", func(*Surface) {}, -1, ErrSource},
		{"source behind", func(*Surface) {}, 4, ErrSource},
	} {
		s := *good
		c.change(&s)
		if _, err := Nearest(context.Background(), &s, []Source{{Cell: c.source}}, Options{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := Nearest(context.Background(), good, nil, Options{Neighbours: 4}); err == nil {
		t.Error("4 neighbours pass")
	}
	if _, err := (&Result{}).Path(good, Options{}, 0); !errors.Is(err, ErrSurface) {
		t.Errorf("path of another result: %v", err)
	}
}

func TestSurvey(t *testing.T) {
	s := flat(5, 1, 2)
	copy(s.Seconds, []float32{nan, inf, 0.5})
	s.Heights = []float32{-9, 1, nan, 3, 1}
	if v, err := s.Survey(); err != nil || v != (Survey{3, 1, 1, 1, 0.5, 2, 1, 3}) {
		t.Errorf("%+v, %v", v, err)
	}
}

// Cancelling from within the progress ends the search soon, with ctx's error.
func TestCancelAndProgress(t *testing.T) {
	s := flat(600, 600, 1)
	var calls, last int64
	o := Options{Progress: func(done, total int64) {
		if calls++; done < last || done > total || total != 360000 {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	}}
	nearest(t, s, o, Source{Cell: 0})
	if calls < 10 || last != 360000 {
		t.Errorf("%d calls, the last at %d", calls, last)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	all := calls
	calls = 0
	o.Progress = func(int64, int64) {
		if calls++; calls == 3 {
			cancel()
		}
	}
	if r, err := Nearest(ctx, s, []Source{{}}, o); !errors.Is(err, context.Canceled) || r != nil || calls >= all {
		t.Errorf("cancelled: %v after %d of %d calls", err, calls, all)
	}
}

// A time beyond 49 days is no time, and steps that long do not wrap round.
func TestVerySlowGround(t *testing.T) {
	s := flat(3, 1, 3e4)
	r := nearest(t, s, Options{}, Source{Cell: 0, StartMS: 1})
	if want := []uint32{1, 3000000001, Never}; !reflect.DeepEqual(r.MS, want) {
		t.Errorf("%v", r.MS)
	}
	s = flat(3, 1, 3e38)
	if r := nearest(t, s, Options{}, Source{Cell: 0}); r.Reached != 1 {
		t.Errorf("%v", r.MS)
	}
	s = flat(3, 1, 1e-30)
	if r := nearest(t, s, Options{}, Source{Cell: 0}); r.MS[2] != 2 {
		t.Errorf("a step takes 1 ms at least: %v", r.MS)
	}
}

func ExampleNearest() {
	s := &Surface{Grid: grid.Spec{CRS: "EPSG:4547", DX: 100, DY: 100, Cols: 4, Rows: 1}}
	s.Seconds = []float32{Pace(5), Pace(5), Pace(2.5), Pace(0)}
	r, err := Nearest(context.Background(), s, []Source{{Cell: 0}}, Options{})
	fmt.Println(r.MS[:3], r.MS[3] == Never, err)
	// Output: [0 72000 180000] true <nil>
}
