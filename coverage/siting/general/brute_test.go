package general

import (
	"context"
	"math"
	"math/bits"
	"testing"

	"pgregory.net/rapid"
)

// matrixFlow is a flow network as a matrix of capacities and costs: the slow,
// obvious judge. Node 0 is the source, node 1 the sink.
type matrixFlow struct {
	room, cost [][]float64
}

func newMatrixFlow(n int) *matrixFlow {
	f := &matrixFlow{}
	for range n {
		f.room = append(f.room, make([]float64, n))
		f.cost = append(f.cost, make([]float64, n))
	}
	return f
}

func (f *matrixFlow) arc(a, b int, room, cost float64) {
	f.room[a][b] += room
	f.cost[a][b], f.cost[b][a] = cost, -cost
}

// run sends as much as it can along cheapest paths (Bellman and Ford).
func (f *matrixFlow) run() (sent, cost float64) {
	n := len(f.room)
	for {
		dist, from := make([]float64, n), make([]int, n)
		for v := range dist {
			dist[v] = math.Inf(1)
		}
		dist[0] = 0
		for range n {
			for a := range n {
				for b := range n {
					if f.room[a][b] > 1e-9 && dist[a]+f.cost[a][b] < dist[b]-1e-9 {
						dist[b], from[b] = dist[a]+f.cost[a][b], a
					}
				}
			}
		}
		if math.IsInf(dist[1], 1) {
			return sent, cost
		}
		amount := math.Inf(1)
		for v := 1; v != 0; v = from[v] {
			amount = min(amount, f.room[from[v]][v])
		}
		for v := 1; v != 0; v = from[v] {
			f.room[from[v]][v] -= amount
			f.room[v][from[v]] += amount
		}
		sent, cost = sent+amount, cost+amount*dist[1]
	}
}

// bruteServe is the least cost of serving with a set of open sites; false when
// the conditions over demands cannot be kept.
func bruteServe(p *Problem, set int) (float64, bool) {
	if p.Capacity == nil {
		return bruteNearest(p, set)
	}
	m, n := p.demands(), p.sites()
	all := 0.0
	for _, w := range p.Size {
		all += w
	}
	// Nodes: source, sink, demands, sites.
	build := func(limit func(j int) float64) *matrixFlow {
		f := newMatrixFlow(2 + m + n)
		for j := range m {
			f.arc(0, 2+j, limit(j), 0)
			for k := p.First[j]; k < p.First[j+1]; k++ {
				if set>>p.Site[k]&1 == 1 {
					f.arc(2+j, 2+m+int(p.Site[k]), p.Size[j], p.cost(k)/p.Size[j])
				}
			}
		}
		for i := range n {
			f.arc(2+m+i, 1, p.Capacity[i], 0)
		}
		return f
	}
	if p.Cost != nil {
		sent, cost := build(func(j int) float64 { return p.Size[j] }).run()
		return cost, sent >= all-1e-6
	}
	if m > 0 && math.IsInf(p.Penalty[0], 1) {
		sent, _ := build(func(j int) float64 { return p.Size[j] }).run()
		return 0, sent >= all-1e-6
	}
	return bruteZones(p, build)
}

// bruteZones tries every whole number of served units in each zone.
func bruteZones(p *Problem, build func(limit func(j int) float64) *matrixFlow) (float64, bool) {
	// What each demand gets is a whole number in some best flow: try them all.
	m := p.demands()
	got := make([]float64, m)
	best, found := math.Inf(1), false
	var try func(j int)
	try = func(j int) {
		if j == m {
			for _, r := range p.DemandRows {
				left := 0.0
				for k, d := range r.At {
					left += r.Coef[k] * (p.Size[d] - got[d]) / p.Size[d]
				}
				if left > r.Limit+1e-9 {
					return
				}
			}
			want, cost := 0.0, 0.0
			for d, g := range got {
				want += g
				cost += p.Penalty[d] * (p.Size[d] - g) / p.Size[d]
			}
			if cost >= best {
				return
			}
			if sent, _ := build(func(j int) float64 { return got[j] }).run(); sent >= want-1e-6 {
				best, found = cost, true
			}
			return
		}
		for g := 0.0; g <= p.Size[j]; g++ {
			got[j] = g
			try(j + 1)
		}
	}
	try(0)
	return best, found
}

func bruteNearest(p *Problem, set int) (float64, bool) {
	total, left := 0.0, make([]float64, len(p.DemandRows))
	for j := range p.demands() {
		var costs []float64
		for k := p.First[j]; k < p.First[j+1]; k++ {
			if set>>p.Site[k]&1 == 1 {
				costs = append(costs, p.cost(k))
			}
		}
		if len(costs) >= p.Need && costs[0] <= p.Penalty[j] {
			total += costs[0]
			continue
		}
		if math.IsInf(p.Penalty[j], 1) {
			return 0, false
		}
		total += p.Penalty[j]
		for r, row := range p.DemandRows {
			for k, d := range row.At {
				if int(d) == j {
					left[r] += row.Coef[k]
				}
			}
		}
	}
	for r, row := range p.DemandRows {
		if left[r] > row.Limit+1e-9 {
			return 0, false
		}
	}
	return total, true
}

func bruteSolve(p *Problem) (float64, bool) {
	best, found := math.Inf(1), false
next:
	for set := range 1 << p.sites() {
		if bits.OnesCount(uint(set)) > p.Most {
			continue
		}
		price := 0.0
		for i, s := range p.State {
			on := set>>i&1 == 1
			if s == Open && !on || s == Shut && on {
				continue next
			}
			if on {
				price += p.Price[i]
			}
		}
		for _, r := range p.SiteRows {
			sum := 0.0
			for k, i := range r.At {
				if set>>i&1 == 1 {
					sum += r.Coef[k]
				}
			}
			if sum > r.Limit+1e-9 {
				continue next
			}
		}
		if cost, ok := bruteServe(p, set); ok && price+cost < best {
			best, found = price+cost, true
		}
	}
	return best, found
}

// drawProblem makes small problems of every kind: with or without costs,
// capacities, double need, prices, rows over sites and rows over demands.
func drawProblem(t *rapid.T) *Problem {
	n, m := rapid.IntRange(1, 7).Draw(t, "sites"), rapid.IntRange(0, 5).Draw(t, "demands")
	kind := rapid.SampledFrom([]string{"most", "all", "share", "median"}).Draw(t, "kind")
	capped := rapid.Bool().Draw(t, "capped")
	p := &Problem{Most: rapid.IntRange(1, n).Draw(t, "most"), Need: 1, First: []int{0}}
	if kind != "median" && !capped && rapid.Bool().Draw(t, "double") {
		p.Need = 2
	}
	if kind == "median" {
		p.Cost = []float64{}
	}
	for range n {
		price := 0.0
		if kind != "most" && kind != "median" {
			price = float64(rapid.IntRange(0, 4).Draw(t, "price"))
		}
		p.Price = append(p.Price, price)
		p.State = append(p.State, rapid.SampledFrom([]int8{Free, Free, Free, Free, Open, Shut}).Draw(t, "state"))
		if capped {
			p.Capacity = append(p.Capacity, float64(rapid.IntRange(0, 6).Draw(t, "capacity")))
		}
	}
	for range m {
		w := float64(rapid.IntRange(1, 3).Draw(t, "size"))
		p.Size = append(p.Size, w)
		p.Penalty = append(p.Penalty, map[string]float64{"most": w, "all": math.Inf(1), "share": 0, "median": math.Inf(1)}[kind])
		c := 0.0
		for i := range n {
			if rapid.IntRange(0, 9).Draw(t, "pair") < 6 {
				p.Site = append(p.Site, int32(i))
				if p.Cost != nil {
					c += w * float64(rapid.IntRange(0, 3).Draw(t, "cost"))
					p.Cost = append(p.Cost, c)
				}
			}
		}
		p.First = append(p.First, len(p.Site))
	}
	drawRows(t, p, kind)
	p.Whole = rapid.Bool().Draw(t, "whole")
	return p
}

func drawRows(t *rapid.T, p *Problem, kind string) {
	for range rapid.IntRange(0, 3).Draw(t, "rows") {
		r := Row{Slack: 1e-9, Limit: float64(rapid.IntRange(-2, 6).Draw(t, "limit"))}
		for i := range p.sites() {
			if c := rapid.IntRange(-2, 4).Draw(t, "coef"); c != 0 && (c > 0 || r.Limit < 0) {
				r.At, r.Coef = append(r.At, int32(i)), append(r.Coef, float64(c))
			}
		}
		p.SiteRows = append(p.SiteRows, r)
	}
	if kind == "all" || kind == "median" {
		return
	}
	add := func(from, to int) {
		r := Row{Slack: 1e-9}
		sum := 0.0
		for j := from; j < to; j++ {
			r.At, r.Coef = append(r.At, int32(j)), append(r.Coef, p.Size[j])
			sum += p.Size[j]
		}
		r.Limit = math.Floor(sum * rapid.Float64Range(0, 1).Draw(t, "left"))
		p.DemandRows = append(p.DemandRows, r)
	}
	if m := p.demands(); m >= 2 && rapid.Bool().Draw(t, "zones") {
		add(0, m/2)
		add(m/2, m)
	}
	if kind == "share" || rapid.Bool().Draw(t, "total") {
		add(0, p.demands())
	}
}

func TestSolveAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		want, found := bruteSolve(p)
		r := Solve(context.Background(), p, Options{})
		if !r.Proven || (r.Open != nil) != found {
			t.Fatalf("answer exists: %v (%v); got %+v", found, want, r)
		}
		if !found {
			return
		}
		set := 0
		for _, i := range r.Open {
			set |= 1 << i
		}
		if math.Abs(r.Cost-want) > 1e-6 || r.Bound > want+1e-6 || r.Bound < want-1e-6 {
			t.Fatalf("want %v, got %+v", want, r)
		}
		one := *p
		one.State = make([]int8, p.sites())
		for i := range one.State {
			one.State[i] = Shut
			if set>>i&1 == 1 {
				one.State[i] = Open
			}
		}
		if cost, ok := bruteSolve(&one); !ok || math.Abs(cost-want) > 1e-6 {
			t.Fatalf("%v is no answer: %v, %v", r.Open, cost, ok)
		}
	})
}
