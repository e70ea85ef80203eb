package travel

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb"
)

// blockRows is how many rows a block should hold, maxBlockRows how many it may.
const (
	blockRows    = 128
	maxBlockRows = 4 * blockRows
	maxBuckets   = 1 << 17
	maxDepth     = 16
)

// order is the rows of a demand set, neighbours together: block b is
// rows[cuts[b]:cuts[b+1]]. Within a block rows of one bucket ascend.
type order struct {
	rows []int32
	cuts []int32
}

// blocks is the number of blocks.
func (o *order) blocks() int { return len(o.cuts) - 1 }

// newOrder sorts rows into a grid of buckets over their bounds (a counting sort,
// which keeps the order of rows) and the crowded buckets again into grids of
// their own.
func newOrder(ctx context.Context, at []orb.Point) (order, error) {
	workers := runtime.GOMAXPROCS(0)
	if len(at) < 1<<14 {
		workers = 1
	}
	g := gridOver(boundsOf(at, workers), len(at))
	o := order{rows: make([]int32, len(at))}
	starts := scatter(at, g, o.rows, workers)
	refined := make([][]int32, len(starts)-1)
	err := parallel(ctx, len(refined), func(b int) {
		refined[b] = refine(at, o.rows, starts[b], starts[b+1], maxDepth)
	})
	o.cuts = append(o.cuts, 0)
	for b, cuts := range refined {
		o.cuts = append(o.cuts, cuts...)
		if len(cuts) == 0 && starts[b+1] > starts[b] {
			o.cuts = append(o.cuts, starts[b+1])
		}
	}
	return o, err
}

// parallel calls do for 0..n-1 on all cores, in runs of 64.
func parallel(ctx context.Context, n int, do func(i int)) error {
	const run = 64
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (n+run-1)/run) {
		wg.Go(func() {
			for ctx.Err() == nil {
				lo := int(next.Add(run)) - run
				if lo >= n {
					return
				}
				for i := lo; i < min(lo+run, n); i++ {
					do(i)
				}
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// share cuts n rows into one run a worker.
func share(n, workers int, do func(w, lo, hi int)) {
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { do(w, n*w/workers, n*(w+1)/workers) })
	}
	wg.Wait()
}

// scatter writes all rows to dst by bucket and returns where each bucket starts.
func scatter(at []orb.Point, g buckets, dst []int32, workers int) []int32 {
	n := int(g.cols) * int(g.rows)
	key := make([]uint32, len(at))
	next := make([][]int32, workers) // by worker and bucket: count, then place
	share(len(at), workers, func(w, lo, hi int) {
		count := make([]int32, n)
		for i := lo; i < hi; i++ {
			b := g.of(at[i])
			key[i] = uint32(b)
			count[b]++
		}
		next[w] = count
	})
	starts := make([]int32, n+1)
	sum := int32(0)
	for b := range n {
		starts[b] = sum
		for _, count := range next {
			count[b], sum = sum, sum+count[b]
		}
	}
	starts[n] = sum
	share(len(at), workers, func(w, lo, hi int) {
		place := next[w]
		for i := lo; i < hi; i++ {
			k := key[i]
			dst[place[k]] = int32(i)
			place[k]++
		}
	})
	return starts
}

// refine sorts the rows of a crowded bucket, rows[lo:hi], into smaller ones and
// returns the ends of the blocks that it makes; none when the bucket will do as
// it is.
func refine(at []orb.Point, rows []int32, lo, hi int32, depth int) []int32 {
	if hi-lo <= maxBlockRows {
		return nil
	}
	own := rows[lo:hi]
	points := make([]orb.Point, len(own))
	for i, r := range own {
		points[i] = at[r]
	}
	g := gridOver(bound(points), len(own))
	if g.cols*g.rows == 1 || depth == 0 || g.sx == 0 && g.sy == 0 {
		return chop(lo, hi)
	}
	places := make([]int32, len(own))
	starts := scatter(points, g, places, 1)
	sorted := make([]int32, len(own))
	for i, p := range places {
		sorted[i] = own[p]
	}
	copy(own, sorted)
	var cuts []int32
	for b, from := range starts[:len(starts)-1] {
		to := starts[b+1]
		deeper := refine(at, rows, lo+from, lo+to, depth-1)
		cuts = append(cuts, deeper...)
		if len(deeper) == 0 && to > from {
			cuts = append(cuts, lo+to)
		}
	}
	return cuts
}

// chop cuts rows that cannot be told apart by place.
func chop(lo, hi int32) []int32 {
	var cuts []int32
	for lo < hi {
		lo = min(lo+maxBlockRows, hi)
		cuts = append(cuts, lo)
	}
	return cuts
}
