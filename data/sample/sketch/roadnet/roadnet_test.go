package roadnet

import (
	"math"
	"slices"
	"testing"

	"lifecircle/data/sample/sketch/plane"

	"pgregory.net/rapid"
)

// bean is a small island with a bay.
func bean() Island {
	coast := plane.Roughen([]plane.XY{{0, 0}, {0.2, 1.2}, {0.9, 1.1}, {1.1, 0.5}, {1.4, 1.1}, {2.2, 1.0}, {2.1, -0.1}, {1, -0.3}}, 0.15, 4)
	return Island{
		Coast:    coast,
		Spots:    []Spot{{plane.XY{0.5, 0.8}, 300}, {plane.XY{1.8, 0.7}, 200}, {plane.XY{1.1, 0.1}, 40}},
		Courses:  []Course{{County, "环岛线", []plane.XY{{0.5, 0.8}, {1.8, 0.7}}}},
		Villages: []Village{{"南村", plane.XY{1.1, 0.1}, 40}},
	}
}

// cheapest is the cost of every cell from one, the slow way: until nothing gets
// cheaper.
func cheapest(tr *terrain, from int32) []float64 {
	cost := make([]float64, len(tr.shore))
	for c := range cost {
		cost[c] = math.Inf(1)
	}
	cost[from] = 0
	for again := true; again; {
		again = false
		for c := range cost {
			for _, m := range moves {
				if math.IsInf(cost[c], 1) || !tr.passes(int32(c), m) {
					continue
				}
				to := int32(c) + m[1]*tr.cols + m[0]
				next := cost[c] + math.Hypot(float64(m[0]), float64(m[1]))*(tr.effort(int32(c))+tr.effort(to))/2
				if next < cost[to]-1e-9 {
					cost[to], again = next, true
				}
			}
		}
	}
	return cost
}

// TestWay: the way found is the cheapest one and stays on land.
func TestWay(t *testing.T) {
	is := bean()
	tr := newTerrain(is.Coast, is.Spots)
	from := tr.cellAt(plane.XY{0.5, 0.8})
	want := cheapest(tr, from)
	rapid.Check(t, func(t *rapid.T) {
		goal := rapid.SampledFrom(landCells(tr)).Draw(t, "goal")
		cells := tr.way(from, func(c int32) bool { return c == goal }, tr.effort)
		if math.IsInf(want[goal], 1) != (cells == nil) {
			t.Fatalf("%d cells, cost %v", len(cells), want[goal])
		}
		got := 0.0
		for k := 1; k < len(cells); k++ {
			step := tr.centre(cells[k-1]).To(tr.centre(cells[k])) / cellKM
			got += step * (tr.effort(cells[k-1]) + tr.effort(cells[k])) / 2
			if tr.shore[cells[k]] <= 0 {
				t.Fatal("a step into the sea")
			}
		}
		if cells != nil && math.Abs(got-want[goal]) > 1e-6 {
			t.Fatalf("cost %v, cheapest %v", got, want[goal])
		}
	})
}

func landCells(tr *terrain) []int32 {
	var list []int32
	for c, shore := range tr.shore {
		if shore > 0 {
			list = append(list, int32(c))
		}
	}
	return list
}

// TestShore: the raster has land where the ring has, and its distance to the sea
// is about that to the ring.
func TestShore(t *testing.T) {
	is := bean()
	tr := newTerrain(is.Coast, is.Spots)
	for c, shore := range tr.shore {
		p := tr.centre(int32(c))
		if (shore > 0) != plane.Inside(is.Coast, p) {
			t.Errorf("%v: %v km", p, shore)
		}
		if d := plane.ToRing(is.Coast, p); shore > 0 && math.Abs(shore-d) > 0.1*d+1.5*cellKM {
			t.Errorf("%v: %v km from the sea, not %v", p, d, shore)
		}
	}
}

// TestDraw: roads lead to every place, on land, and the same every time.
func TestDraw(t *testing.T) {
	is := bean()
	roads := Draw(is)
	for _, r := range roads {
		for _, p := range plane.Dense(r.Line, 0.005) {
			if !plane.Inside(is.Coast, p) {
				t.Errorf("%s is at sea at %v", r.Name, p)
			}
		}
	}
	for _, s := range is.Spots {
		near := math.Inf(1)
		for _, r := range roads {
			for k := 1; k < len(r.Line); k++ {
				_, d := plane.NearestOn(r.Line[k-1], r.Line[k], s.At)
				near = min(near, d)
			}
		}
		if near > servedKM {
			t.Errorf("%v is %v km off", s.At, near)
		}
	}
	same := func(a, b Road) bool { return a.Name == b.Name && a.Oneway == b.Oneway && slices.Equal(a.Line, b.Line) }
	if !slices.EqualFunc(roads, Draw(is), same) {
		t.Error("two drawings differ")
	}
}

// TestJoint: roads that cross meet, and an end that nearly touches is brought
// there.
func TestJoint(t *testing.T) {
	roads := joint([]Road{
		{Line: []plane.XY{{0, 0}, {2, 0}}},
		{Line: []plane.XY{{1, -1}, {1, 1}}},
		{Line: []plane.XY{{0.5, 0.01}, {0.5, 1}}},
		{Line: []plane.XY{{1.5, 0.1}, {1.5, 1}}}, // too far off
		{Line: []plane.XY{{0, 0}, {0.5, 0}, {0.7, -1}}},
	})
	has := func(i int, p plane.XY) bool {
		return slices.ContainsFunc(roads[i].Line, func(q plane.XY) bool { return q.LonLat() == p.LonLat() })
	}
	for i, list := range [][]plane.XY{{{1, 0}, {0.5, 0}}, {{1, 0}}, {{0.5, 0}}, {}, {{0.5, 0}}} {
		for _, p := range list {
			if !has(i, p) {
				t.Errorf("road %d lacks %v: %v", i, p, roads[i].Line)
			}
		}
	}
	if has(0, plane.XY{1.5, 0}) || has(4, plane.XY{0, 0}) || len(roads[4].Line) != 2 {
		t.Errorf("%v", roads)
	}
	if kept := whole(roads); len(kept) != 4 {
		t.Errorf("%d roads hang together", len(kept))
	}
}
