package grid

import (
	"math"
	"math/rand"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/planar"
	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"
)

// draw makes a grid of unit cells and the list of those marked #.
func draw(picture string) (Spec, []int32) {
	rows := strings.Fields(picture)
	s := Spec{X0: 0, Y0: float64(len(rows)), DX: 1, DY: 1, Cols: int32(len(rows[0])), Rows: int32(len(rows))}
	var cells []int32
	for i, c := range strings.Join(rows, "") {
		if c == '#' {
			cells = append(cells, int32(i))
		}
	}
	return s, cells
}

// flood is the slow obvious form of Components.
func flood(s Spec, cells []int32, joined func(i, j int) bool) [][]int32 {
	group := make([]int, len(cells))
	for i := range group {
		group[i] = i
	}
	beside := func(a, b int32) bool {
		dc, dr := a%s.Cols-b%s.Cols, a/s.Cols-b/s.Cols
		return dc*dc+dr*dr <= 1
	}
	for changed := true; changed; {
		changed = false
		for i := range cells {
			for j := range i {
				if group[i] != group[j] && beside(cells[i], cells[j]) && joined(j, i) {
					g := min(group[i], group[j])
					group[i], group[j], changed = g, g, true
				}
			}
		}
	}
	var all [][]int32
	for g := range cells {
		var members []int32
		for i := range cells {
			if group[i] == g {
				members = append(members, int32(i))
			}
		}
		if members != nil {
			all = append(all, members)
		}
	}
	return all
}

func TestComponentsAgreeWithFlood(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := Spec{DX: 1, DY: 1, Cols: rapid.Int32Range(1, 7).Draw(rt, "cols"), Rows: rapid.Int32Range(1, 7).Draw(rt, "rows")}
		var cells []int32
		for c := range s.Cols * s.Rows {
			for range rapid.SampledFrom([]int{0, 0, 1, 1, 2, 3}).Draw(rt, "times") {
				cells = append(cells, c)
			}
		}
		land := make([]int, len(cells))
		lands := rapid.IntRange(1, 3).Draw(rt, "lands")
		for i := range land {
			land[i] = rapid.IntRange(1, lands).Draw(rt, "land")
		}
		joined := func(i, j int) bool {
			if i >= j {
				rt.Fatalf("asked with %d, %d", i, j)
			}
			return land[i] == land[j]
		}
		got, want := Components(s, cells, joined), flood(s, cells, joined)
		if len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
			rt.Fatalf("%v %v: got %v, want %v", cells, land, got, want)
		}
	})
}

func TestComponentsByHand(t *testing.T) {
	s, cells := draw(`
		##..#
		..#.#
		..##.`)
	want := [][]int32{{0, 1}, {2, 4}, {3, 5, 6}}
	if got := Components(s, cells, nil); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := Components(Spec{}, []int32{-1, -1, 0}, nil); len(got) != 2 {
		t.Errorf("no grid: %v", got)
	}
	if got := Components(s, nil, nil); len(got) != 0 {
		t.Errorf("no cells: %v", got)
	}
}

func TestOutlineByHand(t *testing.T) {
	s, cells := draw(`
		###.
		#.##
		##.#
		.###`)
	// The two empty cells inside touch at a corner: two holes, not one crossing itself.
	want := orb.MultiPolygon{{
		{{0, 1}, {1, 1}, {1, 0}, {4, 0}, {4, 3}, {3, 3}, {3, 4}, {0, 4}, {0, 1}},
		{{1, 3}, {2, 3}, {2, 2}, {1, 2}, {1, 3}},
		{{2, 2}, {3, 2}, {3, 1}, {2, 1}, {2, 2}},
	}}
	got := Outline(s, cells)
	if len(got) != 1 || len(got[0]) != 3 {
		t.Fatalf("got %v", got)
	}
	for i := range want[0] {
		if !sameRing(got[0][i], want[0][i]) && !sameRing(got[0][3-max(i, 1)], want[0][i]) {
			t.Errorf("ring %d: got %v, want %v", i, got[0], want[0][i])
		}
	}
	s, cells = draw(`
		#.
		.#`)
	if got := Outline(s, cells); len(got) != 2 || len(got[0]) != 1 || len(got[1][0]) != 5 {
		t.Errorf("two cells at a corner: %v", got)
	}
	if Outline(s, nil) != nil || Outline(s, []int32{-1, 4}) != nil || Outline(Spec{}, []int32{0}) != nil {
		t.Error("something of nothing")
	}
}

// sameRing compares closed rings that may begin at different points.
func sameRing(a, b orb.Ring) bool {
	if len(a) != len(b) {
		return false
	}
	n := len(a) - 1
	for shift := range n {
		same := true
		for i := range n {
			same = same && a[(i+shift)%n] == b[i]
		}
		if same {
			return true
		}
	}
	return false
}

// checkOutline holds the outline against the cells: validity by an independent
// library, area, orientation, corners only, and every cell centre.
func checkOutline(t rapid.TB, s Spec, cells []int32) {
	out := Outline(s, cells)
	raw, err := wkb.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	g, err := geom.UnmarshalWKB(raw)
	if err == nil {
		err = g.Validate()
	}
	if err != nil {
		t.Fatalf("%v: %v: %v", cells, out, err)
	}
	in := map[int32]bool{}
	for _, c := range cells {
		in[c] = true
	}
	if want := float64(len(in)) * s.DX * s.DY; math.Abs(planar.Area(out)-want) > 1e-9*want {
		t.Fatalf("%v: area %v, want %v", cells, planar.Area(out), want)
	}
	for c := range int32(s.Cells()) {
		x, y := s.Centre(c)
		if planar.MultiPolygonContains(out, orb.Point{x, y}) != in[c] {
			t.Fatalf("%v: cell %d is wrong in %v", cells, c, out)
		}
	}
	if len(out) != len(Components(s, ascending(cells), nil)) {
		t.Fatalf("%v: %d polygons", cells, len(out))
	}
	for _, p := range out {
		for i, r := range p {
			checkRing(t, r, i == 0)
		}
	}
}

func checkRing(t rapid.TB, r orb.Ring, outer bool) {
	if !r.Closed() || (r.Orientation() == orb.CCW) != outer {
		t.Fatalf("%v: open or wound wrongly (outer: %v)", r, outer)
	}
	for i := 1; i < len(r); i++ {
		a, b, c := r[i-1], r[i], r[1]
		if i+1 < len(r) {
			c = r[i+1]
		}
		if (a[0] == b[0]) == (b[0] == c[0]) {
			t.Fatalf("%v: point %d is no corner", r, i)
		}
	}
}

func TestOutlineIsValid(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := Spec{X0: 3, Y0: -2, DX: 0.5, DY: 0.25, Cols: rapid.Int32Range(1, 9).Draw(rt, "cols"), Rows: rapid.Int32Range(1, 9).Draw(rt, "rows")}
		cells := rapid.SliceOf(rapid.Int32Range(0, int32(s.Cells())-1)).Draw(rt, "cells")
		if rapid.Bool().Draw(rt, "inverse") {
			cells = others(s, cells)
		}
		if len(cells) > 0 {
			checkOutline(rt, s, cells)
		}
	})
}

// others returns the cells that are not in the list.
func others(s Spec, cells []int32) []int32 {
	in := map[int32]bool{}
	for _, c := range cells {
		in[c] = true
	}
	var rest []int32
	for c := range int32(s.Cells()) {
		if !in[c] {
			rest = append(rest, c)
		}
	}
	return rest
}

// Every set of cells of a 4 x 4 grid, of which there are 65,535.
func TestOutlineOfEverySmallSet(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	s := Spec{X0: 0, Y0: 4, DX: 1, DY: 1, Cols: 4, Rows: 4}
	for set := 1; set < 1<<16; set += 1 {
		var cells []int32
		for c := range int32(16) {
			if set>>c&1 == 1 {
				cells = append(cells, c)
			}
		}
		checkOutline(t, s, cells)
	}
}

// A chequered random field, larger than the drawn ones.
func TestOutlineOfNoise(t *testing.T) {
	s := Spec{X0: 0, Y0: 40, DX: 1, DY: 1, Cols: 40, Rows: 40}
	for seed := range int64(20) {
		r := rand.New(rand.NewSource(seed))
		var cells []int32
		for c := range int32(1600) {
			if r.Float64() < 0.3+0.02*float64(seed) {
				cells = append(cells, c)
			}
		}
		checkOutline(t, s, cells)
	}
}

func benchmarkCells() (Spec, []int32) {
	s := Spec{CRS: "EPSG:4326", X0: 70, Y0: 54, DX: 1. / 1200, DY: 1. / 1200, Cols: 1250, Rows: 1250}
	r := rand.New(rand.NewSource(1))
	var cells []int32
	for c := range int32(s.Cells()) {
		if r.Float64() < 0.64 {
			cells = append(cells, c)
		}
	}
	return s, cells
}

func BenchmarkComponents1M(b *testing.B) {
	s, cells := benchmarkCells()
	for b.Loop() {
		Components(s, cells, nil)
	}
}

func BenchmarkOutline1M(b *testing.B) {
	s, cells := benchmarkCells()
	for b.Loop() {
		Outline(s, cells)
	}
}
