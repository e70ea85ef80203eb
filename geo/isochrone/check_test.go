package isochrone

import (
	"context"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/paulmach/orb/planar"
	"github.com/peterstace/simplefeatures/geom"
	"pgregory.net/rapid"

	"lifecircle/geo/grid"
)

// unitGrid has cells of 1 x 1 below and right of the origin, so that the places
// of lines are exact in floating point.
func unitGrid(cols, rows int32) grid.Spec {
	return grid.Spec{DX: 1, DY: 1, Cols: cols, Rows: rows}
}

// hold draws a field and checks everything that the package promises.
func hold(t rapid.TB, f Field, limits []uint32, spots []orb.Point) (areas, bands []orb.MultiPolygon) {
	t.Helper()
	areas, err := Areas(context.Background(), f, limits)
	if err != nil {
		t.Fatal(err)
	}
	bands, err = Bands(context.Background(), f, limits)
	if err != nil {
		t.Fatal(err)
	}
	total := 0.0
	for i, limit := range limits {
		checkShape(t, areas[i])
		checkShape(t, bands[i])
		checkApart(t, areas[i])
		before := int64(-1)
		if i > 0 {
			before = int64(limits[i-1])
			checkNested(t, areas[i-1], areas[i])
		}
		for c, ms := range f.TimesMS {
			x, y := f.Grid.Centre(int32(c))
			checkPlace(t, areas[i], orb.Point{x, y}, ms <= limit)
			checkPlace(t, bands[i], orb.Point{x, y}, ms <= limit && int64(ms) > before)
		}
		total += area(bands[i])
		if got := area(areas[i]); math.Abs(got-total) > 1e-9*math.Abs(got) {
			t.Fatalf("limit %d: an area of %v, bands up to it have %v", limit, got, total)
		}
		for _, p := range spots {
			checkSpot(t, f, areas, bands, limits, i, p)
		}
	}
	return areas, bands
}

func area(m orb.MultiPolygon) float64 { return planar.Area(m) }

// checkPlace demands that a point is inside, or outside, and not on a ring.
func checkPlace(t rapid.TB, m orb.MultiPolygon, p orb.Point, inside bool) {
	want := -1
	if inside {
		want = 1
	}
	if got := locate(m, p); got != want {
		t.Fatalf("centre %v: %d, want %d, in %v", p, got, want, m)
	}
}

// checkSpot compares with the oracle at any point; the grid is a unit grid.
func checkSpot(t rapid.TB, f Field, areas, bands []orb.MultiPolygon, limits []uint32, i int, p orb.Point) {
	want := f.reached(p, limits[i])
	if got := locate(areas[i], p); want != 0 && got != want {
		t.Fatalf("%v at limit %d: %d, want %d, in %v", p, limits[i], got, want, areas[i])
	}
	if i == 0 || want == 0 {
		return
	}
	inner := f.reached(p, limits[i-1])
	if inner == 1 {
		want = -1
	}
	if got := locate(bands[i], p); inner != 0 && got != want {
		t.Fatalf("%v in the band up to %d: %d, want %d, in %v", p, limits[i], got, want, bands[i])
	}
}

// checkShape holds a drawing against the standard: by an independent library,
// and winding, closing and needless points.
func checkShape(t rapid.TB, m orb.MultiPolygon) {
	t.Helper()
	if m == nil {
		t.Fatal("nil, not empty")
	}
	raw, err := wkb.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	g, err := geom.UnmarshalWKB(raw)
	if err == nil {
		err = g.Validate()
	}
	if err != nil {
		t.Fatalf("%v: %v", err, m)
	}
	for _, p := range m {
		for i, r := range p {
			if !r.Closed() || len(r) < 4 || (r.Orientation() == orb.CCW) != (i == 0) {
				t.Fatalf("ring %d of %v is open or wound wrongly", i, p)
			}
			for k := 1; k < len(r); k++ {
				a, b, c := r[k-1], r[k], r[1+k%(len(r)-1)]
				run := func(same int) bool {
					return a[same] == b[same] && b[same] == c[same] && int(b[1-same])%32 != 0
				}
				if run(0) || run(1) {
					t.Fatalf("ring %v: point %d is in the middle of a run", r, k)
				}
			}
		}
	}
}

// checkApart demands that no two rings of an area share a point.
func checkApart(t rapid.TB, m orb.MultiPolygon) {
	seen := map[orb.Point]bool{}
	for _, p := range m {
		for _, r := range p {
			for _, at := range r[1:] {
				if seen[at] {
					t.Fatalf("%v twice in %v", at, m)
				}
				seen[at] = true
			}
		}
	}
}

// checkNested demands that no point of the inner drawing is outside the outer
// one and no point of the outer one inside the inner one.
func checkNested(t rapid.TB, inner, outer orb.MultiPolygon) {
	for _, p := range inner {
		for _, r := range p {
			for _, at := range r {
				if locate(outer, at) < 0 {
					t.Fatalf("%v is outside %v", at, outer)
				}
			}
		}
	}
	for _, p := range outer {
		for _, r := range p {
			for _, at := range r {
				if locate(inner, at) > 0 {
					t.Fatalf("%v is inside %v", at, inner)
				}
			}
		}
	}
	if area(inner) > area(outer)*(1+1e-12) {
		t.Fatalf("area %v, then %v", area(inner), area(outer))
	}
}
