package plain

import (
	"context"
	"math"
)

// swapper improves a set of open sites by exchanging one open site for a closed
// one while that lowers the cost (Teitz and Bart 1968), with the gain, loss and
// extra bookkeeping of Resende and Werneck (2007): only pairs cheaper than the
// second best open site of their demand are looked at.
type swapper struct {
	q      *problem
	open   []int32
	isOpen []bool
	near   []float64 // cost of the best open site, or fallback
	second []float64 // of the second best
	slot   []int32   // position in open of the best, -1: fallback
	loss   []float64 // by slot: what closing it costs
	extra  []float64
	cost   float64
}

func newSwapper(q *problem, open []int32) *swapper {
	s := &swapper{
		q: q, open: append([]int32(nil), open...), isOpen: make([]bool, q.sites()),
		near: make([]float64, q.demands()), second: make([]float64, q.demands()),
		slot: make([]int32, q.demands()),
	}
	for _, i := range open {
		s.isOpen[i] = true
	}
	s.grow()
	s.refresh()
	return s
}

func (s *swapper) grow() {
	s.loss = make([]float64, len(s.open))
	s.extra = make([]float64, len(s.open))
}

// refresh computes the state anew from the open sites.
func (s *swapper) refresh() {
	q := s.q
	copy(s.near, q.fallback)
	copy(s.second, q.fallback)
	for j := range s.slot {
		s.slot[j] = -1
	}
	for at, i := range s.open {
		for k := q.byFirst[i]; k < q.byFirst[i+1]; k++ {
			j, c := q.byDemand[k], q.siteCost(k)
			switch {
			case c < s.near[j]:
				s.second[j], s.near[j], s.slot[j] = s.near[j], c, int32(at)
			case c < s.second[j]:
				s.second[j] = c
			}
		}
	}
	clear(s.loss)
	s.cost = q.base + q.price*float64(len(s.open))
	for j, c := range s.near {
		s.cost += c
		if s.slot[j] >= 0 {
			s.loss[s.slot[j]] += s.second[j] - c
		}
	}
}

// add opens a site.
func (s *swapper) add(i int32) {
	s.open = append(s.open, i)
	s.isOpen[i] = true
	s.grow()
	s.refresh()
}

// gain is what opening site i saves.
func (s *swapper) gain(i int) float64 {
	g, q := 0.0, s.q
	for k := q.byFirst[i]; k < q.byFirst[i+1]; k++ {
		if c, j := q.siteCost(k), q.byDemand[k]; c < s.near[j] {
			g += s.near[j] - c
		}
	}
	return g
}

// exchange returns the best open site to give up for i, and what that saves.
func (s *swapper) exchange(i int) (int, float64) {
	q, gain := s.q, 0.0
	clear(s.extra)
	for k := q.byFirst[i]; k < q.byFirst[i+1]; k++ {
		j, c := q.byDemand[k], q.siteCost(k)
		if c >= s.second[j] {
			continue
		}
		if c < s.near[j] {
			gain += s.near[j] - c
			c = s.near[j]
		}
		if at := s.slot[j]; at >= 0 {
			s.extra[at] += s.second[j] - c
		}
	}
	out, best := -1, math.Inf(-1)
	for at := range s.open {
		if save := gain - s.loss[at] + s.extra[at]; save > best {
			out, best = at, save
		}
	}
	return out, best
}

// improve swaps until no exchange saves more than tol.
func (s *swapper) improve(ctx context.Context, tol float64) {
	idle := 0
	for n := s.q.sites(); idle < n; {
		for i := 0; i < n && idle < n; i++ {
			idle++
			if s.isOpen[i] {
				continue
			}
			out, save := s.exchange(i)
			if out < 0 || save <= tol {
				continue
			}
			s.isOpen[s.open[out]], s.isOpen[i] = false, true
			s.open[out] = int32(i)
			s.refresh()
			idle = 0
		}
		if ctx.Err() != nil {
			return
		}
	}
}

// complete opens sites while one saves its price: in a set cover, until every
// demand is served.
func (s *swapper) complete(tol float64) {
	for {
		best, at := s.q.price-tol, int32(-1)
		for i := range s.q.sites() {
			if g := s.gain(i); g > best {
				best, at = g, int32(i)
			}
		}
		if at < 0 {
			return
		}
		s.add(at)
	}
}

// trim closes sites while one saves less than its price.
func (s *swapper) trim(tol float64) {
	for {
		best, at := s.q.price-tol, -1
		for k, l := range s.loss {
			if l < best {
				best, at = l, k
			}
		}
		if at < 0 {
			return
		}
		s.isOpen[s.open[at]] = false
		s.open = append(s.open[:at], s.open[at+1:]...)
		s.grow()
		s.refresh()
	}
}
