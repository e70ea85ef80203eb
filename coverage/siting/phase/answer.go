package phase

import "slices"

// answer reads a plan out of the sites and years that are open, and counts it
// anew.
func (q *Question) answer(open []int32) *Answer {
	n, years := int32(q.Site.Sites()), q.years()
	a := &Answer{Built: make([][]int32, years), Covered: make([]float64, years), Spent: make([]float64, years)}
	slices.Sort(open)
	stands := make([]bool, n)
	for _, i := range q.Site.Fixed {
		stands[i] = true
	}
	for _, s := range open {
		i, t := s%n, s/n
		if stands[i] {
			continue
		}
		stands[i] = true
		a.Built[t] = append(a.Built[t], i)
		a.Spent[t] += q.cost(i)
	}
	covered := make([]bool, q.Site.Demands())
	build := func(list []int32) {
		d := &q.Site.Distances
		for _, i := range list {
			for k := d.First[i]; k < d.First[i+1]; k++ {
				covered[d.Demand[k]] = covered[d.Demand[k]] || d.Value[k] <= q.Site.Threshold
			}
		}
	}
	build(q.Site.Fixed)
	for t := range years {
		build(a.Built[t])
		for j, c := range covered {
			if c {
				a.Covered[t] += q.weight(j, t)
			}
		}
	}
	return a
}
