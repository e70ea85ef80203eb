package mixed

import (
	"context"
	"runtime"
	"sync/atomic"

	"lifecircle/geo/network"
	"lifecircle/geo/network/search"

	"golang.org/x/sync/errgroup"
)

// limitOf is the limit of a query as a search takes it.
func limitOf(q search.Query) uint32 {
	if q.LimitMS == 0 || q.LimitMS > network.MaxMS {
		return network.MaxMS
	}
	return q.LimitMS
}

// Nearest finds the nearest source of every target, all in one search: its time,
// delay included, and its number; [network.Never] and -1 when there is none
// within the limit. Progress counts what is settled. Errors wrap [ErrPoints] or
// are ctx's.
//
// Beside the answer it takes 8 bytes for each cell, node and stile, and some 8
// for those at the rim of what is known.
func (w *World) Nearest(ctx context.Context, sources Sources, targets Points, q search.Query) (*search.Answer, error) {
	if err := w.checkBoth(sources, targets); err != nil {
		return nil, err
	}
	s, err := w.flood(ctx, sources, q)
	if err != nil {
		return nil, err
	}
	a := newAnswer(targets.Len())
	beside := w.neighbours(sources, q.Toward)
	const block = 4096
	err = parallel(ctx, (targets.Len()+block-1)/block, func(b, _ int) error {
		var hooks []hook
		for i := b * block; i < min((b+1)*block, targets.Len()); i++ {
			hooks = w.hooks(hooks[:0], targets, i, !q.Toward)
			best := s.best(hooks)
			for _, p := range targets.places(i) {
				beside.each(p, func(o onEdge, ms uint32) { best = min(best, uint64(ms)<<32|uint64(o.source)) })
			}
			if best>>32 <= uint64(limitOf(q)) {
				a.MS[i], a.Source[i] = uint32(best>>32), int32(uint32(best))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// Field finds the nearest source of every cell of the ground: the answer of
// [World.Nearest] for points that stand in the cells and on no street. Closed
// cells have [network.Never] and -1.
func (w *World) Field(ctx context.Context, sources Sources, q search.Query) (*search.Answer, error) {
	if err := w.checkBoth(sources, Points{}); err != nil {
		return nil, err
	}
	s, err := w.flood(ctx, sources, q)
	if err != nil {
		return nil, err
	}
	a := newAnswer(int(w.end - w.cells))
	for cell, l := range s.label[w.cells:] {
		if l != unreached {
			a.MS[cell], a.Source[cell] = uint32(l>>32), int32(uint32(l))
		}
	}
	return a, nil
}

func newAnswer(n int) *search.Answer {
	a := &search.Answer{MS: make([]uint32, n), Source: make([]int32, n)}
	for i := range n {
		a.MS[i], a.Source[i] = network.Never, -1
	}
	return a
}

// flood searches from all sources at once.
func (w *World) flood(ctx context.Context, sources Sources, q search.Query) (*searcher, error) {
	s := w.searcher(q.Toward)
	var progress func(settled int64)
	total := int64(w.cells) + w.steps[0].OpenCells()
	if q.Progress != nil {
		progress = func(settled int64) { q.Progress(min(settled, total), total) }
	}
	if err := s.run(ctx, w.seeds(sources, q.Toward, everyNumber(sources.Len())...), limitOf(q), nil, progress); err != nil {
		return nil, err
	}
	if q.Progress != nil {
		q.Progress(total, total)
	}
	return s, nil
}

// parallel runs work(i, worker) for i from 0 to n-1 on every processor. Item i
// writes its own slots only. It stops early with the first error, or that of ctx.
func parallel(ctx context.Context, n int, work func(i, worker int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	for worker := range workers(n) {
		group.Go(func() error {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err := work(i, worker); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// workers is how many goroutines parallel uses.
func workers(n int) int { return min(n, runtime.GOMAXPROCS(0)) }
