package mixed

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"lifecircle/geo/crs"
	"lifecircle/geo/friction"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// stile is a place on a street where one steps to and from the ground.
type stile struct {
	edge  uint32
	cell  int32
	legMS uint32    // between the place and the cell's centre, the change included
	along [2]uint32 // time from the edge's first node, and to it going backward; Never when closed that way
}

// stiles are all stiles in order of their edges and along them.
type stiles struct {
	list  []stile
	first []uint32 // by edge
	cells cells
}

// on returns the stiles of an edge in order along it.
func (s *stiles) on(edge uint32) []stile { return s.list[s.first[edge]:s.first[edge+1]] }

// layer lays stiles.
type layer struct {
	ways     *search.Ways
	graph    *network.Graph
	ground   *friction.Surface
	steps    *friction.Steps
	system   crs.CRS
	noStep   []string
	changeMS float64
}

// spot is where a stile lies on its street.
type spot struct {
	stile
	piece  uint32
	share  float64 // along the piece
	metres float64 // to the centre
}

// stiles lays those of all streets.
func (l *layer) stiles(ctx context.Context) (stiles, error) {
	const block = 4096
	edges := l.graph.Edges()
	parts, counts := make([][]stile, (edges+block-1)/block), make([]uint32, edges)
	err := parallel(ctx, len(parts), func(b, _ int) error {
		for e := b * block; e < min((b+1)*block, edges); e++ {
			for _, s := range l.street(uint32(e)) {
				parts[b] = append(parts[b], s.stile)
				counts[e]++
			}
		}
		return nil
	})
	if err != nil {
		return stiles{}, err
	}
	s := stiles{list: slices.Concat(parts...), first: make([]uint32, 1, edges+1)}
	for e, n := range counts {
		s.first = append(s.first, s.first[e]+n)
	}
	s.cells = newCells(s.list, l.ground.Grid.Cells())
	return s, nil
}

// street lays the stiles of a street, in order along it.
func (l *layer) street(edge uint32) []spot {
	if !l.ways.Open(edge) || l.fenced(l.graph.Tags(edge)) {
		return nil
	}
	var list []spot
	line := l.vertices(edge)
	for _, shift := range l.turns(line) {
		for i := range line[1:] {
			list = l.piece(list, edge, uint32(i), l.onGrid(line[i], shift), l.onGrid(line[i+1], shift))
		}
	}
	slices.SortFunc(list, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.cell, b.cell), cmp.Compare(a.metres, b.metres), cmp.Compare(a.piece, b.piece), cmp.Compare(a.share, b.share))
	})
	list = slices.CompactFunc(list, func(a, b spot) bool { return a.cell == b.cell })
	list = slices.DeleteFunc(list, func(s spot) bool { return s.legMS == network.Never })
	slices.SortFunc(list, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.piece, b.piece), cmp.Compare(a.share, b.share), cmp.Compare(a.cell, b.cell))
	})
	return list
}

// vertices are those of a street, also where two lie in one place; longitudes
// run on past 180 degrees.
func (l *layer) vertices(edge uint32) orb.LineString {
	line := make(orb.LineString, len(l.graph.PiecesMM(edge))+1)
	for i := range line {
		line[i] = l.graph.Vertex(edge, uint32(i)).Point()
		if i > 0 && math.Abs(line[i][0]-line[i-1][0]) > 180 {
			line[i][0] += math.Copysign(360, line[i-1][0]-line[i][0])
		}
	}
	return line
}

// fenced reports whether a street has no stiles.
func (l *layer) fenced(t profile.Tags) bool {
	kind := t.Kind()
	return slices.ContainsFunc(l.noStep, func(s string) bool {
		if key, value, ok := strings.Cut(s, "="); ok {
			return t.Get(key) == value
		}
		v := t.Get(s)
		return s == kind || v != "" && v != "no"
	})
}

// turns are the turns of longitude in which a line may meet the grid.
func (l *layer) turns(line orb.LineString) []float64 {
	if !l.system.IsGeographic() {
		return []float64{0}
	}
	b, g := line.Bound(), l.ground.Grid
	var list []float64
	for turn := -1.0; turn <= 1; turn++ {
		const margin = 0.1 // degrees by which systems in use differ
		if west := g.X0 - 360*turn; b.Max[0] >= west-margin && b.Min[0] <= west+float64(g.Cols)*g.DX+margin {
			list = append(list, 360*turn)
		}
	}
	return list
}

// onGrid gives a place in the coordinates of the grid.
func (l *layer) onGrid(at orb.Point, shift float64) orb.Point {
	p := l.system.FromWGS84(at)
	return orb.Point{p[0] + shift, p[1]}
}

// piece adds the places of a piece of street, a to b on the grid, that are
// nearest to the centres of the open cells that it passes through.
func (l *layer) piece(list []spot, edge, piece uint32, a, b orb.Point) []spot {
	g := l.ground.Grid
	p, q := l.graph.Vertex(edge, piece), l.graph.Vertex(edge, piece+1)
	for _, cell := range friction.Line(g, []orb.Point{a, b}, friction.Four) {
		if !l.steps.Open(cell) {
			continue
		}
		centre := l.centre(cell)
		share, _ := e7.NearestOn(geodesy.NewFrame(centre), p, q)
		from, to := l.inside(a, b, cell)
		s := spot{stile: stile{edge: edge, cell: cell}, piece: piece, share: min(max(share, from), to)}
		s.metres = geodesy.Distance(centre, e7.Between(p, q, s.share))
		s.legMS = l.legMS(s.metres, cell)
		in := uint32(math.Round(s.share * float64(l.graph.PiecesMM(edge)[piece])))
		s.along[0], s.along[1] = l.ways.Along(edge, piece, in)
		for way := range 2 {
			if l.ways.MS(edge, way == 1) == network.Never {
				s.along[way] = network.Never
			}
		}
		list = append(list, s)
	}
	return list
}

// centre is the centre of a cell in degrees.
func (l *layer) centre(cell int32) orb.Point {
	x, y := l.ground.Grid.Centre(cell)
	return l.system.ToWGS84(orb.Point{x, y})
}

// legMS is the time to step over a distance within a cell, [network.Never] when it is too long.
func (l *layer) legMS(metres float64, cell int32) uint32 {
	ms := max(math.Ceil(metres*1000*float64(l.ground.Seconds[cell])), 1) + l.changeMS
	if !(ms <= network.MaxMS) {
		return network.Never
	}
	return uint32(ms)
}

// inside returns the shares of a piece between which it lies in a cell. A line
// along the rim, or through a corner, is inside as far as rounding can tell.
func (l *layer) inside(a, b orb.Point, cell int32) (from, to float64) {
	const rim = 1e-6 // of a cell, far more than rounding
	g := l.ground.Grid
	minX, minY, maxX, maxY := g.Bounds(cell)
	low := orb.Point{minX - rim*g.DX, minY - rim*g.DY}
	high := orb.Point{maxX + rim*g.DX, maxY + rim*g.DY}
	from, to = 0, 1
	for i := range 2 {
		if d := b[i] - a[i]; d != 0 {
			t, u := (low[i]-a[i])/d, (high[i]-a[i])/d
			from, to = max(from, min(t, u)), min(to, max(t, u))
		}
	}
	return from, max(from, to)
}
