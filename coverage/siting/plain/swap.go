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
	best   []int32   // the best open site, -1: fallback
	loss   []float64 // by site: what closing it costs
	extra  []float64 // by site: scratch, 0 between exchanges
	cost   float64
	local  bool // looking at what a change touches is less work than starting anew
}

func newSwapper(q *problem, open []int32) *swapper {
	n, m := q.sites(), q.demands()
	s := &swapper{
		q: q, open: append([]int32(nil), open...), isOpen: make([]bool, n),
		near: make([]float64, m), second: make([]float64, m), best: make([]int32, m),
		loss: make([]float64, n), extra: make([]float64, n),
	}
	for _, i := range open {
		s.isOpen[i] = true
	}
	s.refresh()
	return s
}

// refresh computes the state anew from the open sites.
func (s *swapper) refresh() {
	q, work := s.q, len(s.near)
	copy(s.near, q.fallback)
	copy(s.second, q.fallback)
	for j := range s.best {
		s.best[j] = -1
	}
	for _, i := range s.open {
		work += q.byFirst[i+1] - q.byFirst[i]
		for k := q.byFirst[i]; k < q.byFirst[i+1]; k++ {
			j, c := q.byDemand[k], q.siteCost(k)
			switch {
			case c < s.near[j]:
				s.second[j], s.near[j], s.best[j] = s.near[j], c, i
			case c < s.second[j]:
				s.second[j] = c
			}
		}
	}
	clear(s.loss)
	s.cost = q.base + q.price*float64(len(s.open))
	for j, c := range s.near {
		s.cost += c
		if i := s.best[j]; i >= 0 {
			s.loss[i] += s.second[j] - c
		}
	}
	s.local = s.touched() < work
}

// touched is about how many pairs are looked at when a site closes: a demand of
// two or three in p has it as best or second best, and finds its new ones among
// the first of its list.
func (s *swapper) touched() int {
	n, m, p := max(1, s.q.sites()), max(1, s.q.demands()), max(1, len(s.open))
	bySite, byDemand := len(s.q.site)/n, len(s.q.site)/m
	return 2*bySite + min(bySite, 2*m/p)*min(byDemand, 2*n/p)
}

// add opens a site.
func (s *swapper) add(i int32) {
	q := s.q
	s.open = append(s.open, i)
	s.isOpen[i] = true
	s.cost += q.price
	for k := q.byFirst[i]; k < q.byFirst[i+1]; k++ {
		j, c := q.byDemand[k], q.siteCost(k)
		switch {
		case c < s.near[j]:
			s.count(j, -1)
			s.second[j], s.near[j], s.best[j] = s.near[j], c, i
			s.count(j, 1)
		case c < s.second[j]:
			s.count(j, -1)
			s.second[j] = c
			s.count(j, 1)
		}
	}
}

// count adds (by 1) or takes away (-1) what demand j counts in the sums.
func (s *swapper) count(j int32, by float64) {
	s.cost += by * s.near[j]
	if i := s.best[j]; i >= 0 {
		s.loss[i] += by * (s.second[j] - s.near[j])
	}
}

// drop closes the site at a position of open, which the last one takes.
func (s *swapper) drop(at int) {
	q, i, last := s.q, s.open[at], len(s.open)-1
	s.open[at] = s.open[last]
	s.open = s.open[:last]
	s.isOpen[i] = false
	if !s.local {
		s.refresh()
		return
	}
	s.cost -= q.price
	for k := q.byFirst[i]; k < q.byFirst[i+1]; k++ {
		if j := q.byDemand[k]; q.siteCost(k) <= s.second[j] {
			s.count(j, -1)
			s.look(j)
			s.count(j, 1)
		}
	}
	s.loss[i] = 0
}

// look finds the two best open sites of demand j.
func (s *swapper) look(j int32) {
	q, found := s.q, 0
	s.best[j], s.near[j], s.second[j] = -1, q.fallback[j], q.fallback[j]
	for k := q.first[j]; k < q.first[j+1] && found < 2; k++ {
		if i := q.site[k]; s.isOpen[i] {
			if found == 0 {
				s.best[j], s.near[j] = i, q.pairCost(k)
			} else {
				s.second[j] = q.pairCost(k)
			}
			found++
		}
	}
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

// exchange returns the position of the best open site to give up for i, and what
// that saves.
func (s *swapper) exchange(i int) (int, float64) {
	q, gain := s.q, 0.0
	for k := q.byFirst[i]; k < q.byFirst[i+1]; k++ {
		j, c := q.byDemand[k], q.siteCost(k)
		if c >= s.second[j] {
			continue
		}
		if c < s.near[j] {
			gain += s.near[j] - c
			c = s.near[j]
		}
		if b := s.best[j]; b >= 0 {
			s.extra[b] += s.second[j] - c
		}
	}
	out, most := -1, math.Inf(-1)
	for at, b := range s.open {
		if save := gain - s.loss[b] + s.extra[b]; save > most {
			out, most = at, save
		}
		s.extra[b] = 0
	}
	return out, most
}

// improve swaps until no exchange saves more than tol, or ctx is done.
func (s *swapper) improve(ctx context.Context, tol float64) {
	idle := 0
	for n := s.q.sites(); idle < n && ctx.Err() == nil; {
		for i := 0; i < n && idle < n && ctx.Err() == nil; i++ {
			idle++
			if s.isOpen[i] {
				continue
			}
			out, save := s.exchange(i)
			if out < 0 || save <= tol {
				continue
			}
			if s.local {
				s.add(int32(i))
				s.drop(out)
			} else {
				s.isOpen[s.open[out]], s.isOpen[i] = false, true
				s.open[out] = int32(i)
				s.refresh()
			}
			idle = 0
		}
		s.refresh() // free of rounding carried along
	}
}

// complete opens sites while one saves its price: in a set cover, until every
// demand is served.
func (s *swapper) complete(tol float64) {
	s.grow(context.Background(), s.q.sites(), s.q.price-tol)
}

// trim closes sites while one saves less than its price.
func (s *swapper) trim(tol float64) {
	for {
		best, at := s.q.price-tol, -1
		for k, i := range s.open {
			if s.loss[i] < best {
				best, at = s.loss[i], k
			}
		}
		if at < 0 {
			return
		}
		s.drop(at)
	}
}
