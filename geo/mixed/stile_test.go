package mixed

import (
	"math"
	"testing"

	"lifecircle/geo/geodesy"
	"lifecircle/geo/network"
	"lifecircle/geo/network/e7"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// By walking every street in 10 cm steps: each open cell that it passes through
// has one stile, no place of the street in the cell is nearer to the centre, and
// the step takes the distance at the cell's pace.
func TestStilesAreTheNearestPlaces(t *testing.T) {
	checked := 0
	rapid.Check(t, func(rt *rapid.T) {
		s := drawSketch(rt)
		s.o.NoStep = []string{}
		ways := s.ways(rt, len(s.streets), len(s.lines))
		w := s.world(rt, ways)
		g := ways.Graph()
		for e := range uint32(g.Edges()) {
			stiles := map[int32]stile{}
			last := stile{}
			for i, st := range w.stiles.on(e) {
				if _, twice := stiles[st.cell]; twice || st.edge != e || !w.Open(st.cell) {
					rt.Fatalf("%+v, twice %v", st, twice)
				}
				for way := range 2 {
					if i > 0 && st.along[way] < last.along[way] || (st.along[way] == network.Never) != (ways.MS(e, way == 1) == network.Never) {
						rt.Fatalf("%+v after %+v", st, last)
					}
				}
				stiles[st.cell], last = st, st
			}
			for i, at := range w.layer.street(e) {
				leg := max(math.Ceil(at.metres*1000*float64(s.ground.Seconds[at.cell])), 1) + float64(s.o.ChangeMS)
				if at.stile != w.stiles.on(e)[i] || float64(at.legMS) != leg {
					rt.Fatalf("%+v in the place of %+v, want %v ms", at, w.stiles.on(e)[i], leg)
				}
			}
			met := map[int32]walked{}
			if ways.Open(e) {
				met = w.walk(e)
			}
			for cell, v := range met {
				leg := v.metres*1000*float64(s.ground.Seconds[cell]) + float64(s.o.ChangeMS)
				if leg > network.MaxMS-1e6 || v.deep < 0.15 {
					continue
				}
				st, ok := stiles[cell]
				slack := 0.2 * 1000 * float64(s.ground.Seconds[cell])
				if !ok || float64(st.legMS) > leg+slack+2 || float64(st.legMS) < leg-slack-1 {
					rt.Fatalf("edge %d, cell %d: %+v, %v; walked %v ms", e, cell, st, ok, leg)
				}
				checked++
			}
			for cell := range stiles {
				if v, ok := met[cell]; !ok || v.deep < -0.15 {
					rt.Fatalf("edge %d comes no nearer to cell %d than %v m", e, cell, -v.deep)
				}
			}
		}
	})
	if checked < 100 {
		t.Errorf("only %d checked", checked)
	}
}

// walked is how near a street comes to a cell's centre inside the cell, and how
// far from the rim it is at most, less than 0 outside.
type walked struct{ metres, deep float64 }

// walk goes along a street and looks at each open cell in it or a step beside it.
func (w *World) walk(edge uint32) map[int32]walked {
	met := map[int32]walked{}
	g, spec := w.ways.Graph(), w.layer.ground.Grid
	metre := 1.0
	if w.layer.system.IsGeographic() {
		metre = 1 / northM
	}
	look := func(on, at orb.Point, cell int32) {
		minX, minY, maxX, maxY := spec.Bounds(cell)
		v := walked{math.Inf(1), min(on[0]-minX, maxX-on[0], on[1]-minY, maxY-on[1]) / metre}
		if v.deep >= 0 {
			v.metres = geodesy.Distance(w.layer.centre(cell), at)
		}
		if before, ok := met[cell]; ok {
			v = walked{min(v.metres, before.metres), max(v.deep, before.deep)}
		}
		met[cell] = v
	}
	for i, mm := range g.PiecesMM(edge) {
		p, q := g.Vertex(edge, uint32(i)), g.Vertex(edge, uint32(i)+1)
		steps := math.Ceil(float64(mm)/100) + 1
		for n := 0.0; n <= steps; n++ {
			at := e7.Between(p, q, n/steps)
			on := w.layer.onGrid(at, 0)
			for k := range 9 {
				cell := spec.Cell(on[0]+float64(k%3-1)*0.1*metre, on[1]+float64(k/3-1)*0.1*metre)
				if w.Open(cell) {
					look(on, at, cell)
				}
			}
		}
	}
	return met
}

// Spans come in order, with all that was added to them, and nothing is lost.
func TestQueueGivesSpansInOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		q := queue{shift: rapid.UintRange(0, 6).Draw(rt, "shift")}
		now, waiting, added := uint32(0), map[uint64]int{}, 0
		push := func() {
			for range rapid.IntRange(0, 9).Draw(rt, "pushes") {
				ms := now + rapid.Uint32Range(0, 3000).Draw(rt, "ms")
				q.push(uint64(ms)<<32 | uint64(added))
				waiting[uint64(ms)<<32|uint64(added)]++
				added++
			}
		}
		push()
		for more := true; more; more = q.next() {
			if q.base < now>>q.shift {
				rt.Fatalf("span %d after %d ms", q.base, now)
			}
			now = q.base << q.shift
			if added < 60 {
				push()
			}
			for _, e := range q.now {
				if uint32(e>>32)>>q.shift != q.base || waiting[e] != 1 {
					rt.Fatalf("entry %d of span %d in %d", e, uint32(e>>32)>>q.shift, q.base)
				}
				delete(waiting, e)
			}
			for e := range waiting {
				if uint32(e>>32)>>q.shift <= q.base {
					rt.Fatalf("entry %d left behind by span %d", e, q.base)
				}
			}
		}
		if len(waiting) > 0 {
			rt.Fatalf("%d entries lost", len(waiting))
		}
	})
}
