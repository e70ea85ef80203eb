package siting

import (
	"context"
	"math"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/siting/general"
)

// solveConditioned solves an instance with conditions.
func solveConditioned(ctx context.Context, in *Instance, o Options, e effort) (*Solution, error) {
	if in.Model == PCenter {
		return centerConditioned(ctx, in, o)
	}
	q, _ := in.conditioned(in.limit(), true)
	value, ref := same, 0.0
	if in.Model == MCLP {
		for j := range in.Weights {
			ref += in.Weights[j]
		}
		value = func(cost float64) float64 { return ref - cost }
	}
	r := general.Solve(ctx, q, general.Options{Gap: o.Gap, Ref: ref, Nodes: e.nodes, Told: o.report(value)})
	if r.Open == nil {
		return nil, in.without(ctx, r)
	}
	return &Solution{Open: r.Open, Bound: value(max(0, r.Bound)), Proven: r.Proven, Nodes: r.Nodes, claim: value(r.Cost)}, nil
}

// centerConditioned finds the least radius at which the conditions can be kept.
func centerConditioned(ctx context.Context, in *Instance, o Options) (*Solution, error) {
	radius := in.byDemand(context.Background(), math.MaxFloat64).radii(math.MaxFloat64)
	s, err := bisect(ctx, in, o, radius, nil, func(radius float64) ([]int32, int) {
		r := in.anyAnswer(ctx, radius, 0)
		o.Progress.Report("progress.siting", int64(r.Nodes), 0)
		return r.Open, r.Nodes
	})
	if coverage.CodeOf(err) == coverage.Infeasible {
		return nil, in.without(ctx, &general.Result{Proven: true})
	}
	return s, err
}

// anyAnswer looks for any sites that keep to the conditions.
func (in *Instance) anyAnswer(ctx context.Context, limit float64, nodes int) *general.Result {
	q, _ := in.conditioned(limit, true)
	o := general.Options{HasStop: true, Stop: math.Inf(1), Nodes: nodes}
	if in.Model == PCenter { // a site costs 1
		o.Limit = float64(q.Most)
	}
	return general.Solve(ctx, q, o)
}

// The conditions in the order in which an impossible one is looked for.
var order = []string{"p", "budget", "budgets", "exclusive", "apart", "zones.min_sites", "serve", "target", "zones.min_share", "cover", "capacity"}

// upTo is the instance with the conditions up to the n-th only.
func (in *Instance) upTo(n int) *Instance {
	part, full := *in, &in.Conditions
	part.Conditions = Conditions{Costs: full.Costs, Within: full.Within, Zones: Zones{Site: full.Zones.Site, Demand: full.Zones.Demand}}
	c := &part.Conditions
	if in.Model == LSCP { // until "serve" nothing needs to be served
		c.Target = math.SmallestNonzeroFloat64
	}
	for _, name := range order[:n] {
		switch name {
		case "budget":
			c.Budget = full.Budget
		case "budgets":
			c.Budgets = full.Budgets
		case "exclusive":
			c.Exclusive = full.Exclusive
		case "apart":
			c.Apart = full.Apart
		case "zones.min_sites":
			c.Zones.MinSites = full.Zones.MinSites
		case "serve":
			if !full.partial() {
				c.Target = full.Target
			}
		case "target":
			if full.partial() && full.Target > 0 {
				c.Target = full.Target
			}
		case "zones.min_share":
			c.Zones.MinShare = full.Zones.MinShare
		case "cover":
			c.Cover = full.Cover
		case "capacity":
			c.Capacity = full.Capacity
		}
	}
	return &part
}

// nodesToExplain is how long one condition is looked at when there is no answer.
const nodesToExplain = 2000

// without says why a search has no answer: the first condition that cannot be
// kept together with those before it.
func (in *Instance) without(ctx context.Context, r *general.Result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !r.Proven {
		return &coverage.Error{Code: coverage.Internal, Key: "siting.lost"}
	}
	name := order[len(order)-1]
	for n := 1; n < len(order); n++ {
		part := in.upTo(n)
		if r := part.anyAnswer(ctx, part.limit(), nodesToExplain); r.Open == nil && r.Proven {
			name = order[n-1]
			break
		}
	}
	if name == "p" {
		return infeasible("siting.too_few", coverage.Args{"p": in.P})
	}
	return infeasible("siting.impossible", coverage.Args{"condition": name})
}

// Unreachable lists the demands of positive weight that the allowed sites cannot
// serve even if all of them were open, for want of a site (or of a second one
// with Cover 2), and their weight.
func Unreachable(in *Instance) (demands []int32, weight float64) {
	var all []int32
	for i, ok := range in.allowed() {
		if ok {
			all = append(all, int32(i))
		}
	}
	for j, n := range in.reach(all, in.limit()) {
		if w := in.Weights[j]; w > 0 && int(n) < in.need() {
			demands = append(demands, int32(j))
			weight += w
		}
	}
	return demands, weight
}

// impossible finds conditions that fail even with every allowed site open.
func impossible(in *Instance) error {
	ok := in.allowed()
	if z := in.poorZonesIf(ok); len(z) > 0 {
		return infeasible("siting.zone_sites", coverage.Args{"zone": z[0], "zones": z, "sites": in.Zones.MinSites})
	}
	if in.Target == 0 && in.Zones.MinShare == 0 {
		return nil
	}
	demands, weight := Unreachable(in)
	total := 0.0
	for _, w := range in.Weights {
		total += w
	}
	if in.Target > 0 && weight > (1-in.Target)*total+tolerance*total {
		return infeasible("siting.target", coverage.Args{"target": in.Target, "most": (total - weight) / total, "weight": weight, "demands": demands})
	}
	if in.Zones.MinShare == 0 {
		return nil
	}
	all, lost := map[int32]float64{}, map[int32]float64{}
	for j, w := range in.Weights {
		all[in.Zones.Demand[j]] += w
	}
	for _, j := range demands {
		lost[in.Zones.Demand[j]] += in.Weights[j]
	}
	for _, z := range in.demandZones() {
		if lost[z] > (1-in.Zones.MinShare)*all[z]+tolerance*all[z] {
			own := slices.DeleteFunc(slices.Clone(demands), func(j int32) bool { return in.Zones.Demand[j] != z })
			return infeasible("siting.zone_share", coverage.Args{"zone": z, "share": in.Zones.MinShare, "most": 1 - lost[z]/all[z], "weight": lost[z], "demands": own})
		}
	}
	return nil
}

func (in *Instance) poorZonesIf(on []bool) []int32 {
	if in.Zones.MinSites == 0 {
		return nil
	}
	return in.poorZones(on)
}
