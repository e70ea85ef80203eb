package plain

import (
	"context"
	"math"
)

// dual maximises the Lagrangian bound of a problem: the rule that a demand is
// served exactly once is priced with a multiplier lambda_j, so that the bound
//
//	D(lambda) = base + sum lambda_j - sum of the p largest positive (rho_i - price)
//	rho_i     = sum over j of max(0, lambda_j - cost_ij)
//
// falls apart by site. lambda_j stays between the least cost of j and its
// fallback, beyond which the bound cannot gain.
type dual struct {
	q        *problem
	lambda   []float64
	rho      []float64
	low      []float64 // least cost of each demand
	chosen   []int32   // the sites of the present D, best first not promised
	order    []int32   // scratch of the choice
	isChosen []bool
	next     float64   // best rho-price that was not chosen, at least 0
	last     float64   // least rho-price that was chosen; 0 while fewer than p are
	served   []int32   // how often the chosen sites serve a demand
	cheap    []float64 // cost of the demand with the chosen sites open
	touched  []int32
	mean     []float64 // exponential mean of "site is chosen": a near-primal solution
	fix      []int8    // what every solution better than the cutoff must do

	bound  float64 // best D
	best   []float64
	worth  []float64 // rho at best
	primal float64   // cost of the chosen sites as a solution
}

func newDual(q *problem, lambda []float64) *dual {
	n, m := q.sites(), q.demands()
	d := &dual{
		q: q, lambda: append([]float64(nil), lambda...), rho: make([]float64, n),
		order: make([]int32, n), isChosen: make([]bool, n), served: make([]int32, m), cheap: make([]float64, m),
		mean: make([]float64, n), fix: make([]int8, n), bound: math.Inf(-1),
		best: make([]float64, m), worth: make([]float64, n), low: make([]float64, m),
	}
	for j := range d.lambda {
		d.low[j] = q.pairCost(q.first[j])
		d.lambda[j] = max(d.low[j], min(d.lambda[j], q.fallback[j]))
	}
	d.sum()
	return d
}

// sum computes rho anew, free of rounding carried along.
func (d *dual) sum() {
	clear(d.rho)
	for j, l := range d.lambda {
		for k := d.q.first[j]; k < d.q.first[j+1]; k++ {
			c := d.q.pairCost(k)
			if c >= l {
				break
			}
			d.rho[d.q.site[k]] += l - c
		}
	}
}

// move sets a multiplier and brings rho up to date.
func (d *dual) move(j int, to float64) {
	from := d.lambda[j]
	d.lambda[j] = to
	q := d.q
	if q.cost == nil {
		for _, i := range q.site[q.first[j]:q.first[j+1]] {
			d.rho[i] += to - from
		}
		return
	}
	top := max(from, to)
	for k := q.first[j]; k < q.first[j+1]; k++ {
		c := q.cost[k]
		if c >= top {
			break
		}
		d.rho[q.site[k]] += max(0, to-c) - max(0, from-c)
	}
}

// choose takes the best sites under the present multipliers and returns D.
func (d *dual) choose() float64 {
	d.order = d.order[:0]
	for i := range d.rho {
		if d.q.price == 0 || d.rho[i] > d.q.price {
			d.order = append(d.order, int32(i))
		}
	}
	k := min(d.q.p, len(d.order))
	d.selectTop(k)
	clear(d.isChosen)
	d.chosen = d.order[:k]
	value := d.q.base
	for _, l := range d.lambda {
		value += l
	}
	d.next, d.last = 0, 0
	for _, i := range d.chosen {
		d.isChosen[i] = true
		value -= d.rho[i] - d.q.price
	}
	if k == d.q.p && k > 0 {
		d.last = math.Inf(1)
		for _, i := range d.chosen {
			d.last = min(d.last, d.rho[i]-d.q.price)
		}
	}
	for _, i := range d.order[k:] {
		d.next = max(d.next, d.rho[i]-d.q.price)
	}
	return value
}

// better orders sites by rho, ties by number.
func (d *dual) better(a, b int32) bool {
	if d.rho[a] != d.rho[b] {
		return d.rho[a] > d.rho[b]
	}
	return a < b
}

// selectTop brings the k best sites to the front of order (Hoare's quickselect,
// middle pivot: the same steps on every run).
func (d *dual) selectTop(k int) {
	lo, hi := 0, len(d.order)-1
	for lo < hi {
		pivot := d.order[(lo+hi)/2]
		a, b := lo, hi
		for a <= b {
			for d.better(d.order[a], pivot) {
				a++
			}
			for d.better(pivot, d.order[b]) {
				b--
			}
			if a <= b {
				d.order[a], d.order[b] = d.order[b], d.order[a]
				a++
				b--
			}
		}
		switch {
		case k-1 <= b:
			hi = b
		case k-1 >= a:
			lo = a
		default:
			return
		}
	}
}

// serve counts how often each demand is served by the chosen sites and prices
// them as a solution.
func (d *dual) serve() {
	q := d.q
	for _, j := range d.touched {
		d.served[j] = 0
	}
	d.touched = d.touched[:0]
	d.primal = q.base + q.price*float64(len(d.chosen))
	copy(d.cheap, q.fallback)
	for _, i := range d.chosen {
		for k := q.byFirst[i]; k < q.byFirst[i+1]; k++ {
			j, c := q.byDemand[k], q.siteCost(k)
			if c < d.lambda[j] {
				if d.served[j] == 0 {
					d.touched = append(d.touched, j)
				}
				d.served[j]++
			}
			if c < d.cheap[j] {
				d.cheap[j] = c
			}
		}
	}
	for _, c := range d.cheap {
		d.primal += c
	}
}

// step moves the multipliers along the subgradient 1 - served, scaled by the
// weight of the demand, with Polyak's length theta x (target - value) / norm.
// It reports false when there is nowhere to go: value is then the optimum of D.
func (d *dual) step(value, target, theta float64) bool {
	q := d.q
	norm := 0.0
	for j, n := range d.served {
		if n == 1 || n == 0 && d.lambda[j] >= q.fallback[j] || n > 1 && d.lambda[j] <= d.low[j] {
			continue
		}
		g := float64(1 - n)
		norm += g * g * q.scale[j]
	}
	if norm == 0 {
		return false
	}
	t := theta * max(target-value, 1e-9*math.Abs(target)) / norm
	for j, n := range d.served {
		if n == 1 {
			continue
		}
		to := max(d.low[j], min(q.fallback[j], d.lambda[j]+t*float64(1-n)*q.scale[j]))
		if to != d.lambda[j] {
			d.move(j, to)
		}
	}
	return true
}

// fixSites marks the sites whose opposite would push D to the cutoff: no
// solution below the cutoff opens (or does without) them.
func (d *dual) fixSites(value, cutoff float64) {
	for _, i := range d.chosen {
		if value+(d.rho[i]-d.q.price)-d.next >= cutoff && d.fix[i] == free {
			d.fix[i] = openIt
		}
	}
	for i, r := range d.rho {
		if d.fix[i] == free && !d.isChosen[i] && value+d.last-(r-d.q.price) >= cutoff {
			d.fix[i] = closeIt
		}
	}
}

// ascent is how a bound is driven.
type ascent struct {
	steps  int            // at most
	halve  int            // steps without a gain before theta is halved
	theta  float64        // first step length, 0 < theta <= 2
	cutoff func() float64 // costs from here on are of no interest
	target func() float64 // the best cost known
	found  func(d *dual)  // told of every chosen set
}

// ascend runs the subgradient method until the bound reaches the cutoff, the
// steps are used up or ctx is done.
func (d *dual) ascend(ctx context.Context, a ascent) {
	theta, idle := a.theta, 0
	for s := range a.steps {
		if ctx.Err() != nil {
			return
		}
		if s%50 == 49 {
			d.sum()
		}
		value := d.choose()
		d.serve()
		d.remember()
		if value > d.bound {
			if value > d.bound+1e-5*math.Abs(value) {
				idle = 0
			} else {
				idle++
			}
			d.bound = value
			copy(d.best, d.lambda)
			copy(d.worth, d.rho)
		} else {
			idle++
		}
		a.found(d)
		cut := a.cutoff()
		if d.bound >= cut {
			return
		}
		d.fixSites(value, cut)
		if idle >= a.halve {
			theta, idle = theta/2, 0
			if theta < 0.005 {
				return
			}
		}
		if !d.step(value, a.target(), theta) {
			return
		}
	}
}

// remember folds the chosen sites into the mean.
func (d *dual) remember() {
	const keep = 0.95
	for i := range d.mean {
		d.mean[i] *= keep
	}
	for _, i := range d.chosen {
		d.mean[i] += 1 - keep
	}
}
