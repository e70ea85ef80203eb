package storetest

import (
	"context"
	"errors"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/store"

	"golang.org/x/sync/errgroup"
)

// cancelled stops every write at each of its progress reports in turn: the old
// content must stay.
func cancelled(t *testing.T, s store.Store) {
	ds := Town()
	first := RunOn(ds, 1)
	mustSave(t, s, ds)
	mustSaveRun(t, s, first)
	other := Town()
	other.Name.EN = "another town"
	stopAtEach(t, func(ctx context.Context, p coverage.Progress) error { return s.Save(ctx, other, p) }, func() {
		mustHold(t, s, ds)
		mustKeep(t, s, first)
	})
	mustSave(t, s, ds)
	mustSaveRun(t, s, first)
	stopAtEach(t, func(ctx context.Context, p coverage.Progress) error { return s.SaveRun(ctx, RunOn(ds, 2), p) }, func() {
		mustHold(t, s, ds)
		mustKeep(t, s, first)
	})
	mustKeep(t, s, first, RunOn(ds, 2))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := s.Load(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled Load gives %v", err)
	}
}

// stopAtEach calls write until it gets through: the n-th time it is stopped at
// its n-th report, the first time before it starts.
func stopAtEach(t *testing.T, write func(context.Context, coverage.Progress) error, after func()) {
	t.Helper()
	for n := 0; ; n++ {
		ctx, stop := context.WithCancel(t.Context())
		if n == 0 {
			stop()
		}
		seen := 0
		err := write(ctx, func(string, int64, int64) {
			if seen++; seen == n {
				stop()
			}
		})
		stop()
		if err == nil {
			if n < 2 {
				t.Error("the write was not stopped at its reports")
			}
			return
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("stopped at report %d: %v", n, err)
		}
		after()
	}
}

// readers load while two datasets replace one another: each must see one of
// them, whole.
func readers(t *testing.T, s store.Store) {
	a, b := Town(), Town()
	b.Name.EN, b.Facilities, b.Land = "b", b.Facilities[:2], append(b.Land, b.Land[0])
	b.Demand.Groups, b.Demand.Pop = b.Demand.Groups[:2], b.Demand.Pop[:2]
	mustSave(t, s, a)
	ctx, stop := context.WithCancel(t.Context())
	g, _ := errgroup.WithContext(ctx)
	seen := make([]int, 3)
	for k := range seen {
		g.Go(func() error {
			for ctx.Err() == nil {
				got, err := s.Load(context.WithoutCancel(ctx), nil)
				if err != nil {
					return err
				}
				if Same(a, got) != "" && Same(b, got) != "" {
					return errors.New("a reader saw a dataset that nobody saved: " + Same(a, got))
				}
				seen[k]++
			}
			return nil
		})
	}
	for range 4 {
		mustSave(t, s, b)
		mustSaveRun(t, s, RunOn(b, 1))
		mustSave(t, s, a)
	}
	stop()
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	if seen[0]+seen[1]+seen[2] == 0 {
		t.Error("no reader came to read")
	}
}
