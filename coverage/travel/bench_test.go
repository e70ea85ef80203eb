package travel_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"lifecircle/coverage/travel"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// A country of towns about the size of a province (388 x 333 km): people and
// facilities heap up in 2,000 towns of very different size, and some live
// scattered.
const (
	lon0, lon1, lat0, lat1 = 112.0, 116.0, 28.5, 31.5
	kmLat                  = 111.2
)

type town struct {
	at    orb.Point
	upTo  float64 // share of people in towns up to and with this one
	sigma float64 // km
}

func towns(r *rand.Rand) []town {
	t := make([]town, 2000)
	sum, biggest := 0.0, 0.0
	weight := make([]float64, len(t))
	for i := range t {
		weight[i] = min(math.Pow(1-r.Float64(), -1/1.1)-0.95, 200)
		sum, biggest = sum+weight[i], max(biggest, weight[i])
		t[i] = town{at: orb.Point{lon0 + r.Float64()*(lon1-lon0), lat0 + r.Float64()*(lat1-lat0)}, upTo: sum}
		t[i].sigma = weight[i]
	}
	for i := range t {
		t[i].upTo /= sum
		t[i].sigma = 0.5 + 8*math.Sqrt(t[i].sigma/biggest)
	}
	return t
}

func people(r *rand.Rand, t []town, n int, scattered float64) []orb.Point {
	at := make([]orb.Point, n)
	for i := range at {
		if r.Float64() < scattered {
			at[i] = orb.Point{lon0 + r.Float64()*(lon1-lon0), lat0 + r.Float64()*(lat1-lat0)}
			continue
		}
		where, lo, hi := r.Float64(), 0, len(t)-1
		for lo < hi {
			if mid := (lo + hi) / 2; t[mid].upTo < where {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		c := t[lo]
		at[i] = orb.Point{
			c.at[0] + r.NormFloat64()*c.sigma/(kmLat*math.Cos(c.at[1]*math.Pi/180)),
			c.at[1] + r.NormFloat64()*c.sigma/kmLat,
		}
	}
	return at
}

// raster is about n cells over the country.
func raster(n int) []orb.Point {
	cols := int(math.Sqrt(float64(n) * 4 / 3))
	rows := n / cols
	at := make([]orb.Point, 0, rows*cols)
	for j := range rows {
		for i := range cols {
			at = append(at, orb.Point{
				lon0 + (float64(i)+0.5)*(lon1-lon0)/float64(cols),
				lat1 - (float64(j)+0.5)*(lat1-lat0)/float64(rows),
			})
		}
	}
	return at
}

// work is what one run of the main job does with distances: index, nearest, two
// thresholds and sums by zone.
func work(b *testing.B, fac, demand []orb.Point) {
	near := nearest(b, travel.Points{At: fac}, travel.Points{At: demand})
	var zones [1000][3]float64
	for i, m := range near.Metres {
		z := &zones[i%len(zones)]
		z[0]++
		if m <= 1000 {
			z[1]++
		}
		if m <= 3000 {
			z[2]++
		}
	}
	if zones[0][0] == 0 {
		b.Fatal("nobody")
	}
}

func benchmarkWork(b *testing.B, fac, demand []orb.Point) {
	var ours time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		work(b, fac, demand)
		ours += time.Since(start)
	}
	row := ours.Seconds() / float64(b.N) / float64(len(demand))
	b.ReportMetric(row*1e9, "ns/row")
	b.ReportMetric(nearbyLoop(fac, demand)/row, "x-nearby")
}

// nearbyLoop is the baseline: seconds a row of a plain loop over tidwall/rtree,
// distances scaled by the cosine of the latitude, on 20,000 rows spread over the
// demand, the building of the tree shared out over all rows.
func nearbyLoop(fac, demand []orb.Point) float64 {
	start := time.Now()
	var tree rtree.RTreeG[int32]
	for i, p := range fac {
		tree.Insert(p, p, int32(i))
	}
	build := time.Since(start).Seconds() / float64(len(demand))
	const sample = 20_000
	start = time.Now()
	for k := range sample {
		p := demand[k*(len(demand)/sample)]
		c := math.Cos(p[1] * math.Pi / 180)
		tree.Nearby(func(lo, hi [2]float64, _ int32, _ bool) float64 {
			x := max(lo[0]-p[0], p[0]-hi[0], 0) * c
			y := max(lo[1]-p[1], p[1]-hi[1], 0)
			return x*x + y*y
		}, func(lo, _ [2]float64, _ int32, _ float64) bool {
			geodesy.Distance(p, lo)
			return false
		})
	}
	return build + time.Since(start).Seconds()/sample
}

func BenchmarkNearest1M10k(b *testing.B) {
	r := rand.New(rand.NewPCG(2024, 6))
	t := towns(r)
	benchmarkWork(b, people(r, t, 10_000, 0.2), people(r, t, 1_000_000, 0.15))
}

func BenchmarkNearest10M100k(b *testing.B) {
	r := rand.New(rand.NewPCG(2024, 7))
	benchmarkWork(b, people(r, towns(r), 100_000, 0.3), raster(10_000_000))
}

// BenchmarkGrowth is ten times the people with the same facilities: ns/row
// should stay where it is.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{1_000_000, 10_000_000} {
		b.Run(map[bool]string{true: "1M", false: "10M"}[n == 1_000_000], func(b *testing.B) {
			r := rand.New(rand.NewPCG(2024, 8))
			t := towns(r)
			benchmarkWork(b, people(r, t, 10_000, 0.2), people(r, t, n, 0.15))
		})
	}
}

func BenchmarkIndex100k(b *testing.B) {
	r := rand.New(rand.NewPCG(2024, 9))
	fac := travel.Points{At: people(r, towns(r), 100_000, 0.3)}
	one := travel.Points{At: []orb.Point{{114, 30}}}
	b.ReportAllocs()
	for b.Loop() {
		nearest(b, fac, one)
	}
}

func BenchmarkWithinCount1M10k(b *testing.B) {
	r := rand.New(rand.NewPCG(2024, 10))
	t := towns(r)
	line := travel.NewLine(travel.Points{At: people(r, t, 10_000, 0.2)})
	demand := travel.Points{At: people(r, t, 1_000_000, 0.15)}
	for _, c := range []struct {
		name   string
		radius float64
	}{{"1km", 1000}, {"15km", 15e3}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := line.WithinCount(context.Background(), demand, []float64{c.radius}, nil, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkWithinShare1M10k(b *testing.B) {
	r := rand.New(rand.NewPCG(2024, 11))
	line := travel.NewLine(travel.Points{At: people(r, towns(r), 10_000, 0.2)})
	demand := travel.Points{At: raster(1_000_000)}
	ctx := context.Background()
	near, err := line.Nearest(ctx, demand, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := line.WithinShare(ctx, demand, near, []float64{3000}, nil, cellAround(demand.At, 0.003), nil); err != nil {
			b.Fatal(err)
		}
	}
}
