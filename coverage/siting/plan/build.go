package plan

import (
	"context"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/travel"
	"lifecircle/geo/geodesy"
	"lifecircle/geo/index"
)

// Build makes the instance of a question. landmass puts places on their own.
func Build(ctx context.Context, ds *coverage.Dataset, q *Question, landmass bool, pairs Pairs) (*Setup, error) {
	s := &Setup{}
	b := builder{ds: ds, q: q, s: s, landmass: landmass}
	b.demands()
	if err := b.standing(ctx, pairs); err != nil {
		return nil, err
	}
	places := b.places()
	if err := b.reach(ctx, places, pairs); err != nil {
		return nil, err
	}
	in := &s.Instance
	in.Model, in.Distances = q.Model, b.columns()
	in.Threshold = threshold(q)
	s.limit = b.demandLimits()
	b.limits()
	b.conditions()
	return s, nil
}

type builder struct {
	ds       *coverage.Dataset
	q        *Question
	s        *Setup
	landmass bool
	number   []int32 // demand row -> demand, -1
	site     [][]pair
}

type pair struct {
	demand uint32
	cost   uint32
}

// demands are the rows with people that count.
func (b *builder) demands() {
	b.number = make([]int32, len(b.q.Weights))
	for i, w := range b.q.Weights {
		b.number[i] = -1
		if w > 0 {
			b.number[i] = int32(len(b.s.Rows))
			b.s.Rows = append(b.s.Rows, int32(i))
			b.s.Instance.Weights = append(b.s.Instance.Weights, w)
		}
	}
}

// standing makes one site of what stands, or one of each facility.
func (b *builder) standing(ctx context.Context, pairs Pairs) error {
	if b.q.Existing != nil {
		b.s.Standing = len(b.q.Existing)
		points := travel.Points{}
		for _, f := range b.q.Existing {
			points.At = append(points.At, b.ds.Facilities[f].At)
			points.Land = append(points.Land, b.ds.Facilities[f].Landmass)
			points.DelayMS = append(points.DelayMS, uint32(b.ds.Facilities[f].DelayS)*1000)
		}
		return b.reach(ctx, points, pairs)
	}
	if b.q.Served == nil {
		return nil
	}
	b.s.Standing = 1
	var list []pair
	for demand, row := range b.s.Rows {
		if cost := min(b.q.Cost[row], b.q.Reach); b.median() {
			list = append(list, pair{uint32(demand), cost})
		} else if b.q.Served[row] {
			list = append(list, pair{uint32(demand), 0})
		}
	}
	b.site = append(b.site, list)
	b.s.Pairs += int64(len(list))
	return nil
}

func (b *builder) median() bool {
	return b.q.Model == siting.PMedian || b.q.Model == siting.PCenter
}

func (b *builder) places() travel.Points {
	p := travel.Points{}
	for i := range b.q.Candidates {
		c := &b.q.Candidates[i]
		p.At, p.Land, p.DelayMS = append(p.At, c.At), append(p.Land, c.Landmass), append(p.DelayMS, uint32(c.DelayS)*1000)
	}
	return p
}

// reach adds a site of each place: the rows that it serves, by the rule of each
// row's setting.
func (b *builder) reach(ctx context.Context, places travel.Points, pairs Pairs) error {
	if !b.landmass {
		places.Land = nil
	}
	first := len(b.site)
	b.site = append(b.site, make([][]pair, len(places.At))...)
	for _, rule := range b.q.Rules {
		rows := b.rowsOf(rule)
		if len(rows) == 0 {
			continue
		}
		limit := rule.Threshold.Limit()
		if b.median() {
			limit = b.q.Reach
		}
		m, err := pairs(ctx, places, rule, rows, limit)
		if err != nil {
			return err
		}
		for i := range places.At {
			for k := m.First[i]; k < m.First[i+1]; k++ {
				b.add(first+i, rows[m.Row[k]], m.Cost[k])
			}
		}
		if b.s.Pairs > MaxPairs {
			return tooMany(b.s.Pairs)
		}
	}
	for i := first; i < len(b.site); i++ { // rules come one after the other
		slices.SortFunc(b.site[i], func(x, y pair) int { return int(x.demand) - int(y.demand) })
	}
	return nil
}

// rowsOf lists the demand rows that a rule judges.
func (b *builder) rowsOf(rule coverage.Rule) []int32 {
	var rows []int32
	for _, row := range b.s.Rows {
		if rule.Setting == coverage.SettingAny || b.ds.Demand.Setting[row] == rule.Setting {
			rows = append(rows, row)
		}
	}
	return rows
}

// add notes that a site serves a row; not where what stands is as near.
func (b *builder) add(site int, row int32, cost uint32) {
	if b.median() && b.q.Existing == nil && b.q.Cost != nil && cost >= min(b.q.Cost[row], b.q.Reach) {
		return
	}
	b.site[site] = append(b.site[site], pair{uint32(b.number[row]), cost})
	b.s.Pairs++
}

// columns puts the pairs of all sites together.
func (b *builder) columns() siting.Distances {
	d := siting.Distances{First: make([]int64, 1, len(b.site)+1)}
	d.Demand, d.Value = make([]uint32, 0, b.s.Pairs), make([]float64, 0, b.s.Pairs)
	for i, list := range b.site {
		for _, p := range list {
			d.Demand, d.Value = append(d.Demand, p.demand), append(d.Value, float64(p.cost))
		}
		d.First = append(d.First, int64(len(d.Demand)))
		b.site[i] = nil
	}
	return d
}

// threshold is one that all pairs of the instance keep: each was held to the
// limit of its own row.
func threshold(q *Question) float64 {
	most := uint32(0)
	for _, r := range q.Rules {
		most = max(most, r.Threshold.Limit())
	}
	return float64(most)
}

// demandLimits are the thresholds by demand.
func (b *builder) demandLimits() []uint32 {
	out := make([]uint32, len(b.s.Rows))
	for _, rule := range b.q.Rules {
		for j, row := range b.s.Rows {
			if rule.Setting == coverage.SettingAny || b.ds.Demand.Setting[row] == rule.Setting {
				out[j] = rule.Threshold.Limit()
			}
		}
	}
	return out
}

// Serves reports whether pair k of the instance is within the threshold of its
// demand. Pairs of p-median and p-center may lie beyond it.
func (s *Setup) Serves(k int64) bool {
	d := &s.Instance.Distances
	return d.Value[k] <= float64(s.limit[d.Demand[k]])
}

// limits are the numbers of sites, and those that are open or closed in any case.
func (b *builder) limits() {
	in, q, n := &b.s.Instance, b.q, b.s.Standing
	if q.P > 0 {
		in.P = q.P + n
	}
	for i := range n {
		in.Fixed = append(in.Fixed, int32(i))
	}
	for _, i := range q.Fixed {
		in.Fixed = append(in.Fixed, i+int32(n))
	}
	for _, i := range q.Forbidden {
		in.Forbidden = append(in.Forbidden, i+int32(n))
	}
}

func (b *builder) conditions() {
	in, q, n := &b.s.Instance, b.q, b.s.Standing
	if b.priced() {
		in.Costs = make([]float64, n, n+len(q.Candidates))
		for i := range q.Candidates {
			in.Costs = append(in.Costs, q.Candidates[i].Price())
		}
		in.Budget = q.Budget
	}
	if q.Model == siting.LSCP && q.Target > 0 && q.Target < 1 {
		in.Target = q.Target
	}
	in.Cover = q.Cover
	for _, set := range q.Exclusive {
		moved := make([]int32, len(set))
		for k, i := range set {
			moved[k] = i + int32(n)
		}
		in.Exclusive = append(in.Exclusive, moved)
	}
	if q.ApartM > 0 {
		in.Apart = b.apart()
	}
	if q.Capacities {
		in.Capacity = b.capacities()
	}
	if q.ZoneOf != nil {
		in.Zones = b.zones()
	}
}

// priced reports whether costs decide anything.
func (b *builder) priced() bool {
	return b.q.Budget > 0 || b.q.Model == siting.LSCP &&
		slices.ContainsFunc(b.q.Candidates, func(c Candidate) bool { return c.Price() != 1 })
}

// apart lists the pairs of candidates that are too near each other.
func (b *builder) apart() [][2]int32 {
	n := int32(b.s.Standing)
	places := make([]geodesy.Vec, len(b.q.Candidates))
	for i := range places {
		places[i] = geodesy.ECEF(b.q.Candidates[i].At)
	}
	near := index.NewPacked(places)
	var list [][2]int32
	for i := range b.q.Candidates {
		for _, k := range near.Within(b.q.Candidates[i].At, b.q.ApartM) {
			if k > int32(i) && geodesy.Metres(places[i], places[k]) < b.q.ApartM {
				list = append(list, [2]int32{int32(i) + n, k + n})
			}
		}
	}
	return list
}

// capacities are those of facilities and candidates; what states none has room
// for everybody.
func (b *builder) capacities() []float64 {
	all := 0.0
	for _, w := range b.s.Instance.Weights {
		all += w
	}
	var list []float64
	put := func(c float64) {
		switch {
		case c <= 0:
			c = all
		case b.q.PerUnit > 0:
			c *= b.q.PerUnit
		}
		list = append(list, c)
	}
	for _, f := range b.q.Existing {
		put(b.ds.Facilities[f].Capacity)
	}
	for i := range b.q.Candidates {
		put(b.q.Candidates[i].Capacity)
	}
	return list
}

// zones are the zones that must all be served. What stands counts.
func (b *builder) zones() siting.Zones {
	z := siting.Zones{MinSites: b.q.MinSites, MinShare: b.q.MinShare, Standing: b.q.Standing}
	of := func(zone int32) int32 {
		if zone < 0 {
			return -1
		}
		return b.q.ZoneOf[zone]
	}
	for range b.s.Standing {
		z.Site = append(z.Site, -1)
	}
	for i := range b.q.Candidates {
		z.Site = append(z.Site, of(b.q.Candidates[i].Zone))
	}
	for _, row := range b.s.Rows {
		z.Demand = append(z.Demand, of(b.ds.Demand.Zone[row]))
	}
	return z
}

// Chosen are the candidates that a solution builds.
func (s *Setup) Chosen(open []int32) []int32 {
	list := []int32{}
	for _, i := range open {
		if int(i) >= s.Standing {
			list = append(list, i-int32(s.Standing))
		}
	}
	return list
}

// Serving counts for every demand the chosen candidates that serve it within the
// threshold.
func (s *Setup) Serving(chosen []int32) []int32 {
	d, count := &s.Instance.Distances, make([]int32, len(s.Rows))
	for _, i := range chosen {
		site := int(i) + s.Standing
		for k := d.First[site]; k < d.First[site+1]; k++ {
			if s.Serves(k) {
				count[d.Demand[k]]++
			}
		}
	}
	return count
}
