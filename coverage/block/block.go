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
	blocks := Count(n)
	workers := min(runtime.GOMAXPROCS(0), blocks)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for ctx.Err() == nil {
				b := int(next.Add(1)) - 1
				if b >= blocks {
					return
				}
				do(b, b*Size, min(n, (b+1)*Size))
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}
