package travel

import (
	"context"
	"math"
	"runtime"

	"lifecircle/coverage"
	"lifecircle/geo/geodesy"
)

// Nearest returns the nearest facility of every demand row and the geodesic
// distance to it. Rows that are no place, that are on no landmass under the
// landmass rule, or whose landmass has no facility, get none. A tie (a
// difference under 10 nm) goes to the lowest facility index; the distance
// is the least one. The error is ctx's, or says that columns differ in length.
func (l *Line) Nearest(ctx context.Context, demand Points, p coverage.Progress) (Nearest, error) {
	n := Nearest{Metres: make([]float64, len(demand.At)), Facility: make([]int32, len(demand.At))}
	share(len(demand.At), runtime.GOMAXPROCS(0), func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			n.Metres[i], n.Facility[i] = math.Inf(1), -1
		}
	})
	err := l.run(ctx, demand, nil, p, "progress.nearest", func(w *worker, g *group) {
		s := nearestSolver{w: w, tree: g.tree, out: n}
		s.solve(g.rows, g.box, s.candidates(g))
	})
	if err != nil {
		return Nearest{}, err
	}
	return n, nil
}

// nearestSolver finds the nearest facilities of one group.
type nearestSolver struct {
	w    *worker
	tree *tree
	out  Nearest
}

// candidates returns the places that may be nearest to a row of the group: what
// is nearest to a row at a distance r from the centre is within r of being as
// near to that row as the centre's own nearest is.
func (s *nearestSolver) candidates(g *group) []rival {
	centre, r := g.centre(), g.box.radius()
	_, chord := g.tree.packed.NearestChord(centre)
	_, s.w.slots = g.tree.packed.Shell(centre, -1, geodesy.Rival(chord+r)+r, nil, s.w.slots[:0])
	all := s.w.pushRivals(g)
	return s.prune(&g.box, all)
}

// Costs of the steps, in nanoseconds, by which solve decides to go on halving.
const (
	compareNS = 1.2 // one row with one candidate
	pruneNS   = 6   // one candidate for both halves
	halveNS   = 8   // one row moved
)

// solve answers for rows in a box with the candidates that it has.
func (s *nearestSolver) solve(rows []row, box extent, candidates []rival) {
	n, k := float64(len(rows)), float64(len(candidates))
	if n*k*compareNS/2 < k*pruneNS+n*halveNS || box.hu == 0 && box.hv == 0 {
		s.scan(rows, candidates)
		return
	}
	m := box.halve(rows)
	if m == 0 || m == len(rows) { // too close together to tell apart
		s.scan(rows, candidates)
		return
	}
	for _, half := range [2][]row{rows[:m], rows[m:]} {
		top := len(s.w.rivals)
		b := extentOf(half)
		s.solve(half, b, s.prune(&b, candidates))
		s.w.rivals = s.w.rivals[:top]
	}
}

// prune pushes those candidates that may be nearest somewhere in the box. The
// difference of two squared chords is linear in the place, so its least value
// over the box lies at a corner: f falls out where it is positive for f against
// the candidate nearest to the centre, by more than the margin of
// [geodesy.Rival].
func (s *nearestSolver) prune(box *extent, candidates []rival) []rival {
	best, best2 := 0, math.Inf(1)
	for i := range candidates {
		c := &candidates[i]
		u, v, w := c.u-box.u, c.v-box.v, c.w-box.w
		if d := u*u + v*v + w*w; d < best2 {
			best, best2 = i, d
		}
	}
	g := candidates[best]
	gu, gv, gw := g.u-box.u, g.v-box.v, g.w-box.w
	farthest := math.Sqrt(best2) + box.radius()
	limit := geodesy.Rival(farthest)
	most := best2 + (limit-farthest)*(limit+farthest)
	top := len(s.w.rivals)
	s.w.rivals = append(s.w.rivals, g)
	for i := range candidates {
		c := &candidates[i]
		u, v, w := c.u-box.u, c.v-box.v, c.w-box.w
		least := u*u + v*v + w*w - 2*(box.hu*math.Abs(u-gu)+box.hv*math.Abs(v-gv)+box.hw*math.Abs(w-gw))
		if least <= most && i != best {
			s.w.rivals = append(s.w.rivals, *c)
		}
	}
	return s.w.rivals[top:]
}

// scan compares every row with every candidate.
func (s *nearestSolver) scan(rows []row, candidates []rival) {
	for i := range rows {
		r := &rows[i]
		best2, second2, best := math.Inf(1), math.Inf(1), 0
		for j := range candidates {
			c := &candidates[j]
			u, v, w := r.u-c.u, r.v-c.v, r.w-c.w
			if d := u*u + v*v + w*w; d < second2 {
				if d < best2 {
					best2, second2, best = d, best2, j
				} else {
					second2 = d
				}
			}
		}
		slot := candidates[best].slot
		limit := geodesy.Rival(math.Sqrt(best2))
		if second2 <= limit*limit {
			s.settle(r, candidates, limit*limit)
			continue
		}
		s.out.Metres[r.id] = geodesy.Metres(r.at, s.tree.packed.At(slot))
		s.out.Facility[r.id] = s.tree.first[slot]
	}
}

// settle decides by the geodesic among candidates whose squared chord is at most
// limit2. Rows at the place of the one before, such as many that nobody could
// locate, take its answer.
func (s *nearestSolver) settle(r *row, candidates []rival, limit2 float64) {
	if last := &s.w.settled; last.tree == s.tree && last.at == r.at {
		s.out.Metres[r.id], s.out.Facility[r.id] = last.metres, last.facility
		return
	}
	top := len(s.w.rivals)
	least := math.Inf(1)
	for _, c := range candidates {
		u, v, w := r.u-c.u, r.v-c.v, r.w-c.w
		if u*u+v*v+w*w <= limit2 {
			c.u = geodesy.Metres(r.at, s.tree.packed.At(c.slot))
			least = min(least, c.u)
			s.w.rivals = append(s.w.rivals, c)
		}
	}
	facility := int32(math.MaxInt32)
	for _, c := range s.w.rivals[top:] {
		if c.u <= least+tie(least) {
			facility = min(facility, s.tree.first[c.slot])
		}
	}
	s.w.rivals = s.w.rivals[:top]
	s.out.Metres[r.id], s.out.Facility[r.id] = least, facility
	s.w.settled = settled{s.tree, r.at, least, facility}
}

// settled is an answer that took more than a comparison of chords.
type settled struct {
	tree     *tree
	at       geodesy.Vec
	metres   float64
	facility int32
}

// tie is the difference in metres under which two distances count as equal: the
// resolution of coordinates, and of the geodesic for long ones.
func tie(metres float64) float64 { return 1e-8 + 4e-15*metres }
