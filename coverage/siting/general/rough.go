package general

import "math"

// rough chooses sites under capacities in a hurry: each time the site that takes
// most of what is left, nearer demands counting more, for its price. It looks at
// no flow until the sites seem to be enough.
func (s *search) rough(state []int8) []int32 {
	p := newPlan(s.x, s.serve, state, nil)
	rest := append([]float64(nil), s.x.Size...)
	for _, i := range p.open {
		s.x.take(i, rest)
	}
	for s.ctx.Err() == nil {
		miss := p.missRows(-1)
		at, best := int32(-1), 0.0
		for i, st := range state {
			if st != Free || p.isOn[i] {
				continue
			}
			m := p.missRows(int32(i))
			if m > miss+1e-9 {
				continue
			}
			score := s.x.worthOf(int32(i), rest) / max(s.x.Price[i], 1e-3)
			if m < miss-1e-9 {
				score = math.MaxFloat64 / 2 * (miss - m) / miss
			}
			if score > best {
				at, best = int32(i), score
			}
		}
		if at < 0 {
			break
		}
		p.add(at)
		s.x.take(at, rest)
		if s.roughlyEnough(rest) && s.serve.value(p.open).miss == 0 {
			break
		}
	}
	return p.open
}

// roughlyEnough reports whether a problem whose sites have prices seems served.
func (s *search) roughlyEnough(rest []float64) bool {
	x, left, allowed := s.x, 0.0, 0.0
	for j, r := range rest {
		left += r
		if x.Penalty[j] > 0 && !math.IsInf(x.Penalty[j], 1) {
			return false // more is better
		}
	}
	if x.Cost != nil {
		return false
	}
	for _, r := range x.DemandRows {
		allowed = max(allowed, r.Limit)
	}
	return left <= allowed+1e-9*x.total
}

// worthOf is what site i would take of rest, nearer demands counting up to twice.
func (x *index) worthOf(i int32, rest []float64) float64 {
	sum, size := 0.0, 0.0
	for k := x.first[i]; k < x.first[i+1]; k++ {
		j := x.demand[k]
		near := 1.0
		if x.Cost != nil {
			far := x.Cost[x.First[j+1]-1]
			near = 1 - x.byCost[k]/max(far, 1e-9)
		}
		sum += rest[j] * near
		size += rest[j]
	}
	if size > x.Capacity[i] {
		sum *= x.Capacity[i] / size
	}
	return sum
}

// take serves what site i can of rest.
func (x *index) take(i int32, rest []float64) {
	room := x.Capacity[i]
	for _, j := range x.demand[x.first[i]:x.first[i+1]] {
		got := min(room, rest[j])
		rest[j] -= got
		room -= got
	}
}
