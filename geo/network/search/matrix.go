package search

import (
	"context"
	"slices"
)

// Matrix searches once a source, in parallel. Memory is that of the pairs within
// the limit.
func Matrix(ctx context.Context, w *Ways, sources Sources, targets *Places, q Query) (*Table, error) {
	near := w.hooks(sources.Places, q.Toward)
	m := &matrix{
		w: w, q: q, sources: sources, targets: targets, near: &near, doors: w.doorsOf(targets, q.Toward),
		edges: w.edgesOf(targets), rows: make([]TableRow, sources.Len()), desks: make([]*desk, workers(sources.Len())),
	}
	defer m.close()
	if err := parallel(ctx, sources.Len(), q.Progress, func(i, worker int) error { return m.search(ctx, i, worker) }); err != nil {
		return nil, err
	}
	return NewTable(m.rows), nil
}

type matrix struct {
	w       *Ways
	q       Query
	sources Sources
	targets *Places
	near    *hooks
	doors   *doors
	edges   *doors
	rows    []TableRow
	desks   []*desk
}

// desk is the scratch memory of one goroutine.
type desk struct {
	search *Searcher
	row    *RowDesk
}

// doors lists by node (or edge) the targets that may be entered there.
type doors struct {
	first  []uint32
	target []uint32
	ms     []uint32 // from the node; by edge: the place
}

func newDoors(nodes int, far *hooks) doors {
	d := doors{first: make([]uint32, nodes+1), target: make([]uint32, len(far.hook)), ms: make([]uint32, len(far.hook))}
	for _, k := range far.hook {
		d.first[k.node+1]++
	}
	at := d.sum()
	for i := range len(far.first) - 1 {
		for _, k := range far.of(i) {
			d.target[at[k.node]], d.ms[at[k.node]] = uint32(i), k.ms
			at[k.node]++
		}
	}
	return d
}

func newDoorsByEdge(edges int, targets *Places) doors {
	d := doors{first: make([]uint32, edges+1), target: make([]uint32, len(targets.Place)), ms: make([]uint32, len(targets.Place))}
	for _, p := range targets.Place {
		d.first[p.Edge+1]++
	}
	at := d.sum()
	for i := range targets.Len() {
		for j := targets.First[i]; j < targets.First[i+1]; j++ {
			e := targets.Place[j].Edge
			d.target[at[e]], d.ms[at[e]] = uint32(i), j
			at[e]++
		}
	}
	return d
}

func (d *doors) sum() []uint32 {
	for v := 1; v < len(d.first); v++ {
		d.first[v] += d.first[v-1]
	}
	return slices.Clone(d.first[:len(d.first)-1])
}

func (m *matrix) desk(worker int) *desk {
	if m.desks[worker] == nil {
		m.desks[worker] = &desk{m.w.borrow(m.q.Toward), NewRowDesk(m.targets.Len())}
	}
	return m.desks[worker]
}

func (m *matrix) close() {
	for _, d := range m.desks {
		if d != nil {
			m.w.giveBack(d.search, m.q.Toward)
		}
	}
}

// search fills the row of a source.
func (m *matrix) search(ctx context.Context, source, worker int) error {
	d := m.desk(worker)
	limit := m.q.limit()
	if err := d.search.Run(ctx, seeds(m.near, m.sources, source), limit); err != nil {
		return err
	}
	for _, v := range d.search.Reached() {
		ms := d.search.MS(v)
		for i := m.doors.first[v]; i < m.doors.first[v+1]; i++ {
			d.row.Offer(m.doors.target[i], add(ms, m.doors.ms[i]), limit)
		}
	}
	for _, p := range m.sources.of(source) {
		for i := m.edges.first[p.Edge]; i < m.edges.first[p.Edge+1]; i++ {
			from, to := p, m.targets.Place[m.edges.ms[i]]
			if m.q.Toward {
				from, to = to, from
			}
			d.row.Offer(m.edges.target[i], add(m.w.direct(from, to), m.sources.delay(source)), limit)
		}
	}
	m.rows[source] = d.row.Take()
	return nil
}
