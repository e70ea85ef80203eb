package mode

import (
	"context"
	"errors"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
	"lifecircle/geo/grid"
	roads "lifecircle/geo/network"
	"lifecircle/geo/network/profile"

	"github.com/paulmach/orb"
)

// street is a network of one way.
func street(t *testing.T, tags profile.Tags, line ...orb.Point) *coverage.Transport {
	t.Helper()
	var b roads.Builder
	var nodes []uint32
	for _, p := range line {
		n, ok := b.Point(p)
		if !ok {
			t.Fatal(p)
		}
		nodes = append(nodes, n)
	}
	b.Way(nodes, tags)
	g, _, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	out := &coverage.Transport{Roads: g, Profiles: profile.Shipped()}
	out.Snap.MinNodes = 2
	return out
}

func field(side int32) *coverage.Ground {
	g := grid.Spec{CRS: "EPSG:4326", X0: 0, Y0: float64(side) / 1000, DX: .001, DY: .001, Cols: side, Rows: side}
	seconds := make([]float32, g.Cells())
	for i := range seconds {
		seconds[i] = 0.72
	}
	return &coverage.Ground{Grid: g, Seconds: seconds}
}

func by(t *testing.T, tr *coverage.Transport, how coverage.Travel) Impedance {
	t.Helper()
	way, err := NewBook(&coverage.Dataset{Transport: tr}).For(t.Context(), coverage.Rule{Threshold: coverage.Threshold{Seconds: 3600}, Travel: how}, false)
	if err != nil {
		t.Fatal(err)
	}
	return way
}

// stopping is cancelled from the n-th look on.
type stopping struct {
	context.Context
	n int
}

func (c *stopping) Err() error {
	if c.n--; c.n < 0 {
		return context.Canceled
	}
	return nil
}

// A route that is cancelled, at whatever point, says so.
func TestRouteIsCancelled(t *testing.T) {
	way := by(t, street(t, profile.NewTags(profile.Tag{Key: "highway", Value: "primary"}), orb.Point{0, 0}, orb.Point{.1, 0}), coverage.Travel{Mode: "drive"})
	clinic := travel.Points{At: []orb.Point{{0, 0}}}
	for n := range 100 {
		r, _, err := way.Route(&stopping{t.Context(), n}, clinic, orb.Point{.1, 0}, -1)
		if err == nil && r != nil {
			if n < 3 {
				t.Errorf("looked only %d times", n)
			}
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("at look %d: %v, %v", n, r, err)
		}
	}
	t.Error("never got through")
}

// Whoever waits for a way that another has given up making gets it all the same.
func TestAnothersCancellation(t *testing.T) {
	tr := &coverage.Transport{Ground: field(40)}
	book := NewBook(&coverage.Dataset{Transport: tr})
	rule := coverage.Rule{Threshold: coverage.Threshold{Seconds: 3600}, Travel: coverage.Travel{Mode: "friction"}}
	k := key{rule.Travel, false, false}
	begun, give := make(chan bool), make(chan bool)
	e := &entry{}
	book.made[k] = e
	go e.once.Do(func() {
		close(begun)
		<-give
		e.err = context.Canceled
	})
	<-begun
	done := make(chan error)
	go func() {
		_, err := book.For(context.Background(), rule, false)
		done <- err
	}()
	select {
	case err := <-done:
		t.Fatalf("did not wait: %v", err)
	case <-time.After(20 * time.Millisecond):
	}
	close(give)
	if err := <-done; err != nil {
		t.Error(err)
	}
	if made := book.made[k]; made == nil || made == e || made.err != nil {
		t.Error("the way is not kept")
	}
}

// Over open ground too, a place beyond it is too far off.
func TestRouteFromBeyondTheGround(t *testing.T) {
	way := by(t, &coverage.Transport{Ground: field(100)}, coverage.Travel{Mode: "friction"})
	clinic := travel.Points{At: []orb.Point{{.05, .05}}}
	if r, off, err := way.Route(t.Context(), clinic, orb.Point{.5, .5}, -1); r != nil || off != travel.FarOff || err != nil {
		t.Error(r, off, err)
	}
	if r, off, err := way.Route(t.Context(), clinic, orb.Point{.06, .05}, -1); r == nil || off != travel.On || err != nil {
		t.Error(r, off, err)
	}
}

// Where a limit is signed, who drives slower takes longer, and nobody drives faster
// than the limit.
func TestSpeedUnderALimit(t *testing.T) {
	tr := street(t, profile.NewTags(profile.Tag{Key: "highway", Value: "primary"}, profile.Tag{Key: "maxspeed", Value: "40"}), orb.Point{0, 0}, orb.Point{.1, 0})
	nominal := profile.Car().KMH["residential"]
	took := func(kmh float64) uint32 {
		a, err := by(t, tr, coverage.Travel{Mode: "drive", SpeedKMH: kmh}).Nearest(t.Context(), travel.Points{At: []orb.Point{{0, 0}}}, travel.Points{At: []orb.Point{{.1, 0}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		ms, _ := a.At(0)
		return ms
	}
	plain := took(0)
	if half := took(nominal / 2); half < 2*plain-2 || half > 2*plain+2 {
		t.Errorf("%d ms, at half the speed %d", plain, half)
	}
	if same, fast := took(nominal), took(3*nominal); same != plain || fast != plain {
		t.Errorf("%d ms, at the nominal speed %d, at three times that %d", plain, same, fast)
	}
}
