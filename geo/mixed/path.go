package mixed

import (
	"context"
	"fmt"
	"slices"

	"lifecircle/geo/network"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// Path and Step are those of roads alone; steps over the ground, and between it
// and streets, are of the kind search.Ground.
type (
	Path = search.Path
	Step = search.Step
)

// Path finds the path between one target, at a point, and its nearest source,
// in the direction of travel that the query says; anchors are where the sources
// are. The time is that of [World.Nearest]; among equally fast paths it is always
// the same one. False when there is none within the limit. Errors wrap
// [ErrPoints] or are ctx's.
func (w *World) Path(ctx context.Context, sources Sources, anchors []orb.Point, target Points, at orb.Point, q search.Query) (*Path, bool, error) {
	if err := w.checkBoth(sources, target); err != nil {
		return nil, false, err
	}
	if target.Len() != 1 || len(anchors) != sources.Len() {
		return nil, false, fmt.Errorf("%w: a path to %d targets, %d anchors of %d sources", ErrPoints, target.Len(), len(anchors), sources.Len())
	}
	s := w.searcher(q.Toward)
	goals := w.hooks(nil, target, 0, !q.Toward)
	if err := s.run(ctx, w.seeds(sources, q.Toward, everyNumber(sources.Len())...), limitOf(q), goals, nil); err != nil {
		return nil, false, err
	}
	t := tracer{w: w, s: s, sources: sources, target: target, toward: q.Toward}
	j := t.best(goals)
	if j.label>>32 > uint64(limitOf(q)) {
		return nil, false, nil
	}
	source := int(uint32(j.label))
	d := drawing{w: w, spots: map[uint32][]spot{}}
	d.MS, d.Source, d.DelayMS = uint32(j.label>>32), int32(source), sources.delay(source)
	if q.Toward {
		d.draw(j, at, anchors[source])
	} else {
		d.draw(j, anchors[source], at)
	}
	return &d.Path, true, nil
}

// end is where a journey starts or finishes: on the ground, or at a place.
type end struct {
	hook
	search.Place
}

// journey is a path as numbers of the search, in the order of travel; direct
// when it leads along one edge from place to place.
type journey struct {
	label         uint64
	start, finish end
	direct        bool
	ids, ms       []uint32 // ms[i] leads from ids[i] to the next
}

type tracer struct {
	w       *World
	s       *searcher
	sources Sources
	target  Points
	toward  bool
}

// best finds the best journey of the target: the first among equals.
func (t *tracer) best(goals []hook) journey {
	best, target := journey{label: unreached}, end{}
	for _, k := range goals {
		if l := t.s.label[k.id]; l != unreached && l+uint64(k.ms)<<32 < best.label {
			best.label, target = l+uint64(k.ms)<<32, t.endOf(t.target, 0, k)
		}
	}
	source := end{}
	beside := t.w.neighbours(t.sources, t.toward)
	for _, p := range t.target.places(0) {
		beside.each(p, func(o onEdge, ms uint32) {
			if l := uint64(ms)<<32 | uint64(o.source); l < best.label {
				best.label, best.direct, source, target = l, true, end{Place: o.place}, end{Place: p}
			}
		})
	}
	if best.label == unreached {
		return best
	}
	if !best.direct {
		source = t.trace(&best, target.id)
	}
	best.start, best.finish = source, target
	if t.toward {
		best.start, best.finish = target, source
	} else {
		slices.Reverse(best.ids)
		slices.Reverse(best.ms)
	}
	return best
}

func (t *tracer) endOf(p Points, i int, k hook) end {
	e := end{hook: k}
	if k.place >= 0 {
		e.Place = p.places(i)[k.place]
	}
	return e
}

// trace follows the labels from a number to the source, which it returns.
func (t *tracer) trace(j *journey, id uint32) end {
	source := int(uint32(j.label))
	roots := t.w.hooks(nil, t.sources.Points, source, t.toward)
	back := t.w.arcs(!t.toward)
	var list []network.Arc
	for {
		label := t.s.label[id]
		j.ids = append(j.ids, id)
		for _, k := range roots {
			if k.id == id && uint64(sum(k.ms, t.sources.delay(source))) == label>>32 {
				return t.endOf(t.sources.Points, source, k)
			}
		}
		list = back.from(list[:0], id)
		i := slices.IndexFunc(list, func(a network.Arc) bool { // one fits, or the label were not there
			l := t.s.label[a.To]
			return l != unreached && l+uint64(a.MS)<<32 == label
		})
		j.ms = append(j.ms, list[i].MS)
		id = list[i].To
	}
}
