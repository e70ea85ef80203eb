package mixed

import (
	"lifecircle/geo/network"
	"lifecircle/geo/network/e7"
	"lifecircle/geo/network/search"

	"github.com/paulmach/orb"
)

// drawing writes the steps and the line of a path.
type drawing struct {
	Path
	w     *World
	spots map[uint32][]spot // of the streets that were met, by edge
}

// position is a place on an edge.
type position struct {
	piece uint32
	at    orb.Point
}

// draw writes a journey from one point to another.
func (d *drawing) draw(j journey, from, to orb.Point) {
	d.Line = orb.LineString{from}
	if j.direct {
		d.direct(j, to)
		return
	}
	first, last := j.ids[0], j.ids[len(j.ids)-1]
	if j.start.place >= 0 {
		d.step(Step{Kind: search.Leg, MS: j.start.LegMS}, j.start.At)
		d.street(j.start.Edge, j.start.backward, j.start.ms-j.start.LegMS, placeOf(j.start), d.ahead(j.start.Edge, j.start.backward, first))
	} else {
		d.step(Step{Kind: search.Ground, MS: j.start.ms}, d.centre(first))
	}
	for i, ms := range j.ms {
		d.move(j.ids[i], j.ids[i+1], ms)
	}
	if j.finish.place >= 0 {
		d.street(j.finish.Edge, j.finish.backward, j.finish.ms-j.finish.LegMS, d.behind(j.finish.Edge, j.finish.backward, last), placeOf(j.finish))
		d.step(Step{Kind: search.Leg, MS: j.finish.LegMS}, to)
	} else {
		d.step(Step{Kind: search.Ground, MS: j.finish.ms}, to)
	}
}

func placeOf(e end) position { return position{e.Piece, e.At} }

// direct writes a journey along one edge.
func (d *drawing) direct(j journey, to orb.Point) {
	from, end := j.start.Place, j.finish.Place
	ms := d.MS - d.DelayMS - from.LegMS - end.LegMS
	start, _ := from.Along()
	stop, _ := end.Along()
	backward := d.w.ways.MS(from.Edge, false) == network.Never || stop < start || stop-start != ms
	d.step(Step{Kind: search.Leg, MS: from.LegMS}, from.At)
	d.street(from.Edge, backward, ms, position{from.Piece, from.At}, position{end.Piece, end.At})
	d.step(Step{Kind: search.Leg, MS: end.LegMS}, to)
}

// move writes an arc of the search.
func (d *drawing) move(from, to, ms uint32) {
	w := d.w
	node := func(id uint32) bool { return id < w.states }
	switch {
	case node(from) && node(to):
		d.arc(from, to, ms)
	case from >= w.cells && to >= w.cells, from < w.cells && to >= w.cells:
		d.step(Step{Kind: search.Ground, MS: ms}, d.centre(to))
	case from >= w.cells:
		_, _, at := d.stile(to)
		d.step(Step{Kind: search.Ground, MS: ms}, at.at)
	case node(from):
		edge, backward, at := d.stile(to)
		d.street(edge, backward, ms, d.behind(edge, backward, from), at)
	default:
		edge, backward, at := d.stile(from)
		d.street(edge, backward, ms, at, d.ahead(edge, backward, to))
	}
}

// arc writes an arc of the network.
func (d *drawing) arc(from, to, ms uint32) {
	net := d.w.ways.Star(false)
	i := net.First[from]
	for net.Arcs[i] != (network.Arc{To: to, MS: ms}) {
		i++
	}
	ref := net.Ref[i]
	if ref >= network.Boards {
		d.step(Step{Kind: search.Board, Service: ref &^ network.Boards, MS: ms})
		return
	}
	s := Step{Kind: search.Street, Edge: ref >> 1, Backward: ref&1 == 1, MS: ms}
	if !d.w.ways.Open(s.Edge) {
		s.Kind = search.Sail
	}
	line := d.w.ways.Graph().Line(s.Edge)
	if s.Backward {
		line.Reverse()
	}
	d.step(s, line...)
}

// street writes a part of an edge.
func (d *drawing) street(edge uint32, backward bool, ms uint32, from, to position) {
	line := []orb.Point{from.at}
	g := d.w.ways.Graph()
	if backward {
		for i := from.piece; i > to.piece; i-- {
			line = append(line, g.Vertex(edge, i).Point())
		}
	} else {
		for i := from.piece + 1; i <= to.piece; i++ {
			line = append(line, g.Vertex(edge, i).Point())
		}
	}
	d.step(Step{Kind: search.Street, Edge: edge, Backward: backward, MS: ms}, append(line, to.at)...)
}

// ahead is where a number lies on an edge for one who travels to it along that
// edge: a stile, or the end.
func (d *drawing) ahead(edge uint32, backward bool, id uint32) position {
	if id >= d.w.states {
		_, _, at := d.stile(id)
		return at
	}
	return d.endOf(edge, backward)
}

// behind is the same for one who comes from there.
func (d *drawing) behind(edge uint32, backward bool, id uint32) position {
	return d.ahead(edge, !backward, id)
}

// endOf is the end of an edge that lies ahead.
func (d *drawing) endOf(edge uint32, backward bool) position {
	g := d.w.ways.Graph()
	if backward {
		return position{0, g.Vertex(edge, 0).Point()}
	}
	n := uint32(len(g.PiecesMM(edge)))
	return position{n - 1, g.Vertex(edge, n).Point()}
}

// stile is where a state lies, and how its street is taken.
func (d *drawing) stile(id uint32) (edge uint32, backward bool, at position) {
	w, g := d.w, d.w.ways.Graph()
	i := (id - w.states) >> 1
	edge = w.stiles.list[i].edge
	spots, ok := d.spots[edge]
	if !ok {
		spots = w.layer.street(edge)
		d.spots[edge] = spots
	}
	s := spots[i-w.stiles.first[edge]]
	p, q := g.Vertex(edge, s.piece), g.Vertex(edge, s.piece+1)
	return edge, (id-w.states)&1 == 1, position{s.piece, e7.Between(p, q, s.share)}
}

// centre is the centre of a cell, by its number in the search.
func (d *drawing) centre(id uint32) orb.Point { return d.w.layer.centre(int32(id - d.w.cells)) }

// step adds a step along a line that starts where the path is. Steps over the
// ground, and along the same street, are one; what has neither length nor time
// is none.
func (d *drawing) step(s Step, line ...orb.Point) {
	s.From = len(d.Line) - 1
	for _, at := range line {
		d.Line = e7.AppendNear(d.Line, at)
	}
	s.To = len(d.Line) - 1
	if s.MS == 0 && s.From == s.To {
		return
	}
	if n := len(d.Steps); n > 0 {
		last := &d.Steps[n-1]
		if last.Kind == s.Kind && (s.Kind == search.Ground || s.Kind == search.Street && last.Edge == s.Edge && last.Backward == s.Backward) {
			last.MS += s.MS
			last.To = s.To
			return
		}
	}
	d.Steps = append(d.Steps, s)
}
