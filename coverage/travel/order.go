package travel

import (
	"context"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/paulmach/orb"
)

// blockRows is how many rows a block should hold, maxBlockRows how many it may.
const (
	blockRows    = 256
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

// buckets is a grid of buckets in degrees.
type buckets struct {
	x0, y0, sx, sy float64 // origin, buckets a degree
	cols, rows     int32
}

// of returns the bucket of a point; what is not in the grid goes to its rim.
func (g *buckets) of(p orb.Point) int32 {
	x, y := (p[0]-g.x0)*g.sx, (p[1]-g.y0)*g.sy
	var c, r int32
	if x > 0 {
		c = int32(min(x, float64(g.cols-1)))
	}
	if y > 0 {
		r = int32(min(y, float64(g.rows-1)))
	}
	return r*g.cols + c
}

// gridOver lays about n/blockRows buckets, square on the ground, over bounds.
func gridOver(b orb.Bound, n int) buckets {
	width, height := b.Max[0]-b.Min[0], b.Max[1]-b.Min[1]
	want := math.Min(float64(n)/blockRows, maxBuckets)
	ground := width * math.Max(math.Cos((b.Min[1]+b.Max[1])/2*math.Pi/180), 0.01)
	cols := 1.0
	if ground > 0 {
		cols = want
		if height > 0 {
			cols = math.Sqrt(want * ground / height)
		}
	}
	cols = math.Max(1, math.Min(math.Ceil(cols), want))
	rows := math.Max(1, math.Floor(want/cols))
	if !(height > 0) {
		rows = 1
	}
	g := buckets{x0: b.Min[0], y0: b.Min[1], cols: int32(cols), rows: int32(rows)}
	if width > 0 {
		g.sx = cols / width
	}
	if height > 0 {
		g.sy = rows / height
	}
	return g
}

// boundsOf returns the bounds of the usable points; places that are no places
// do not stretch it.
func boundsOf(at []orb.Point, workers int) orb.Bound {
	parts := make([]orb.Bound, workers)
	share(len(at), workers, func(w, lo, hi int) { parts[w] = bound(at[lo:hi]) })
	b := parts[0]
	for _, p := range parts[1:] {
		b.Min[0], b.Max[0] = min(b.Min[0], p.Min[0]), max(b.Max[0], p.Max[0])
		b.Min[1], b.Max[1] = min(b.Min[1], p.Min[1]), max(b.Max[1], p.Max[1])
	}
	return b
}

func bound(at []orb.Point) orb.Bound {
	inf := math.Inf(1)
	b := orb.Bound{Min: orb.Point{inf, inf}, Max: orb.Point{-inf, -inf}}
	for i := range at {
		x, y := at[i][0], at[i][1]
		if !(x >= -540 && x <= 540 && y >= -90 && y <= 90) {
			continue
		}
		if x < b.Min[0] {
			b.Min[0] = x
		}
		if x > b.Max[0] {
			b.Max[0] = x
		}
		if y < b.Min[1] {
			b.Min[1] = y
		}
		if y > b.Max[1] {
			b.Max[1] = y
		}
	}
	return b
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
