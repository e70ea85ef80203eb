package roadnet

import (
	"math"
	"slices"

	"lifecircle/data/sample/sketch/plane"
)

// net is the roads of an island as they grow.
type net struct {
	*terrain
	Island
	roads   []Road
	on      map[int32]plane.XY // a place on a road by cell
	farness []float64          // km from the centre of a cell to the nearest road, +Inf beyond reachKM
}

const (
	reachKM  = 0.6  // how far from a road farness is known
	servedKM = 0.22 // houses that are nearer need no lane of their own
	besideKM = 0.02 // facilities stand that near to a road

	// What an existing road costs against new ground: to main roads, to links
	// between villages.
	takenByMain, takenByLink = 0.8, 0.5
)

func newNet(is Island) *net {
	n := &net{terrain: newTerrain(is.Coast, is.Spots), Island: is, on: map[int32]plane.XY{}}
	n.farness = make([]float64, len(n.shore))
	for c := range n.farness {
		n.farness[c] = math.Inf(1)
	}
	return n
}

// add takes a road and marks the cells that it touches and comes near to.
func (n *net) add(r Road) {
	n.roads = append(n.roads, r)
	const cells = int32(reachKM / cellKM)
	for _, p := range plane.Dense(r.Line, 0.015) {
		at := n.cellAt(p)
		if _, there := n.on[at]; !there {
			n.on[at] = p
		}
		col, row := at%n.cols, at/n.cols
		for y := max(0, row-cells); y <= min(n.rows-1, row+cells); y++ {
			for x := max(0, col-cells); x <= min(n.cols-1, col+cells); x++ {
				c := y*n.cols + x
				n.farness[c] = min(n.farness[c], n.centre(c).To(p))
			}
		}
	}
}

func (n *net) isRoad(c int32) bool { _, ok := n.on[c]; return ok }

// onLand is the cell of a place, or the land cell next to it that lies farthest
// from the sea.
func (n *net) onLand(p plane.XY) int32 {
	best := n.cellAt(p)
	for _, m := range moves {
		if c := n.cellAt(p.Add(float64(m[0])*cellKM, float64(m[1])*cellKM)); n.shore[best] < cellKM && n.shore[c] > n.shore[best] {
			best = c
		}
	}
	return best
}

// connect leads a road from the network to a place.
func (n *net) connect(to plane.XY, class Class, name string) {
	cells := n.way(n.onLand(to), n.isRoad, n.effort)
	if cells == nil {
		return
	}
	line := []plane.XY{to}
	for _, c := range cells[1:max(1, len(cells)-1)] {
		line = append(line, n.centre(c))
	}
	line = append(line, n.on[cells[len(cells)-1]])
	slices.Reverse(line)
	if line[0] != to {
		n.add(Road{Class: class, Name: name, Line: n.bend(line, class)})
	}
}

// through leads a road from place to place and takes existing roads on the way.
func (n *net) through(class Class, name string, taken float64, places ...plane.XY) {
	effort := func(c int32) float64 {
		if n.isRoad(c) {
			return taken
		}
		return n.effort(c)
	}
	for _, end := range [2]int{0, len(places) - 1} {
		if at, d := n.nearestRoad(places[end]); d < 0.2 {
			places[end] = at
		}
	}
	var cells []int32
	for i := 1; i < len(places); i++ {
		goal := n.onLand(places[i])
		leg := n.way(n.onLand(places[i-1]), func(c int32) bool { return c == goal }, effort)
		cells = append(cells[:max(0, len(cells)-1)], leg...)
	}
	for _, line := range n.newPieces(cells, [2]plane.XY{places[0], places[len(places)-1]}) {
		n.add(Road{Class: class, Name: name, Line: n.bend(line, class)})
	}
}

// newPieces cuts a way into the pieces that lead over new ground, each from
// road to road.
func (n *net) newPieces(cells []int32, ends [2]plane.XY) [][]plane.XY {
	var pieces [][]plane.XY
	place := func(k int) plane.XY {
		p, there := n.on[cells[k]]
		switch {
		case there:
			return p
		case k == 0:
			return ends[0]
		case k == len(cells)-1:
			return ends[1]
		}
		return n.centre(cells[k])
	}
	var line []plane.XY
	for k := range cells {
		line = append(line, place(k))
		if n.isRoad(cells[k]) || k == len(cells)-1 {
			if len(line) > 2 || len(line) == 2 && (!n.isRoad(cells[k]) || !n.isRoad(cells[k-1])) {
				pieces = append(pieces, line)
			}
			line = []plane.XY{place(k)}
		}
	}
	return pieces
}
