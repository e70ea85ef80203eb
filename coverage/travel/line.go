package travel

import (
	"math"
	"sync"

	"lifecircle/coverage"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/index"

	"github.com/paulmach/orb"
)

// Points are places with their landmass. Land is as long as At, or nil to
// switch the landmass rule off. DelayMS is the time that passes at each besides
// the journey, or nil; straight lines take no heed of it. Where borders count,
// Ward says of each row of the demand on which side of them it lies and Users of
// each facility whose people may use it; a way to travel heeds them when package
// mode is asked to, and so does [Straight].
type Points struct {
	At      []orb.Point
	Land    []int32
	DelayMS []uint32
	Ward    []int32
	Users   []Users
}

// Of is the points with some numbers.
func (p Points) Of(numbers []int32) Points {
	return Points{pick(p.At, numbers), pick(p.Land, numbers), pick(p.DelayMS, numbers), pick(p.Ward, numbers), pick(p.Users, numbers)}
}

// pick is nil of a column that is nil.
func pick[T any](column []T, numbers []int32) []T {
	if column == nil {
		return nil
	}
	out := make([]T, len(numbers))
	for k, i := range numbers {
		out[k] = column[i]
	}
	return out
}

// Part is the points from lo to hi, hi excluded.
func (p Points) Part(lo, hi int) Points {
	return Points{part(p.At, lo, hi), part(p.Land, lo, hi), part(p.DelayMS, lo, hi), part(p.Ward, lo, hi), part(p.Users, lo, hi)}
}

func part[T any](column []T, lo, hi int) []T {
	if column == nil {
		return nil
	}
	return column[lo:hi]
}

// Nearest are columns as long as the demand.
type Nearest struct {
	Metres   []float64 // geodesic to the nearest facility, +Inf when there is none
	Facility []int32   // index into the facilities, -1 when there is none
}

// Line is the straight-line impedance to a set of facilities. It is immutable
// and safe for concurrent use; the index is built at the first question.
type Line struct {
	facilities Points
	whole      func() *tree           // over everything
	byLand     func() map[int32]*tree // by landmass
}

// tree is the index over the facilities of one landmass, places that several
// share taken once.
type tree struct {
	packed *index.Packed
	first  []int32 // lowest facility at the place, by slot
	weight []int64 // facilities in slots before this one: prefix sums, by slot
}

// NewLine takes the facilities; their columns must not change afterwards. A
// facility whose place is not finite or whose latitude is beyond 90 degrees
// serves nobody.
func NewLine(facilities Points) *Line {
	l := &Line{facilities: facilities}
	l.whole = sync.OnceValue(func() *tree {
		all := make([]int32, len(facilities.At))
		for i := range all {
			all[i] = int32(i)
		}
		return newTree(facilities.At, all)
	})
	l.byLand = sync.OnceValue(func() map[int32]*tree {
		members := map[int32][]int32{}
		for i, land := range facilities.Land {
			if land >= 0 {
				members[land] = append(members[land], int32(i))
			}
		}
		trees := make(map[int32]*tree, len(members))
		for land, ids := range members {
			trees[land] = newTree(facilities.At, ids)
		}
		return trees
	})
	return l
}

// newTree indexes the facilities with the given ids, which ascend.
func newTree(at []orb.Point, ids []int32) *tree {
	places, first, count := distinct(at, ids)
	t := &tree{packed: index.NewPacked(places)}
	n := t.packed.Len()
	t.first, t.weight = make([]int32, n), make([]int64, n+1)
	for s := range n {
		place := t.packed.ID(int32(s))
		t.first[s] = first[place]
		t.weight[s+1] = t.weight[s] + int64(count[place])
	}
	return t
}

// distinct returns the places of facilities, each once, with the lowest
// facility and the number of facilities there (a hash table by open addressing).
func distinct(at []orb.Point, ids []int32) (places []geodesy.Vec, first, count []int32) {
	size := 16
	for size < 2*len(ids) {
		size *= 2
	}
	table := make([]int32, size) // place + 1
	for _, id := range ids {
		v := geodesy.ECEF(at[id])
		v = geodesy.Vec{X: v.X + 0, Y: v.Y + 0, Z: v.Z + 0} // one zero, not two
		h := hash(v) & uint64(size-1)
		for table[h] != 0 && places[table[h]-1] != v {
			h = (h + 1) & uint64(size-1)
		}
		if table[h] == 0 && v == v { // NaN is nowhere
			places, first, count = append(places, v), append(first, id), append(count, 0)
			table[h] = int32(len(places))
		}
		if table[h] != 0 {
			count[table[h]-1]++
		}
	}
	return places, first, count
}

func hash(v geodesy.Vec) uint64 {
	const m = 0x9e3779b97f4a7c15
	h := math.Float64bits(v.X) * m
	h = (h ^ h>>29 ^ math.Float64bits(v.Y)) * m
	h = (h ^ h>>29 ^ math.Float64bits(v.Z)) * m
	return h ^ h>>32
}

// ruled reports whether the landmass rule is on for a demand set.
func (l *Line) ruled(demand Points) bool {
	return l.facilities.Land != nil && demand.Land != nil
}

// treeFor returns the index that serves a landmass, nil when there is none.
func (l *Line) treeFor(land int32, ruled bool) *tree {
	if !ruled {
		return l.whole()
	}
	return l.byLand()[land]
}

// check refuses columns of different lengths.
func (l *Line) check(demand Points) error {
	for _, p := range []Points{l.facilities, demand} {
		if p.Land != nil && len(p.Land) != len(p.At) {
			return columnError("land", len(p.Land), len(p.At))
		}
		if len(p.At) > math.MaxInt32 {
			return columnError("at", len(p.At), math.MaxInt32)
		}
	}
	return nil
}

func columnError(column string, has, wants int) error {
	return &coverage.Error{
		Code: coverage.Internal, Key: "travel.columns",
		Args: coverage.Args{"column": column, "has": has, "wants": wants},
	}
}
