package travel_test

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"lifecircle/coverage/travel"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// tie is the difference, in metres, below which two distances are the same
// (package doc), for the brute force.
func tie(metres float64) float64 { return 1e-8 + 4e-15*metres }

// distances is the slow obvious way: every row with every facility that may
// serve it, by the geodesic; +Inf for the others.
func distances(fac, demand travel.Points) [][]float64 {
	ruled := fac.Land != nil && demand.Land != nil
	rows := make([][]float64, len(demand.At))
	for i := range rows {
		rows[i] = make([]float64, len(fac.At))
		for f, p := range fac.At {
			rows[i][f] = geodesy.Distance(p, demand.At[i])
			off := ruled && (demand.Land[i] < 0 || fac.Land[f] != demand.Land[i])
			if off || math.IsNaN(rows[i][f]) {
				rows[i][f] = math.Inf(1)
			}
		}
	}
	return rows
}

func bruteNearest(metres [][]float64) travel.Nearest {
	n := travel.Nearest{}
	for _, row := range metres {
		least, best := math.Inf(1), -1
		for _, m := range row {
			least = math.Min(least, m)
		}
		if !math.IsInf(least, 1) {
			best = slices.IndexFunc(row, func(m float64) bool { return m <= least+tie(least) })
		}
		n.Metres, n.Facility = append(n.Metres, least), append(n.Facility, int32(best))
	}
	return n
}

func bruteCount(metres [][]float64, radius []float64, class []uint8) []uint16 {
	out := make([]uint16, len(metres))
	for i, row := range metres {
		c := uint8(0)
		if class != nil {
			c = class[i]
		}
		for _, m := range row {
			if m <= radius[c] {
				out[i]++
			}
		}
	}
	return out
}

// scene is a case for the comparison with brute force.
type scene struct {
	name        string
	fac, demand travel.Points
}

// scatterIn returns n places in a box, rounded to a lattice now and then so that
// places coincide.
func scatterIn(r *rand.Rand, n int, minX, minY, maxX, maxY float64) []orb.Point {
	at := make([]orb.Point, n)
	for i := range at {
		at[i] = orb.Point{minX + r.Float64()*(maxX-minX), minY + r.Float64()*(maxY-minY)}
		if r.IntN(4) == 0 {
			at[i][0], at[i][1] = math.Round(at[i][0]*200)/200, math.Round(at[i][1]*200)/200
		}
	}
	return at
}

// clusters returns n places heaped about a few centres, down to metres.
func clusters(r *rand.Rand, n int, minX, minY, maxX, maxY float64) []orb.Point {
	centres := scatterIn(r, 5, minX, minY, maxX, maxY)
	at := make([]orb.Point, n)
	for i := range at {
		c, s := centres[r.IntN(len(centres))], math.Pow(10, -1-4*r.Float64())
		at[i] = orb.Point{c[0] + r.NormFloat64()*s, math.Max(-90, math.Min(90, c[1]+r.NormFloat64()*s))}
	}
	return at
}

func lattice(x0, y0, step float64, cols, rows int) []orb.Point {
	var at []orb.Point
	for j := range rows {
		for i := range cols {
			at = append(at, orb.Point{x0 + float64(i)*step, y0 - float64(j)*step})
		}
	}
	return at
}

func lands(r *rand.Rand, n, k int) []int32 {
	l := make([]int32, n)
	for i := range l {
		l[i] = int32(r.IntN(k+1)) - 1
	}
	return l
}

func scenes() []scene {
	r := rand.New(rand.NewPCG(1, 2))
	p := func(at []orb.Point) travel.Points { return travel.Points{At: at} }
	many := scatterIn(r, 200, 112, 28, 116, 31)
	s := []scene{
		{"county", p(many), p(scatterIn(r, 3000, 112, 28, 116, 31))},
		{"clusters", p(clusters(r, 200, 112, 28, 116, 31)), p(clusters(r, 3000, 112, 28, 116, 31))},
		{"duplicates", p(append(append([]orb.Point{}, many[50:]...), many...)), p(append(scatterIn(r, 500, 112, 28, 116, 31), many...))},
		{"grid ties", p(lattice(120, 30, 0.01, 12, 12)), p(lattice(119.9, 30.1, 0.005, 60, 60))},
		{"equator ties", p(lattice(-0.05, 0.05, 0.01, 11, 11)), p(lattice(-0.1, 0.1, 0.005, 41, 41))},
		{
			"antimeridian", p(append(scatterIn(r, 100, 179, -18, 180, -16), scatterIn(r, 100, -180, -18, -179, -16)...)),
			p(append(scatterIn(r, 700, 178.5, -18, 181, -16), scatterIn(r, 700, -181, -18, -179, -16)...)),
		},
		{"north pole", p(scatterIn(r, 150, -180, 89, 180, 90)), p(append(scatterIn(r, 1500, -180, 88.9, 180, 90), orb.Point{0, 90}, orb.Point{77, 90}))},
		{"south pole", p(scatterIn(r, 50, -180, -90, 180, -80)), p(scatterIn(r, 1500, -180, -90, 180, -70))},
		{"world", p(scatterIn(r, 120, -180, -90, 180, 90)), p(scatterIn(r, 1500, -180, -90, 180, 90))},
		{"one", p([]orb.Point{{114, 30}}), p(scatterIn(r, 700, 113.5, 29.5, 114.5, 30.5))},
		{"none", p(nil), p(scatterIn(r, 50, 113, 29, 115, 31))},
		{"no demand", p(many), p(nil)},
		{"ocean wide", p(clusters(r, 60, 112, 28, 113, 29)), p(clusters(r, 400, -150, -20, -149, -19))},
		{"opposite", p(scatterIn(r, 40, 112, 28, 113, 29)), p(scatterIn(r, 100, -68, -29, -67, -28))},
		{"500 km off", p(clusters(r, 200, 112, 28, 113, 29)), p(scatterIn(r, 800, 117, 31, 117.5, 31.5))},
		{"one spot", p(clusters(r, 200, 112, 28, 113, 29)), p(make([]orb.Point, 3000))},
		{"sparse", p(scatterIn(r, 600, 80, 20, 130, 50)), p(scatterIn(r, 600, 75, 18, 135, 53))},
		{
			"broken", p([]orb.Point{{math.NaN(), 1}, {114, 30}, {114, 91}, {math.Inf(1), 30}, {114.01, 30}}),
			p([]orb.Point{{114, 30}, {math.NaN(), 30}, {114, math.NaN()}, {114, -90.001}, {math.Inf(-1), 0}, {474.01, 30}}),
		},
	}
	islands := scene{"islands", p(scatterIn(r, 200, 121, 29, 123, 31)), p(scatterIn(r, 3000, 121, 29, 123, 31))}
	islands.fac.Land, islands.demand.Land = lands(r, 200, 9), lands(r, 3000, 12)
	off := islands
	off.name, off.demand.Land = "islands, rule off", nil
	return append(s, islands, off)
}

func TestAgreesWithBruteForce(t *testing.T) {
	for _, s := range scenes() {
		t.Run(s.name, func(t *testing.T) {
			metres := distances(s.fac, s.demand)
			line := travel.NewLine(s.fac)
			checkNearest(t, line, s, metres)
			checkCounts(t, line, s, metres)
		})
	}
}

func checkNearest(t *testing.T, line *travel.Line, s scene, metres [][]float64) {
	t.Helper()
	got, err := line.Nearest(context.Background(), s.demand, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := bruteNearest(metres)
	for i := range s.demand.At {
		if got.Metres[i] != want.Metres[i] || got.Facility[i] != want.Facility[i] {
			t.Fatalf("row %d at %v: got facility %d at %.10f m, want %d at %.10f m",
				i, s.demand.At[i], got.Facility[i], got.Metres[i], want.Facility[i], want.Metres[i])
		}
	}
}

func checkCounts(t *testing.T, line *travel.Line, s scene, metres [][]float64) {
	t.Helper()
	radius, r := []float64{1250, 30e3, -1, 0, 900e3}, rand.New(rand.NewPCG(3, 4))
	class := make([]uint8, len(s.demand.At))
	for i := range class {
		class[i] = uint8(r.IntN(len(radius)))
	}
	for _, c := range [][]uint8{class, nil} {
		got, err := line.WithinCount(context.Background(), s.demand, radius, c, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := bruteCount(metres, radius, c)
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("row %d at %v: got %d within, want %d", i, s.demand.At[i], got[i], want[i])
			}
		}
	}
}
