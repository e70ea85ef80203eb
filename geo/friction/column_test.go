package friction

import (
	"context"
	"errors"
	"math"
	"math/rand"
	"reflect"
	"testing"

	"lifecircle/geo/grid"
)

func TestThousandsOfClasses(t *testing.T) {
	table := map[int32]float64{}
	for class := range int32(3500) {
		table[class] = float64(class) / 10
	}
	classes := make([]uint16, 3600)
	for i := range classes {
		classes[i] = uint16(len(classes) - 1 - i)
	}
	column, unknown, err := SecondsPerMetre(classes, table)
	if err != nil || len(unknown) != 100 || unknown[0] != (Unknown{3500, 1}) {
		t.Fatalf("%v, %v", unknown, err)
	}
	for i, class := range classes {
		switch want := 36 / float64(class); {
		case class >= 3500:
			if column[i] == column[i] {
				t.Errorf("unknown class %d: %v", class, column[i])
			}
		case column[i] != float32(want) && math.Abs(float64(column[i])/want-1) > 1e-7:
			t.Errorf("class %d: %v, want %v", class, column[i], want)
		}
	}
	for _, speed := range []float64{-1, math.NaN(), math.Inf(1)} {
		if _, _, err := SecondsPerMetre([]int32{1}, map[int32]float64{1: speed}); !errors.Is(err, ErrSurface) {
			t.Errorf("%v km/h: %v", speed, err)
		}
	}
}

func TestResample(t *testing.T) {
	from := grid.Spec{CRS: "EPSG:4326", X0: 0, Y0: 2, DX: 1, DY: 1, Cols: 2, Rows: 2}
	to := grid.Spec{CRS: "EPSG:4547", X0: -100, Y0: 200, DX: 50, DY: 50, Cols: 6, Rows: 3}
	got, err := Resample(context.Background(), to, from, []string{"a", "b", "c", "d"}, "-", func(x, y float64) (float64, float64) { return x / 100, y / 100 })
	want := []string{"-", "-", "a", "a", "b", "b", "-", "-", "a", "a", "b", "b", "-", "-", "c", "c", "d", "d"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := Resample(context.Background(), to, from, []int{1}, 0, nil); !errors.Is(err, ErrSurface) {
		t.Errorf("short column: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Resample(ctx, to, from, make([]int, 4), 0, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A plane stays a plane between the outermost centres, and cells that are not
// known neither spread nor hide their neighbours.
func TestResampleHeights(t *testing.T) {
	from := grid.Spec{X0: 10, Y0: 90, DX: 7, DY: 5, Cols: 12, Rows: 11}
	to := grid.Spec{X0: 5, Y0: 95, DX: 1.3, DY: 1.7, Cols: 80, Rows: 40}
	heights := make([]float32, from.Cells())
	for c := range heights {
		x, y := from.Centre(int32(c))
		heights[c] = float32(3*x - 2*y)
	}
	hole := int32(5*12 + 5)
	heights[hole] = nan
	got, err := ResampleHeights(context.Background(), to, from, heights, nil)
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for c, h := range got {
		x, y := to.Centre(int32(c))
		under := from.Cell(x, y)
		if known := h == h; known != (under >= 0 && under != hole) {
			t.Fatalf("%v, %v in cell %d: %v", x, y, under, h)
		}
		holeX, holeY := from.Centre(hole)
		inside := x > 13.5 && x < 90.5 && y < 87.5 && y > 37.5
		if inside && (math.Abs(x-holeX) > 7 || math.Abs(y-holeY) > 5) {
			if checked++; math.Abs(float64(h)-(3*x-2*y)) > 1e-4 {
				t.Fatalf("%v, %v: %v, want %v", x, y, h, 3*x-2*y)
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d checked", checked)
	}
}

// The published numbers: Tobler's 5.04 km/h on the flat against 6 at -5 %, an
// hour more for 2,000 feet, ten minutes for 100 m up.
func TestSlopesAsPublished(t *testing.T) {
	langmuir, err := Langmuir(RWalk())
	if err != nil {
		t.Fatal(err)
	}
	off := func(g float64) float64 { return 0.11 + 0.67*math.Exp(-math.Pow(100*g+2, 2)/1800) }
	for _, c := range []struct {
		slope *Slope
		grade float64
		want  float64
	}{
		{nil, 0.3, 1},
		{Tobler(), 0, 1},
		{Tobler(), -0.05, 5.0367 / 6},
		{Tobler(), 0.15, math.Exp(0.525)},
		{Tobler(), -0.25, math.Exp(0.525)},
		{Naismith(), -0.5, 1},
		{Naismith(), 0.5, 1 + 0.5*4828.032/609.6},
		{langmuir, 0, 1},
		{langmuir, 0.12, (0.72 + 0.72) / 0.72},
		{langmuir, -0.1, (0.72 - 0.19998) / 0.72},
		{langmuir, -0.3, (0.72 + 0.59994) / 0.72},
		{IrmischerClarke(), 0, 1},
		{IrmischerClarke(), -0.05, (0.11 + math.Exp(-25.0/1800)) / 1.11},
		{IrmischerClarkeOffPath(), 0.3, off(0) / off(0.3)},
		{Tobler(), math.NaN(), 1},
		{Tobler(), 7, math.Exp(7)},
		{Tobler(), -7, math.Exp(3.5 * 1.9)},
		{Tobler(), math.Inf(1), math.Exp(7)},
	} {
		if got := c.slope.Factor(c.grade); math.Abs(got/c.want-1) > 1e-4 {
			t.Errorf("%s at %v: %v, want %v", c.slope.Name(), c.grade, got, c.want)
		}
	}
	for _, bad := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		if _, err := NewSlope("bad", func(float64) float64 { return bad }); !errors.Is(err, ErrSurface) {
			t.Errorf("factor %v: %v", bad, err)
		}
	}
}

// A table is as good as its function to a ten-thousandth.
func TestSlopeTableFollowsItsFunction(t *testing.T) {
	r := rand.New(rand.NewSource(7))
	s := Tobler()
	for range 10000 {
		g := 4*r.Float64() - 2
		want := math.Exp(3.5 * (math.Abs(g+0.05) - 0.05))
		if d := s.Factor(g)/want - 1; math.Abs(d) > 2e-6 {
			t.Fatalf("at %v: %v, want %v", g, s.Factor(g), want)
		}
	}
}

// One thousandth of a degree at 60° N: 55.8 m across, 111.4 m up and down, by
// the tables of the ellipsoid. Web Mercator measures twice as long there.
func TestMeasure(t *testing.T) {
	s := grid.Spec{CRS: "EPSG:4326", X0: 10, Y0: 60.002, DX: 0.001, DY: 0.001, Cols: 4, Rows: 4}
	l, err := Measure(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		dc, dr int32
		want   float64
	}{{1, 0, 55.80}, {-1, 0, 55.80}, {0, 1, 111.41}, {0, -1, 111.41}, {1, 1, 124.60}, {-2, 1, 157.69}, {1, -2, 229.70}, {2, 2, 0}} {
		if got := l.Metres(2, c.dc, c.dr); math.Abs(got-c.want) > 0.02 {
			t.Errorf("%d, %d: %v, want %v", c.dc, c.dr, got, c.want)
		}
	}
	s = grid.Spec{CRS: "EPSG:3857", X0: 1e6, Y0: 8399737.89 + 200, DX: 100, DY: 100, Cols: 4, Rows: 4} // 60° N
	if l, err = Measure(s); err != nil || math.Abs(l.Metres(1, 1, 0)-50.1) > 0.2 {
		t.Errorf("Web Mercator: %v, %v", l.Metres(1, 1, 0), err)
	}
	s = grid.Spec{CRS: "EPSG:26713", DX: 90, DY: 120, Cols: 4, Rows: 4} // not in package crs
	if l, err = Measure(s); err != nil || l.Metres(3, -1, 1) != 150 {
		t.Errorf("metres: %v, %v", l.Metres(3, -1, 1), err)
	}
	for way := range ways {
		if b := ways[opposite(way)]; b.dc != -ways[way].dc || b.dr != -ways[way].dr {
			t.Errorf("way %d: back %v", way, b)
		}
	}
}
