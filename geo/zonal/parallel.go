package zonal

import (
	"context"
	"runtime"
	"sync"
)

// parallel runs work(0) to work(n-1) on every processor; each writes its own
// slots only. progress, when not nil, is told the share of total that is done,
// under a lock and never falling. It stops early with the error of ctx.
func parallel(ctx context.Context, n int, progress func(done, total int64), total int64, work func(i int)) error {
	var (
		lock     sync.Mutex
		begun    int
		finished int64
		wait     sync.WaitGroup
	)
	next := func() (int, bool) {
		lock.Lock()
		defer lock.Unlock()
		if begun == n || ctx.Err() != nil {
			return 0, false
		}
		begun++
		return begun - 1, true
	}
	done := func() {
		lock.Lock()
		defer lock.Unlock()
		finished++
		if progress != nil {
			progress(total*finished/int64(n), total)
		}
	}
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i, ok := next(); ok; i, ok = next() {
				work(i)
				done()
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
