package osm

import (
	"cmp"
	"maps"
	"slices"

	"lifecircle/coverage"
	"lifecircle/geo/network"
)

// filler puts what was collected into a builder.
type filler struct {
	*collector
	b       *network.Builder
	point   []uint32           // by rank
	ways    map[int64][]uint32 // the builder's ways of those that restrictions name
	service map[int64]int32    // of a route of ferries
}

func (c *collector) fill(b *network.Builder) {
	f := filler{c, b, make([]uint32, len(c.nodes.id)), map[int64][]uint32{}, map[int64]int32{}}
	for rank := range c.nodes.id {
		if c.nodes.known(rank) {
			f.point[rank], _ = b.Point(c.nodes.at[rank])
		}
	}
	for _, r := range c.relations {
		for _, m := range r.Members {
			f.ways[m.Ref] = nil
		}
	}
	for _, w := range c.ways {
		f.way(w)
	}
	for _, rank := range slices.Sorted(maps.Keys(c.barriers)) {
		b.Barrier(f.point[rank], c.barriers[rank])
		c.report.Barriers++
	}
	for _, rank := range slices.Sorted(maps.Keys(c.quays)) {
		b.Quay(f.point[rank])
	}
	for _, id := range slices.Sorted(maps.Keys(c.relations)) {
		f.restriction(c.relations[id])
	}
}

// way adds a way, cut where a node is missing.
func (f *filler) way(w rawWay) {
	var run []uint32
	missing := 0
	flush := func() {
		if len(run) > 1 {
			f.add(w, run, missing > 0)
		}
		run = run[:0]
	}
	for _, id := range w.refs {
		if rank, _ := f.nodes.rank(id); f.nodes.known(rank) {
			run = append(run, f.point[rank])
			continue
		}
		missing++
		flush()
	}
	flush()
	if missing > 0 {
		f.report.MissingNodes += missing
		if len(f.report.Examples) < coverage.MaxExamples {
			f.report.Examples = append(f.report.Examples, w.id)
		}
	}
}

// add adds a way without gaps. The sailing time of a ferry's line is lost when
// only a part of it is there.
func (f *filler) add(w rawWay, points []uint32, part bool) {
	if w.ferry == nil {
		f.report.Streets++
		n := f.b.Way(points, w.tags)
		if list, ok := f.ways[w.id]; ok {
			f.ways[w.id] = append(list, n)
		}
		return
	}
	sailS := w.ferry.sailS
	route, ok := f.routes[w.id]
	if sailS == 0 && ok && route.alone {
		sailS = route.boat.sailS
	}
	if part {
		sailS = 0
	}
	if sailS == 0 {
		f.report.FerriesNoTime++
	}
	f.report.Ferries++
	f.b.Sail(f.serviceOf(w, route, ok), points, w.tags, float64(sailS))
}

// serviceOf is the boats of a way: those of its route, or its own.
func (f *filler) serviceOf(w rawWay, r route, routed bool) int32 {
	boats := *w.ferry
	if routed {
		if n, ok := f.service[r.id]; ok {
			return n
		}
		boats.name = cmp.Or(r.boat.name, boats.name)
		boats.out = merged(r.boat.out, boats.out)
		boats.back = merged(r.boat.back, boats.back)
	}
	if boats.out.HeadwayS == 0 {
		f.report.FerriesNoHeadway++
	}
	n := f.b.Ferry(network.Ferry{Name: boats.name, Out: boats.out, Back: boats.back})
	if routed {
		f.service[r.id] = n
	}
	return n
}

// merged takes what a route says of its boats, and from its way what it does not.
func merged(route, way network.Timetable) network.Timetable {
	if route.HeadwayS > 0 {
		way.HeadwayS = route.HeadwayS
	}
	if route.LastS > 0 {
		way.FirstS, way.LastS = route.FirstS, route.LastS
	}
	return way
}
