package friction

import (
	"errors"
	"math"
	"math/rand"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
	"lifecircle/geo/grid"
	"pgregory.net/rapid"
)

// square is a grid whose coordinates are columns, and rows from the top up to 0.
func square(n int32) grid.Spec {
	return grid.Spec{CRS: "EPSG:4547", Y0: float64(n), DX: 1, DY: 1, Cols: n, Rows: n}
}

func TestLineByHand(t *testing.T) {
	s := square(4)
	for _, c := range []struct {
		name   string
		points []orb.Point
		four   []int32
		eight  []int32
	}{
		{"none", nil, nil, nil},
		{"a point", []orb.Point{{1.5, 3.5}}, []int32{1}, []int32{1}},
		{"a row", []orb.Point{{0.5, 3.5}, {3.5, 3.5}}, []int32{0, 1, 2, 3}, []int32{0, 1, 2, 3}},
		{"through corners", []orb.Point{{0.5, 3.5}, {3.5, 0.5}}, []int32{0, 1, 5, 6, 10, 11, 15}, []int32{0, 5, 10, 15}},
		{"back the same way", []orb.Point{{3.5, 0.5}, {0.5, 3.5}}, []int32{15, 14, 10, 9, 5, 4, 0}, []int32{15, 10, 5, 0}},
		{"a bend", []orb.Point{{0.5, 3.5}, {1.5, 3.5}, {1.5, 1.5}}, []int32{0, 1, 5, 9}, []int32{0, 5, 9}},
		{"there and back", []orb.Point{{0.5, 3.5}, {2.5, 3.5}, {0.5, 3.5}}, []int32{0, 1, 2, 1, 0}, []int32{0, 1, 2, 1, 0}},
		{"beyond both sides", []orb.Point{{-100, 2.5}, {1e6, 2.5}}, []int32{4, 5, 6, 7}, []int32{4, 5, 6, 7}},
		{"the rim", []orb.Point{{0, 0}, {4, 0}}, []int32{12, 13, 14, 15}, []int32{12, 13, 14, 15}},
		{"outside", []orb.Point{{-1, 2}, {-1, 3}, {5, 10}}, nil, nil},
		{"a gap", []orb.Point{{0.5, 3.5}, {math.NaN(), 3}, {1.5, 2.5}, {2.5, 2.5}}, []int32{5, 6}, []int32{5, 6}},
		{"out and in again", []orb.Point{{0.5, 3.5}, {0.5, 5}, {1.5, 5}, {1.5, 2.5}}, []int32{0, 1, 5}, []int32{0, 1, 5}},
		{"endless", []orb.Point{{0.5, 3.5}, {math.Inf(1), 3.5}}, nil, nil},
	} {
		if got := Line(s, c.points, Four); !reflect.DeepEqual(got, c.four) {
			t.Errorf("%s: four %v, want %v", c.name, got, c.four)
		}
		if got := Line(s, c.points, Eight); !reflect.DeepEqual(got, c.eight) {
			t.Errorf("%s: eight %v, want %v", c.name, got, c.eight)
		}
	}
	if got := Line(grid.Spec{}, []orb.Point{{0, 0}, {1, 1}}, Four); got != nil {
		t.Errorf("no grid: %v", got)
	}
}

// within is the slow form of a stretch: all cells whose inside it goes through.
func within(s grid.Spec, a, b orb.Point) map[int32]bool {
	cells := map[int32]bool{}
	for c := range int32(s.Cells()) {
		minX, minY, maxX, maxY := s.Bounds(c)
		from, to := 0.0, 1.0
		for i, side := range [2][2]float64{{minX, maxX}, {minY, maxY}} {
			d := b[i] - a[i]
			if d == 0 {
				if a[i] <= side[0] || a[i] >= side[1] {
					to = -1
				}
				continue
			}
			enter, exit := (side[0]-a[i])/d, (side[1]-a[i])/d
			from, to = max(from, min(enter, exit)), min(to, max(enter, exit))
		}
		if to-from > 1e-9 {
			cells[c] = true
		}
	}
	return cells
}

func TestLineGoesThroughItsCells(t *testing.T) {
	s := square(9)
	rapid.Check(t, func(rt *rapid.T) {
		at := rapid.Float64Range(-4, 13)
		a, b := orb.Point{at.Draw(rt, "x"), at.Draw(rt, "y")}, orb.Point{at.Draw(rt, "x"), at.Draw(rt, "y")}
		four, eight, want := Line(s, []orb.Point{a, b}, Four), Line(s, []orb.Point{a, b}, Eight), within(s, a, b)
		seen := map[int32]bool{}
		for i, c := range four {
			if seen[c] = true; i > 0 && steps(s, four[i-1], c) != 1 {
				rt.Fatalf("%v: not over edges", four)
			}
		}
		for c := range want {
			if !seen[c] {
				rt.Fatalf("%v lacks %d", four, c)
			}
		}
		for i, c := range eight {
			if !seen[c] || i > 0 && (steps(s, eight[i-1], c) < 1 || steps(s, eight[i-1], c) > 2 || abs(eight[i-1]%9-c%9) > 1) {
				rt.Fatalf("%v: not one beside the other", eight)
			}
		}
		if len(four) > 0 && (eight[0] != four[0] || eight[len(eight)-1] != four[len(four)-1]) {
			rt.Fatalf("%v and %v", four, eight)
		}
	})
}

func abs(n int32) int32 { return max(n, -n) }

func steps(s grid.Spec, a, b int32) int32 { return abs(a%s.Cols-b%s.Cols) + abs(a/s.Cols-b/s.Cols) }

// A river right across the grid holds: one over edges always, one over corners
// while corners are not cut. A road over edges gets across with a bridge, all
// the way on its own cells; one over corners gets along between closed cells
// only where corners may be cut.
func TestRiversHoldAndRoadsHangTogether(t *testing.T) {
	r := rand.New(rand.NewSource(6))
	for range 60 {
		s := flat(40, 40, 1)
		river := []orb.Point{{-500, 4500 * r.Float64()}, {4000 * r.Float64(), 500 + 3000*r.Float64()}, {4500, 4500 * r.Float64()}}
		for _, connect := range []Connection{Four, Eight} {
			s.Seconds = flat(40, 40, 1).Seconds
			if _, err := Burn(s.Seconds, Line(s.Grid, river, connect), 0, Barrier); err != nil {
				t.Fatal(err)
			}
			for _, o := range []Options{{}, {Neighbours: 16}, {CutCorners: true}, {CutCorners: true, Neighbours: 16}} {
				if o.CutCorners && connect == Eight {
					continue
				}
				held(t, s, river, o)
			}
		}
		bridge := Line(s.Grid, []orb.Point{{100 + 3800*r.Float64(), 3990}, {100 + 3800*r.Float64(), 10}}, Four)
		for i := range s.Seconds {
			s.Seconds[i] = inf
		}
		if _, err := Burn(s.Seconds, bridge, 1, Bridge); err != nil {
			t.Fatal(err)
		}
		if res := nearest(t, s, Options{}, Source{Cell: bridge[0]}); res.MS[bridge[len(bridge)-1]] == Never {
			t.Fatalf("the road %v does not hang together", bridge)
		}
	}
}

// held fails when cells on the two sides of a river reach one another. Cells that
// the river passes through, but does not close, are on neither side.
func held(t *testing.T, s *Surface, river []orb.Point, o Options) {
	t.Helper()
	above := func(c int32) bool {
		x, y := s.Grid.Centre(c)
		a, b := river[0], river[1]
		if x > b[0] {
			a, b = river[1], river[2]
		}
		return y > a[1]+(x-a[0])/(b[0]-a[0])*(b[1]-a[1])
	}
	wet := map[int32]bool{}
	for _, c := range Line(s.Grid, river, Four) {
		wet[c] = true
	}
	for c := range int32(40) {
		if wet[c] || !above(c) {
			continue
		}
		for cell, ms := range nearest(t, s, o, Source{Cell: c}).MS {
			if ms != Never && !wet[int32(cell)] && !above(int32(cell)) {
				t.Fatalf("%+v: %d to %d over the river %v", o, c, cell, river)
			}
		}
		return
	}
}

func TestBurnRules(t *testing.T) {
	column := []float32{1, 3, inf, nan}
	all := []int32{0, 1, 2, 3}
	for _, c := range []struct {
		rule Rule
		want []float32
		did  Burned
	}{
		{Road, []float32{1, 2, inf, 2}, Burned{2, 1}},
		{Bridge, []float32{1, 2, 2, 2}, Burned{3, 0}},
		{Barrier, []float32{inf, inf, inf, inf}, Burned{3, 0}},
	} {
		got := append([]float32(nil), column...)
		if did, err := Burn(got, all, 2, c.rule); err != nil || did != c.did || !reflect.DeepEqual(got, c.want) {
			t.Errorf("rule %d: %v %+v %v", c.rule, got, did, err)
		}
	}
	for _, pace := range []float32{0, -1, inf, nan} {
		if _, err := Burn(column, all, pace, Road); !errors.Is(err, ErrSurface) {
			t.Errorf("pace %v: %v", pace, err)
		}
	}
	for _, cells := range [][]int32{{0, 4}, {-1}} {
		if _, err := Burn(column, cells, 0.1, Road); !errors.Is(err, ErrSurface) || column[0] != 1 {
			t.Errorf("cells %v: %v, %v", cells, err, column)
		}
	}
}
