package flow

import (
	"testing"

	"pgregory.net/rapid"
)

// The largest flow is the least cut, found by looking at every set of nodes.
func TestRunAgainstEveryCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := rapid.IntRange(2, 7).Draw(t, "nodes")
		sink := int32(nodes - 1)
		var n Network
		n.Reset(nodes, 1e-9)
		type arc struct{ from, to, room int }
		var arcs []arc
		var out []int32 // of the source
		for range rapid.IntRange(0, 12).Draw(t, "arcs") {
			// Nothing flows back into the source.
			a := arc{rapid.IntRange(0, nodes-1).Draw(t, "from"), rapid.IntRange(1, nodes-1).Draw(t, "to"), rapid.IntRange(0, 9).Draw(t, "room")}
			if a.from == a.to {
				continue
			}
			k := n.Arc(int32(a.from), int32(a.to), float64(a.room))
			if arcs = append(arcs, a); a.from == 0 {
				out = append(out, k)
			}
		}
		n.Run(0, sink, func() bool { return false })
		sent, least := 0.0, 1<<30
		for _, k := range out {
			sent += n.Room[k^1]
		}
		for set := 1; set < 1<<(nodes-1); set += 2 { // with the source, without the sink
			cut := 0
			for _, a := range arcs {
				if set>>a.from&1 == 1 && set>>a.to&1 == 0 {
					cut += a.room
				}
			}
			least = min(least, cut)
		}
		if sent != float64(least) {
			t.Fatalf("%v sent, the least cut is %d", sent, least)
		}
	})
}
