package plain

import (
	"context"
	"slices"
	"testing"
)

// looks counts how often a context is looked at.
type looks struct {
	context.Context
	n int
}

func (l *looks) Err() error {
	l.n++
	return nil
}

// No phase goes through more than a site's pairs without a look at the context.
func TestEveryPhaseLooksAtTheContext(t *testing.T) {
	const sites, demands = 90, 300
	for _, kind := range []Kind{Cover, SetCover, Median} {
		b := NewBuilder(kind, sites, 9)
		for j := range demands {
			var list []int32
			var costs []float64
			for k := range 12 {
				list, costs = append(list, int32((j/7+k*k)%sites)), append(costs, float64(1+k))
			}
			if kind != Median {
				costs = nil
				slices.Sort(list)
			}
			b.Demand(list, costs, 99, 1)
		}
		q := b.Done(make([]int8, sites)).q
		ctx := &looks{Context: context.Background()}
		least := func(what string, n int) {
			if ctx.n < n {
				t.Errorf("kind %d, %s: %d looks, not %d", kind, what, ctx.n, n)
			}
			ctx.n = 0
		}
		w := greedy(ctx, q)
		least("greedy", q.sites()+len(w.open))
		w.improve(ctx, 0)
		least("improve", q.sites())
		if kind != Median {
			dominate(ctx, q, make([]float64, q.demands()), true)
			least("dominate", q.sites())
		}
		d := newDual(q, make([]float64, q.demands()))
		d.ascend(ctx, ascent{steps: 5, halve: 20, theta: 1, cutoff: func() float64 { return 1e9 }, target: func() float64 { return 1e9 }, found: func(*dual) {}})
		least("ascend", 5)
	}
}
