package index

import (
	"math"
	"slices"

	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
)

// NearestChord returns the slot whose point has the shortest straight chord
// (through the Earth) to v and the chord's length in metres; -1 and +Inf for an
// empty tree. Equal chords go to any of them.
func (t *Packed) NearestChord(v geodesy.Vec) (slot int32, chord float64) {
	s := nearestSearch{t: t, v: v, best: -1, best2: math.Inf(1)}
	if len(t.at) > 0 && v.X == v.X {
		s.visit(0, 0, len(t.at))
	}
	return s.best, math.Sqrt(s.best2)
}

type nearestSearch struct {
	t     *Packed
	v     geodesy.Vec
	best  int32
	best2 float64
}

func (s *nearestSearch) visit(node, lo, hi int) {
	if 2*node+2 >= len(s.t.nodes) {
		for i := lo; i < hi; i++ {
			d := s.t.at[i].Sub(s.v)
			if d2 := d.Dot(d); d2 < s.best2 {
				s.best, s.best2 = int32(i), d2
			}
		}
		return
	}
	mid := (lo + hi) / 2
	l, r := s.t.nodes[2*node+1].near2(&s.v), s.t.nodes[2*node+2].near2(&s.v)
	if l <= r {
		if l < s.best2 {
			s.visit(2*node+1, lo, mid)
		}
		if r < s.best2 {
			s.visit(2*node+2, mid, hi)
		}
		return
	}
	if r < s.best2 {
		s.visit(2*node+2, mid, hi)
	}
	if l < s.best2 {
		s.visit(2*node+1, lo, mid)
	}
}

// Shell sorts the points by their chord to v, in metres: it counts those of at
// most inner, and appends the slots of those over inner and at most outer to
// dst, in slot order. A negative inner counts none. Every point that is counted
// adds its weight, or 1 when weight is nil; weight is by prefix: slot s adds
// weight[s+1]-weight[s].
func (t *Packed) Shell(v geodesy.Vec, inner, outer float64, weight []int64, dst []int32) (int64, []int32) {
	s := shellSearch{t: t, v: v, inner2: inner * inner, outer2: outer * outer, weight: weight, dst: dst}
	if inner < 0 {
		s.inner2 = -1
	}
	if len(t.at) > 0 && outer >= 0 && v.X == v.X {
		s.visit(0, 0, len(t.at))
	}
	return s.count, s.dst
}

type shellSearch struct {
	t              *Packed
	v              geodesy.Vec
	inner2, outer2 float64
	weight         []int64
	count          int64
	dst            []int32
}

func (s *shellSearch) add(lo, hi int) {
	if s.weight != nil {
		s.count += s.weight[hi] - s.weight[lo]
		return
	}
	s.count += int64(hi - lo)
}

func (s *shellSearch) visit(node, lo, hi int) {
	b := &s.t.nodes[node]
	if b.near2(&s.v) > s.outer2 || lo == hi {
		return
	}
	if b.far2(&s.v) <= s.inner2 {
		s.add(lo, hi)
		return
	}
	if 2*node+2 < len(s.t.nodes) {
		mid := (lo + hi) / 2
		s.visit(2*node+1, lo, mid)
		s.visit(2*node+2, mid, hi)
		return
	}
	for i := lo; i < hi; i++ {
		d := s.t.at[i].Sub(s.v)
		switch d2 := d.Dot(d); {
		case d2 <= s.inner2:
			s.add(i, i+1)
		case d2 <= s.outer2:
			s.dst = append(s.dst, int32(i))
		}
	}
}

// Nearest returns the point nearest to p along the geodesic and its distance in
// metres; the lowest id among equals; -1 and +Inf when there is none.
func (t *Packed) Nearest(p orb.Point) (id int32, metres float64) {
	v := geodesy.ECEF(p)
	id, metres = -1, math.Inf(1)
	_, chord := t.NearestChord(v)
	if math.IsInf(chord, 1) {
		return id, metres
	}
	_, slots := t.Shell(v, -1, geodesy.Rival(chord), nil, nil)
	for _, s := range slots {
		m := geodesy.Metres(v, t.at[s])
		if m < metres || m == metres && t.id[s] < id {
			id, metres = t.id[s], m
		}
	}
	return id, metres
}

// Within returns the ids of the points whose geodesic distance from p is at
// most radiusM, in id order.
func (t *Packed) Within(p orb.Point, radiusM float64) []int32 {
	v := geodesy.ECEF(p)
	inside, outside := geodesy.ChordRange(radiusM)
	_, slots := t.Shell(v, -1, outside, nil, nil)
	ids := make([]int32, 0, len(slots))
	for _, s := range slots {
		d := t.at[s].Sub(v)
		if math.Sqrt(d.Dot(d)) <= inside || geodesy.Metres(v, t.at[s]) <= radiusM {
			ids = append(ids, t.id[s])
		}
	}
	slices.Sort(ids)
	return ids
}
