package general

import (
	"math"
	"slices"
)

// The states of a site.
const (
	Free int8 = iota
	Open
	Shut
)

// Problem is a siting problem with conditions; the package comment has the form.
// Pairs are held by demand: those of demand j are First[j]:First[j+1], by cost,
// then by site.
type Problem struct {
	Most     int       // most open sites
	Price    []float64 // of opening each site, >= 0
	State    []int8    // what is decided about each site
	Size     []float64 // weight of each demand, > 0: what it takes of a capacity
	Penalty  []float64 // cost of leaving each demand; +Inf: it must be served
	Need     int       // open sites that a demand needs, 1 or 2; 2 only without Cost and Capacity
	First    []int
	Site     []int32
	Cost     []float64 // of serving all of the demand from the site; nil: every pair costs 0
	Capacity []float64 // of each site; nil: no limits
	// SiteRows limit the open sites, DemandRows what is left unserved.
	// DemandRows have coefficients >= 0 and are only for problems without Cost;
	// under capacities the coefficients are the sizes, and no demand stands in two
	// rows other than one over all demands, which is the last.
	SiteRows   []Row
	DemandRows []Row
	// Whole says that every solution costs a whole number.
	Whole bool
}

// Row is the condition sum over k of Coef[k] * value of At[k] <= Limit. Slack is
// how far it may be passed: rounding of the sums.
type Row struct {
	At    []int32
	Coef  []float64
	Limit float64
	Slack float64
}

func (p *Problem) sites() int   { return len(p.Price) }
func (p *Problem) demands() int { return len(p.Penalty) }

func (p *Problem) cost(k int) float64 {
	if p.Cost == nil {
		return 0
	}
	return p.Cost[k]
}

// entry is a coefficient of one site or demand in a row.
type entry struct {
	row  int32
	coef float64
}

// index is the problem with its lists turned round.
type index struct {
	*Problem
	first    []int // pairs of site i
	demand   []int32
	byCost   []float64
	ofSite   [][]entry // rows of each site
	ofDemand [][]entry
	size     float64 // how large costs are
	total    float64 // sum of sizes
	must     float64 // number of demands that must be served
	weighed  bool    // a demand left costs its size, and serving nothing
}

func newIndex(p *Problem) *index {
	x := &index{Problem: p, first: make([]int, p.sites()+1)}
	for _, i := range p.Site {
		x.first[i+1]++
	}
	for i := range p.sites() {
		x.first[i+1] += x.first[i]
	}
	x.demand, x.byCost = make([]int32, len(p.Site)), make([]float64, len(p.Site))
	next := slices.Clone(x.first)
	for j := range p.demands() {
		for k := p.First[j]; k < p.First[j+1]; k++ {
			at := next[p.Site[k]]
			next[p.Site[k]]++
			x.demand[at], x.byCost[at] = int32(j), p.cost(k)
		}
	}
	x.ofSite = turn(p.SiteRows, p.sites())
	x.ofDemand = turn(p.DemandRows, p.demands())
	x.measure()
	return x
}

func turn(rows []Row, n int) [][]entry {
	of := make([][]entry, n)
	for r := range rows {
		for k, i := range rows[r].At {
			of[i] = append(of[i], entry{int32(r), rows[r].Coef[k]})
		}
	}
	return of
}

// measure finds an upper limit of what a solution can cost.
func (x *index) measure() {
	x.weighed = x.Cost == nil && slices.Equal(x.Penalty, x.Size)
	for _, f := range x.Price {
		x.size += f
	}
	for j, w := range x.Size {
		x.total += w
		top := x.Penalty[j]
		if math.IsInf(top, 1) {
			top = 0
			x.must++
		}
		if k := x.First[j+1]; k > x.First[j] && x.Cost != nil {
			top = max(top, x.Cost[k-1])
		}
		x.size += top
	}
}
