// Package block runs a loop over many rows in parallel with results that do
// not depend on the number of cores: the rows are cut into blocks of fixed
// size, a block writes only its own slots, and sums are reduced in block order.
package block

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Size is the number of rows in a block.
const Size = 1 << 15

// Count is the number of blocks of n rows.
func Count(n int) int { return (n + Size - 1) / Size }

// Each calls do for every block b of rows [lo, hi) of n, on all cores. It stops
// early, with ctx's error, when ctx is done.
func Each(ctx context.Context, n int, do func(b, lo, hi int)) error {
	return Items(ctx, Count(n), func(b int) { do(b, b*Size, min(n, (b+1)*Size)) })
}

// Items calls do for each of n items, for work that is worth sharing out one by
// one. It stops early, with ctx's error, when ctx is done.
func Items(ctx context.Context, n int, do func(i int)) error {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
