// Package flow finds the largest flow in a network with real capacities, for
// package general: whom the capacities of a set of sites leave. The central type
// is [Network]; [Heap] serves shortest paths.
package flow

import "slices"

// Network is a flow network with real capacities, solved by layers (Dinic 1970).
// Arc a and its return a^1 stand side by side; the arcs out of node v are
// Head[v], Next of that and so on. The zero value is ready for [Network.Reset].
type Network struct {
	Head  []int32 // first arc of each node, -1 none
	Next  []int32
	To    []int32
	Room  []float64 // what an arc can still take; of a return, what was sent
	Level []int32   // after Run: -1 for nodes that no more can be sent to
	turn  []int32
	queue []int32
	Eps   float64 // less is nothing
}

// Reset empties the network for a number of nodes.
func (n *Network) Reset(nodes int, eps float64) {
	n.Head = slices.Grow(n.Head[:0], nodes)[:nodes]
	for v := range n.Head {
		n.Head[v] = -1
	}
	n.Level = slices.Grow(n.Level[:0], nodes)[:nodes]
	n.turn = slices.Grow(n.turn[:0], nodes)[:nodes]
	n.Next, n.To, n.Room, n.Eps = n.Next[:0], n.To[:0], n.Room[:0], eps
}

// Arc adds an arc and returns its number.
func (n *Network) Arc(from, to int32, room float64) int32 {
	a := int32(len(n.To))
	n.To = append(n.To, to, from)
	n.Room = append(n.Room, room, 0)
	n.Next = append(n.Next, n.Head[from], n.Head[to])
	n.Head[from], n.Head[to] = a, a+1
	return a
}

// Run sends all that it can from node s to node t, on top of what is sent, until
// stopped says that time is up. No arc out of s ever gives flow back.
func (n *Network) Run(s, t int32, stopped func() bool) {
	for !stopped() && n.layers(s, t) {
		copy(n.turn, n.Head)
		for !stopped() && n.push(s, t, -1) > 0 {
		}
	}
}

func (n *Network) layers(s, t int32) bool {
	for v := range n.Level {
		n.Level[v] = -1
	}
	n.Level[s] = 0
	n.queue = append(n.queue[:0], s)
	for at := 0; at < len(n.queue) && n.Level[t] < 0; at++ {
		v := n.queue[at]
		for a := n.Head[v]; a >= 0; a = n.Next[a] {
			if w := n.To[a]; n.Room[a] > n.Eps && n.Level[w] < 0 {
				n.Level[w] = n.Level[v] + 1
				n.queue = append(n.queue, w)
			}
		}
	}
	return n.Level[t] >= 0
}

// push sends up to most along one path (most < 0: no limit) and returns what went.
func (n *Network) push(v, t int32, most float64) float64 {
	if v == t {
		return most
	}
	for ; n.turn[v] >= 0; n.turn[v] = n.Next[n.turn[v]] {
		a := n.turn[v]
		if n.Room[a] <= n.Eps || n.Level[n.To[a]] != n.Level[v]+1 {
			continue
		}
		try := n.Room[a]
		if most >= 0 {
			try = min(try, most)
		}
		if got := n.push(n.To[a], t, try); got > 0 {
			n.Room[a] -= got
			n.Room[a^1] += got
			return got
		}
	}
	return 0
}
