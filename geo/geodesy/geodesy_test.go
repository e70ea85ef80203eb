package geodesy

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestKnownLengths(t *testing.T) {
	quarter := 10001965.729312723 // NIMA TR8350.2 gives 10001965.7293 m
	for _, c := range []struct {
		name string
		p, q orb.Point
		want float64
	}{
		{"nothing", orb.Point{114, 30}, orb.Point{114, 30}, 0},
		{"a whole turn", orb.Point{-246, 30}, orb.Point{114, 30}, 0},
		{"antimeridian", orb.Point{180, -17}, orb.Point{-180, -17}, 0},
		{"the pole has every longitude", orb.Point{20, 90}, orb.Point{-99, 90}, 0},
		{"quarter meridian", orb.Point{33, 0}, orb.Point{33, 90}, quarter},
		{"pole to pole", orb.Point{33, -90}, orb.Point{-7, 90}, 2 * quarter},
		{"over the pole", orb.Point{0, 45}, orb.Point{180, 45}, 2 * (quarter - 4984944.377977744)},
		{"one degree of the equator", orb.Point{12, 0}, orb.Point{13, 0}, A * math.Pi / 180},
		{"opposite on the equator, by the pole", orb.Point{0, 0}, orb.Point{180, 0}, 2 * quarter},
	} {
		if got := Distance(c.p, c.q); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%s: %.9f, want %.9f", c.name, got, c.want)
		}
	}
}

func TestNoPlaceGivesNaN(t *testing.T) {
	for _, p := range []orb.Point{{0, 90.0001}, {math.NaN(), 0}, {0, math.NaN()}, {math.Inf(1), 0}, {0, math.Inf(-1)}} {
		if d := Distance(p, orb.Point{1, 1}); !math.IsNaN(d) {
			t.Errorf("%v: %v", p, d)
		}
	}
}

// Decisions by chord must never contradict the geodesic: what ChordRange calls
// inside is inside, what Rival rules out is farther.
func TestChordBoundsHold(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 60000 {
		p := orb.Point{r.Float64() * 360, math.Asin(2*r.Float64()-1) / degree}
		s := math.Pow(10, 7.2*r.Float64())
		q, q2 := Destination(p, 360*r.Float64(), s), Destination(p, 360*r.Float64(), s*(1+math.Pow(10, -12*r.Float64())))
		a, b, c := ECEF(p), ECEF(q), ECEF(q2)
		near, far := Metres(a, b), Metres(a, c)
		chordNear, chordFar := length(a.Sub(b)), length(a.Sub(c))
		for _, radius := range []float64{near, near * (1 - 1e-9), near * (1 + 1e-9)} {
			inside, outside := ChordRange(radius)
			if chordNear <= inside && near > radius || chordNear > outside && near <= radius {
				t.Fatalf("%v %v: %v m, chord %v, radius %v is between %v and %v", p, q, near, chordNear, radius, inside, outside)
			}
		}
		if near > far {
			chordNear, chordFar, near, far = chordFar, chordNear, far, near
		}
		if chordNear > Rival(chordFar) {
			t.Fatalf("%v: %v m by chord %v is ruled out by %v m of chord %v", p, near, chordNear, far, chordFar)
		}
	}
}

func length(v Vec) float64 { return math.Sqrt(v.Dot(v)) }

func TestChordRangeIsTight(t *testing.T) {
	for _, radius := range []float64{100, 1250, 15e3, 60e3} {
		inside, outside := ChordRange(radius)
		if allowed := 4e-8 + 9e-4*radius*math.Pow(radius/A, 2); outside-inside > allowed {
			t.Errorf("radius %v: %v between inside and outside, want at most %v", radius, outside-inside, allowed)
		}
	}
	if in, out := ChordRange(-1); in >= 0 || out >= 0 {
		t.Error("a negative radius holds something")
	}
	if in, out := ChordRange(2e7); in >= 0 || !math.IsInf(out, 1) {
		t.Error("half the Earth must be left to the geodesic")
	}
}

func TestCircle(t *testing.T) {
	for _, centre := range []orb.Point{{114, 30}, {180, -17}, {0, 0}, {20, 78}} {
		ring := Circle(centre, 1250, 64)
		if len(ring) != 65 || !ring.Closed() || ring.Orientation() != orb.CCW {
			t.Fatalf("%v: %d points, closed %v, orientation %v", centre, len(ring), ring.Closed(), ring.Orientation())
		}
		for _, p := range ring {
			if d := Distance(centre, p); math.Abs(d-1250) > 1e-8 || math.Abs(p[0]-centre[0]) > 1 {
				t.Errorf("%v: %v is %v m away", centre, p, d)
			}
		}
		// A regular polygon of 64 corners on the plane.
		want := 32 * 1250 * 1250 * math.Sin(2*math.Pi/64)
		if got := RingArea(ring); math.Abs(got/want-1) > 1e-6 {
			t.Errorf("%v: area %v, want %v", centre, got, want)
		}
	}
	if n := len(Circle(orb.Point{}, 1, 0)); n != 4 {
		t.Errorf("fewest points: %d", n)
	}
}

func square(x, y, d float64) orb.Ring {
	return orb.Ring{{x, y}, {x + d, y}, {x + d, y + d}, {x, y + d}, {x, y}}
}

func TestAreas(t *testing.T) {
	earth := 510065621724088.44 // m2, from the authalic radius 6371007.1809 m
	cap := orb.Ring{{0, 0}, {90, 0}, {180, 0}, {-90, 0}, {0, 0}}
	if got := RingArea(cap); math.Abs(got/(earth/2)-1) > 1e-9 {
		t.Errorf("hemisphere %v, want %v", got, earth/2)
	}
	polar := orb.Ring{{0, -80}, {120, -80}, {-120, -80}, {0, -80}}
	if got, want := RingArea(polar), 2*math.Pi*(zone(90)-zone(80)); math.Abs(got/want-1) > 1e-9 {
		t.Errorf("round the south pole %v, want %v", got, want)
	}
	seam, inland := RingArea(orb.Ring{{179.5, 10}, {-179.5, 10}, {-179.5, 11}, {179.5, 11}, {179.5, 10}}), RingArea(square(20, 10, 1))
	if math.Abs(seam/inland-1) > 1e-12 {
		t.Errorf("across the antimeridian %v, elsewhere %v", seam, inland)
	}
	cells := 0.0
	for i := range 100 {
		cells += RingArea(square(114+float64(i%10)*0.001, 30+float64(i/10)*0.001, 0.001))
	}
	if whole := RingArea(square(114, 30, 0.01)); math.Abs(cells/whole-1) > 1e-10 {
		t.Errorf("cells add up to %v of %v", cells, whole)
	}
	holed := Area(orb.Polygon{square(114, 30, 0.01), square(114.002, 30.002, 0.001)})
	if want := RingArea(square(114, 30, 0.01)) - RingArea(square(114.002, 30.002, 0.001)); holed != want {
		t.Errorf("with a hole %v, want %v", holed, want)
	}
	if MultiArea(orb.MultiPolygon{{square(1, 1, 1)}, {square(3, 1, 1)}}) <= Area(orb.Polygon{square(1, 1, 1)}) {
		t.Error("two parts are no larger than one")
	}
	if Area(nil) != 0 || RingArea(orb.Ring{{1, 1}, {2, 2}}) != 0 {
		t.Error("nothing has an area")
	}
}

func TestFrame(t *testing.T) {
	for _, origin := range []orb.Point{{114, 30}, {179.999, -17}, {0, 0}, {-20, 65}} {
		f := NewFrame(origin)
		for az := 0.0; az < 360; az += 30 {
			for _, c := range []struct{ s, part float64 }{{1000, 1e-3}, {60e3, 3e-2}} {
				p := Destination(origin, az, c.s)
				x, y := f.ToMetres(p)
				if got := math.Hypot(x, y); math.Abs(got/c.s-1) > c.part {
					t.Errorf("%v azimuth %v: %v m in the frame, %v on Earth (%.2g)", origin, az, got, c.s, got/c.s-1)
				}
				if back := f.ToPoint(x, y); Distance(back, p) > 1e-8 {
					t.Errorf("%v there and back: %v", p, back)
				}
			}
		}
	}
	if p := NewFrame(orb.Point{10, 90}).ToPoint(5, 0); p[0] != 10 {
		t.Errorf("at the pole: %v", p)
	}
}

func TestSincosDegIsExactAtQuarters(t *testing.T) {
	for q := -9; q <= 9; q++ {
		s, c := SincosDeg(float64(90 * q))
		want := [][2]float64{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}[(q%4+4)%4]
		if s != want[0] || c != want[1] {
			t.Errorf("%d: %v %v", 90*q, s, c)
		}
	}
	for _, big := range []float64{360e9 + 30, -360e9 + 30, 1e17} {
		s, c := SincosDeg(big)
		ws, wc := SincosDeg(math.Mod(big, 360))
		if math.Abs(s-ws) > 1e-15 || math.Abs(c-wc) > 1e-15 {
			t.Errorf("%v: %v %v, want %v %v", big, s, c, ws, wc)
		}
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	point := rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
	})
	rapid.Check(t, func(t *rapid.T) {
		p, q, r := point.Draw(t, "p"), point.Draw(t, "q"), point.Draw(t, "r")
		d := Distance(p, q)
		if d < 0 || d > 20003932 || d != Distance(q, p) {
			t.Fatalf("%v there, %v back", d, Distance(q, p))
		}
		if d > Distance(p, r)+Distance(r, q)+1e-7 {
			t.Fatalf("the way by %v is shorter", r)
		}
		back := ECEF(p).Point()
		if Distance(p, back) > 5e-9 {
			t.Fatalf("%v there and back: %v", p, back)
		}
	})
}

func BenchmarkMetres(b *testing.B) {
	for _, km := range []float64{1, 30, 100, 5000} {
		p := ECEF(orb.Point{114, 30})
		q := ECEF(Destination(orb.Point{114, 30}, 60, km*1000))
		b.Run(fmt.Sprintf("%gkm", km), func(b *testing.B) {
			for b.Loop() {
				Metres(p, q)
			}
		})
	}
}

func ExampleDistance() {
	fmt.Printf("%.3f m\n", Distance(orb.Point{122.20, 30.25}, orb.Point{122.21, 30.25}))
	// Output: 962.435 m
}
