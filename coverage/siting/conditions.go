package siting

import (
	"math"

	"lifecircle/coverage"
)

// Conditions are what an answer must also keep to; the zero value is none. With
// conditions, an answer opens at most P sites, and none that helps nobody.
//
// What is fixed is never at fault against Exclusive and Apart: sites that stand
// already bind the others only.
type Conditions struct {
	// Costs of opening each site, finite, >= 0, fixed sites included; nil: 1 each.
	// LSCP makes their sum least.
	Costs []float64
	// Budget is the most that the open sites may cost together; 0: no limit. With
	// a budget, P may be 0 for any number of sites.
	Budget float64
	// Budgets are further budgets, each over some of the sites: of a county, of a
	// year. They do not stand in for Budget where P is 0.
	Budgets []Budget
	// Target, LSCP only, is the share of all weight that must be served, above 0 and
	// at most 1; 0: all of it (or what Zones ask for, where they have a MinShare).
	Target float64
	// Capacity is the most weight that each site can serve, finite, >= 0; nil: no
	// limits. A demand may be split among sites. MCLP counts the weight that can
	// be served, PMedian sends it at the least cost.
	Capacity []float64
	// Cover is how many open sites must be within the threshold for a demand to
	// count: 0 and 1 are one, 2 is a backup. MCLP and LSCP, not with Capacity.
	Cover int
	// Within, PMedian only, is the farthest that a demand may be served from; closed;
	// 0: no limit.
	Within float64
	// Exclusive are sets of which at most one site may be open.
	Exclusive [][]int32
	// Apart are pairs of sites of which at most one may be open, such as sites too
	// near each other.
	Apart [][2]int32
	// Zones ask for a least service of every zone.
	Zones Zones
}

// Budget limits what the open sites among Sites may cost together: Most, finite,
// >= 0; closed.
type Budget struct {
	Sites []int32
	Most  float64
}

// Zones divide sites and demands into zones, numbered from 0; -1 is in none. The
// zone of demands may be nil when only MinSites is asked for, that of sites when
// only MinShare is.
type Zones struct {
	Site   []int32
	Demand []int32
	// MinSites is the least number of open sites in every zone that has a site or
	// a demand of positive weight; 0: none.
	MinSites int
	// Standing are sites by zone that count for MinSites beside those of the
	// instance; zones past its end have none.
	Standing []int32
	// MinShare, MCLP and LSCP only, is the least share of the weight of every zone
	// that must be served, 0 to 1.
	MinShare float64
}

// owed is the number of open sites that a zone still needs.
func (z *Zones) owed(zone int32) int {
	if int(zone) < len(z.Standing) {
		return z.MinSites - int(z.Standing[zone])
	}
	return z.MinSites
}

// need is the number of open sites that a demand needs.
func (c *Conditions) need() int { return max(1, c.Cover) }

// partial reports whether LSCP asks for a share only.
func (c *Conditions) partial() bool { return c.Target > 0 || c.Zones.MinShare > 0 }

// any reports whether there are conditions at all.
func (c *Conditions) any() bool {
	return c.Costs != nil || c.Budget > 0 || len(c.Budgets) > 0 || c.Target > 0 || c.Capacity != nil || c.Cover > 1 || c.Within > 0 ||
		len(c.Exclusive) > 0 || len(c.Apart) > 0 || c.Zones.MinSites > 0 || c.Zones.MinShare > 0
}

// cost is the cost of opening site i.
func (c *Conditions) cost(i int32) float64 {
	if c.Costs == nil {
		return 1
	}
	return c.Costs[i]
}

func checkConditions(in *Instance) error {
	c := &in.Conditions
	for _, check := range []func(*Instance) error{checkFit, checkAmounts, checkGroups, checkZones} {
		if err := check(in); err != nil {
			return err
		}
	}
	if c.Cover < 0 || c.Cover > 2 {
		return invalid("siting.cover", coverage.Args{"value": c.Cover})
	}
	return nil
}

// checkFit refuses conditions that make no sense with the model.
func checkFit(in *Instance) error {
	c, cover := &in.Conditions, in.Model == MCLP || in.Model == LSCP
	for _, x := range []struct {
		name string
		bad  bool
	}{
		{"target", c.Target != 0 && in.Model != LSCP},
		{"cover", c.Cover > 1 && (!cover || c.Capacity != nil)},
		{"within", c.Within != 0 && in.Model != PMedian},
		{"zones.min_share", c.Zones.MinShare != 0 && !cover},
	} {
		if x.bad {
			return &coverage.Error{Code: coverage.Unsupported, Key: "siting.condition_model", Args: coverage.Args{"condition": x.name, "model": string(in.Model)}}
		}
	}
	return nil
}

// checkAmounts looks at the numbers of the conditions.
func checkAmounts(in *Instance) error {
	c := &in.Conditions
	for _, x := range []struct {
		name  string
		value float64
		most  float64
	}{
		{"budget", c.Budget, math.MaxFloat64},
		{"target", c.Target, 1},
		{"within", c.Within, math.MaxFloat64},
		{"zones.min_share", c.Zones.MinShare, 1},
		{"zones.min_sites", float64(c.Zones.MinSites), maxSize},
	} {
		if !(x.value >= 0 && x.value <= x.most) {
			return invalid("siting.amount", coverage.Args{"condition": x.name, "value": x.value})
		}
	}
	for name, list := range map[string][]float64{"costs": c.Costs, "capacity": c.Capacity} {
		if list != nil && len(list) != in.Sites() {
			return invalid("siting.per_site", coverage.Args{"condition": name, "value": len(list), "sites": in.Sites()})
		}
		for i, v := range list {
			if !(v >= 0) || math.IsInf(v, 0) {
				return invalid("siting.site_amount", coverage.Args{"condition": name, "site": i, "value": v})
			}
		}
	}
	return nil
}

// checkGroups looks at the sites of Exclusive and Apart.
func checkGroups(in *Instance) error {
	for _, set := range in.Conditions.Exclusive {
		if err := in.checkSet("exclusive", set); err != nil {
			return err
		}
	}
	for _, b := range in.Budgets {
		if err := in.checkSet("budgets", b.Sites); err != nil {
			return err
		}
		if !(b.Most >= 0) || math.IsInf(b.Most, 0) {
			return invalid("siting.amount", coverage.Args{"condition": "budgets", "value": b.Most})
		}
	}
	for _, pair := range in.Conditions.Apart {
		if err := in.checkSet("apart", pair[:]); err != nil {
			return err
		}
	}
	return nil
}

func (in *Instance) checkSet(name string, set []int32) error {
	seen := make(map[int32]bool, len(set))
	for _, i := range set {
		if i < 0 || int(i) >= in.Sites() {
			return invalid("siting.site", coverage.Args{"list": name, "value": i, "sites": in.Sites()})
		}
		if seen[i] {
			return invalid("siting.set_twice", coverage.Args{"list": name, "value": i})
		}
		seen[i] = true
	}
	return nil
}

func checkZones(in *Instance) error {
	z := &in.Conditions.Zones
	for _, x := range []struct {
		name  string
		list  []int32
		want  int
		asked bool
	}{
		{"zones.site", z.Site, in.Sites(), z.MinSites > 0},
		{"zones.demand", z.Demand, in.Demands(), z.MinShare > 0},
	} {
		if (x.list != nil || x.asked) && len(x.list) != x.want {
			return invalid("siting.zones", coverage.Args{"list": x.name, "value": len(x.list), "want": x.want})
		}
		for at, v := range x.list {
			if v < -1 || v > maxSize {
				return invalid("siting.zone", coverage.Args{"list": x.name, "at": at, "value": v})
			}
		}
	}
	for at, n := range z.Standing {
		if n < 0 {
			return invalid("siting.zone", coverage.Args{"list": "zones.standing", "at": at, "value": n})
		}
	}
	return nil
}

// zones lists the zones that ask for sites, ascending: those of a site, or of a
// demand of positive weight.
func (in *Instance) zones() []int32 {
	seen := map[int32]bool{}
	z := &in.Conditions.Zones
	for _, v := range z.Site {
		seen[v] = true
	}
	for j, v := range z.Demand {
		if in.Weights[j] > 0 {
			seen[v] = true
		}
	}
	delete(seen, -1)
	return sortedKeys(seen)
}

// demandZones lists the zones with weight, ascending.
func (in *Instance) demandZones() []int32 {
	seen := map[int32]bool{}
	for j, v := range in.Conditions.Zones.Demand {
		if in.Weights[j] > 0 {
			seen[v] = true
		}
	}
	delete(seen, -1)
	return sortedKeys(seen)
}

// Separation lists the pairs of sites nearer each other than least, for
// [Conditions.Apart]. Distance gives the distance of two sites, in the unit of
// least; a pair at exactly least may stand.
func Separation(sites int, least float64, distance func(a, b int) float64) [][2]int32 {
	var near [][2]int32
	for a := range sites {
		for b := a + 1; b < sites; b++ {
			if distance(a, b) < least {
				near = append(near, [2]int32{int32(a), int32(b)})
			}
		}
	}
	return near
}
