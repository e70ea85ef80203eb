package travel

import (
	"context"
	"math"

	"lifecircle/coverage"
	"lifecircle/geo/geodesy"
)

// WithinCount returns, for every demand row, how many facilities lie within
// radiusM[class[i]] metres (closed) along the geodesic; facilities at one place
// count each. class nil means class 0 for all. A negative radius leaves the
// row 0, and counts stop at 65535. The error is ctx's, or says that columns
// differ in length or that a class has no radius.
func (l *Line) WithinCount(ctx context.Context, demand Points, radiusM []float64, class []uint8, p coverage.Progress) ([]uint16, error) {
	if err := checkClasses(len(demand.At), radiusM, class); err != nil {
		return nil, err
	}
	out := make([]uint16, len(demand.At))
	err := l.run(ctx, demand, class, p, "progress.within", func(w *worker, g *group) {
		if radius := radiusM[g.class]; radius >= 0 {
			s := newCountSolver(w, g.tree, radius, out)
			base, border := s.candidates(g)
			s.solve(g.rows, g.box, border, base)
		}
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// checkClasses refuses classes without a radius.
func checkClasses(rows int, radiusM []float64, class []uint8) error {
	if class != nil && len(class) != rows {
		return columnError("class", len(class), rows)
	}
	if len(radiusM) == 0 {
		return classError(0, 0, 0)
	}
	for i, c := range class {
		if int(c) >= len(radiusM) {
			return classError(i, c, len(radiusM))
		}
	}
	return nil
}

func classError(row int, class uint8, known int) error {
	return &coverage.Error{
		Code: coverage.Internal, Key: "travel.class",
		Args: coverage.Args{"row": row, "class": class, "known": known},
	}
}

// countSolver counts the facilities within one radius for one group.
type countSolver struct {
	w                 *worker
	tree              *tree
	out               []uint16
	radius            float64
	inside, outside   float64 // chords between which only the geodesic decides
	inside2, outside2 float64
}

func newCountSolver(w *worker, t *tree, radius float64, out []uint16) *countSolver {
	s := &countSolver{w: w, tree: t, out: out, radius: radius}
	s.inside, s.outside = geodesy.ChordRange(radius)
	s.inside2, s.outside2 = s.inside*s.inside, s.outside*s.outside
	if s.inside < 0 {
		s.inside2 = -1 // nothing is beyond doubt
	}
	return s
}

// candidates counts the facilities within the radius of every row of the group,
// and returns the places that are so for some rows at most.
func (s *countSolver) candidates(g *group) (base int64, border []rival) {
	// A nanometre's worth of slack for turning into the frame and back.
	r := g.box.radius() + 1e-8
	base, s.w.slots = g.tree.packed.Shell(g.centre(), s.inside-r, s.outside+r, g.tree.weight, s.w.slots[:0])
	return base, s.w.pushRivals(g)
}

// solve counts for rows in a box. base facilities are within the radius all over
// it; border are the places that may be.
func (s *countSolver) solve(rows []row, box extent, border []rival, base int64) {
	n, k := float64(len(rows)), float64(len(border))
	m := 0
	if n*k*compareNS/2 > k*pruneNS+n*halveNS && (box.hu > 0 || box.hv > 0) {
		m = box.halve(rows)
	}
	if m == 0 || m == len(rows) {
		s.scan(rows, border, base)
		return
	}
	for _, half := range [2][]row{rows[:m], rows[m:]} {
		top := len(s.w.rivals)
		b := extentOf(half)
		all, some := s.sort(&b, border)
		s.solve(half, b, some, base+all)
		s.w.rivals = s.w.rivals[:top]
	}
}

// sort counts the places that are within the radius all over a box and pushes
// those that are so for a part of it.
func (s *countSolver) sort(box *extent, border []rival) (all int64, some []rival) {
	top := len(s.w.rivals)
	for i := range border {
		c := &border[i]
		u, v, w := math.Abs(c.u-box.u), math.Abs(c.v-box.v), math.Abs(c.w-box.w)
		fu, fv, fw := u+box.hu, v+box.hv, w+box.hw
		if fu*fu+fv*fv+fw*fw <= s.inside2 {
			all += s.weight(c.slot)
			continue
		}
		nu, nv, nw := max(u-box.hu, 0), max(v-box.hv, 0), max(w-box.hw, 0)
		if nu*nu+nv*nv+nw*nw <= s.outside2 {
			s.w.rivals = append(s.w.rivals, *c)
		}
	}
	return all, s.w.rivals[top:]
}

func (s *countSolver) weight(slot int32) int64 { return s.tree.weight[slot+1] - s.tree.weight[slot] }

// scan decides every row with every place on the border.
func (s *countSolver) scan(rows []row, border []rival, base int64) {
	for i := range rows {
		r := &rows[i]
		count := base
		for j := range border {
			c := &border[j]
			u, v, w := r.u-c.u, r.v-c.v, r.w-c.w
			d2 := u*u + v*v + w*w
			if d2 > s.outside2 {
				continue
			}
			if d2 <= s.inside2 || geodesy.Metres(r.at, s.tree.packed.At(c.slot)) <= s.radius {
				count += s.weight(c.slot)
			}
		}
		s.out[r.id] = uint16(min(count, math.MaxUint16))
	}
}
