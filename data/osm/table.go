package osm

import (
	"math"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/osm"
)

// nodeTable is the places of the nodes that are needed, by rank of their ids.
type nodeTable struct {
	id    []int64
	at    []orb.Point // NaN until found
	found int
}

// newNodeTable sorts the ids; it takes the slice.
func newNodeTable(ids []int64) *nodeTable {
	slices.Sort(ids)
	t := &nodeTable{id: slices.Clip(slices.Compact(ids))}
	t.at = make([]orb.Point, len(t.id))
	for i := range t.at {
		t.at[i][0] = math.NaN()
	}
	return t
}

// rank is the number of a node in the table.
func (t *nodeTable) rank(id int64) (int, bool) { return slices.BinarySearch(t.id, id) }

// has is for filters: it may be called from several goroutines.
func (t *nodeTable) has(n *osm.Node) bool {
	_, ok := t.rank(int64(n.ID))
	return ok
}

// put notes where a node is, the first time that it is met.
func (t *nodeTable) put(n *osm.Node) (rank int, first bool) {
	i, ok := t.rank(int64(n.ID))
	if !ok || t.known(i) || !(math.Abs(n.Lat) <= 90 && math.Abs(n.Lon) <= 180) {
		return i, false
	}
	t.at[i] = place(n)
	t.found++
	return i, true
}

func (t *nodeTable) known(rank int) bool { return !math.IsNaN(t.at[rank][0]) }

// place is where a node is, to the 1e-7 degree that a file holds: the decoder
// adds some noise.
func place(n *osm.Node) orb.Point {
	return orb.Point{math.Round(n.Lon*1e7) / 1e7, math.Round(n.Lat*1e7) / 1e7}
}
