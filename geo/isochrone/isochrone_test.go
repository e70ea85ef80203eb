package isochrone

import (
	"context"
	"errors"
	"math"
	"math/rand"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"lifecircle/geo/grid"
)

// drawField draws a small field of any kind: few different times, so that
// saddles and ties with limits abound; cliffs so steep that lines run together;
// any times at all.
func drawField(rt *rapid.T, s grid.Spec) (Field, []uint32) {
	f := Field{Grid: s, TimesMS: make([]uint32, s.Cells())}
	times := rapid.SampledFrom([]*rapid.Generator[uint32]{
		rapid.SampledFrom([]uint32{0, 1, 2, 3, 4, 5, Never}),
		rapid.SampledFrom([]uint32{0, 2, 4, 1 << 30, Never}),
		rapid.SampledFrom([]uint32{0, 1, 100, 1000, 100_000, Never - 1}),
		rapid.Uint32Range(0, 50),
		rapid.Uint32(),
		rapid.Just[uint32](Never),
		rapid.Just[uint32](3),
	}).Draw(rt, "kind")
	for i := range f.TimesMS {
		f.TimesMS[i] = times.Draw(rt, "ms")
	}
	if lands := rapid.Int32Range(-2, 2).Draw(rt, "lands"); lands > -2 {
		f.Pieces = make([]int32, s.Cells())
		for i := range f.Pieces {
			f.Pieces[i] = rapid.Int32Range(-1, lands).Draw(rt, "land")
		}
	}
	limit := rapid.OneOf(rapid.SampledFrom(f.TimesMS), rapid.Uint32Range(0, 60), rapid.Uint32())
	limits := rapid.SliceOfNDistinct(limit.Filter(func(v uint32) bool { return v != Never }), 0, 4, rapid.ID).Draw(rt, "limits")
	slices.Sort(limits)
	return f, limits
}

func property(rt *rapid.T) {
	s := unitGrid(rapid.Int32Range(1, 7).Draw(rt, "cols"), rapid.Int32Range(1, 7).Draw(rt, "rows"))
	f, limits := drawField(rt, s)
	spots := make([]orb.Point, 30)
	for i := range spots {
		spots[i] = orb.Point{
			float64(rapid.IntRange(-256, 256*(1+int(s.Cols))).Draw(rt, "x")) / 256,
			-float64(rapid.IntRange(-256, 256*(1+int(s.Rows))).Draw(rt, "y")) / 256,
		}
	}
	hold(rt, f, limits, spots)
}

func TestAnyField(t *testing.T) { rapid.Check(t, property) }

func FuzzField(f *testing.F) { f.Fuzz(rapid.MakeFuzz(property)) }

// Coordinates that floating point has to round: degrees, and metres with the
// number of a zone before them.
func TestAnyGrid(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := rapid.SampledFrom([]grid.Spec{
			{CRS: "EPSG:4326", X0: 121.9 + 1./3, Y0: 30.1, DX: 1. / 1200, DY: 1. / 1200},
			{CRS: "EPSG:4528", X0: 40500000.1, Y0: 3310000.7, DX: 90.3, DY: 29.9},
			{X0: -1e9 / 3, Y0: 1e9 / 7, DX: 0.021, DY: 0.02},
		}).Draw(rt, "grid")
		s.Cols, s.Rows = rapid.Int32Range(1, 6).Draw(rt, "cols"), rapid.Int32Range(1, 6).Draw(rt, "rows")
		f, limits := drawField(rt, s)
		areas, _ := Areas(context.Background(), f, limits)
		bands, err := Bands(context.Background(), f, limits)
		if err != nil {
			rt.Fatal(err)
		}
		f.Grid = unitGrid(s.Cols, s.Rows)
		plainAreas, plainBands := hold(rt, f, limits, nil)
		for i, limit := range limits {
			checkSame(rt, s, areas[i], plainAreas[i])
			checkSame(rt, s, bands[i], plainBands[i])
			for c, ms := range f.TimesMS {
				x, y := s.Centre(int32(c))
				checkPlace(rt, areas[i], orb.Point{x, y}, ms <= limit)
			}
			if i > 0 {
				checkNested(rt, areas[i-1], areas[i])
			}
			checkApart(rt, areas[i])
		}
	})
}

// checkSame demands that a drawing is the one of the unit grid, ring by ring,
// moved to the place of its grid.
func checkSame(t rapid.TB, s grid.Spec, got, unit orb.MultiPolygon) {
	want := orb.MultiPolygon{}
	for _, p := range unit {
		var polygon orb.Polygon
		for _, r := range p {
			var ring orb.Ring
			for _, at := range r {
				ring = append(ring, orb.Point{s.X0 + float64(at[0]*s.DX), s.Y0 - float64(-at[1]*s.DY)})
			}
			polygon = append(polygon, ring)
		}
		want = append(want, polygon)
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

// Every field of 2 x 2 cells with times within, at and beyond two limits, some
// so steep that the lines of both run together, on all ways to share the four
// cells out between pieces of land.
func TestEverySquare(t *testing.T) {
	times := []uint32{1, 3, 5, 1 << 30, Never}
	spots := []orb.Point{{0.75, -0.75}, {1.25, -0.875}, {1, -1}, {0.625, -1.3125}, {1.4375, -1.375}, {1.0625, -0.6875}}
	for b := range int32(2) {
		for c := range b + 2 {
			for d := range max(b, c) + 2 {
				for n := range 5 * 5 * 5 * 5 {
					f := Field{Grid: unitGrid(2, 2), TimesMS: make([]uint32, 4), Pieces: []int32{0, b, c, d}}
					for i, k := 0, n; i < 4; i, k = i+1, k/5 {
						f.TimesMS[i] = times[k%5]
					}
					hold(t, f, []uint32{1, 3}, spots)
				}
			}
		}
	}
}

// Every field of 3 x 3 cells with three times, of which one is a cliff: bands
// thin out to nothing in all ways.
func TestEveryCliff(t *testing.T) {
	times := []uint32{0, 2, 1 << 30}
	for n := range 19683 {
		f := Field{Grid: unitGrid(3, 3), TimesMS: make([]uint32, 9)}
		for i, k := 0, n; i < 9; i, k = i+1, k/3 {
			f.TimesMS[i] = times[k%3]
		}
		hold(t, f, []uint32{0, 1}, nil)
	}
}

// walk gives the time from the first S of a drawing to every cell over its eight
// neighbours, 1000 a step and 1414 a diagonal one; # is a barrier.
func walk(picture string) Field {
	lines := strings.Fields(picture)
	f := Field{Grid: unitGrid(int32(len(lines[0])), int32(len(lines)))}
	text := strings.Join(lines, "")
	f.TimesMS = make([]uint32, len(text))
	for i := range f.TimesMS {
		f.TimesMS[i] = Never
	}
	f.TimesMS[strings.IndexByte(text, 'S')] = 0
	cols := len(lines[0])
	for changed := true; changed; {
		changed = false
		for i := range text {
			for j := range text {
				dc, dr := i%cols-j%cols, i/cols-j/cols
				d := dc*dc + dr*dr
				if text[j] == '#' || f.TimesMS[i] == Never || d < 1 || d > 2 {
					continue
				}
				if ms := f.TimesMS[i] + []uint32{0, 1000, 1414}[d]; ms < f.TimesMS[j] {
					f.TimesMS[j], changed = ms, true
				}
			}
		}
	}
	return f
}

func TestBarriers(t *testing.T) {
	f := walk(`
		.........#...
		.S.......#...
		.....##..#...
		....####.#...
		.....##..#...
		............#
		.........#...
		.........#...`)
	_, bands := hold(t, f, []uint32{0, 1000, 2000, 5000, 5500, 12000, 60000}, nil)
	if len(bands[6]) == 0 {
		t.Fatal("nothing far away")
	}
	areas, _ := Areas(context.Background(), f, []uint32{60000})
	if len(areas[0]) != 1 || len(areas[0][0]) != 2 {
		t.Errorf("want one polygon with one lake, got %v", areas[0])
	}
}

// Two pieces of land side by side, both reached: two polygons with a strip free
// between them, and the line of each bank at its own place.
func TestPiecesComeApart(t *testing.T) {
	f := Field{Grid: unitGrid(2, 1), TimesMS: []uint32{5, 7}, Pieces: []int32{1, 2}}
	areas, _ := hold(t, f, []uint32{4, 5, 7}, nil)
	want := []orb.MultiPolygon{
		{},
		{{{{0, -0.5}, {0.5, -1}, {0.875, -0.5}, {0.5, 0}, {0, -0.5}}}},
		{{{{0, -0.5}, {0.5, -1}, {0.875, -0.5}, {0.5, 0}, {0, -0.5}}}, {{{1.125, -0.5}, {1.5, -1}, {2, -0.5}, {1.5, 0}, {1.125, -0.5}}}},
	}
	if !reflect.DeepEqual(areas, want) {
		t.Errorf("got  %v\nwant %v", areas, want)
	}
}

func TestByHand(t *testing.T) {
	// All reached: the edge of the grid, with its corners cut.
	f := Field{Grid: unitGrid(3, 2), TimesMS: make([]uint32, 6)}
	areas, _ := hold(t, f, []uint32{0}, nil)
	want := orb.MultiPolygon{{{{0, -0.5}, {0, -1.5}, {0.5, -2}, {2.5, -2}, {3, -1.5}, {3, -0.5}, {2.5, 0}, {0.5, 0}, {0, -0.5}}}}
	if !reflect.DeepEqual(areas[0], want) {
		t.Errorf("got %v, want %v", areas[0], want)
	}
	// A long run keeps a point every 32 cells, with the same bits for all limits.
	f = Field{Grid: unitGrid(70, 1), TimesMS: make([]uint32, 70)}
	areas, _ = hold(t, f, []uint32{0}, nil)
	want = orb.MultiPolygon{{{{0, -0.5}, {0.5, -1}, {32.5, -1}, {64.5, -1}, {69.5, -1}, {70, -0.5}, {69.5, 0}, {64.5, 0}, {32.5, 0}, {0.5, 0}, {0, -0.5}}}}
	if !reflect.DeepEqual(areas[0], want) {
		t.Errorf("got %v, want %v", areas[0], want)
	}
	// Half a millisecond above the limit: 500.5 of 1001 is half way, and ties
	// with the limit are inside.
	f = Field{Grid: unitGrid(3, 1), TimesMS: []uint32{0, 1001, 1002}}
	areas, _ = hold(t, f, []uint32{0, 500, 1001, 1002}, nil)
	for i, x := range []float64{0.5 + 1./256, 1, 2, 3} {
		if got := areas[i].Bound().Max[0]; got != x {
			t.Errorf("limit %d ends at %v, want %v", i, got, x)
		}
	}
	// A saddle: joined when the mean 50.25 is within the limit.
	f = Field{Grid: unitGrid(2, 2), TimesMS: []uint32{1, 99, 101, 0}}
	areas, _ = hold(t, f, []uint32{49, 50, 99}, nil)
	if len(areas[0]) != 2 || len(areas[1]) != 1 {
		t.Errorf("saddle: %d and %d polygons, want 2 and 1", len(areas[0]), len(areas[1]))
	}
	f.Pieces = []int32{1, 1, 2, 1}
	areas, _ = hold(t, f, []uint32{49, 50, 99}, nil)
	if len(areas[1]) != 2 {
		t.Errorf("a saddle with a foreign corner: %v", areas[1])
	}
}

// Fields too large for the exact checks at every point: noise, with many rings
// inside one another, and long distances.
func TestLargerFields(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	f := Field{Grid: unitGrid(60, 50), TimesMS: make([]uint32, 3000)}
	for i := range f.TimesMS {
		f.TimesMS[i] = uint32(r.Intn(1000))
	}
	hold(t, f, []uint32{300, 420, 600, 800}, nil)
	for i := range f.TimesMS {
		x, y := float64(i%60), float64(i/60)
		f.TimesMS[i] = uint32(60000 * (2 + math.Sin(x/4)*math.Cos(y/5) + r.Float64()/50))
	}
	areas, _ := hold(t, f, []uint32{90000, 120000, 150000}, nil)
	if len(areas[1]) < 2 {
		t.Errorf("only %d polygons", len(areas[1]))
	}
}

func TestAnyNumberOfCores(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	f := Field{Grid: unitGrid(80, 80), TimesMS: make([]uint32, 6400)}
	for i := range f.TimesMS {
		f.TimesMS[i] = uint32(r.Intn(1000))
	}
	limits := []uint32{100, 200, 300, 400, 500, 600, 700}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want, _ := Bands(context.Background(), f, limits)
	for _, n := range []int{2, 7} {
		runtime.GOMAXPROCS(n)
		if got, _ := Bands(context.Background(), f, limits); !reflect.DeepEqual(got, want) {
			t.Errorf("%d cores: another drawing", n)
		}
	}
}

func TestRefused(t *testing.T) {
	good := func() Field { return Field{Grid: unitGrid(2, 2), TimesMS: make([]uint32, 4)} }
	for name, c := range map[string]struct {
		spoil  func(f *Field)
		limits []uint32
	}{
		"no grid":         {func(f *Field) { *f = Field{} }, nil},
		"short":           {func(f *Field) { f.TimesMS = f.TimesMS[1:] }, nil},
		"short pieces":    {func(f *Field) { f.Pieces = make([]int32, 3) }, nil},
		"no step":         {func(f *Field) { f.Grid.DX = 0 }, nil},
		"no number":       {func(f *Field) { f.Grid.Y0 = math.NaN() }, nil},
		"endless":         {func(f *Field) { f.Grid.X0 = math.Inf(1) }, nil},
		"upside down":     {func(f *Field) { f.Grid.DY = -1 }, nil},
		"too fine":        {func(f *Field) { f.Grid.X0 = 1e12 }, nil},
		"limits descend":  {func(*Field) {}, []uint32{2, 1}},
		"a limit twice":   {func(*Field) {}, []uint32{2, 2}},
		"limit for Never": {func(*Field) {}, []uint32{Never}},
	} {
		f := good()
		c.spoil(&f)
		if _, err := Areas(context.Background(), f, c.limits); !errors.Is(err, ErrField) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Bands(ctx, good(), []uint32{1}); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if got, err := Areas(context.Background(), good(), nil); len(got) != 0 || err != nil {
		t.Errorf("no limits: %v, %v", got, err)
	}
}
