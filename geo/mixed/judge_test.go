package mixed

import (
	"container/heap"
	"math"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// The slow obvious form: a plain Dijkstra with container/heap, one a source, over
// a graph written down arc by arc. Streets are nodes by direction, so that a turn
// is a pair of streets; a place on a street is joined to everything ahead and
// behind by itself; steps over the ground are worked out from the words of the
// documentation. It shares with the fast form the times of streets and of parts
// of streets, the stiles, and the arcs of boats.

// vertex is a node of the judge's graph.
type vertex struct {
	kind byte // 'c' cell, 's' start of a street, 'e' its end, 't' stile, 'q' landed or afloat, 'p' a source or target
	a, b uint32
}

type slowArc struct {
	to int
	ms uint64
}

type judge struct {
	w       *World
	o       Options
	turns   []turn // those that hold
	number  map[vertex]int
	arcs    [][]slowArc
	reverse bool // against the journey
}

// turn is a turn restriction: streets are edge<<1, +1 when taken backward.
type turn struct {
	from, to uint32
	only     bool
}

func (j *judge) node(v vertex) int {
	n, ok := j.number[v]
	if !ok {
		n = len(j.arcs)
		j.number[v] = n
		j.arcs = append(j.arcs, nil)
	}
	return n
}

// join adds an arc in the direction of travel.
func (j *judge) join(from, to vertex, ms uint64) {
	u, v := j.node(from), j.node(to)
	if j.reverse {
		u, v = v, u
	}
	j.arcs[u] = append(j.arcs[u], slowArc{v, ms})
}

func (j *judge) head(ref uint32) uint32 {
	from, to := j.w.ways.Graph().Ends(ref >> 1)
	if ref&1 == 1 {
		return from
	}
	return to
}

func (j *judge) openRefs() (refs []uint32) {
	for ref := range uint32(2 * j.w.ways.Graph().Edges()) {
		if j.w.ways.MS(ref>>1, ref&1 == 1) != network.Never {
			refs = append(refs, ref)
		}
	}
	return refs
}

// follows reports whether street b may be taken after street a.
func (j *judge) follows(a, b uint32) bool {
	if j.head(a) != j.head(b^1) || j.w.ways.Blocked(j.head(a)) {
		return false
	}
	only, allowed := false, false
	for _, t := range j.turns {
		if t.from != a {
			continue
		}
		if t.only {
			only = true
			allowed = allowed || t.to == b
		} else if t.to == b {
			return false
		}
	}
	return !only || allowed
}

// build writes down everything but the points.
func (j *judge) build() {
	j.number = map[vertex]int{}
	refs := j.openRefs()
	for _, a := range refs {
		for _, b := range refs {
			if j.follows(a, b) {
				j.join(vertex{'e', a, 0}, vertex{'s', b, 0}, 0)
			}
		}
		j.street(a)
	}
	j.boats(refs)
	j.grass()
}

// street joins the start of a street, its stiles and its end, and the stiles with
// their cells.
func (j *judge) street(ref uint32) {
	whole := uint64(j.w.ways.MS(ref>>1, ref&1 == 1))
	last, passed := vertex{'s', ref, 0}, uint64(0)
	list := j.ahead(ref)
	for _, k := range list {
		s := j.w.stiles.list[k]
		now := j.after(ref, s.along[ref&1])
		v := vertex{'t', k, ref}
		j.join(last, v, now-passed)
		j.join(v, vertex{'c', uint32(s.cell), 0}, uint64(s.legMS))
		j.join(vertex{'c', uint32(s.cell), 0}, v, uint64(s.legMS))
		last, passed = v, now
	}
	j.join(last, vertex{'e', ref, 0}, whole-passed)
}

// ahead lists the stiles of a street in the order in which one meets them.
func (j *judge) ahead(ref uint32) (list []uint32) {
	for k, s := range j.w.stiles.list {
		if s.edge == ref>>1 {
			list = append(list, uint32(k))
		}
	}
	if ref&1 == 1 {
		for a, b := 0, len(list)-1; a < b; a, b = a+1, b-1 {
			list[a], list[b] = list[b], list[a]
		}
	}
	return list
}

// after is the time from the start of a street to a place on it.
func (j *judge) after(ref, along uint32) uint64 {
	if ref&1 == 1 {
		return uint64(j.w.ways.MS(ref>>1, true) - along)
	}
	return uint64(along)
}

// boats adds boarding and sailing as the weights have them.
func (j *judge) boats(refs []uint32) {
	net, land := j.w.ways.Star(false), uint32(j.w.ways.Graph().Nodes())
	for v := range uint32(j.w.ways.Nodes()) {
		for i := net.First[v]; i < net.First[v+1]; i++ {
			ref := net.Ref[i]
			board := ref >= network.Boards
			if !board && j.w.ways.Open(ref>>1) || board && v >= land {
				continue // a street, or a boat boarded after a turn: the same boat
			}
			j.join(vertex{'q', v, 0}, vertex{'q', net.Arcs[i].To, 0}, uint64(net.Arcs[i].MS))
			for _, a := range refs {
				if board && j.head(a) == v {
					j.join(vertex{'e', a, 0}, vertex{'q', net.Arcs[i].To, 0}, uint64(net.Arcs[i].MS))
				}
			}
		}
		for _, b := range refs {
			if v < land && j.head(b^1) == v && !j.w.ways.Blocked(v) {
				j.join(vertex{'q', v, 0}, vertex{'s', b, 0}, 0)
			}
		}
	}
}

func (j *judge) pace(row, col int) float64 {
	s := j.w.layer.ground
	if row < 0 || col < 0 || row >= int(s.Grid.Rows) || col >= int(s.Grid.Cols) {
		return math.Inf(1)
	}
	if f := float64(s.Seconds[row*int(s.Grid.Cols)+col]); !math.IsNaN(f) {
		return f
	}
	return math.Inf(1)
}

// grass adds the steps over the ground.
func (j *judge) grass() {
	s := j.w.layer.ground
	cols := int(s.Grid.Cols)
	for r := range int(s.Grid.Rows) {
		for c := range cols {
			for dr := -2; dr <= 2; dr++ {
				for dc := -2; dc <= 2; dc++ {
					if ms, ok := j.step(r, c, dr, dc); ok && ms <= network.MaxMS {
						j.join(vertex{'c', uint32(r*cols + c), 0}, vertex{'c', uint32((r+dr)*cols + c + dc), 0}, ms)
					}
				}
			}
		}
	}
}

// step is the time from a cell to another one, false when it cannot be taken.
func (j *judge) step(r, c, dr, dc int) (uint64, bool) {
	far := dr*dr + dc*dc
	if far == 0 || far == 4 || far == 8 || far == 5 && j.o.Neighbours != 16 {
		return 0, false
	}
	cells := [][2]int{{r, c}, {r + dr, c + dc}}
	switch far {
	case 5:
		if dr*dr == 4 {
			cells = append(cells, [2]int{r + dr/2, c}, [2]int{r + dr/2, c + dc})
		} else {
			cells = append(cells, [2]int{r, c + dc/2}, [2]int{r + dr, c + dc/2})
		}
	case 2:
		if !j.o.CutCorners && math.IsInf(j.pace(r+dr, c), 1) && math.IsInf(j.pace(r, c+dc), 1) {
			return 0, false
		}
	}
	s := j.w.layer.ground
	height := func(k [2]int) float64 { return float64(s.Heights[k[0]*int(s.Grid.Cols)+k[1]]) }
	sum, metres, factor := 0.0, j.metres(r, c, r+dr, c+dc), 1.0
	for _, k := range cells {
		if math.IsInf(j.pace(k[0], k[1]), 1) {
			return 0, false
		}
	}
	if s.Heights != nil {
		factor = j.o.Slope.Factor((height(cells[1]) - height(cells[0])) / metres)
	}
	for _, k := range cells {
		if s.Level != nil && s.Level[k[0]*int(s.Grid.Cols)+k[1]] {
			sum += j.pace(k[0], k[1])
		} else {
			sum += j.pace(k[0], k[1]) * factor
		}
	}
	return uint64(max(math.Floor(sum*(1000*metres/float64(len(cells)))+0.5), 1)), true
}

func (j *judge) metres(r, c, r2, c2 int) float64 {
	g := j.w.layer.ground.Grid
	if g.CRS != "EPSG:4326" {
		return math.Hypot(float64(c2-c)*g.DX, float64(r2-r)*g.DY)
	}
	at := func(r, c int) orb.Point {
		return orb.Point{g.X0 + (float64(c)+0.5)*g.DX, g.Y0 - (float64(r)+0.5)*g.DY}
	}
	return geodesy.Distance(at(r, c), at(r2, c2))
}

// point joins a point that one leaves or (arrive) comes to.
func (j *judge) point(v vertex, p Points, i int, arrive bool) {
	join := func(from, to vertex, ms uint64) {
		if arrive {
			from, to = to, from
		}
		j.join(from, to, ms)
	}
	if p.Cell != nil && p.Cell[i] >= 0 && !math.IsInf(j.pace(int(p.Cell[i]/j.w.layer.ground.Grid.Cols), int(p.Cell[i]%j.w.layer.ground.Grid.Cols)), 1) {
		join(v, vertex{'c', uint32(p.Cell[i]), 0}, 0)
	}
	for _, place := range p.places(i) {
		forward, backward := place.Along()
		for _, ref := range j.openRefs() {
			if ref>>1 != place.Edge {
				continue
			}
			here := j.after(ref, [2]uint32{forward, backward}[ref&1])
			leg, whole := uint64(place.LegMS), uint64(j.w.ways.MS(ref>>1, ref&1 == 1))
			if arrive {
				join(v, vertex{'s', ref, 0}, leg+here)
			} else {
				join(v, vertex{'e', ref, 0}, leg+whole-here)
			}
			for _, k := range j.ahead(ref) {
				there := j.after(ref, j.w.stiles.list[k].along[ref&1])
				if arrive && there <= here {
					join(v, vertex{'t', k, ref}, leg+here-there)
				}
				if !arrive && there >= here {
					join(v, vertex{'t', k, ref}, leg+there-here)
				}
			}
		}
	}
}

// times are those between each source and each target, delays included.
func (j *judge) times(sources Sources, targets Points) [][]uint64 {
	j.build()
	for i := range sources.Len() {
		j.node(vertex{'p', uint32(i), 0})
		j.point(vertex{'p', uint32(i), 0}, sources.Points, i, j.reverse)
	}
	for i := range targets.Len() {
		j.node(vertex{'p', uint32(i), 1})
		j.point(vertex{'p', uint32(i), 1}, targets, i, !j.reverse)
	}
	for i := range sources.Len() { // from place to place along one street
		for k := range targets.Len() {
			for _, p := range sources.places(i) {
				for _, q := range targets.places(k) {
					j.beside(vertex{'p', uint32(i), 0}, vertex{'p', uint32(k), 1}, p, q)
				}
			}
		}
	}
	table := make([][]uint64, sources.Len())
	for i := range table {
		all := j.run(j.node(vertex{'p', uint32(i), 0}), uint64(sources.delay(i)))
		table[i] = make([]uint64, targets.Len())
		for k := range table[i] {
			table[i][k] = all[j.node(vertex{'p', uint32(k), 1})]
		}
	}
	return table
}

func (j *judge) beside(source, target vertex, p, q search.Place) {
	if p.Edge != q.Edge {
		return
	}
	from, to, u, v := p, q, source, target
	if j.reverse {
		from, to, u, v = q, p, target, source
	}
	if ms := j.w.ways.Direct(from, to); ms != network.Never {
		j.join(u, v, uint64(ms))
	}
}

// run is Dijkstra's search from one node.
func (j *judge) run(from int, start uint64) []uint64 {
	ms := make([]uint64, len(j.arcs))
	for i := range ms {
		ms[i] = unreached
	}
	h := slowHeap{{start, from}}
	for h.Len() > 0 {
		it := heap.Pop(&h).(slowItem)
		if it.ms >= ms[it.node] {
			continue
		}
		ms[it.node] = it.ms
		for _, a := range j.arcs[it.node] {
			heap.Push(&h, slowItem{it.ms + a.ms, a.to})
		}
	}
	return ms
}

type slowItem struct {
	ms   uint64
	node int
}

type slowHeap []slowItem

func (h slowHeap) Len() int           { return len(h) }
func (h slowHeap) Less(i, j int) bool { return h[i].ms < h[j].ms }
func (h slowHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *slowHeap) Push(x any)        { *h = append(*h, x.(slowItem)) }
func (h *slowHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}
