package osm

import (
	"math"
	"testing"

	"lifecircle/data/osm/osmtest"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

func TestFacilitiesOfEveryKind(t *testing.T) {
	d := coast()
	// An L of 3 by 3 whose centroid lies in it, a U whose centroid does not, a line.
	shape := func(first int64, points ...[2]float64) []int64 {
		var refs []int64
		for i, p := range points {
			d.Node(first+int64(i), 1+p[0]/1000, 1+p[1]/1000)
			refs = append(refs, first+int64(i))
		}
		return refs
	}
	square := shape(100, [2]float64{0, 0}, [2]float64{2, 0}, [2]float64{2, 2}, [2]float64{0, 2})
	d.Way(30, append(square, 100), "amenity", "hospital", "name", "A")
	u := shape(110, [2]float64{10, 0}, [2]float64{16, 0}, [2]float64{16, 9}, [2]float64{15, 9}, [2]float64{15, 1}, [2]float64{11, 1}, [2]float64{11, 9}, [2]float64{10, 9})
	d.Way(31, append(u, 110), "amenity", "hospital")
	d.Way(32, shape(120, [2]float64{20, 0}, [2]float64{24, 0}), "amenity", "hospital")
	// A multipolygon in two lines, with a hole around its middle.
	a := shape(130, [2]float64{30, 0}, [2]float64{38, 0}, [2]float64{38, 8})
	b := shape(140, [2]float64{30, 8})
	d.Way(33, a)
	d.Way(34, []int64{a[2], b[0], a[0]})
	hole := shape(150, [2]float64{32, 2}, [2]float64{37, 2}, [2]float64{37, 7}, [2]float64{32, 7})
	d.Way(35, append(hole, 150))
	d.Relation(40, []osmtest.Member{osmtest.Of(1, 33, "outer"), osmtest.Of(1, 34, "outer"), osmtest.Of(1, 35, "inner")}, "type", "multipolygon", "amenity", "hospital", "name:en", "Ring")
	d.Relation(41, []osmtest.Member{osmtest.Of(1, 9999, "outer")}, "type", "multipolygon", "amenity", "hospital")
	d.Relation(42, []osmtest.Member{osmtest.Of(0, 130, ""), osmtest.Of(0, 131, "")}, "type", "site", "amenity", "hospital")
	d.Way(36, []int64{9998, 9997}, "amenity", "hospital") // nowhere
	d.Way(37, append(square, 100), "building", "yes")

	table := []Match{{"amenity": {"hospital"}}, {"amenity": {"clinic"}, "name": nil}}
	list, lost, err := Facilities(ctx, []File{d.file("a"), d.file("b")}, table, nil)
	if err != nil || lost != 2 {
		t.Fatal(lost, err)
	}
	want := []struct {
		id, name string
		at       orb.Point
	}{
		{"n8", "岛上诊所", orb.Point{0.02, -0.002}},
		{"w30", "A", orb.Point{1.001, 1.001}},
		{"w31", "", orb.Point{}}, // inside, by the check below
		{"w32", "", orb.Point{1.022, 1}},
		{"r40", "Ring", orb.Point{}},
		{"r42", "", orb.Point{1.034, 1}},
	}
	if len(list) != len(want) {
		t.Fatalf("%v", list)
	}
	for i, w := range want {
		if list[i].ID != w.id || list[i].Name != w.name || w.at != (orb.Point{}) && planar.Distance(list[i].At, w.at) > 1e-9 {
			t.Errorf("%d: %+v, want %+v", i, list[i], w)
		}
	}
	if at := list[2].At; at[0] < 1.010 || at[0] > 1.016 || at[0] > 1.011 && at[0] < 1.015 && at[1] > 1.001 {
		t.Errorf("the U is at %v", at)
	}
	if at := list[4].At; at[0] < 1.030 || at[0] > 1.038 || at[1] < 1 || at[1] > 1.008 || at[0] > 1.032 && at[0] < 1.037 && at[1] > 1.002 && at[1] < 1.007 {
		t.Errorf("the ring is at %v", at)
	}
}

func TestPlaceIsInside(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		// A star around a point: no edge meets another.
		n := rapid.IntRange(3, 12).Draw(r, "n")
		var ring orb.Ring
		for i := range n {
			reach := rapid.Float64Range(0.05, 1).Draw(r, "reach")
			s, c := math.Sincos(2 * math.Pi * float64(i) / float64(n))
			ring = append(ring, orb.Point{179.9 + reach*c, -17 + reach*s})
		}
		ring = append(ring, ring[0])
		at, ok := insideArea(ring, nil)
		if at[0] < 0 {
			at[0] += 360
		}
		if !ok || !planar.RingContains(ring, at) {
			r.Fatalf("%v is not in %v", at, ring)
		}
	})
}
