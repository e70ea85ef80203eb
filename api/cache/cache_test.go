package cache

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func one(int) int64 { return 1 }

func TestComputesOnce(t *testing.T) {
	c := New(8, one)
	var calls atomic.Int32
	release := make(chan struct{})
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			v, err := c.Get(context.Background(), "k", func(context.Context) (int, error) {
				calls.Add(1)
				<-release
				return 7, nil
			})
			if v != 7 || err != nil {
				t.Errorf("%d, %v", v, err)
			}
		})
	}
	close(release)
	all.Wait()
	if calls.Load() != 1 {
		t.Errorf("computed %d times", calls.Load())
	}
}

func TestForgetsTheLeastRecent(t *testing.T) {
	c := New(10, func(v int) int64 { return int64(v) })
	computed := 0
	get := func(key string, v int) {
		t.Helper()
		if _, err := c.Get(context.Background(), key, func(context.Context) (int, error) { computed++; return v, nil }); err != nil {
			t.Fatal(err)
		}
	}
	get("a", 4)
	get("b", 4)
	get("a", 4) // a is now the more recent
	get("c", 4) // b goes
	get("a", 4)
	get("c", 4)
	if computed != 3 {
		t.Fatalf("computed %d times, want 3", computed)
	}
	get("b", 4)
	if computed != 4 {
		t.Error("b was kept")
	}
	get("huge", 11) // handed out, never kept
	get("huge", 11)
	if computed != 6 || c.used > 10 {
		t.Errorf("computed %d times, used %d", computed, c.used)
	}
}

func TestErrorsAndPanicsAreNotKept(t *testing.T) {
	c := New(8, one)
	calls := 0
	for range 2 {
		_, err := c.Get(context.Background(), "k", func(context.Context) (int, error) { calls++; return 0, errors.New("no") })
		if err == nil {
			t.Fatal("no error")
		}
		_, err = c.Get(context.Background(), "p", func(context.Context) (int, error) { calls++; panic("oh") })
		if err == nil || !strings.Contains(err.Error(), "panic: oh") {
			t.Fatalf("%v", err)
		}
	}
	if calls != 4 {
		t.Errorf("%d calls", calls)
	}
}

// The work goes on as long as somebody waits, and ends with the last.
func TestLastWaiterStopsTheWork(t *testing.T) {
	c := New(8, one)
	begun, ended := make(chan struct{}), make(chan struct{})
	work := func(ctx context.Context) (int, error) {
		close(begun)
		<-ctx.Done()
		close(ended)
		return 0, ctx.Err()
	}
	first, leaveFirst := context.WithCancel(context.Background())
	second, leaveSecond := context.WithCancel(context.Background())
	errs := make(chan error)
	go func() { _, err := c.Get(first, "k", work); errs <- err }()
	<-begun
	go func() { _, err := c.Get(second, "k", work); errs <- err }()
	for { // until the second waits too
		c.mu.Lock()
		n := c.flying["k"].waiters
		c.mu.Unlock()
		if n == 2 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	leaveFirst()
	if err := <-errs; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	select {
	case <-ended:
		t.Fatal("stopped while somebody waited")
	default:
	}
	leaveSecond()
	<-errs
	<-ended
	v, err := c.Get(context.Background(), "k", func(context.Context) (int, error) { return 3, nil })
	if v != 3 || err != nil {
		t.Errorf("%d, %v: the stopped work is in the way", v, err)
	}
}

func TestManyAtOnce(t *testing.T) {
	c := New(5, one)
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for i := range 300 {
				n := (g*7 + i*3) % 13
				v, err := c.Get(context.Background(), fmt.Sprint(n), func(context.Context) (int, error) { return n, nil })
				if v != n || err != nil {
					t.Errorf("%d: %d, %v", n, v, err)
				}
			}
		})
	}
	all.Wait()
	if len(c.kept) > 5 || c.recent.Len() != len(c.kept) || len(c.flying) != 0 {
		t.Errorf("%d kept, %d listed, %d flying", len(c.kept), c.recent.Len(), len(c.flying))
	}
}

func TestGate(t *testing.T) {
	g := NewGate(1, time.Millisecond)
	leave, err := g.Enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Enter(context.Background()); err == nil {
		t.Fatal("two in a gate for one")
	}
	leave()
	if leave, err = g.Enter(context.Background()); err != nil {
		t.Fatal(err)
	}
	leave()
}

// A patient cache works on when nobody waits, for who asks again, until its life
// ends.
func TestPatientWorkGoesOn(t *testing.T) {
	life, end := context.WithCancel(context.Background())
	c := NewPatient(life, 8, one)
	begun, release := make(chan struct{}, 9), make(chan struct{})
	work := func(ctx context.Context) (int, error) {
		begun <- struct{}{}
		select {
		case <-release:
			return 7, nil
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	first, leave := context.WithCancel(context.Background())
	gone := make(chan error)
	go func() { _, err := c.Get(first, "k", work); gone <- err }()
	<-begun
	leave()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	close(release)
	if v, err := c.Get(context.Background(), "k", work); v != 7 || err != nil || len(begun) != 0 {
		t.Errorf("%d %v, begun again %d times", v, err, len(begun))
	}
	release = make(chan struct{})
	go func() { _, err := c.Get(context.Background(), "other", work); gone <- err }()
	<-begun
	end()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("work outlives its cache: %v", err)
	}
}
