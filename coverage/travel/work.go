package travel

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"lifecircle/coverage"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// worker is the scratch memory of one goroutine.
type worker struct {
	earth   *earth
	ids     []int32
	points  []orb.Point
	rows    []row
	slots   []int32
	rivals  []rival // a stack: what a part of a block keeps lies above its parent's
	settled settled
}

// group is rows of a block that ask one tree, in one class.
type group struct {
	tree  *tree
	class uint8
	frame frame
	rows  []row
	box   extent
}

// run calls do for every group of rows of a demand set, in blocks of neighbours,
// on all cores. Rows that are no place or that no facility may serve are left
// out. A group is do's own until it returns.
func (l *Line) run(ctx context.Context, demand Points, class []uint8, p coverage.Progress, stage string, do func(w *worker, g *group)) error {
	if err := l.check(demand); err != nil {
		return err
	}
	ruled := l.ruled(demand)
	var wg sync.WaitGroup
	wg.Go(func() { l.treeFor(0, ruled) }) // builds the index meanwhile
	o, err := newOrder(ctx, demand.At)
	wg.Wait()
	if err != nil {
		return err
	}
	tick := &ticker{p: p, stage: stage, total: int64(len(demand.At))}
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), o.blocks()) {
		wg.Go(func() {
			w := &worker{earth: newEarth()}
			for ctx.Err() == nil {
				// Runs of neighbouring blocks share what the caches hold.
				lo := int(next.Add(blockRun)) - blockRun
				if lo >= o.blocks() {
					return
				}
				hi := min(lo+blockRun, o.blocks())
				for b := lo; b < hi; b++ {
					l.block(w, demand, class, ruled, o.rows[o.cuts[b]:o.cuts[b+1]], do)
				}
				tick.add(int64(o.cuts[hi] - o.cuts[lo]))
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

// blockRun is how many blocks a worker takes at a time.
const blockRun = 16

// ticker reports progress from many goroutines, one at a time and never
// backwards.
type ticker struct {
	mu    sync.Mutex
	p     coverage.Progress
	stage string
	done  int64
	total int64
}

func (t *ticker) add(n int64) {
	if t.p == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done += n
	t.p.Report(t.stage, t.done, t.total)
}

// block hands the rows of a block to do, a group at a time.
func (l *Line) block(w *worker, demand Points, class []uint8, ruled bool, ids []int32, do func(*worker, *group)) {
	key := func(id int32) int64 { return groupKey(demand, class, ruled, id) }
	alike := func(ids []int32) int { // how many at the start are of one group
		first := key(ids[0])
		for i, id := range ids {
			if key(id) != first {
				return i
			}
		}
		return len(ids)
	}
	if (ruled || class != nil) && alike(ids) < len(ids) {
		w.ids = append(w.ids[:0], ids...)
		ids = w.ids
		slices.SortFunc(ids, func(a, b int32) int {
			return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a, b))
		})
	}
	for len(ids) > 0 {
		n := len(ids)
		if ruled || class != nil {
			n = alike(ids)
		}
		l.group(w, demand, class, ruled, ids[:n], do)
		ids = ids[n:]
	}
}

// groupKey orders rows by landmass and class.
func groupKey(demand Points, class []uint8, ruled bool, i int32) int64 {
	key := int64(0)
	if ruled {
		key = int64(demand.Land[i]) << 8
	}
	if class != nil {
		key += int64(class[i])
	}
	return key
}

// group loads rows of one landmass and class and hands them to do.
func (l *Line) group(w *worker, demand Points, class []uint8, ruled bool, ids []int32, do func(*worker, *group)) {
	g := group{}
	land := int32(0)
	if ruled {
		land = demand.Land[ids[0]]
	}
	if class != nil {
		g.class = class[ids[0]]
	}
	g.tree = l.treeFor(land, ruled)
	if land < 0 || g.tree == nil || g.tree.packed.Len() == 0 {
		return
	}
	w.load(demand, ids)
	if len(w.rows) == 0 {
		return
	}
	g.rows, g.frame = w.rows, newFrame(w.rows[len(w.rows)/2].at)
	for i := range g.rows {
		r := &g.rows[i]
		r.u, r.v, r.w = g.frame.local(r.at)
	}
	g.box = extentOf(g.rows)
	do(w, &g)
}

// load fills w.rows with the places of rows. It fetches them all first: rows in
// random order lie all over the memory, and a loop that does nothing else waits
// for many of them at a time.
func (w *worker) load(demand Points, ids []int32) {
	w.points = w.points[:0]
	for _, id := range ids {
		w.points = append(w.points, demand.At[id])
	}
	w.rows = w.rows[:0]
	for i, p := range w.points {
		if at, ok := w.earth.at(p); ok {
			w.rows = append(w.rows, row{at: at, id: ids[i]})
		}
	}
}

// centre returns the middle of a group's box on (or rather in) the Earth.
func (g *group) centre() geodesy.Vec {
	f, b := &g.frame, &g.box
	return geodesy.Vec{
		X: f.origin.X + b.u*f.east.X + b.v*f.north.X + b.w*f.up.X,
		Y: f.origin.Y + b.u*f.east.Y + b.v*f.north.Y + b.w*f.up.Y,
		Z: f.origin.Z + b.u*f.east.Z + b.v*f.north.Z + b.w*f.up.Z,
	}
}

// pushRivals puts the places in w.slots on the stack, in the group's frame.
func (w *worker) pushRivals(g *group) []rival {
	w.rivals = w.rivals[:0]
	for _, s := range w.slots {
		u, v, h := g.frame.local(g.tree.packed.At(s))
		w.rivals = append(w.rivals, rival{u, v, h, s})
	}
	return w.rivals
}
