package general

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// multipliers price the rule that a demand is served, the site rows and the rows
// over what is left. Those of the demands are numbered as in the problem.
type multipliers struct {
	demand, site, left []float64
}

// dual maximises the Lagrangian bound of a view; any multipliers give a bound.
type dual struct {
	v        *view
	lambda   []float64 // by demand of the view
	mu, nu   []float64
	worth    []float64 // by site of the view, what choosing it saves
	order    []int32
	chosen   []int32
	isChosen []bool
	served   []float64
	act      []float64
	left     []float64
	next     float64 // best worth not chosen, at least 0
	last     float64 // least worth chosen; 0 while fewer than allowed are
	mean     []float64
	items    []item
	ceiling  []float64 // by demand of the view
	way      []float64 // the subgradient
	rise     []float64 // of nu in a step

	bound float64
	best  multipliers
	fix   []int8 // by site of the view: what every better solution must do
}

// item is a demand that a site with a capacity could serve.
type item struct {
	pair  int
	ratio float64 // of saving to size
	size  float64
}

// before orders items, the best ratio first, ties by pair.
func (a *item) before(b *item) bool {
	return a.ratio > b.ratio || a.ratio == b.ratio && a.pair < b.pair
}

func newDual(v *view, start multipliers) *dual {
	n, m := len(v.site), len(v.demand)
	d := &dual{
		v: v, lambda: make([]float64, m), mu: slices.Clone(start.site), nu: slices.Clone(start.left),
		worth: make([]float64, n), isChosen: make([]bool, n), served: make([]float64, m), mean: make([]float64, n),
		ceiling: make([]float64, m), way: make([]float64, m), rise: make([]float64, len(v.limitD)),
		act: make([]float64, len(v.limitS)), left: make([]float64, len(v.limitD)), bound: math.Inf(-1), fix: make([]int8, n),
	}
	for at, j := range v.demand {
		d.lambda[at] = start.demand[j]
	}
	d.best = multipliers{slices.Clone(start.demand), slices.Clone(d.mu), slices.Clone(d.nu)}
	return d
}

// ceilings finds the highest multiplier of each demand that can help.
func (d *dual) ceilings() {
	v := d.v
	for j, c := range v.fallback {
		for _, e := range v.ofDemand[j] {
			c += e.coef * d.nu[e.row]
		}
		d.ceiling[j] = c / v.need[j]
	}
}

// value computes the bound of the present multipliers and what the sites chosen
// in it do.
func (d *dual) value() float64 {
	v := d.v
	total, size := v.base, math.Abs(v.base)
	for r, m := range d.mu {
		total -= m * v.limitS[r]
		size += m * math.Abs(v.limitS[r])
	}
	for r, n := range d.nu {
		total -= n * v.limitD[r]
		size += n * math.Abs(v.limitD[r])
	}
	d.ceilings()
	for j, l := range d.lambda {
		l = max(v.low[j], min(l, d.ceiling[j]))
		d.lambda[j] = l
		total += v.need[j] * l
		size += v.need[j] * l
	}
	for i := range d.worth {
		d.worth[i] = d.save(i) - v.price[i]
		if v.open[i] { // its rows are settled
			continue
		}
		for _, e := range v.x.ofSite[v.site[i]] {
			d.worth[i] -= d.mu[e.row] * e.coef
		}
	}
	// What rounding may have added is taken off: a bound is never too high.
	return total - d.choose() - 1e-13*size
}

// save is what site i saves under the multipliers.
func (d *dual) save(i int) float64 {
	v, sum, size := d.v, 0.0, 0.0
	if v.cost == nil && v.x.Capacity == nil {
		for _, j := range v.at[v.first[i]:v.first[i+1]] {
			sum += d.lambda[j]
		}
		return sum
	}
	for k := v.first[i]; k < v.first[i+1]; k++ {
		if g := d.lambda[v.at[k]] - v.pairCost(k); g > 0 {
			sum += g
			size += v.x.Size[v.demand[v.at[k]]]
		}
	}
	if v.x.Capacity == nil || size <= v.x.Capacity[v.site[i]] {
		return sum
	}
	sum = 0
	d.fill(i, func(k int, share float64) { sum += share * (d.lambda[v.at[k]] - v.pairCost(k)) })
	return sum
}

// fill packs the capacity of site i with the demands of the best ratio of saving
// to size: a continuous knapsack.
func (d *dual) fill(i int, take func(pair int, share float64)) {
	v := d.v
	d.items = d.items[:0]
	for k := v.first[i]; k < v.first[i+1]; k++ {
		if g := d.lambda[v.at[k]] - v.pairCost(k); g > 0 {
			size := v.x.Size[v.demand[v.at[k]]]
			d.items = append(d.items, item{k, g / size, size})
		}
	}
	n, room := pack(d.items, v.x.Capacity[v.site[i]])
	for _, it := range d.items[:n] {
		take(it.pair, 1)
	}
	if n < len(d.items) && room > 0 {
		take(d.items[n].pair, room/d.items[n].size)
	}
}

// pack brings the items that fill the room to the front and, after them, the one
// that fits in part. It returns how many fit, and the room that is left (the
// search for a weighted median, Balas and Zemel 1980: no sorting).
func pack(items []item, room float64) (int, float64) {
	lo, hi := 0, len(items)
	for lo < hi {
		last := hi - 1
		items[(lo+hi)/2], items[last] = items[last], items[(lo+hi)/2]
		at, size := lo, 0.0
		for k := lo; k < last; k++ {
			if items[k].before(&items[last]) {
				size += items[k].size
				items[k], items[at] = items[at], items[k]
				at++
			}
		}
		items[at], items[last] = items[last], items[at]
		if size > room {
			hi = at
			continue
		}
		room -= size
		if items[at].size > room {
			return at, room
		}
		room -= items[at].size
		lo = at + 1
	}
	return lo, room
}

// choose takes the sites that save most and returns what they save.
func (d *dual) choose() float64 {
	v := d.v
	clear(d.isChosen)
	d.order, d.chosen = d.order[:0], d.chosen[:0]
	sum := 0.0
	for i, w := range d.worth {
		switch {
		case v.open[i]:
			d.isChosen[i] = true
			d.chosen = append(d.chosen, int32(i))
			sum += w
		case w > 0:
			d.order = append(d.order, int32(i))
		}
	}
	slices.SortFunc(d.order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(d.worth[b], d.worth[a]), cmp.Compare(a, b))
	})
	k := min(v.most, len(d.order))
	for _, i := range d.order[:k] {
		d.isChosen[i] = true
		sum += d.worth[i]
	}
	d.chosen = append(d.chosen, d.order[:k]...)
	d.next, d.last = 0, 0
	if k < len(d.order) {
		d.next = d.worth[d.order[k]]
	}
	if k == v.most && k > 0 {
		d.last = d.worth[d.order[k-1]]
	}
	return sum
}

// serve adds up what the chosen sites do.
func (d *dual) serve() {
	v := d.v
	clear(d.served)
	for r := range d.act {
		d.act[r] = -v.limitS[r]
	}
	for _, i := range d.chosen {
		if !v.open[i] {
			for _, e := range v.x.ofSite[v.site[i]] {
				d.act[e.row] += e.coef
			}
		}
		d.serveFrom(int(i))
	}
	for r := range d.left {
		d.left[r] = -v.limitD[r]
	}
	for j, s := range d.served {
		if u := d.unserved(j, s); u > 0 {
			for _, e := range v.ofDemand[j] {
				d.left[e.row] += u * e.coef
			}
		}
	}
}

func (d *dual) serveFrom(i int) {
	v := d.v
	if v.x.Capacity != nil {
		d.fill(i, func(k int, share float64) { d.served[v.at[k]] += share })
		return
	}
	for k := v.first[i]; k < v.first[i+1]; k++ {
		if d.lambda[v.at[k]] > v.pairCost(k) {
			d.served[v.at[k]]++
		}
	}
}

// unserved is the share left of a demand whose multiplier is at its ceiling.
func (d *dual) unserved(j int, served float64) float64 {
	if d.lambda[j] < d.ceiling[j] {
		return 0
	}
	return max(0, (d.v.need[j]-served)/d.v.need[j])
}

// step moves the multipliers along the subgradient by Polyak's length. It
// reports false when there is nowhere to go.
func (d *dual) step(gap, theta float64) bool {
	v, norm := d.v, 0.0
	for j, s := range d.served {
		g := d.slope(j, s)
		d.way[j] = g
		norm += g * g * v.scale[j]
	}
	site, left := rowNorm(d.act, d.mu, v.scaleS), rowNorm(d.left, d.nu, v.scaleD)
	easeS, easeD := ease(norm, site), ease(norm, left)
	norm += site*easeS + left*easeD
	if norm == 0 {
		return false
	}
	t := theta * gap / norm
	for j, g := range d.way {
		if g != 0 {
			d.lambda[j] += t * g * v.scale[j]
		}
	}
	for r, g := range d.act {
		d.mu[r] = max(0, d.mu[r]+t*easeS*g*v.scaleS[r])
	}
	d.stepLeft(t * easeD)
	return true
}

// rowNorm is the part of rows in the length of the subgradient.
func rowNorm(slope, multiplier, scale []float64) float64 {
	sum := 0.0
	for r, g := range slope {
		if g > 0 || multiplier[r] > 0 {
			sum += g * g * scale[r]
		}
	}
	return sum
}

// ease shortens the steps of rows so that they do not drown those of the demands.
func ease(demands, rows float64) float64 {
	if rows <= demands || demands == 0 {
		return 1
	}
	return demands / rows
}

// stepLeft moves the multipliers of the rows over what is left. A demand that
// they hold down is left and stays so: its multiplier moves with its ceiling.
func (d *dual) stepLeft(t float64) {
	v := d.v
	if len(d.nu) == 0 {
		return
	}
	for r, g := range d.left {
		to := max(0, d.nu[r]+t*g*v.scaleD[r])
		d.rise[r], d.nu[r] = to-d.nu[r], to
	}
	for j := range d.lambda {
		if d.unserved(j, d.served[j]) == 0 {
			continue
		}
		for _, e := range v.ofDemand[j] {
			d.lambda[j] += e.coef * d.rise[e.row] / v.need[j]
		}
	}
}

func (d *dual) slope(j int, served float64) float64 {
	g := d.v.need[j] - served
	if g < 0 && d.lambda[j] <= d.v.low[j] || g > 0 && d.unserved(j, served) > 0 {
		return 0
	}
	return g
}

// ascent is how a bound is driven.
type ascent struct {
	steps, halve int
	theta        float64
	cutoff       func() float64
	target       func(bound float64) float64
	found        func(d *dual)
}

// ascend runs the subgradient method until the bound reaches the cutoff, the
// steps are used up, or ctx is done.
func (d *dual) ascend(ctx context.Context, a ascent) {
	theta, idle := a.theta, 0
	for range a.steps {
		if ctx.Err() != nil {
			return
		}
		value := d.value()
		d.serve()
		d.remember()
		idle++
		if value > d.bound {
			if value > d.bound+1e-5*math.Abs(value) {
				idle = 0
			}
			d.keep(value)
		}
		a.found(d)
		cut := a.cutoff()
		if d.bound >= cut {
			return
		}
		d.fixSites(value, cut)
		if idle >= a.halve {
			theta, idle = theta/2, 0
			if theta < 0.002 {
				return
			}
		}
		target := a.target(d.bound)
		if !d.step(max(target-value, 1e-9*math.Abs(target)), theta) {
			return
		}
	}
}

func (d *dual) keep(value float64) {
	d.bound = value
	for at, j := range d.v.demand {
		d.best.demand[j] = d.lambda[at]
	}
	copy(d.best.site, d.mu)
	copy(d.best.left, d.nu)
}

// remember folds the chosen sites into a mean, which is nearly a solution.
func (d *dual) remember() {
	const keep = 0.95
	for i := range d.mean {
		d.mean[i] *= keep
	}
	for _, i := range d.chosen {
		d.mean[i] += 1 - keep
	}
}

// fixSites marks the sites whose opposite would push the bound to the cutoff.
func (d *dual) fixSites(value, cutoff float64) {
	for i, w := range d.worth {
		switch {
		case d.fix[i] != Free || d.v.open[i]:
		case d.isChosen[i]:
			if value+w-d.next >= cutoff {
				d.fix[i] = Open
			}
		case value+d.last-w >= cutoff:
			d.fix[i] = Shut
		}
	}
}
