package siting

import (
	"math"

	"lifecircle/coverage"
	"lifecircle/coverage/siting/plain"
)

// Model names a siting question.
type Model string

// The models.
const (
	MCLP    Model = "mclp"    // most weight within the threshold with at most P sites
	LSCP    Model = "lscp"    // fewest sites that bring every demand within the threshold
	PMedian Model = "pmedian" // least sum of weight x distance with at most P sites
	PCenter Model = "pcenter" // least largest distance with at most P sites
)

// Distances are the pairs of site and demand that can be travelled, in columns
// by site: those of site i are First[i]:First[i+1]. A pair that is not there
// cannot be travelled. No pair stands twice.
type Distances struct {
	First  []int64
	Demand []uint32
	Value  []float64 // in the unit of the threshold, finite, >= 0
}

// Instance is a bare siting question: sites and demands are numbers from 0.
//
// P counts every open site, fixed ones included. A demand of weight 0 needs
// nothing. Weights are finite and not negative. Threshold is closed and used by
// MCLP and LSCP only. P is not used by LSCP; 0 with a budget is any number. A site in Fixed is open in every answer, one in Forbidden
// in none.
type Instance struct {
	Model     Model
	P         int
	Weights   []float64 // one a demand
	Distances Distances
	Threshold float64
	Fixed     []int32
	Forbidden []int32
	Conditions
}

// Sites is the number of sites.
func (in *Instance) Sites() int { return max(0, len(in.Distances.First)-1) }

// Demands is the number of demands.
func (in *Instance) Demands() int { return len(in.Weights) }

// maxSize keeps sites and demands within what the columns can number.
const maxSize = math.MaxInt32 - 1

// Validate returns the first fault of the instance, a [coverage.Error] with
// code Invalid, or nil.
func (in *Instance) Validate() error {
	for _, check := range []func(*Instance) error{checkModel, checkWeights, checkPairs, checkSites, checkConditions} {
		if err := check(in); err != nil {
			return err
		}
	}
	return nil
}

func invalid(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Invalid, Key: key, Args: args}
}

func checkModel(in *Instance) error {
	switch in.Model {
	case MCLP, LSCP:
		if !(in.Threshold >= 0) || math.IsInf(in.Threshold, 0) {
			return invalid("siting.threshold", coverage.Args{"value": in.Threshold})
		}
	case PMedian, PCenter:
	default:
		return invalid("siting.model", coverage.Args{"value": string(in.Model)})
	}
	if in.Model != LSCP && (in.P < 0 || in.P == 0 && in.Budget <= 0) {
		return invalid("siting.p", coverage.Args{"value": in.P})
	}
	return nil
}

func checkWeights(in *Instance) error {
	if len(in.Weights) > maxSize || len(in.Distances.First) > maxSize {
		return invalid("siting.size", coverage.Args{"most": maxSize})
	}
	for j, w := range in.Weights {
		if !(w >= 0) || math.IsInf(w, 0) {
			return invalid("siting.weight", coverage.Args{"demand": j, "value": w})
		}
	}
	return nil
}

func checkPairs(in *Instance) error {
	d := &in.Distances
	if len(d.First) < 2 {
		return invalid("siting.no_sites", nil)
	}
	if len(d.Demand) != len(d.Value) {
		return invalid("siting.columns", coverage.Args{"demand": len(d.Demand), "value": len(d.Value)})
	}
	n := len(d.First) - 1
	for i := range n {
		if d.First[i] < 0 || d.First[i] > d.First[i+1] {
			return invalid("siting.first", coverage.Args{"site": i})
		}
	}
	if d.First[0] != 0 || d.First[n] != int64(len(d.Demand)) {
		return invalid("siting.first_end", coverage.Args{"value": d.First[n], "pairs": len(d.Demand)})
	}
	return checkEach(in)
}

// checkEach looks at every pair.
func checkEach(in *Instance) error {
	d := &in.Distances
	seen := make([]int32, in.Demands()) // 1 + the last site that named the demand
	for i := range in.Sites() {
		for k := d.First[i]; k < d.First[i+1]; k++ {
			j, v := d.Demand[k], d.Value[k]
			if int64(j) >= int64(len(seen)) {
				return invalid("siting.demand", coverage.Args{"site": i, "value": j, "demands": len(seen)})
			}
			if !(v >= 0) || math.IsInf(v, 0) {
				return invalid("siting.distance", coverage.Args{"site": i, "demand": j, "value": v})
			}
			if seen[j] == int32(i)+1 {
				return invalid("siting.twice", coverage.Args{"site": i, "demand": j})
			}
			seen[j] = int32(i) + 1
		}
	}
	return nil
}

// checkSites looks at the fixed and forbidden sites.
func checkSites(in *Instance) error {
	state := make([]int8, in.Sites())
	for _, list := range []struct {
		name  string
		sites []int32
		state int8
	}{{"fixed", in.Fixed, plain.Open}, {"forbidden", in.Forbidden, plain.Close}} {
		for _, i := range list.sites {
			if i < 0 || int(i) >= len(state) {
				return invalid("siting.site", coverage.Args{"list": list.name, "value": i, "sites": len(state)})
			}
			if state[i] != plain.Free {
				return invalid("siting.site_twice", coverage.Args{"value": i})
			}
			state[i] = list.state
		}
	}
	return nil
}

// allowed marks the sites that may be open.
func (in *Instance) allowed() []bool {
	ok := make([]bool, in.Sites())
	for i := range ok {
		ok[i] = true
	}
	for _, i := range in.Forbidden {
		ok[i] = false
	}
	return ok
}

// nearest returns the distance of every demand to the nearest open site, +Inf
// where there is none.
func (in *Instance) nearest(open []int32) []float64 {
	_, least := in.nearestSite(open)
	return least
}

// nearestSite returns the nearest open site of every demand, of equal ones the
// first in open, and its distance; -1 and +Inf where there is none.
func (in *Instance) nearestSite(open []int32) ([]int32, []float64) {
	site, least := make([]int32, in.Demands()), make([]float64, in.Demands())
	for j := range least {
		site[j], least[j] = -1, math.Inf(1)
	}
	d := &in.Distances
	for _, i := range open {
		for k := d.First[i]; k < d.First[i+1]; k++ {
			if j := d.Demand[k]; d.Value[k] < least[j] {
				site[j], least[j] = i, d.Value[k]
			}
		}
	}
	return site, least
}
