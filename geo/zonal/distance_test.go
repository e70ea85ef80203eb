package zonal

import (
	"math"
	"math/rand"
	"reflect"
	"testing"

	"github.com/paulmach/orb"
)

// islands are stars of some hundred metres to some kilometres near a latitude.
func islands(r *rand.Rand, lat float64, n int) []orb.MultiPolygon {
	var polys []orb.MultiPolygon
	for range n {
		x, y := 122+0.3*r.Float64(), lat+0.3*r.Float64()
		p := orb.Polygon{star(r, x, y, 0.05*r.Float64()*r.Float64()+0.001, 3+r.Intn(30))}
		if len(polys) > 0 && r.Intn(4) == 0 {
			last := len(polys) - 1
			polys[last] = append(polys[last], p)
			continue
		}
		polys = append(polys, orb.MultiPolygon{p})
	}
	return polys
}

// nearestSlowly tries 2,000 points of every edge.
func nearestSlowly(polys []orb.MultiPolygon, p orb.Point) (int32, float64) {
	poly, best := int32(-1), math.Inf(1)
	for i, mp := range polys {
		if holdsSlowly(mp, p) {
			return int32(i), 0
		}
		for _, polygon := range mp {
			for _, r := range polygon {
				for k := range r {
					a, b := r[k], r[(k+1)%len(r)]
					for s := range 2001 {
						f := float64(s) / 2000
						if d := metres(p[0], p[1], a[0]+f*(b[0]-a[0]), a[1]+f*(b[1]-a[1])); d < best {
							poly, best = int32(i), d
						}
					}
				}
			}
		}
	}
	return poly, best
}

func TestNearestAgreesWithSearch(t *testing.T) {
	for seed := range int64(40) {
		r := rand.New(rand.NewSource(seed))
		lat := []float64{30, -11, 62, 0}[seed%4]
		polys := islands(r, lat, 1+r.Intn(12))
		x := New(polys)
		p := orb.Point{121.9 + 0.5*r.Float64(), lat - 0.1 + 0.5*r.Float64()}
		wantPoly, want := nearestSlowly(polys, p)
		got, d := x.Nearest(p, 100e3)
		// The search steps over the nearest point by a few metres at most.
		if got != wantPoly || d > want+1e-6 || d < want-math.Max(2, want*1e-4) {
			t.Errorf("seed %d: %d at %v m, want %d at %v m", seed, got, d, wantPoly, want)
		}
		if got, d := x.Nearest(p, d*0.999999); d > 0 && (got != -1 || !math.IsInf(d, 1)) {
			t.Errorf("seed %d: %d at %v m within less", seed, got, d)
		}
		if got2, d2 := x.Nearest(p, d); got2 != got || d2 != d {
			t.Errorf("seed %d: the bound is closed", seed)
		}
	}
}

func TestNearestByHand(t *testing.T) {
	polys := []orb.MultiPolygon{multi(square(1, 0, 2, 1)), multi(square(-2, 0, -1, 1)), multi(square(1, 0, 2, 1))}
	x := New(polys)
	// 0.1 degree along the equator is 11,131.949 m, along a meridian there 11,057.427 m (PROJ).
	cases := []struct {
		p    orb.Point
		poly int32
		want float64
	}{
		{orb.Point{0.9, 0.0}, 0, 11131.949},
		{orb.Point{1.5, -0.1}, 0, 11057.427},
		{orb.Point{1.5, 0.5}, 0, 0},
		{orb.Point{0, 0}, 0, 111319.491}, // equally near to 0, 1 and 2
		{orb.Point{-0.9, 0}, 1, 11131.949},
	}
	for _, c := range cases {
		if i, d := x.Nearest(c.p, 200e3); i != c.poly || math.Abs(d-c.want) > 0.002 {
			t.Errorf("%v: %d at %.3f m, want %d at %.3f m", c.p, i, d, c.poly, c.want)
		}
	}
	for _, p := range []orb.Point{{math.NaN(), 0}, {0, math.Inf(1)}} {
		if i, d := x.Nearest(p, 1e9); i != -1 || !math.IsInf(d, 1) {
			t.Errorf("%v: %d %v", p, i, d)
		}
	}
	if i, _ := New(nil).Nearest(orb.Point{}, 1e9); i != -1 {
		t.Error("something near nothing")
	}
	if i, _ := x.Nearest(orb.Point{1.5, 0.5}, math.NaN()); i != -1 {
		t.Error("within NaN metres")
	}
}

// landmassesSlowly holds every part against every other, edge by edge.
func landmassesSlowly(polys []orb.MultiPolygon, joinM float64) [][]orb.Polygon {
	var parts []orb.Polygon
	for _, mp := range polys {
		parts = append(parts, mp...)
	}
	group := make([]int, len(parts))
	for i := range group {
		group[i] = i
	}
	for changed := true; changed; {
		changed = false
		for i := range parts {
			for k := range i {
				if group[i] != group[k] && partsMeet(parts[i], parts[k], math.Max(joinM, 0.001)) {
					g := min(group[i], group[k])
					group[i], group[k], changed = g, g, true
				}
			}
		}
	}
	var all [][]orb.Polygon
	for g := range parts {
		var members []orb.Polygon
		for i := range parts {
			if group[i] == g {
				members = append(members, parts[i])
			}
		}
		if members != nil {
			all = append(all, members)
		}
	}
	return all
}

func partsMeet(a, b orb.Polygon, joinM float64) bool {
	if holdsSlowly(orb.MultiPolygon{a}, b[0][0]) || holdsSlowly(orb.MultiPolygon{b}, a[0][0]) {
		return true
	}
	sa, sb := newShape([]orb.MultiPolygon{{a}}), newShape([]orb.MultiPolygon{{b}})
	perLon, perLat := scales(a[0][0][1])
	for i := range sa.edges {
		for k := range sb.edges {
			if edgeDistance(&sa.edges[i], &sb.edges[k], perLon, perLat) <= joinM {
				return true
			}
		}
	}
	return false
}

func TestLandmassesAgreeWithSearch(t *testing.T) {
	for seed := range int64(60) {
		r := rand.New(rand.NewSource(seed))
		polys := islands(r, []float64{30, -11, 62}[seed%3], 1+r.Intn(40))
		joinM := []float64{0, 50, 500, 2000}[r.Intn(4)]
		want := landmassesSlowly(polys, joinM)
		got := Landmasses(polys, joinM)
		if len(got) != len(want) {
			t.Fatalf("seed %d: %d landmasses, want %d", seed, len(got), len(want))
		}
		for _, w := range want {
			found := false
			for _, g := range got {
				found = found || reflect.DeepEqual([]orb.Polygon(g), w)
			}
			if !found {
				t.Errorf("seed %d: no landmass of %d parts as it should be", seed, len(w))
			}
		}
		for i := 1; i < len(got); i++ {
			if sumArea(got[i-1]) < sumArea(got[i]) {
				t.Errorf("seed %d: landmass %d is larger than the one before", seed, i)
			}
		}
	}
}

func sumArea(mp orb.MultiPolygon) float64 {
	var sum float64
	for _, p := range mp {
		sum += polygonArea(p)
	}
	return sum
}

func TestLandmassesByHand(t *testing.T) {
	main := orb.Polygon{square(120, 30, 121, 31), square(120.4, 30.4, 120.6, 30.6)}
	enclave := orb.Polygon{square(120.4, 30.4, 120.6, 30.6)}
	lakeIsle := orb.Polygon{square(120.49, 30.49, 120.51, 30.51)}
	neighbour := orb.Polygon{square(121, 30.5, 121.5, 30.7)} // shares a piece of the side
	inside := orb.Polygon{square(120.1, 30.1, 120.2, 30.2)}  // lies over the mainland
	offshore := orb.Polygon{square(122, 30, 122.1, 30.1)}
	offshore2 := orb.Polygon{square(122.1005, 30, 122.2, 30.1)} // 48 m further
	cases := []struct {
		name   string
		polys  []orb.MultiPolygon
		joinM  float64
		counts []int
	}{
		{"enclave fills the hole", []orb.MultiPolygon{{enclave}, {main}}, 0, []int{2}},
		{"island in a lake", []orb.MultiPolygon{{main}, {lakeIsle}}, 0, []int{1, 1}},
		{"neighbours by half a side", []orb.MultiPolygon{{main, neighbour}}, 0, []int{2}},
		{"covered", []orb.MultiPolygon{{inside}, {main}}, 0, []int{2}},
		{"strait of 48 m", []orb.MultiPolygon{{offshore, offshore2}}, 0, []int{1, 1}},
		{"joined over 50 m", []orb.MultiPolygon{{offshore, offshore2}}, 50, []int{2}},
		{"not over 47 m", []orb.MultiPolygon{{offshore, offshore2}}, 47, []int{1, 1}},
		{"nothing", []orb.MultiPolygon{nil, {}, {{}}, {{{{1, 1}, {2, 2}}}}}, 50, nil},
	}
	for _, c := range cases {
		var counts []int
		for _, l := range Landmasses(c.polys, c.joinM) {
			counts = append(counts, len(l))
		}
		if !reflect.DeepEqual(counts, c.counts) {
			t.Errorf("%s: %v, want %v", c.name, counts, c.counts)
		}
	}
	got := Landmasses([]orb.MultiPolygon{{offshore}, {main}, {lakeIsle}}, 0)
	if !reflect.DeepEqual(got, []orb.MultiPolygon{{main}, {offshore}, {lakeIsle}}) {
		t.Errorf("order: %v", got)
	}
}

// The areas are those of PROJ's equal-area projection EPSG:6933.
func TestArea(t *testing.T) {
	for lat, want := range map[float64]float64{0: 12308463893.975, 30: 10642393438.883} {
		if got := polygonArea(orb.Polygon{square(10, lat, 11, lat+1)}); math.Abs(got-want) > 1 {
			t.Errorf("%v N: got %.3f, want %.3f", lat, got, want)
		}
	}
	if a := polygonArea(orb.Polygon{square(10, 0, 11, 1), square(10, 0, 11, 1), square(10, 0, 11, 1)}); a != 0 {
		t.Errorf("area %v", a)
	}
}

func FuzzAll(f *testing.F) {
	f.Add(int64(1), 1.0, math.NaN(), 3e15, 0.0, uint8(3))
	f.Add(int64(2), 1e-320, -1e300, 1e15, math.Inf(1), uint8(7))
	f.Add(int64(3), 0.0, 0.0, 0.0, 0.0, uint8(9))
	f.Add(int64(4), 122.5, 30.5, 122.0, 30.0, uint8(60))
	f.Fuzz(func(t *testing.T, seed int64, a, b, c, d float64, n uint8) {
		r := rand.New(rand.NewSource(seed))
		values := []float64{a, b, c, d, r.Float64(), 2 * r.Float64(), 1, 0}
		pick := func() float64 { return values[r.Intn(len(values))] }
		polys := make([]orb.MultiPolygon, r.Intn(5))
		for i := range polys {
			for range r.Intn(4) {
				var p orb.Polygon
				for range r.Intn(3) {
					var ring orb.Ring
					for range r.Intn(int(n%64) + 1) {
						ring = append(ring, orb.Point{pick(), pick()})
					}
					p = append(p, ring)
				}
				polys[i] = append(polys[i], p)
			}
		}
		checkAll(t, polys, orb.Point{pick(), pick()})
	})
}

// checkAll runs everything on odd polygons; nothing may panic, and what is
// promised of any input must hold.
func checkAll(t *testing.T, polys []orb.MultiPolygon, p orb.Point) {
	x := New(polys)
	all := x.All(p, nil)
	if i := x.Find(p); len(all) > 0 && i != all[0] || len(all) == 0 && i != -1 {
		t.Fatalf("Find %d, All %v", i, all)
	}
	if i, d := x.Nearest(p, 1e5); i >= 0 && !(d >= 0 && d <= 1e5) || i < 0 && !math.IsInf(d, 1) {
		t.Fatalf("nearest: %d at %v", i, d)
	}
	s := gridOf(24, 17)
	sameAsFind(t, s, polys)
	shares, err := OverlapShares(t.Context(), s, polys, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range shares.Share {
		if !(v > 0 && v <= 1) {
			t.Fatalf("share %v", v)
		}
	}
	n := 0
	for _, l := range Landmasses(polys, 10) {
		n += len(l)
	}
	if n != len(x.shape.parts) {
		t.Fatalf("%d of %d parts in landmasses", n, len(x.shape.parts))
	}
}
