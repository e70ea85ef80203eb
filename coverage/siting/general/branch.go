package general

import (
	"cmp"
	"math"
	"slices"
)

// branch pushes the two children of a node, "open" on top.
func (s *search) branch(at node, d *dual) {
	i := s.pick(at, d)
	for _, way := range []int8{Shut, Open} {
		state := slices.Clone(at.state)
		state[i] = way
		s.stack = append(s.stack, node{state, at.start, at.bound})
	}
}

// The effort of strong branching.
const (
	probeSteps = 12
	probeSites = 3
)

// pick chooses the site to branch on: of the free sites whose mean choice is
// nearest to one half, the one whose two children, bounded in a hurry, leave the
// most.
func (s *search) pick(at node, d *dual) int32 {
	var list []int
	for i, open := range d.v.open {
		if !open && at.state[d.v.site[i]] == Free {
			list = append(list, i)
		}
	}
	slices.SortFunc(list, func(a, b int) int {
		return cmp.Or(cmp.Compare(math.Abs(d.mean[a]-0.5), math.Abs(d.mean[b]-0.5)), cmp.Compare(a, b))
	})
	list = list[:min(len(list), probeSites)]
	best, pick := math.Inf(-1), d.v.site[list[0]]
	if len(list) == 1 {
		return pick
	}
	for _, k := range list {
		if s.ctx.Err() != nil {
			break
		}
		up, down := s.probe(at, d, d.v.site[k], Open), s.probe(at, d, d.v.site[k], Shut)
		if score := max(up, 1e-9) * max(down, 1e-9); score > best {
			best, pick = score, d.v.site[k]
		}
	}
	return pick
}

// probe returns how much a short ascent lifts the bound after a decision.
func (s *search) probe(at node, d *dual, i int32, way int8) float64 {
	state := slices.Clone(at.state)
	state[i] = way
	if !s.x.propagate(state) || !slices.Contains(state, Free) {
		return s.cutoff() - d.bound
	}
	v := s.x.view(state)
	if math.IsInf(v.base, 1) { // some demand that must be served cannot be
		return s.cutoff() - d.bound
	}
	e := newDual(v, at.start)
	e.ascend(s.ctx, ascent{steps: probeSteps, halve: 5, theta: 0.3, cutoff: s.cutoff, target: s.target, found: func(*dual) {}})
	return min(e.bound, s.cutoff()) - d.bound
}
