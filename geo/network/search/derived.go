package search

import "sync"

// derived is what searches need of targets besides their places: found at the
// first search and kept with them, since the same people are asked about again
// and again.
type derived struct {
	mu    sync.Mutex
	ways  *Ways
	hooks [2]*hooks // along and toward
	doors [2]*doors
	edges *doors
}

// keep returns what is kept in *slot, making it first where there is nothing yet.
// Targets asked over other ways than the first are not kept.
func keep[T any](p *Places, w *Ways, slot func(*derived) **T, make func() T) *T {
	d := &p.derived
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ways == nil {
		d.ways = w
	}
	if d.ways != w {
		v := make()
		return &v
	}
	kept := slot(d)
	if *kept == nil {
		v := make()
		*kept = &v
	}
	return *kept
}

// hooksOf are the hooks of targets in a direction of search.
func (w *Ways) hooksOf(targets *Places, toward bool) *hooks {
	return keep(targets, w, func(d *derived) **hooks { return &d.hooks[direction(toward)] },
		func() hooks { return w.hooks(targets, !toward) })
}

// doorsOf are the targets by the node where they may be entered.
func (w *Ways) doorsOf(targets *Places, toward bool) *doors {
	far := w.hooksOf(targets, toward)
	return keep(targets, w, func(d *derived) **doors { return &d.doors[direction(toward)] },
		func() doors { return newDoors(w.Nodes(), far) })
}

// edgesOf are the places of targets by edge.
func (w *Ways) edgesOf(targets *Places) *doors {
	return keep(targets, w, func(d *derived) **doors { return &d.edges },
		func() doors { return newDoorsByEdge(w.g.Edges(), targets) })
}
