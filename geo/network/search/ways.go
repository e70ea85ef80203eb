package search

import (
	"sync"

	"lifecircle/geo/network"
)

// Ways are weights ready to be searched, with what searches share: the index of
// the streets and the pieces of the network, both made when first needed, and
// searchers at rest. It is safe for concurrent use.
type Ways struct {
	*network.Weights
	g       *network.Graph
	longest uint32       // of all arcs
	shift   uint         // of the buckets
	resting [2]sync.Pool // searchers, along and toward
	tree    func() *tree
	pieces  func() *components
}

// Over makes weights ready to be searched.
func Over(weights *network.Weights) *Ways {
	w := &Ways{Weights: weights, g: weights.Graph()}
	arcs := weights.Star(false).Arcs
	sample := make([]uint32, 0, 4096)
	for i, a := range arcs {
		w.longest = max(w.longest, a.MS)
		if i%(len(arcs)/4096+1) == 0 {
			sample = append(sample, a.MS)
		}
	}
	w.shift = bucketShift(sample, w.longest)
	w.tree = sync.OnceValue(func() *tree { return newTree(w) })
	w.pieces = sync.OnceValue(func() *components { return newComponents(w) })
	return w
}
