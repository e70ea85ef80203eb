package mixed

import (
	"context"
	"sync"

	"lifecircle/geo/network/search"
)

// Matrix finds the times between each source and the targets within the limit,
// one search a source, in parallel. Progress counts sources. Errors wrap
// [ErrPoints] or are ctx's.
//
// Beside the answer it takes, for each processor, 8 bytes for each cell, node
// and stile, and 12 for those within the limit.
func (w *World) Matrix(ctx context.Context, sources Sources, targets Points, q search.Query) (*search.Table, error) {
	if err := w.checkBoth(sources, targets); err != nil {
		return nil, err
	}
	m := w.newMatrix(sources, targets, q)
	var lock sync.Mutex
	done := int64(0)
	err := parallel(ctx, sources.Len(), func(i, worker int) error {
		if err := m.search(ctx, i, worker); err != nil {
			return err
		}
		lock.Lock()
		defer lock.Unlock()
		if done++; q.Progress != nil {
			q.Progress(done, int64(sources.Len()))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return search.NewTable(m.rows), nil
}

type matrix struct {
	w       *World
	q       search.Query
	sources Sources
	targets Points
	door    table                // by number, into target and ms
	target  []uint32             // of a hook
	ms      []uint32             // of a hook
	onEdge  map[uint32][]doorway // targets by the edges with sources
	rows    []search.TableRow
	desks   []*desk
}

// doorway is a target's place on an edge.
type doorway struct {
	target uint32
	place  search.Place
}

// desk is the scratch memory of one goroutine.
type desk struct {
	search *searcher
	row    *search.RowDesk
}

func (w *World) newMatrix(sources Sources, targets Points, q search.Query) *matrix {
	m := &matrix{
		w: w, q: q, sources: sources, targets: targets, onEdge: map[uint32][]doorway{},
		rows: make([]search.TableRow, sources.Len()), desks: make([]*desk, workers(sources.Len())),
	}
	for i := range sources.Len() {
		for _, p := range sources.places(i) {
			m.onEdge[p.Edge] = nil
		}
	}
	var pairs []pair
	var hooks []hook
	for i := range targets.Len() {
		hooks = w.hooks(hooks[:0], targets, i, !q.Toward)
		for _, k := range hooks {
			pairs = append(pairs, pair{k.id, uint32(len(pairs))})
			m.target, m.ms = append(m.target, uint32(i)), append(m.ms, k.ms)
		}
		for _, p := range targets.places(i) {
			if _, ok := m.onEdge[p.Edge]; ok {
				m.onEdge[p.Edge] = append(m.onEdge[p.Edge], doorway{uint32(i), p})
			}
		}
	}
	m.door = newTable(int(w.end), pairs)
	return m
}

func (m *matrix) desk(worker int) *desk {
	if m.desks[worker] == nil {
		d := &desk{m.w.searcher(m.q.Toward), search.NewRowDesk(m.targets.Len())}
		d.search.keep = true
		m.desks[worker] = d
	}
	return m.desks[worker]
}

// search fills the row of a source.
func (m *matrix) search(ctx context.Context, source, worker int) error {
	d, limit := m.desk(worker), limitOf(m.q)
	d.search.reset()
	if err := d.search.run(ctx, m.w.seeds(m.sources, m.q.Toward, source), limit, nil, nil); err != nil {
		return err
	}
	for _, v := range d.search.touched {
		ms := uint32(d.search.label[v] >> 32)
		for _, k := range m.door.of(v) {
			d.row.Offer(m.target[k], sum(ms, m.ms[k]), limit)
		}
	}
	for _, p := range m.sources.places(source) {
		for _, o := range m.onEdge[p.Edge] {
			from, to := p, o.place
			if m.q.Toward {
				from, to = to, from
			}
			d.row.Offer(o.target, sum(m.w.ways.Direct(from, to), m.sources.delay(source)), limit)
		}
	}
	m.rows[source] = d.row.Take()
	return nil
}
