package general

import "math"

// view is what is left of a problem under a state: the sites that may still be
// chosen (with capacities also those that are open), the demands that depend on
// them, and rows with what is left of their limits.
type view struct {
	x        *index
	site     []int32 // the problem's numbers
	open     []bool  // open for good
	opened   int     // sites open for good
	most     int     // sites that may be chosen
	base     float64
	demand   []int32 // the problem's numbers
	need     []float64
	fallback []float64 // cost of a demand that no site of the view serves
	low      []float64 // least cost of each demand
	first    []int     // pairs of site i
	at       []int32
	cost     []float64 // nil: all 0
	price    []float64
	limitS   []float64
	limitD   []float64
	ofDemand [][]entry // nil entries where no row counts
	scale    []float64 // step size of each demand's multiplier
	scaleS   []float64
	scaleD   []float64
}

func (x *index) view(state []int8) *view {
	v := &view{x: x, most: x.Most}
	for _, r := range x.SiteRows {
		v.limitS = append(v.limitS, r.Limit+r.Slack)
	}
	for _, r := range x.DemandRows {
		v.limitD = append(v.limitD, r.Limit+r.Slack)
	}
	v.takeSites(state)
	v.takeDemands(state)
	v.takePairs()
	v.scales()
	return v
}

func (v *view) takeSites(state []int8) {
	x := v.x
	for i, s := range state {
		if s == Open {
			v.base += x.Price[i]
			v.opened++
			v.most--
			for _, e := range x.ofSite[i] {
				v.limitS[e.row] -= e.coef
			}
		}
		if s == Free || s == Open && x.Capacity != nil {
			v.site = append(v.site, int32(i))
			v.open = append(v.open, s == Open)
			price := x.Price[i]
			if s == Open {
				price = 0
			}
			v.price = append(v.price, price)
		}
	}
}

// takeDemands keeps the demands that a site of the view can change and settles
// the others.
func (v *view) takeDemands(state []int8) {
	x := v.x
	for j := range x.demands() {
		need, fallback, useful, least := float64(x.Need), x.Penalty[j], 0, math.Inf(1)
		counts := true // rows count it when it stays unserved
		for k := x.First[j]; k < x.First[j+1]; k++ {
			c := x.cost(k)
			if x.Cost != nil && c >= fallback {
				break
			}
			switch s := state[x.Site[k]]; {
			case s == Shut:
			case s == Free || x.Capacity != nil:
				useful++
				least = min(least, c)
			case x.Cost != nil:
				fallback, counts = c, false
			default:
				need--
			}
			if need == 0 {
				break
			}
		}
		if need == 0 {
			continue
		}
		if useful < int(need) {
			v.base += fallback
			if counts {
				for _, e := range x.ofDemand[j] {
					v.limitD[e.row] -= e.coef
				}
			}
			continue
		}
		v.demand = append(v.demand, int32(j))
		v.need = append(v.need, need)
		v.fallback = append(v.fallback, fallback)
		v.low = append(v.low, least)
		if counts {
			v.ofDemand = append(v.ofDemand, x.ofDemand[j])
		} else {
			v.ofDemand = append(v.ofDemand, nil)
		}
	}
}

func (v *view) takePairs() {
	x := v.x
	local := make([]int32, x.demands())
	for at, j := range v.demand {
		local[j] = int32(at) + 1
	}
	for _, i := range v.site {
		v.first = append(v.first, len(v.at))
		for k := x.first[i]; k < x.first[i+1]; k++ {
			at := local[x.demand[k]] - 1
			if at < 0 || x.Cost != nil && x.byCost[k] >= v.fallback[at] {
				continue
			}
			v.at = append(v.at, at)
			if x.Cost != nil {
				v.cost = append(v.cost, x.byCost[k])
			}
		}
	}
	v.first = append(v.first, len(v.at))
}

func (v *view) pairCost(k int) float64 {
	if v.cost == nil {
		return 0
	}
	return v.cost[k]
}

// scales chooses step sizes so that a step of each multiplier is about as large
// as the multiplier itself.
func (v *view) scales() {
	x, n := v.x, float64(max(1, len(v.site)))
	price, sizes := 0.0, 0.0
	for i, f := range v.price {
		price += f / n
		for _, j := range v.at[v.first[i]:v.first[i+1]] {
			sizes += x.Size[v.demand[j]] / n
		}
	}
	sizes = max(sizes, 1e-9)
	dear := make([]float64, len(v.demand)) // the farthest
	for k, j := range v.at {
		dear[j] = max(dear[j], v.pairCost(k))
	}
	site := 0.0 // what a site is worth
	for j, f := range v.fallback {
		if !math.IsInf(f, 1) {
			dear[j] = f
		}
		site += dear[j] / float64(max(1, v.most))
	}
	site = max(site, price, 1e-9)
	for at, j := range v.demand {
		s := dear[at]
		if s <= 0 {
			s = site * x.Size[j] / sizes
		}
		v.scale = append(v.scale, s/v.need[at])
	}
	v.rowScales(site, sizes)
}

func (v *view) rowScales(site, sizes float64) {
	for r := range v.x.SiteRows {
		sum := 0.0
		for _, c := range v.x.SiteRows[r].Coef {
			sum += math.Abs(c)
		}
		mean := max(sum/float64(max(1, len(v.x.SiteRows[r].Coef))), 1e-9)
		v.scaleS = append(v.scaleS, site/(mean*mean))
	}
	for range v.x.DemandRows {
		v.scaleD = append(v.scaleD, site/(sizes*sizes))
	}
}
