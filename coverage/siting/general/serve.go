package general

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage/siting/flow"
)

// server finds the best serving for a set of open sites, exactly. It owns its
// memory and is used again and again. With a ctx that is done it finds nothing.
type server struct {
	ctx    context.Context
	x      *index
	isOn   []bool
	share  []float64 // unserved share of each demand
	net    flow.Network
	groups groups
	moving *transport
	limit  float64 // under capacities: a cost from which a set is of no interest
}

func newServer(ctx context.Context, x *index) *server {
	return &server{ctx: ctx, x: x, isOn: make([]bool, x.sites()), share: make([]float64, x.demands()), limit: math.Inf(1)}
}

// stopped reports whether time is up.
func (s *server) stopped() bool { return s.ctx.Err() != nil }

// worth is what a set of open sites costs and by how much it misses the
// conditions, as a share; 0 when it keeps to all.
type worth struct {
	miss, cost float64
}

// better compares two sets: first by what they miss, beyond the rounding of the
// sums, then by what they cost, beyond slack.
func (a worth) better(b worth, slack float64) bool {
	if d := a.miss - b.miss; math.Abs(d) > 1e-9 {
		return d < 0
	}
	return a.cost < b.cost-slack
}

// value is the worth of a set of open sites; infinitely bad when time is up
// before it is known.
func (s *server) value(open []int32) worth {
	x := s.x
	clear(s.isOn)
	w := worth{miss: x.missRows(open)}
	for _, i := range open {
		s.isOn[i] = true
		w.cost += x.Price[i]
	}
	switch {
	case x.Capacity == nil:
		w.cost += s.closest()
	case x.Cost == nil:
		s.flow(open)
	default:
		cost, ok := s.transport(open)
		if !ok && !math.IsInf(s.limit, 1) {
			return worth{miss: w.miss, cost: math.Inf(1)}
		}
		if !ok { // say how much: the flow leaves the least
			s.flow(open)
			w.miss += 1e-6 // even where rounding hides it
			break
		}
		w.cost += cost
		clear(s.share)
	}
	if x.Capacity != nil && s.stopped() {
		return worth{math.Inf(1), math.Inf(1)}
	}
	w.miss += s.unserved()
	for j, u := range s.share {
		if u > 0 && !math.IsInf(x.Penalty[j], 1) {
			w.cost += u * x.Penalty[j]
		}
	}
	return w
}

// missRows is by how much the open sites pass the site rows.
func (x *index) missRows(open []int32) float64 {
	act := make([]float64, len(x.SiteRows))
	for _, i := range open {
		for _, e := range x.ofSite[i] {
			act[e.row] += e.coef
		}
	}
	miss := float64(max(0, len(open)-x.Most))
	for r, a := range act {
		miss += x.missSiteRow(r, a)
	}
	return miss
}

func (x *index) missSiteRow(r int, act float64) float64 {
	if over := act - x.SiteRows[r].Limit; over > x.SiteRows[r].Slack {
		return over / max(math.Abs(x.SiteRows[r].Limit), 1e-9, over)
	}
	return 0
}

// Unseen is the share of all size that the flows cannot tell from nothing: a
// demand with less left than that is served, a site with less too much not
// overfull. It is no power of ten, for numbers that are.
const Unseen = 1.7e-10

// unserved is by how much the shares miss what must be served.
func (s *server) unserved() float64 {
	x, miss, unseen := s.x, 0.0, 0.0
	if x.Capacity != nil {
		unseen = Unseen * x.total
	}
	for j, u := range s.share {
		if u*x.Size[j] > unseen && math.IsInf(x.Penalty[j], 1) {
			miss += u / x.must
		}
	}
	for r := range x.DemandRows {
		miss += x.missDemandRow(r, x.leftIn(r, s.share))
	}
	return miss
}

func (x *index) leftIn(r int, share []float64) float64 {
	left, row := 0.0, &x.DemandRows[r]
	for k, j := range row.At {
		left += row.Coef[k] * share[j]
	}
	return left
}

func (x *index) missDemandRow(r int, left float64) float64 {
	if over := left - x.DemandRows[r].Limit; over > x.DemandRows[r].Slack {
		return over / x.total
	}
	return 0
}

// closest serves every demand from its cheapest open site.
func (s *server) closest() float64 {
	x, total := s.x, 0.0
	for j := range s.share {
		s.share[j] = 1
		reach, cost := 0, 0.0
		for k := x.First[j]; k < x.First[j+1] && reach < x.Need; k++ {
			if s.isOn[x.Site[k]] {
				reach++
				cost = x.cost(k)
			}
		}
		if reach == x.Need && cost <= x.Penalty[j] {
			s.share[j] = 0
			total += cost
		}
	}
	return total
}

// zoneRows are the demand rows but one over all demands, which is the last.
func (x *index) zoneRows() []Row {
	rows := x.DemandRows
	if n := len(rows); n > 0 && len(rows[n-1].At) == x.demands() {
		rows = rows[:n-1]
	}
	return rows
}

// transport serves every demand at the least cost, false when that cannot be.
func (s *server) transport(open []int32) (float64, bool) {
	if s.moving == nil {
		s.moving = newTransport(s.x)
	}
	return s.moving.run(open, s.limit, s.stopped)
}

// Share is what a site serves of a demand, in its size.
type Share struct {
	Site int32
	Size float64
}

// Serve finds the best serving of a problem with capacities for a set of open
// sites: the unserved share of each demand, and who serves it, by site. Where not
// all can be served that must be, it serves the most.
func Serve(p *Problem, open []int32) (left []float64, by [][]Share) {
	x := newIndex(p)
	s := newServer(context.Background(), x)
	by = make([][]Share, p.demands())
	if p.Cost != nil {
		if _, ok := s.transport(open); ok {
			for j := range by {
				for k := p.First[j]; k < p.First[j+1]; k++ {
					if got := s.moving.sent[k]; got > 1e-9*p.Size[j] {
						by[j] = append(by[j], Share{p.Site[k], got})
					}
				}
				slices.SortFunc(by[j], func(a, b Share) int { return int(a.Site) - int(b.Site) })
			}
			return s.share, by
		}
	}
	s.flow(open)
	s.readFlow(open, by)
	return s.share, by
}
