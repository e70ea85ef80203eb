package phase

import "context"

// steps is a plan on its way: the year in which each site is built, -1 for what
// stands, years for never.
type steps struct {
	q      *Question
	year   []int
	spent  []float64
	closed []bool // may not be built
	value  []float64
}

// best is the best plan that is made of the sites that are best for one year, and
// of exchanges; years count by factor.
func (a *alone) best(ctx context.Context, q *Question, factor func(t int) float64) *Answer {
	var best *Answer
	most := -1.0
	for t := q.years() - 1; t >= 0; t-- {
		p := q.nothingBuilt()
		p.build(ctx, a.open[t], 0, t)
		if len(q.Site.Exclusive) == 0 && len(q.Site.Apart) == 0 { // sites of one answer bear one another, others may not
			p.build(ctx, p.all(), t+1, q.years()-1)
			p.exchange(ctx, factor)
		}
		b := p.answer()
		if v := q.total(b, factor); v > most {
			best, most = b, v
		}
	}
	return best
}

func (q *Question) nothingBuilt() *steps {
	n := q.Site.Sites()
	p := &steps{q, make([]int, n), make([]float64, q.years()), make([]bool, n), make([]float64, q.Site.Demands())}
	for i := range p.year {
		p.year[i] = q.years()
	}
	for _, i := range q.Site.Forbidden {
		p.closed[i] = true
	}
	for _, i := range q.Site.Fixed {
		p.year[i] = -1
	}
	return p
}

func (p *steps) all() []int32 {
	var list []int32
	for i := range int32(len(p.year)) {
		list = append(list, i)
	}
	return list
}

// build builds sites one after another in the years from first to last: each time
// the one that covers most of those that the purse allows, as long as one is left.
func (p *steps) build(ctx context.Context, sites []int32, first, last int) {
	for t := first; t <= last; t++ {
		for covered := p.covered(t); ctx.Err() == nil; {
			best, gain := int32(-1), 0.0
			for _, i := range sites {
				if !p.mayBuild(i, t) {
					continue
				}
				if g := p.q.gain(i, t, covered); g > gain {
					best, gain = i, g
				}
			}
			if best < 0 {
				break
			}
			p.put(best, t)
			p.q.cover(best, covered)
		}
	}
}

// put builds a site in a year, or in none (years).
func (p *steps) put(i int32, t int) {
	c := p.q.cost(i)
	if was := p.year[i]; was < p.q.years() {
		p.spent[was] -= c
	}
	if p.year[i] = t; t < p.q.years() {
		p.spent[t] += c
	}
}

// mayBuild reports whether a site is not built yet and the purse of the year, or
// with carry of every year from then on, allows it.
func (p *steps) mayBuild(i int32, t int) bool {
	if p.closed[i] || p.year[i] < p.q.years() {
		return false
	}
	c, left := p.q.cost(i), 0.0
	for u, b := range p.q.Budgets {
		if !p.q.Carry {
			left = 0
		}
		left += b - p.spent[u]
		if (u == t || p.q.Carry && u > t) && c > left+1e-9*max(1, b) {
			return false
		}
	}
	return true
}

// covered tells which demands are covered at the end of a year.
func (p *steps) covered(t int) []bool {
	out := make([]bool, p.q.Site.Demands())
	for i, y := range p.year {
		if y <= t {
			p.q.cover(int32(i), out)
		}
	}
	return out
}

// exchange puts another site, or another year, in place of each that is built,
// while that is better. A plan is gone through so often at most: rounding in the
// sums must not lead in a circle.
func (p *steps) exchange(ctx context.Context, factor func(t int) float64) {
	const rounds = 20
	better := true
	for n := 0; better && n < rounds; n++ {
		better = false
		for out := range int32(len(p.year)) {
			was := p.year[out]
			if was < 0 || was == p.q.years() {
				continue
			}
			if ctx.Err() != nil {
				return
			}
			p.put(out, p.q.years())
			in, t := p.bestToBuild(out, was, factor)
			p.put(in, t)
			better = better || in != out || t != was
		}
	}
}

// bestToBuild is the site and year that add most to a plan; out in year was unless
// another is clearly better.
func (p *steps) bestToBuild(out int32, was int, factor func(t int) float64) (in int32, year int) {
	clear(p.value)
	in, year = out, was
	most := -1.0
	for t := p.q.years() - 1; t >= 0; t-- { // a site that is built earlier serves in later years too
		covered := p.covered(t)
		for j := range p.value {
			if !covered[j] {
				p.value[j] += factor(t) * p.q.weight(j, t)
			}
		}
		for i := range int32(len(p.year)) {
			if !p.mayBuild(i, t) {
				continue
			}
			g := p.q.worth(i, p.value)
			if i == out && t == was {
				g *= 1 + 1e-9
			}
			if g > most {
				in, year, most = i, t, g
			}
		}
	}
	return in, year
}

// worth is the value of the demands that a site reaches.
func (q *Question) worth(i int32, value []float64) float64 {
	d, sum := &q.Site.Distances, 0.0
	for k := d.First[i]; k < d.First[i+1]; k++ {
		if d.Value[k] <= q.Site.Threshold {
			sum += value[d.Demand[k]]
		}
	}
	return sum
}

func (p *steps) answer() *Answer {
	n := int32(len(p.year))
	var open []int32
	for i, y := range p.year {
		if y < p.q.years() {
			open = append(open, int32(i)+int32(max(0, y))*n)
		}
	}
	return p.q.answer(open)
}
