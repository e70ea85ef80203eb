// Package whatif keeps the worth of a set of open sites up to date while sites
// are added, closed and moved: quick enough to follow a pin that is dragged.
//
// It chooses nothing, and knows no capacities: who is served is decided by
// distance alone. The central type is [State]. A change costs the pairs of its
// site, times the open sites that reach the same demands; totals are added up
// anew for the blocks of demands that changed, in their order, so that they depend
// on the set of open sites only and not on how it came about.
package whatif

import (
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
)

// block is how many demands are summed at a time.
const block = 4096

// entry is an open site of a demand; next is the entry of the next nearest.
type entry struct {
	value float64
	site  int32
	next  int32 // -1: none
}

// column is a site that is not of the instance.
type column struct {
	demand []uint32
	value  []float64
}

// State is a set of open sites over an instance. It must not be used by two
// goroutines at once. The instance must not change meanwhile.
type State struct {
	in     *siting.Instance
	need   int
	head   []int32 // of each demand: its nearest entry, -1 none
	pool   []entry
	unused []int32
	open   map[int32]bool
	own    []column // of site in.Sites() + k
	sums   []Totals // by block
	dirty  []bool
	before map[uint32]float64 // since the last Mark
}

// Totals are sums over the demands of positive weight.
type Totals struct {
	Covered  float64 // weight within the threshold of enough open sites
	Travel   float64 // weight x distance to the nearest open site, of those that have one
	Farthest float64 // largest distance to the nearest open site
	Out      float64 // weight that no open site reaches
}

// New makes a state with the open sites of an instance. Only weights, distances,
// threshold and Cover of the instance are used; it must be valid.
func New(in *siting.Instance, open []int32) *State {
	blocks := (in.Demands() + block - 1) / block
	s := &State{
		in: in, need: max(1, in.Cover), head: make([]int32, in.Demands()), open: map[int32]bool{},
		sums: make([]Totals, blocks), dirty: make([]bool, blocks), before: map[uint32]float64{},
	}
	for j := range s.head {
		s.head[j] = -1
	}
	for b := range s.dirty {
		s.dirty[b] = true
	}
	for _, i := range open {
		s.Add(i)
	}
	s.Mark()
	return s
}

// Open lists the open sites, ascending.
func (s *State) Open() []int32 {
	list := make([]int32, 0, len(s.open))
	for i := range s.open {
		list = append(list, i)
	}
	slices.Sort(list)
	return list
}

// column returns the pairs of a site; false when there is no such site.
func (s *State) column(i int32) (demand []uint32, value []float64, ok bool) {
	n := int32(s.in.Sites())
	switch {
	case i < 0 || int(i) >= int(n)+len(s.own):
		return nil, nil, false
	case i >= n:
		return s.own[i-n].demand, s.own[i-n].value, true
	}
	d := &s.in.Distances
	return d.Demand[d.First[i]:d.First[i+1]], d.Value[d.First[i]:d.First[i+1]], true
}

// Add opens a site; it reports false when it is open or there is none.
func (s *State) Add(i int32) bool {
	demand, value, ok := s.column(i)
	if !ok || s.open[i] {
		return false
	}
	s.open[i] = true
	for k, j := range demand {
		s.touch(j)
		s.insert(j, entry{value: value[k], site: i})
	}
	return true
}

// Remove closes a site; it reports false when it is not open.
func (s *State) Remove(i int32) bool {
	if !s.open[i] {
		return false
	}
	delete(s.open, i)
	demand, _, _ := s.column(i)
	for _, j := range demand {
		s.touch(j)
		s.take(j, i)
	}
	return true
}

// Put opens a site that is not of the instance, with its own pairs (each demand
// once, distances finite and >= 0), and returns its number. The lists are kept.
func (s *State) Put(demand []uint32, value []float64) (int32, error) {
	if len(demand) != len(value) {
		return 0, &coverage.Error{Code: coverage.Invalid, Key: "siting.columns", Args: coverage.Args{"demand": len(demand), "value": len(value)}}
	}
	i := int32(s.in.Sites() + len(s.own))
	for k, j := range demand {
		switch {
		case int64(j) >= int64(len(s.head)):
			return 0, &coverage.Error{Code: coverage.Invalid, Key: "siting.demand", Args: coverage.Args{"site": i, "value": j, "demands": len(s.head)}}
		case !(value[k] >= 0) || math.IsInf(value[k], 0):
			return 0, &coverage.Error{Code: coverage.Invalid, Key: "siting.distance", Args: coverage.Args{"site": i, "demand": j, "value": value[k]}}
		}
	}
	s.own = append(s.own, column{demand, value})
	s.Add(i)
	return i, nil
}

// Move gives a site of Put other pairs: the next position of a dragged pin.
func (s *State) Move(i int32, demand []uint32, value []float64) (int32, error) {
	at := int(i) - s.in.Sites()
	if at < 0 || at >= len(s.own) {
		return 0, &coverage.Error{Code: coverage.NotFound, Key: "siting.site", Args: coverage.Args{"list": "move", "value": i, "sites": s.in.Sites() + len(s.own)}}
	}
	next, err := s.Put(demand, value)
	if err != nil {
		return 0, err
	}
	s.Remove(next)
	s.Remove(i)
	s.own[at] = s.own[len(s.own)-1]
	s.own = s.own[:len(s.own)-1]
	s.Add(i)
	return i, nil
}

// touch remembers how a demand stood at the last Mark.
func (s *State) touch(j uint32) {
	s.dirty[j/block] = true
	if _, seen := s.before[j]; !seen {
		s.before[j] = s.distance(j)
	}
}

// insert puts an entry into the list of a demand, by distance, then site.
func (s *State) insert(j uint32, e entry) {
	at := &s.head[j]
	for *at >= 0 && (s.pool[*at].value < e.value || s.pool[*at].value == e.value && s.pool[*at].site < e.site) {
		at = &s.pool[*at].next
	}
	e.next = *at
	if n := len(s.unused); n > 0 {
		k := s.unused[n-1]
		s.unused = s.unused[:n-1]
		s.pool[k] = e
		*at = k
		return
	}
	*at = int32(len(s.pool)) // before the pool may move
	s.pool = append(s.pool, e)
}

// take removes the entry of a site.
func (s *State) take(j uint32, i int32) {
	at := &s.head[j]
	for *at >= 0 && s.pool[*at].site != i {
		at = &s.pool[*at].next
	}
	if k := *at; k >= 0 {
		*at = s.pool[k].next
		s.unused = append(s.unused, k)
	}
}

// distance is that of the site which makes a demand count: the nearest, or with
// a backup the second nearest; +Inf without one.
func (s *State) distance(j uint32) float64 {
	k := s.head[j]
	for n := 1; n < s.need && k >= 0; n++ {
		k = s.pool[k].next
	}
	if k < 0 {
		return math.Inf(1)
	}
	return s.pool[k].value
}

// Nearest returns the nearest open site of a demand and its distance, of equal
// ones the first in number; -1 and +Inf when there is none.
func (s *State) Nearest(j int) (site int32, distance float64) {
	if k := s.head[j]; k >= 0 {
		return s.pool[k].site, s.pool[k].value
	}
	return -1, math.Inf(1)
}

// Totals returns the sums for the open sites.
func (s *State) Totals() Totals {
	var t Totals
	for b := range s.sums {
		if s.dirty[b] {
			s.sums[b], s.dirty[b] = s.sum(b), false
		}
		x := &s.sums[b]
		t.Covered += x.Covered
		t.Travel += x.Travel
		t.Out += x.Out
		t.Farthest = max(t.Farthest, x.Farthest)
	}
	return t
}

func (s *State) sum(b int) Totals {
	var t Totals
	for j := b * block; j < min((b+1)*block, len(s.head)); j++ {
		w := s.in.Weights[j]
		if w == 0 {
			continue
		}
		_, near := s.Nearest(j)
		if math.IsInf(near, 1) {
			t.Out += w
			continue
		}
		t.Travel += w * near
		t.Farthest = max(t.Farthest, near)
		if s.distance(uint32(j)) <= s.in.Threshold {
			t.Covered += w
		}
	}
	return t
}

// Change is a demand of positive weight whose deciding distance (of the nearest
// open site, or of the second nearest with a backup) is another; +Inf for none.
type Change struct {
	Demand        uint32
	Before, After float64
}

// Mark starts a new list of changes.
func (s *State) Mark() { clear(s.before) }

// Changes lists what has changed since the last Mark, by demand.
func (s *State) Changes() []Change {
	var list []Change
	for j, before := range s.before {
		if after := s.distance(j); after != before && s.in.Weights[j] > 0 {
			list = append(list, Change{j, before, after})
		}
	}
	slices.SortFunc(list, func(a, b Change) int { return int(a.Demand) - int(b.Demand) })
	return list
}
