package general

import "slices"

// network is a flow network with real capacities, solved by layers (Dinic 1970).
// Arc a and its return a^1 stand side by side.
type network struct {
	head  []int32 // first arc of each node, -1 none
	next  []int32
	to    []int32
	room  []float64 // what an arc can still take
	level []int32
	turn  []int32
	queue []int32
	eps   float64 // less is nothing
}

func (n *network) reset(nodes int, eps float64) {
	n.head = slices.Grow(n.head[:0], nodes)[:nodes]
	for v := range n.head {
		n.head[v] = -1
	}
	n.level = slices.Grow(n.level[:0], nodes)[:nodes]
	n.turn = slices.Grow(n.turn[:0], nodes)[:nodes]
	n.next, n.to, n.room, n.eps = n.next[:0], n.to[:0], n.room[:0], eps
}

// arc adds an arc and returns its number.
func (n *network) arc(from, to int32, room float64) int32 {
	a := int32(len(n.to))
	n.to = append(n.to, to, from)
	n.room = append(n.room, room, 0)
	n.next = append(n.next, n.head[from], n.head[to])
	n.head[from], n.head[to] = a, a+1
	return a
}

// run sends all that it can from node s to node t, on top of what is sent, until
// stopped says that time is up. No arc out of s ever gives flow back.
func (n *network) run(s, t int32, stopped func() bool) {
	for !stopped() && n.layers(s, t) {
		copy(n.turn, n.head)
		for !stopped() && n.push(s, t, -1) > 0 {
		}
	}
}

func (n *network) layers(s, t int32) bool {
	for v := range n.level {
		n.level[v] = -1
	}
	n.level[s] = 0
	n.queue = append(n.queue[:0], s)
	for at := 0; at < len(n.queue) && n.level[t] < 0; at++ {
		v := n.queue[at]
		for a := n.head[v]; a >= 0; a = n.next[a] {
			if w := n.to[a]; n.room[a] > n.eps && n.level[w] < 0 {
				n.level[w] = n.level[v] + 1
				n.queue = append(n.queue, w)
			}
		}
	}
	return n.level[t] >= 0
}

// push sends up to most along one path (most < 0: no limit) and returns what went.
func (n *network) push(v, t int32, most float64) float64 {
	if v == t {
		return most
	}
	for ; n.turn[v] >= 0; n.turn[v] = n.next[n.turn[v]] {
		a := n.turn[v]
		if n.room[a] <= n.eps || n.level[n.to[a]] != n.level[v]+1 {
			continue
		}
		try := n.room[a]
		if most >= 0 {
			try = min(try, most)
		}
		if got := n.push(n.to[a], t, try); got > 0 {
			n.room[a] -= got
			n.room[a^1] += got
			return got
		}
	}
	return 0
}
