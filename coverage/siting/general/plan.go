package general

import (
	"context"
	"math"
	"slices"
)

// plan is a set of open sites that is being improved. Without capacities the
// worth of a change is found from the pairs of the changed sites; with them every
// set is served anew, and only sites of promise are tried.
type plan struct {
	x     *index
	serve *server
	state []int8 // sites decided for good
	open  []int32
	isOn  []bool
	now   worth
	rank  []int32 // capacities: sites to try, most promising first; nil: all
	flows int     // capacities: sets that may still be tried; 0 from the start: no limit

	rowsMiss float64   // by how much the site rows are passed
	leftMiss float64   // and the demand rows
	count    []int32   // open sites that reach each demand
	near     []float64 // cost of the cheapest
	act      []float64 // of site rows
	left     []float64 // of demand rows
	bare     int       // demands that must be served and are not
	price    float64
	base     worth     // capacities: of the open sites, when ahead is
	ahead    bool      // base and moves hold
	moves    []bool    // demands that one more site could serve to some gain
	delta    []float64 // scratch by demand row
	rows     []int32
}

func newPlan(x *index, s *server, state []int8, open []int32) *plan {
	p := &plan{
		x: x, serve: s, state: state, isOn: make([]bool, x.sites()), count: make([]int32, x.demands()),
		near: make([]float64, x.demands()), act: make([]float64, len(x.SiteRows)),
		left: make([]float64, len(x.DemandRows)), delta: make([]float64, len(x.DemandRows)),
	}
	for j, pen := range x.Penalty {
		p.near[j] = math.Inf(1)
		if math.IsInf(pen, 1) {
			p.bare++
		} else {
			p.price += pen
		}
	}
	for r := range x.DemandRows {
		for _, c := range x.DemandRows[r].Coef {
			p.left[r] += c
		}
	}
	for i, st := range state {
		if st == Open || st == Free && slices.Contains(open, int32(i)) {
			p.add(int32(i))
		}
	}
	p.leftMiss = p.missLeft()
	p.now = p.worth()
	return p
}

// add opens a site.
func (p *plan) add(i int32) {
	p.isOn[i] = true
	p.open = append(p.open, i)
	p.change(i, 1)
}

// drop closes a site.
func (p *plan) drop(i int32) {
	p.isOn[i] = false
	p.open = slices.Delete(p.open, slices.Index(p.open, i), slices.Index(p.open, i)+1)
	p.change(i, -1)
}

// change brings counts and sums up to date after site i opened (1) or closed (-1).
func (p *plan) change(i, by int32) {
	x := p.x
	p.ahead = false
	p.price += float64(by) * x.Price[i]
	for _, e := range x.ofSite[i] {
		p.act[e.row] += float64(by) * e.coef
	}
	p.rowsMiss = 0
	for r, a := range p.act {
		p.rowsMiss += x.missSiteRow(r, a)
	}
	if x.Capacity != nil {
		return
	}
	for k := x.first[i]; k < x.first[i+1]; k++ {
		j := x.demand[k]
		p.leave(j, -1)
		p.count[j] += by
		if by > 0 {
			p.near[j] = min(p.near[j], x.byCost[k])
		} else if x.byCost[k] <= p.near[j] {
			p.near[j] = p.nearest(int(j))
		}
		p.leave(j, 1)
	}
	p.leftMiss = p.missLeft()
}

func (p *plan) missLeft() float64 {
	miss := 0.0
	for r, l := range p.left {
		miss += p.x.missDemandRow(r, l)
	}
	return miss
}

// leave adds (by 1) or takes away (-1) what demand j costs as it stands.
func (p *plan) leave(j int32, by float64) {
	x := p.x
	pen := x.Penalty[j]
	if int(p.count[j]) >= x.Need && p.near[j] <= pen {
		p.price += by * p.near[j]
		return
	}
	if math.IsInf(pen, 1) {
		p.bare += int(by)
	} else {
		p.price += by * pen
	}
	for _, e := range x.ofDemand[j] {
		p.left[e.row] += by * e.coef
	}
}

func (p *plan) nearest(j int) float64 {
	x := p.x
	for k := x.First[j]; k < x.First[j+1]; k++ {
		if p.isOn[x.Site[k]] {
			return x.cost(k)
		}
	}
	return math.Inf(1)
}

// worth reads the sums; rounding carried along is below what misses count.
func (p *plan) worth() worth {
	x := p.x
	if x.Capacity != nil {
		return p.serve.value(p.open)
	}
	w := worth{miss: p.missRows(-1) + p.leftMiss, cost: p.price}
	if p.bare > 0 {
		w.miss += float64(p.bare) / x.must
	}
	return w
}

// missRows is by how much the open sites, and site i (-1 none), pass the rows.
func (p *plan) missRows(i int32) float64 {
	x, n, miss := p.x, len(p.open), p.rowsMiss
	if i >= 0 {
		n++
		for _, e := range x.ofSite[i] {
			a := p.act[e.row]
			miss += x.missSiteRow(int(e.row), a+e.coef) - x.missSiteRow(int(e.row), a)
		}
	}
	return nothing(miss) + float64(max(0, n-x.Most))
}

// nothing takes what rounding leaves of a difference for 0.
func nothing(miss float64) float64 {
	if miss < 1e-14 {
		return 0
	}
	return miss
}

// spent counts a flow and reports whether there were enough, or time is up.
func (p *plan) spent() bool {
	if p.x.Capacity != nil && p.serve.stopped() {
		return true
	}
	if p.x.Capacity == nil || p.flows == 0 {
		return false
	}
	if p.flows--; p.flows == 0 {
		p.flows = -1
	}
	return p.flows < 0
}

// lookAhead finds which demands one more site could serve to some gain: those that
// the flow leaves, or could leave in place of others. The flow and they are a cut:
// no site gains more than its capacity, or than their size in its reach.
func (p *plan) lookAhead() {
	if p.x.Capacity == nil || !p.x.weighed {
		return
	}
	p.base = p.serve.value(p.open)
	p.ahead = !p.serve.stopped()
	p.moves = p.serve.leavable(p.moves)
}

// hopeless reports whether opening a site, on top of those of the last look
// ahead, cannot be better than good, which keeps to everything.
func (p *plan) hopeless(i int32, good worth) bool {
	if p.missRows(i) > 0 {
		return true
	}
	if !p.ahead {
		return false
	}
	x, gain := p.x, 0.0
	for _, j := range x.demand[x.first[i]:x.first[i+1]] {
		if p.moves[j] {
			gain += x.Size[j]
		}
	}
	return p.base.cost+x.Price[i]-min(gain, x.Capacity[i]) >= good.cost
}

// with is the worth after opening site i. Under capacities a set that keeps to
// everything but costs more than good does may come out as infinitely dear.
func (p *plan) with(i int32, good worth) worth {
	x := p.x
	if x.Capacity != nil {
		if good.miss == 0 && p.hopeless(i, good) || p.spent() {
			return worth{math.Inf(1), math.Inf(1)}
		}
		if good.miss == 0 {
			p.serve.limit = good.cost
		}
		w := p.serve.value(append(slices.Clone(p.open), i))
		p.serve.limit = math.Inf(1)
		return w
	}
	w := worth{miss: p.missRows(i), cost: p.price + x.Price[i]}
	bare := p.bare
	for k := x.first[i]; k < x.first[i+1]; k++ {
		j, c := x.demand[k], x.byCost[k]
		pen := x.Penalty[j]
		if int(p.count[j])+1 < x.Need || c > pen {
			continue
		}
		if int(p.count[j]) >= x.Need && p.near[j] <= pen {
			w.cost -= max(0, p.near[j]-c)
			continue
		}
		if math.IsInf(pen, 1) {
			bare--
			w.cost += c
		} else {
			w.cost += c - pen
		}
		for _, e := range x.ofDemand[j] {
			if p.delta[e.row] == 0 {
				p.rows = append(p.rows, e.row)
			}
			p.delta[e.row] -= e.coef
		}
	}
	if bare > 0 {
		w.miss += float64(bare) / x.must
	}
	miss := p.leftMiss
	for _, r := range p.rows {
		miss += x.missDemandRow(int(r), p.left[r]+p.delta[r]) - x.missDemandRow(int(r), p.left[r])
		p.delta[r] = 0
	}
	w.miss += nothing(miss)
	p.rows = p.rows[:0]
	return w
}

// trials calls do for every site that may be opened and is of promise.
func (p *plan) trials(do func(i int32)) {
	if p.x.Capacity != nil && p.rank != nil {
		for _, i := range p.rank {
			if !p.isOn[i] && p.state[i] == Free {
				do(i)
			}
		}
		return
	}
	for i, st := range p.state {
		if st == Free && !p.isOn[i] {
			do(int32(i))
		}
	}
}

// grow opens the site that helps most for its price while one helps.
func (p *plan) grow(ctx context.Context, slack float64) {
	for ctx.Err() == nil {
		at, best, good := int32(-1), 0.0, p.now
		p.lookAhead()
		p.trials(func(i int32) {
			w := p.with(i, p.now)
			if !w.better(p.now, slack) {
				return
			}
			score := (p.now.cost - w.cost)
			if w.miss < p.now.miss {
				score = (p.now.miss - w.miss) * p.x.size / max(p.x.Price[i], 1e-3)
			}
			if at < 0 || score > best {
				at, best, good = i, score, w
			}
		})
		if at < 0 {
			return
		}
		p.add(at)
		p.now = good
	}
}

// trim closes sites while that is better.
func (p *plan) trim(ctx context.Context, slack float64) {
	for ctx.Err() == nil {
		at, good := int32(-1), p.now
		for _, i := range slices.Clone(p.open) {
			if p.state[i] != Free || p.x.Price[i] == 0 && p.now.miss == 0 || p.spent() {
				continue
			}
			p.drop(i)
			if w := p.worth(); w.better(good, slack) {
				at, good = i, w
			}
			p.add(i)
		}
		if at < 0 {
			return
		}
		p.drop(at)
		p.now = p.worth()
	}
}

// rounds is how often the open sites are gone through at most: rounding in the
// sums must not lead in a circle.
const rounds = 50

// swap exchanges one open site for another while that is better.
func (p *plan) swap(ctx context.Context, slack float64) {
	again := true
	for n := 0; again && n < rounds; n++ {
		again = false
		for _, out := range slices.Clone(p.open) {
			if p.state[out] != Free || ctx.Err() != nil {
				continue
			}
			p.drop(out)
			p.lookAhead()
			in, good := out, p.now
			p.trials(func(i int32) {
				if w := p.with(i, good); i != out && w.better(good, slack) {
					in, good = i, w
				}
			})
			p.add(in)
			if in != out {
				p.now, again = p.worth(), true
			}
		}
	}
}

// improve does all three until nothing helps.
func (p *plan) improve(ctx context.Context, slack float64) {
	for n := 0; n < rounds && ctx.Err() == nil; n++ {
		before := p.now
		p.grow(ctx, slack)
		p.trim(ctx, slack)
		p.swap(ctx, slack)
		if !p.now.better(before, slack) {
			return
		}
	}
}
