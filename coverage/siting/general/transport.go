package general

import (
	"math"
	"slices"

	"lifecircle/coverage/siting/flow"
)

// transport turns the cheapest serving without capacities into the cheapest with
// them: what overfull sites have too much is moved along shortest paths over
// demands that can change their site. The pseudo-flow stays optimal for what is
// sent at every step.
type transport struct {
	x    *index
	at   []int     // where pair k of the list by site stands in the list by demand
	unit []float64 // cost of a unit of size, by pair of the list by demand
	sent []float64 // by pair of the list by demand
	isOn []bool
	left []float64 // capacity left of each site, below 0 when it has too much
	pot  []float64 // potential of each site: what a unit of its room is worth, negated
	dist []float64
	from []int32 // site that a site was reached from, -1: an overfull one
	via  [2][]int
	done []bool
	heap flow.Heap
	eps  float64
	flat float64 // a step this cheap is free: rounding must not send it by a detour

	// Pairs of the open sites: those of demand j are pair[first[j]:first[j+1]].
	first []int
	next  []int
	pair  []int
}

func newTransport(x *index) *transport {
	n := x.sites()
	t := &transport{
		x: x, at: make([]int, len(x.Site)), unit: make([]float64, len(x.Site)), sent: make([]float64, len(x.Site)),
		isOn: make([]bool, n), left: make([]float64, n), pot: make([]float64, n), dist: make([]float64, n),
		from: make([]int32, n), done: make([]bool, n), via: [2][]int{make([]int, n), make([]int, n)},
		eps: 1e-11 * x.total, first: make([]int, x.demands()+1), next: make([]int, x.demands()),
	}
	next := append([]int(nil), x.first...)
	for j := range x.demands() {
		for k := x.First[j]; k < x.First[j+1]; k++ {
			t.unit[k] = x.cost(k) / x.Size[j]
			t.flat = max(t.flat, 1e-12*t.unit[k])
			t.at[next[x.Site[k]]] = k
			next[x.Site[k]]++
		}
	}
	return t
}

// run returns the least cost of serving every demand, false when that cannot be,
// costs at least limit or stopped says that time is up.
func (t *transport) run(open []int32, limit float64, stopped func() bool) (float64, bool) {
	clear(t.isOn)
	clear(t.sent)
	for _, i := range open {
		t.isOn[i], t.left[i], t.pot[i] = true, t.x.Capacity[i], 0
	}
	t.gather(open)
	least, ok := t.nearest()
	if !ok || least >= limit || !t.settle(open, stopped) {
		return math.Inf(1), false
	}
	total := 0.0
	for _, k := range t.pair {
		if s := t.sent[k]; s > 0 {
			total += s * t.unit[k]
		}
	}
	return total, true
}

// gather lists the pairs of the open sites by demand.
func (t *transport) gather(open []int32) {
	x := t.x
	clear(t.first)
	for _, i := range open {
		for _, j := range x.demand[x.first[i]:x.first[i+1]] {
			t.first[j+1]++
		}
	}
	for j := range x.demands() {
		t.first[j+1] += t.first[j]
	}
	copy(t.next, t.first)
	t.pair = slices.Grow(t.pair[:0], t.first[x.demands()])[:t.first[x.demands()]]
	for _, i := range open {
		for k := x.first[i]; k < x.first[i+1]; k++ {
			j := x.demand[k]
			t.pair[t.next[j]] = t.at[k]
			t.next[j]++
		}
	}
}

// nearest sends every demand to its cheapest open site, whatever its capacity,
// and returns what that costs: no serving costs less.
func (t *transport) nearest() (float64, bool) {
	x, total := t.x, 0.0
	for j, w := range x.Size {
		best := -1
		for _, k := range t.pair[t.first[j]:t.first[j+1]] {
			if best < 0 || t.unit[k] < t.unit[best] {
				best = k
			}
		}
		if best < 0 {
			return 0, false
		}
		t.sent[best] = w
		t.left[x.Site[best]] -= w
		total += w * t.unit[best]
	}
	return total, true
}

// settle moves what is too much until no site has any; false when that cannot be.
func (t *transport) settle(open []int32, stopped func() bool) bool {
	for !stopped() {
		over := false
		for _, i := range open {
			over = over || t.left[i] < -Unseen*t.x.total
		}
		if !over {
			return true
		}
		end := t.search(open)
		if end < 0 {
			return false
		}
		t.move(end)
	}
	return false
}

// search runs Dijkstra from the overfull sites to the nearest site with room.
// Sites with room are all at the same, highest, potential: every search ends at
// the nearest of them and lifts all that is no nearer by the same.
func (t *transport) search(open []int32) int32 {
	t.heap = t.heap[:0]
	for _, i := range open {
		t.dist[i], t.from[i], t.done[i] = math.Inf(1), -1, false
		if t.left[i] < -Unseen*t.x.total {
			t.dist[i] = 0
			t.heap.Push(flow.At{Site: i})
		}
	}
	for len(t.heap) > 0 {
		top := t.heap.Pop()
		if t.done[top.Site] {
			continue
		}
		t.done[top.Site] = true
		if t.left[top.Site] > t.eps {
			for _, i := range open {
				t.pot[i] += min(t.dist[i], top.Dist)
			}
			return top.Site
		}
		t.relax(top.Site)
	}
	return -1
}

// relax looks at every demand that site a serves and every other open site of it.
func (t *transport) relax(a int32) {
	x := t.x
	for k := x.first[a]; k < x.first[a+1]; k++ {
		mine := t.at[k]
		if t.sent[mine] <= t.eps {
			continue
		}
		j := x.demand[k]
		for _, other := range t.pair[t.first[j]:t.first[j+1]] {
			b := x.Site[other]
			if t.done[b] {
				continue
			}
			step := t.unit[other] - t.unit[mine] + t.pot[a] - t.pot[b]
			if step <= t.flat {
				step = 0
			}
			d := t.dist[a] + step
			if d < t.dist[b] {
				t.dist[b], t.from[b] = d, a
				t.via[0][b], t.via[1][b] = mine, other
				t.heap.Push(flow.At{Dist: d, Site: b})
			}
		}
	}
}

// move sends as much as it can along the path that ends at a site with room.
func (t *transport) move(end int32) {
	amount, i := t.left[end], end
	for t.from[i] >= 0 {
		amount = min(amount, t.sent[t.via[0][i]])
		i = t.from[i]
	}
	amount = min(amount, -t.left[i])
	t.left[i] += amount
	t.left[end] -= amount
	for i = end; t.from[i] >= 0; i = t.from[i] {
		t.sent[t.via[0][i]] -= amount
		t.sent[t.via[1][i]] += amount
	}
}
