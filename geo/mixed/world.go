package mixed

import (
	"context"
	"errors"
	"fmt"
	"math"

	"lifecircle/geo/crs"
	"lifecircle/geo/friction"
	"lifecircle/geo/network"
	"lifecircle/geo/network/search"
)

// ErrWorld is in the chain of errors about roads and ground that cannot be
// joined: a grid in a system that package crs does not know, or more nodes,
// stiles and cells together than 32 bits number.
var ErrWorld = errors.New("mixed: roads and ground cannot be joined")

// ErrPoints is in the chain of errors about points that are not in the world:
// cells beyond the grid, columns of different lengths.
var ErrPoints = errors.New("mixed: unusable points")

// Options say how the ground is walked and where one may step between it and the
// road. The zero value is 8 neighbours, no slope, and [NoStep].
type Options struct {
	Neighbours int             // 8 or 16, as in friction.Options; 0: 8
	Slope      *friction.Slope // nil: heights do not count
	CutCorners bool            // allow diagonal steps between two closed cells
	ChangeMS   uint32          // passes besides the walk each time that one steps between road and ground

	// NoStep lists the streets without stiles, which are left and entered at
	// their ends: by kind ("motorway"), by a key whose value is not "no"
	// ("tunnel"), or by key=value. nil: [NoStep]; empty: all have stiles.
	NoStep []string
}

// NoStep lists the streets without stiles unless [Options] says otherwise: those
// that are fenced off, and those above and below the ground. The graph must
// carry the keys tunnel and bridge for those to tell.
func NoStep() []string { return []string{"motorway", "motorway_link", "tunnel", "bridge"} }

// World is roads and ground joined, ready to be searched. It is immutable and
// safe for concurrent use as long as its surface does not change.
//
// A search numbers what it settles: first the nodes of the network, then two
// states a stile (stile<<1, +1 going backward), then the cells.
type World struct {
	ways   *search.Ways
	layer  *layer
	stiles stiles
	enter  doors              // streets with stiles by the nodes from which they are entered
	exit   doors              // by the nodes to which they lead
	steps  [2]*friction.Steps // from the cells, and toward them
	shift  uint               // a span of the queue is 1<<shift milliseconds

	states, cells uint32 // the numbers of the first state and of the first cell
	end           uint32 // the number after the last
}

// New joins roads and ground. It checks ctx every few thousand streets. Errors
// wrap [ErrWorld] or friction.ErrSurface, or are ctx's.
func New(ctx context.Context, ways *search.Ways, ground *friction.Surface, o Options) (*World, error) {
	w := &World{ways: ways}
	for i := range w.steps {
		var err error
		w.steps[i], err = friction.NewSteps(ground, friction.Options{
			Neighbours: o.Neighbours, Slope: o.Slope, CutCorners: o.CutCorners, Toward: i == 1,
		})
		if err != nil {
			return nil, err
		}
	}
	system, err := crs.Parse(ground.Grid.CRS)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWorld, err)
	}
	if o.NoStep == nil {
		o.NoStep = NoStep()
	}
	w.layer = &layer{ways: ways, graph: ways.Graph(), ground: ground, steps: w.steps[0], system: system, noStep: o.NoStep, changeMS: float64(o.ChangeMS)}
	if w.stiles, err = w.layer.stiles(ctx); err != nil {
		return nil, err
	}
	size := int64(ways.Nodes()) + 2*int64(len(w.stiles.list)) + ground.Grid.Cells()
	if size >= math.MaxUint32 {
		return nil, fmt.Errorf("%w: %d nodes, %d stiles and %d cells", ErrWorld, ways.Nodes(), len(w.stiles.list), ground.Grid.Cells())
	}
	w.states = uint32(ways.Nodes())
	w.cells = w.states + 2*uint32(len(w.stiles.list))
	w.end = uint32(size)
	w.enter, w.exit = w.newDoors(ways.ArriveVia), w.newDoors(ways.LeaveVia)
	w.shift = w.spanShift()
	return w, nil
}

// Stiles is the number of places where one may step between road and ground.
func (w *World) Stiles() int { return len(w.stiles.list) }

// Open reports whether a cell can be entered, and so joins the points in it to
// the ground; false beyond the grid.
func (w *World) Open(cell int32) bool {
	return cell >= 0 && uint32(cell) < w.end-w.cells && w.steps[0].Open(cell)
}

// doors join the ends of streets that have stiles with nodes of the network, in
// the direction of a ref (edge<<1, +1 backward).
type doors struct{ nodes, refs table } // nodes by ref, refs by node

// table is numbers by key: those of k are list[first[k]:first[k+1]].
type table struct{ first, list []uint32 }

func (t *table) of(key uint32) []uint32 { return t.list[t.first[key]:t.first[key+1]] }

// pair is a number under its key.
type pair struct{ key, number uint32 }

// newTable is a counting sort by key, in the order given within a key.
func newTable(keys int, pairs []pair) table {
	t := table{make([]uint32, keys+1), make([]uint32, len(pairs))}
	for _, p := range pairs {
		t.first[p.key+1]++
	}
	for k := range keys {
		t.first[k+1] += t.first[k]
	}
	at := append([]uint32(nil), t.first[:keys]...)
	for _, p := range pairs {
		t.list[at[p.key]] = p.number
		at[p.key]++
	}
	return t
}

func (w *World) newDoors(via func(edge uint32) []network.End) doors {
	var pairs []pair
	edges := w.ways.Graph().Edges()
	for e := range uint32(edges) {
		if len(w.stiles.on(e)) == 0 {
			continue
		}
		for _, end := range via(e) {
			pairs = append(pairs, pair{refOf(e, end.Backward), end.Node})
		}
	}
	d := doors{nodes: newTable(2*edges, pairs)}
	for i, p := range pairs {
		pairs[i] = pair{p.number, p.key}
	}
	d.refs = newTable(w.ways.Nodes(), pairs)
	return d
}

func refOf(edge uint32, backward bool) uint32 {
	if backward {
		return edge<<1 | 1
	}
	return edge << 1
}
