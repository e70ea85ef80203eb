package cache

import (
	"container/list"
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// Cache maps keys to values that are computed on demand. Errors are not kept.
// It is safe for concurrent use.
type Cache[V any] struct {
	limit  int64
	cost   func(V) int64
	life   context.Context // of work that nobody waits for; nil: it ends
	mu     sync.Mutex
	used   int64
	recent *list.List // of *entry[V], most recently used first
	kept   map[string]*list.Element
	flying map[string]*flight[V]
}

type entry[V any] struct {
	key   string
	value V
	cost  int64
}

type flight[V any] struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiters int
	value   V
	err     error
}

// New makes a cache of values that together cost at most limit. A single value
// over the limit is handed out and not kept.
func New[V any](limit int64, cost func(V) int64) *Cache[V] {
	return &Cache[V]{
		limit: limit, cost: cost, recent: list.New(),
		kept: map[string]*list.Element{}, flying: map[string]*flight[V]{},
	}
}

// NewPatient is New for what is asked again soon by who went away, such as a page
// that asks anew before its last question is answered: work goes on until life
// ends, whether or not somebody waits.
func NewPatient[V any](life context.Context, limit int64, cost func(V) int64) *Cache[V] {
	c := New(limit, cost)
	c.life = life
	return c
}

// Get returns the value of a key, computing it when it is not kept. compute gets
// a context that ends when nobody waits for the value any more.
func (c *Cache[V]) Get(ctx context.Context, key string, compute func(context.Context) (V, error)) (V, error) {
	c.mu.Lock()
	if e, ok := c.kept[key]; ok {
		c.recent.MoveToFront(e)
		c.mu.Unlock()
		return e.Value.(*entry[V]).value, nil
	}
	f := c.flying[key]
	if f == nil {
		f = c.launch(ctx, key, compute)
	}
	f.waiters++
	c.mu.Unlock()
	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		c.leave(key, f)
		var none V
		return none, ctx.Err()
	}
}

// launch starts to compute; the lock is held.
func (c *Cache[V]) launch(ctx context.Context, key string, compute func(context.Context) (V, error)) *flight[V] {
	from := c.life
	if from == nil {
		from = context.WithoutCancel(ctx)
	}
	work, cancel := context.WithCancel(from)
	f := &flight[V]{done: make(chan struct{}), cancel: cancel}
	c.flying[key] = f
	go func() {
		defer cancel()
		f.value, f.err = guarded(work, compute)
		c.land(key, f)
	}()
	return f
}

// guarded turns a panic into an error: it happens on a goroutine of our own,
// where nothing else would catch it.
func guarded[V any](ctx context.Context, compute func(context.Context) (V, error)) (v V, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return compute(ctx)
}

func (c *Cache[V]) land(key string, f *flight[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.flying[key] == f {
		delete(c.flying, key)
		if f.err == nil {
			c.keep(key, f.value)
		}
	}
	close(f.done)
}

// leave is called by a waiter that goes away. The last one stops the work; who
// asks next starts it anew.
func (c *Cache[V]) leave(key string, f *flight[V]) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f.waiters--; f.waiters == 0 && c.life == nil {
		f.cancel()
		if c.flying[key] == f {
			delete(c.flying, key)
		}
	}
}

func (c *Cache[V]) keep(key string, v V) {
	e := &entry[V]{key: key, value: v, cost: c.cost(v)}
	if e.cost > c.limit {
		return
	}
	c.kept[key] = c.recent.PushFront(e)
	for c.used += e.cost; c.used > c.limit; {
		last := c.recent.Remove(c.recent.Back()).(*entry[V])
		delete(c.kept, last.key)
		c.used -= last.cost
	}
}
