package index

import (
	"math"
	"slices"

	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// Live is an R-tree over int32 ids with their bounds in longitude and latitude,
// for what is edited. A point is a bound without size. Bounds whose Min has a
// greater longitude than their Max cross the antimeridian, in what is stored as
// in what is asked. One id may stand at several places. The zero value is empty
// and ready to use.
//
// Many may read at once while none writes; [Live.Copy] is a write.
type Live struct {
	tree rtree.RTreeG[int32]
	size int
}

// Hit is an id at a distance in metres along the geodesic.
type Hit struct {
	ID     int32
	Metres float64
}

// Insert adds an id at a bound, and reports whether it could: a bound with a
// coordinate that is not finite, a latitude beyond 90, a longitude beyond 180 or
// its latitudes crossed is refused.
func (l *Live) Insert(id int32, at orb.Bound) bool {
	if !valid(at) {
		return false
	}
	for _, b := range unwrap(at) {
		l.tree.Insert(b.Min, b.Max, id)
	}
	l.size++
	return true
}

// Delete takes an id at exactly this bound out and reports whether it was there.
func (l *Live) Delete(id int32, at orb.Bound) bool {
	if !valid(at) {
		return false
	}
	before := l.tree.Len()
	for _, b := range unwrap(at) {
		l.tree.Delete(b.Min, b.Max, id)
	}
	if l.tree.Len() == before {
		return false
	}
	l.size--
	return true
}

// Len is the number of insertions that have not been deleted.
func (l *Live) Len() int { return l.size }

// Copy returns a tree with the same content. It costs next to nothing: the two
// share what neither changes afterwards.
func (l *Live) Copy() *Live {
	return &Live{tree: *l.tree.Copy(), size: l.size}
}

// Search returns the ids whose bound meets the given one, edges included, in id
// order, each once.
func (l *Live) Search(in orb.Bound) []int32 {
	var ids []int32
	if !valid(in) {
		return nil
	}
	for _, b := range unwrap(in) {
		l.tree.Search(b.Min, b.Max, func(_, _ [2]float64, id int32) bool {
			ids = append(ids, id)
			return true
		})
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Nearest returns the k nearest ids within radiusM metres (closed; +Inf for no
// limit), in order of distance, then id, each id once. The distance to a bound
// is that to its nearest place, 0 inside it; to a point it is the exact
// geodesic.
func (l *Live) Nearest(p orb.Point, k int, radiusM float64) []Hit {
	from := geodesy.ECEF(p)
	if k <= 0 || from.X != from.X {
		return nil
	}
	var hits []Hit
	seen := map[int32]bool{}
	l.tree.Nearby(
		func(lo, hi [2]float64, _ int32, item bool) float64 {
			if item {
				return boundMetres(p, from, orb.Bound{Min: lo, Max: hi})
			}
			return atLeast(p, orb.Bound{Min: lo, Max: hi})
		},
		func(_, _ [2]float64, id int32, metres float64) bool {
			// Equal distances come in any order: read on to the end of a tie.
			if metres > radiusM || len(hits) >= k && metres > hits[len(hits)-1].Metres {
				return false
			}
			if !seen[id] {
				seen[id] = true
				hits = append(hits, Hit{id, metres})
			}
			return true
		})
	slices.SortFunc(hits, compareHits)
	return hits[:min(k, len(hits))]
}

func compareHits(a, b Hit) int {
	switch {
	case a.Metres != b.Metres && a.Metres < b.Metres:
		return -1
	case a.Metres != b.Metres:
		return 1
	}
	return int(a.ID) - int(b.ID)
}

func valid(b orb.Bound) bool {
	for _, p := range [2]orb.Point{b.Min, b.Max} {
		if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
			return false
		}
	}
	return b.Min[1] <= b.Max[1]
}

// unwrap cuts a bound that crosses the antimeridian in two.
func unwrap(b orb.Bound) []orb.Bound {
	if b.Min[0] <= b.Max[0] {
		return []orb.Bound{b}
	}
	return []orb.Bound{
		{Min: b.Min, Max: orb.Point{180, b.Max[1]}},
		{Min: orb.Point{-180, b.Min[1]}, Max: b.Max},
	}
}
