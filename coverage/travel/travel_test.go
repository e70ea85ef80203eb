package travel_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func nearest(t testing.TB, fac, demand travel.Points) travel.Nearest {
	t.Helper()
	n, err := travel.NewLine(fac).Nearest(context.Background(), demand, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Three villages on the equator, where a degree is 111,319.4908 m: lengths can
// be worked out by hand.
func TestByHand(t *testing.T) {
	const degree = geodesy.A * math.Pi / 180
	fac := travel.Points{At: []orb.Point{{1, 0}, {0, 0}, {1, 0}}, Land: []int32{1, 0, 1}}
	demand := travel.Points{At: []orb.Point{{0.25, 0}, {0.5, 0}, {0.9, 0}, {0.9, 0}, {0.9, 0}}, Land: []int32{0, 1, 1, -1, 7}}
	got := nearest(t, fac, demand)
	want := travel.Nearest{
		Metres:   []float64{0.25 * degree, 0.5 * degree, 0.1 * degree, math.Inf(1), math.Inf(1)},
		Facility: []int32{1, 0, 0, -1, -1},
	}
	for i := range want.Metres {
		if got.Facility[i] != want.Facility[i] || !(math.Abs(got.Metres[i]-want.Metres[i]) < 1e-8 || got.Metres[i] == want.Metres[i]) {
			t.Errorf("row %d: %d at %v, want %d at %v", i, got.Facility[i], got.Metres[i], want.Facility[i], want.Metres[i])
		}
	}
	off := nearest(t, travel.Points{At: fac.At}, demand)
	if want := []int32{1, 0, 0, 0, 0}; !slices.Equal(off.Facility, want) {
		t.Errorf("rule off: %v, want %v (the middle is a tie)", off.Facility, want)
	}
	count, err := travel.NewLine(fac).WithinCount(context.Background(), demand, []float64{0.11 * degree, degree}, []uint8{0, 1, 0, 1, 1}, nil)
	if want := []uint16{0, 2, 2, 0, 0}; err != nil || !slices.Equal(count, want) {
		t.Errorf("within: %v %v, want %v", count, err, want)
	}
}

// A radius equal to the very distance holds it, the next smaller float does not,
// and so says the cost.
func TestExactlyOnTheThreshold(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 300 {
		p := orb.Point{360*r.Float64() - 180, 178*r.Float64() - 89}
		q := geodesy.Destination(p, 360*r.Float64(), math.Pow(10, 6*r.Float64()))
		line, demand := travel.NewLine(travel.Points{At: []orb.Point{q}}), travel.Points{At: []orb.Point{p, p, p}}
		m := geodesy.Distance(p, q)
		radius := []float64{m, math.Nextafter(m, 0), math.Nextafter(m, math.Inf(1))}
		count, err := line.WithinCount(context.Background(), demand, radius, []uint8{0, 1, 2}, nil)
		if want := []uint16{1, 0, 1}; err != nil || !slices.Equal(count, want) {
			t.Fatalf("%v %v: %v %v, want %v", p, q, count, err, want)
		}
	}
}

func TestCountSaturates(t *testing.T) {
	at := make([]orb.Point, 70_000)
	for i := range at {
		at[i] = orb.Point{114, 30 + float64(i%3)*1e-4}
	}
	demand := travel.Points{At: []orb.Point{{114, 30}, {114, 30.0001}, {114, 40}}}
	line := travel.NewLine(travel.Points{At: at})
	for radius, want := range map[float64][]uint16{100: {65535, 65535, 0}, 1: {23334, 23333, 0}, 15: {46667, 65535, 0}} {
		got, err := line.WithinCount(context.Background(), demand, []float64{radius}, nil, nil)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%v m: %v %v, want %v", radius, got, err, want)
		}
	}
}

func bigScene() (fac, demand travel.Points, class []uint8) {
	r := rand.New(rand.NewPCG(11, 12))
	fac = travel.Points{At: clusters(r, 700, 112, 28, 114, 30), Land: lands(r, 700, 4)}
	demand = travel.Points{At: append(clusters(r, 20000, 112, 28, 114, 30), lattice(112, 30, 0.01, 200, 200)...)}
	demand.Land = lands(r, len(demand.At), 5)
	class = make([]uint8, len(demand.At))
	for i := range class {
		class[i] = uint8(i % 3)
	}
	return fac, demand, class
}

// everything runs all three questions and returns the answers as one text.
func everything(t testing.TB, line *travel.Line, demand travel.Points, class []uint8) string {
	ctx, radius := context.Background(), []float64{900, 3000, 20e3}
	near, err := line.Nearest(ctx, demand, nil)
	if err != nil {
		t.Error(err)
	}
	count, err := line.WithinCount(ctx, demand, radius, class, nil)
	if err != nil {
		t.Error(err)
	}
	share, err := line.WithinShare(ctx, demand, near, radius, class, cellAround(demand.At, 0.01), nil)
	if err != nil {
		t.Error(err)
	}
	return fmt.Sprint(near, count, share)
}

func TestSameBytesOnAnyNumberOfProcessors(t *testing.T) {
	fac, demand, class := bigScene()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var first string
	for _, n := range []int{1, 2, 7} {
		runtime.GOMAXPROCS(n)
		got := everything(t, travel.NewLine(fac), demand, class)
		if first == "" {
			first = got
		}
		if got != first {
			t.Errorf("GOMAXPROCS %d gives other answers", n)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	fac, demand, class := bigScene()
	demand.At, demand.Land, class = demand.At[:3000], demand.Land[:3000], class[:3000]
	line, answers := travel.NewLine(fac), [4]string{}
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() { answers[i] = everything(t, line, demand, class) })
	}
	wg.Wait()
	for _, a := range answers {
		if a != answers[0] {
			t.Error("answers differ between goroutines")
		}
	}
}

func TestCancelled(t *testing.T) {
	fac, demand, _ := bigScene()
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	stop := func(string, int64, int64) { calls++; cancel() }
	if _, err := travel.NewLine(fac).Nearest(ctx, demand, stop); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped in the middle: %v", err)
	}
	if calls == 0 {
		t.Error("no progress was reported")
	}
	if _, err := travel.NewLine(fac).WithinCount(ctx, demand, []float64{1}, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped beforehand: %v", err)
	}
}

func TestProgressEndsAtTheTotal(t *testing.T) {
	fac, demand, _ := bigScene()
	last, n := int64(0), int64(len(demand.At))
	_, err := travel.NewLine(fac).Nearest(context.Background(), demand, func(stage string, done, total int64) {
		if stage != "progress.nearest" || done <= last || total != n {
			t.Errorf("%s %d of %d after %d", stage, done, total, last)
		}
		last = done
	})
	if err != nil || last != n {
		t.Errorf("ended at %d of %d: %v", last, n, err)
	}
}

func TestColumnsOfOtherLengthsAreRefused(t *testing.T) {
	ok := travel.Points{At: []orb.Point{{1, 1}, {2, 2}}, Land: []int32{0, 0}}
	short := travel.Points{At: ok.At, Land: []int32{0}}
	ctx := context.Background()
	_, err1 := travel.NewLine(short).Nearest(ctx, ok, nil)
	_, err2 := travel.NewLine(ok).Nearest(ctx, short, nil)
	_, err3 := travel.NewLine(ok).WithinCount(ctx, ok, []float64{1}, []uint8{0}, nil)
	_, err4 := travel.NewLine(ok).WithinCount(ctx, ok, []float64{1}, []uint8{0, 1}, nil)
	_, err5 := travel.NewLine(ok).WithinCount(ctx, ok, nil, nil, nil)
	_, err6 := travel.NewLine(ok).WithinShare(ctx, ok, travel.Nearest{}, []float64{1}, nil, nil, nil)
	for i, err := range []error{err1, err2, err3, err4, err5, err6} {
		if coverage.CodeOf(err) != coverage.Internal || err == nil {
			t.Errorf("case %d: %v", i+1, err)
		}
	}
}

// More facilities never lengthen a way nor lower a count; the landmass rule
// never shortens one.
func TestMoreNeverHurts(t *testing.T) {
	place := rapid.Custom(func(t *rapid.T) orb.Point {
		return orb.Point{120 + float64(rapid.IntRange(0, 60).Draw(t, "x"))/50, 30 + float64(rapid.IntRange(0, 60).Draw(t, "y"))/50}
	})
	points := rapid.Custom(func(t *rapid.T) travel.Points {
		at := rapid.SliceOfN(place, 1, 60).Draw(t, "at")
		return travel.Points{At: at, Land: rapid.SliceOfN(rapid.Int32Range(-1, 3), len(at), len(at)).Draw(t, "land")}
	})
	rapid.Check(t, func(rt *rapid.T) {
		fac, demand := points.Draw(rt, "facilities"), points.Draw(rt, "demand")
		k := rapid.IntRange(0, len(fac.At)).Draw(rt, "k")
		few := travel.Points{At: fac.At[:k], Land: fac.Land[:k]}
		radius := []float64{rapid.Float64Range(0, 100e3).Draw(rt, "radius")}
		all, some := nearest(t, fac, demand), nearest(t, few, demand)
		free := nearest(t, travel.Points{At: fac.At}, demand)
		count, err := travel.NewLine(fac).WithinCount(context.Background(), demand, radius, nil, nil)
		fewer, err2 := travel.NewLine(few).WithinCount(context.Background(), demand, radius, nil, nil)
		if err != nil || err2 != nil {
			rt.Fatal(err, err2)
		}
		for i, m := range all.Metres {
			if m > some.Metres[i] || m < free.Metres[i] || count[i] < fewer[i] || (count[i] > 0) != (m <= radius[0]) {
				rt.Fatalf("row %d: %v m with all, %v with %d, %v without the rule; %d and %d within %v", i, m, some.Metres[i], k, free.Metres[i], count[i], fewer[i], radius)
			}
			if f := all.Facility[i]; f >= 0 && (demand.Land[i] < 0 || fac.Land[f] != demand.Land[i]) {
				rt.Fatalf("row %d crossed the water", i)
			}
		}
	})
}
