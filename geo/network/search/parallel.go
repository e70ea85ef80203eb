package search

import (
	"context"
	"runtime"
	"sync"
)

// parallel runs work(i, worker) for i from 0 to n-1 on every processor; a worker
// is one goroutine, numbered from 0. Item i writes its own slots only. progress,
// when not nil, is told how many are done, under a lock and never falling. It
// stops early with the first error, or that of ctx.
func parallel(ctx context.Context, n int, progress func(done, total int64), work func(i, worker int) error) error {
	var (
		lock        sync.Mutex
		begun, done int
		failed      error
		wait        sync.WaitGroup
	)
	next := func() (int, bool) {
		lock.Lock()
		defer lock.Unlock()
		if begun == n || failed != nil || ctx.Err() != nil {
			return 0, false
		}
		begun++
		return begun - 1, true
	}
	finish := func(err error) {
		lock.Lock()
		defer lock.Unlock()
		if err != nil && failed == nil {
			failed = err
		}
		if done++; progress != nil && err == nil {
			progress(int64(done), int64(n))
		}
	}
	for worker := range workers(n) {
		wait.Go(func() {
			for i, ok := next(); ok; i, ok = next() {
				finish(work(i, worker))
			}
		})
	}
	wait.Wait()
	if failed != nil {
		return failed
	}
	return ctx.Err()
}

// workers is how many goroutines parallel uses.
func workers(n int) int { return min(n, runtime.GOMAXPROCS(0)) }
