package search

import (
	"context"
	"slices"

	"lifecircle/geo/network"
	"lifecircle/geo/network/e7"

	"github.com/paulmach/orb"
)

// StepKind is what happens on a step of a path.
type StepKind uint8

// The kinds of step.
const (
	Leg    StepKind = iota // between the point and the street
	Street                 // along an edge or a part of it
	Board                  // from the quay to departure
	Sail                   // on board along an edge
	Ground                 // over open ground, for searches that know it; never of Route
)

// Step is a part of a path, in the order of travel. Its line is
// Path.Line[From:To+1]; From == To for a step without length.
type Step struct {
	Kind     StepKind
	Edge     uint32 // of Street and Sail
	Backward bool
	Service  uint32 // of Board
	MS       uint32
	From, To int
}

// Path is a journey between a target and its nearest source. MS is the sum of
// the steps and of DelayMS.
type Path struct {
	MS      uint32
	Source  int32
	DelayMS uint32
	Steps   []Step
	Line    orb.LineString // from where the journey starts on; past 180 degrees over the antimeridian
}

// Route finds the path between one target, at a point, and its nearest source,
// in the direction of travel that the query says. The time is that of [Nearest];
// among equally fast paths it is always the same one. False when there is none
// within the limit.
func Route(ctx context.Context, w *Ways, sources Sources, target *Places, at orb.Point, anchors []orb.Point, q Query) (*Path, bool, error) {
	near := w.hooks(sources.Places, q.Toward)
	s := w.borrow(q.Toward)
	defer w.giveBack(s, q.Toward)
	if err := s.Run(ctx, seeds(&near, sources, everyNumber(sources.Len())...), q.limit()); err != nil {
		return nil, false, err
	}
	t := tracer{w: w, s: s, sources: sources, q: q}
	j, ok := t.best(target)
	if !ok || uint32(j.label>>32) > q.limit() {
		return nil, false, nil
	}
	source := uint32(j.label)
	start, finish := anchors[source], at
	if q.Toward {
		start, finish = finish, start
	}
	p := &Path{MS: uint32(j.label >> 32), Source: int32(source), DelayMS: sources.delay(int(source))}
	t.draw(p, j, start, finish)
	return p, true, nil
}

// journey is how a target and its source are joined: along one edge (direct), or
// from the door of the one over refs to the door of the other.
type journey struct {
	label      uint64
	target     Place
	source     Place
	direct     bool
	targetDoor network.End
	sourceDoor network.End
	refs       []uint32 // in order of travel
	ms         []uint32
}

type tracer struct {
	w       *Ways
	s       *Searcher
	sources Sources
	q       Query
}

// best finds the best journey of a target: the first among equals.
func (t *tracer) best(target *Places) (journey, bool) {
	best := journey{label: unreached}
	beside := newNeighbours(t.w, t.sources, t.q.Toward)
	for _, p := range target.Place {
		for _, e := range t.doors(p, !t.q.Toward) {
			if l := t.s.label[e.Node]; l != unreached {
				l += uint64(t.hook(p, e, !t.q.Toward)) << 32
				if l < best.label {
					best = journey{label: l, target: p, targetDoor: e}
				}
			}
		}
		for _, o := range beside.on[p.Edge] {
			from, to := o.place, p
			if t.q.Toward {
				from, to = to, from
			}
			ms := add(t.w.direct(from, to), t.sources.delay(o.source))
			if l := uint64(ms)<<32 | uint64(o.source); ms != network.Never && l < best.label {
				best = journey{label: l, target: p, source: o.place, direct: true}
			}
		}
	}
	if best.label == unreached {
		return best, false
	}
	if !best.direct {
		t.trace(&best)
	}
	return best, true
}

// doors are the nodes by which a place is left or (arrive) entered.
func (t *tracer) doors(p Place, arrive bool) []network.End {
	if arrive {
		return t.w.ArriveVia(p.Edge)
	}
	return t.w.LeaveVia(p.Edge)
}

// hook is the time between a point and a door of its place.
func (t *tracer) hook(p Place, e network.End, arrive bool) uint32 {
	if arrive {
		return add(p.LegMS, t.w.alongFrom(p, e.Backward))
	}
	return add(p.LegMS, t.w.alongTo(p, e.Backward))
}

// trace follows the labels from the target's door to a door of the source.
func (t *tracer) trace(j *journey) {
	net := t.w.Star(!t.q.Toward)
	v := j.targetDoor.Node
	for {
		label := t.s.label[v]
		if t.seededAt(j, v, label) {
			break
		}
		for i := net.First[v]; ; i++ { // one arc fits, or the label were not there
			a := net.Arcs[i]
			if l := t.s.label[a.To]; l != unreached && l+uint64(a.MS)<<32 == label {
				j.refs, j.ms = append(j.refs, net.Ref[i]), append(j.ms, a.MS)
				v = a.To
				break
			}
		}
	}
	if !t.q.Toward {
		slices.Reverse(j.refs)
		slices.Reverse(j.ms)
	}
}

// seededAt reports whether a label is that of a door of its source.
func (t *tracer) seededAt(j *journey, v uint32, label uint64) bool {
	source := int(uint32(label))
	for _, p := range t.sources.of(source) {
		for _, e := range t.doors(p, t.q.Toward) {
			ms := add(t.hook(p, e, t.q.Toward), t.sources.delay(source))
			if e.Node == v && ms != network.Never && uint64(ms) == label>>32 {
				j.source, j.sourceDoor = p, e
				return true
			}
		}
	}
	return false
}

// draw writes the steps and the line in the order of travel.
func (t *tracer) draw(p *Path, j journey, start, finish orb.Point) {
	first, firstDoor, last, lastDoor := j.source, j.sourceDoor, j.target, j.targetDoor
	if t.q.Toward {
		first, firstDoor, last, lastDoor = last, lastDoor, first, firstDoor
	}
	p.step(Step{Kind: Leg, MS: first.LegMS}, start, first.At)
	if j.direct {
		t.drawDirect(p, first, last)
	} else {
		ms := t.w.alongTo(first, firstDoor.Backward)
		p.step(Step{Kind: Street, Edge: first.Edge, Backward: firstDoor.Backward, MS: ms}, t.w.tail(first, firstDoor.Backward)...)
		for i, ref := range j.refs {
			t.drawArc(p, ref, j.ms[i])
		}
		ms = t.w.alongFrom(last, lastDoor.Backward)
		p.step(Step{Kind: Street, Edge: last.Edge, Backward: lastDoor.Backward, MS: ms}, t.w.head(last, lastDoor.Backward)...)
	}
	p.step(Step{Kind: Leg, MS: last.LegMS}, last.At, finish)
}

func (t *tracer) drawDirect(p *Path, from, to Place) {
	legs := from.LegMS + to.LegMS
	ms := t.w.direct(from, to) - legs
	backward := t.w.MS(from.Edge, false) == network.Never || to.alongF < from.alongF || to.alongF-from.alongF != ms
	line := []orb.Point{from.At}
	if backward {
		for i := from.Piece; i > to.Piece; i-- {
			line = append(line, t.w.g.Vertex(from.Edge, i).Point())
		}
	} else {
		for i := from.Piece + 1; i <= to.Piece; i++ {
			line = append(line, t.w.g.Vertex(from.Edge, i).Point())
		}
	}
	p.step(Step{Kind: Street, Edge: from.Edge, Backward: backward, MS: ms}, append(line, to.At)...)
}

func (t *tracer) drawArc(p *Path, ref, ms uint32) {
	if ref >= network.Boards {
		p.step(Step{Kind: Board, Service: ref &^ network.Boards, MS: ms})
		return
	}
	s := Step{Kind: Street, Edge: ref >> 1, Backward: ref&1 == 1, MS: ms}
	if !t.w.Open(s.Edge) {
		s.Kind = Sail
	}
	line := t.w.g.Line(s.Edge)
	if s.Backward {
		line.Reverse()
	}
	p.step(s, line...)
}

// step adds a step along a line that starts where the path is.
func (p *Path) step(s Step, line ...orb.Point) {
	s.From = max(0, len(p.Line)-1)
	for _, at := range line {
		p.Line = e7.AppendNear(p.Line, at)
	}
	s.To = max(0, len(p.Line)-1)
	p.Steps = append(p.Steps, s)
}

// tail is the line from a place to the network.End of its edge that lies ahead.
func (w *Ways) tail(p Place, backward bool) []orb.Point {
	line := []orb.Point{p.At}
	if backward {
		for i := int(p.Piece); i >= 0; i-- {
			line = append(line, w.g.Vertex(p.Edge, uint32(i)).Point())
		}
		return line
	}
	for i := p.Piece + 1; int(i) <= len(w.g.PiecesMM(p.Edge)); i++ {
		line = append(line, w.g.Vertex(p.Edge, i).Point())
	}
	return line
}

// head is the line to a place from the network.End of its edge that lies behind.
func (w *Ways) head(p Place, backward bool) []orb.Point {
	line := w.tail(p, !backward)
	slices.Reverse(line)
	return line
}
