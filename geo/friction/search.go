package friction

import (
	"context"
	"math"
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"
)

// search is one run of Nearest.
type search struct {
	cols, rows int32
	sec        []float32
	height     []float32 // nil without slope
	level      []bool
	slope      *Slope // nil when heights do not count
	toward     bool
	cut        bool
	knights    bool
	limit      uint32
	lengths    *Lengths
	rates      [][16]float64 // per row as lengths: milliseconds of a step over the sum of its cells' seconds a metre
	offset     [16]int       // of ways in cells
	passed     [16][2]int    // cells beside a diagonal step, or on a knight's move

	shift    uint // a bucket is 1<<shift milliseconds wide
	tileCols int32
	tiles    []tile
	settled  atomic.Int64
	progress func(done, total int64)
	res      Result
}

// newSearch makes the tables of a search.
func newSearch(s *Surface, lengths *Lengths, o Options) *search {
	h := &search{
		cols: s.Grid.Cols, rows: s.Grid.Rows, sec: s.Seconds, level: s.Level,
		toward: o.Toward, cut: o.CutCorners, knights: o.Neighbours == 16, limit: o.LimitMS, lengths: lengths, progress: o.Progress,
		rates: make([][16]float64, len(lengths.rows)),
	}
	if o.LimitMS == 0 || o.LimitMS > MaxMS {
		h.limit = MaxMS
	}
	if o.Slope != nil && len(o.Slope.table) > 0 && s.Heights != nil {
		h.slope, h.height = o.Slope, s.Heights
	}
	for row := range lengths.rows {
		for i, metres := range lengths.rows[row] {
			h.rates[row][i] = 1000 * metres / 2
			if i >= 8 {
				h.rates[row][i] = 1000 * metres / 4
			}
		}
	}
	for i, w := range ways {
		h.offset[i] = int(w.dr)*int(h.cols) + int(w.dc)
		h.passed[i] = [2]int{int(w.dc), int(w.dr) * int(h.cols)}
		if i >= 8 { // half the long side, with and without the short one
			half := int(w.dr/2)*int(h.cols) + int(w.dc/2)
			h.passed[i] = [2]int{half, h.offset[i] - half}
		}
	}
	return h
}

// prepare makes room for the result and lays out the buckets and tiles.
func (h *search) prepare(v Survey) {
	h.res = Result{MS: make([]uint32, len(h.sec)), Source: make([]int32, len(h.sec))}
	for i := range h.res.MS {
		h.res.MS[i], h.res.Source[i] = Never, -1
	}
	h.chooseBuckets(v)
	h.layTiles()
}

// buckets is the number of buckets of a span, and spanShift its logarithm.
const (
	spanShift = 6
	buckets   = 1 << spanShift
)

// chooseBuckets makes buckets as wide as the shortest step on the flat, within
// which nothing is settled twice, but not so narrow that most are empty. The
// widths decide speed alone.
func (h *search) chooseBuckets(v Survey) {
	total, count := 0.0, 0
	for i := 0; i < len(h.sec); i += max(len(h.sec)/4096, 1) {
		if h.open(i) {
			total += float64(h.sec[i])
			count++
		}
	}
	rates := &h.rates[len(h.rates)/2]
	side := 2 * min(rates[1], rates[3])
	width := side * float64(v.Fastest)
	if count > 0 {
		width = max(width, side*total/float64(count)/32)
	}
	h.shift = uint(bits.Len32(uint32(min(max(width, 1), 1<<24)))) - 1
}

// run searches span after span until nothing is left. Within a span the tiles
// that have something to do are searched side by side, again and again while
// they hand one another shorter ways.
func (h *search) run(ctx context.Context, total int64) error {
	crew := make([]worker, runtime.GOMAXPROCS(0))
	var due []*tile
	for {
		span := uint32(none)
		for i := range h.tiles {
			span = min(span, h.tiles[i].first)
		}
		if span == none {
			return ctx.Err()
		}
		for {
			due = due[:0]
			for i := range h.tiles {
				if h.tiles[i].first <= span {
					due = append(due, &h.tiles[i])
				}
			}
			if len(due) == 0 {
				break
			}
			if err := parallel(ctx, crew, len(due), func(w *worker, i int) { w.search(ctx, h, due[i], span) }); err != nil {
				return err
			}
			h.report(total)
		}
	}
}

// report tells how far the search is.
func (h *search) report(total int64) {
	if h.progress != nil {
		h.progress(min(h.settled.Load(), total), total)
	}
}

// open reports whether a cell can be entered.
func (h *search) open(cell int) bool { return h.sec[cell] <= math.MaxFloat32 }

// parallel calls f for each i below n, a goroutine a worker.
func parallel(ctx context.Context, crew []worker, n int, f func(w *worker, i int)) error {
	var next atomic.Int64
	work := func(w *worker) {
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			f(w, i)
		}
	}
	var group sync.WaitGroup
	for i := 1; i < min(len(crew), n); i++ {
		group.Go(func() { work(&crew[i]) })
	}
	work(&crew[0])
	group.Wait()
	return ctx.Err()
}
