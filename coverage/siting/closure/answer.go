package closure

import (
	"math"
	"slices"

	"lifecircle/coverage/siting"
)

// answer completes a choice: exactly k sites close; where fewer need to stay than
// may, the first ones in number stay too, which harms nobody.
func (q *Question) answer(open []int32, k int) *Answer {
	n := len(q.Distances.First) - 1
	stays := make([]bool, n)
	for _, i := range open {
		stays[i] = true
	}
	for i, left := 0, n-k-len(open); i < n && left > 0; i++ {
		if !stays[i] {
			stays[i] = true
			left--
		}
	}
	a, all := &Answer{Close: []int32{}, Open: []int32{}}, []int32{}
	for i, s := range stays {
		all = append(all, int32(i))
		if s {
			a.Open = append(a.Open, int32(i))
		} else {
			a.Close = append(a.Close, int32(i))
		}
	}
	q.compare(a, all)
	return a
}

// visit is how a demand is served: the weight, and the sum of weight x distance.
type visit struct{ weight, travel float64 }

// compare fills in who is worse off, travel and loads.
func (q *Question) compare(a *Answer, all []int32) {
	before, after := q.visits(a, 0, all), q.visits(a, 1, a.Open)
	for j := range before {
		b, c := before[j], after[j]
		if b.weight == 0 {
			continue
		}
		w := Worse{Demand: int32(j), Before: b.travel / b.weight, After: math.Inf(1), Lost: max(0, b.weight-c.weight)}
		if w.Lost < 1e-9*b.weight {
			w.Lost = 0
		}
		if c.weight > 0 {
			w.After = c.travel / c.weight
		}
		if w.Lost > 0 || w.After > w.Before*(1+1e-12) {
			a.Worse = append(a.Worse, w)
		}
	}
}

// visits serves those of today with a set of sites, as many as can be and for the
// least travel, and adds up.
func (q *Question) visits(a *Answer, when int, open []int32) []visit {
	in := q.instance(siting.PMedian, 1)
	n := int32(in.Sites())
	if q.Capacity != nil {
		withNobody(in)
		open = append(slices.Clone(open), n)
	}
	v := make([]visit, len(q.Weights))
	a.Loads[when] = make([]float64, n)
	dist := map[[2]int32]float64{}
	for _, i := range open {
		for k := in.Distances.First[i]; k < in.Distances.First[i+1]; k++ {
			dist[[2]int32{i, int32(in.Distances.Demand[k])}] = in.Distances.Value[k]
		}
	}
	s := siting.Serve(in, open)
	for k, j := range s.Demand {
		i, w := s.Site[k], s.Weight[k]
		if i == n {
			continue
		}
		d := w * dist[[2]int32{i, j}]
		v[j].weight += w
		v[j].travel += d
		a.Loads[when][i] += w
		a.Travel[when] += d
	}
	return v
}

// withNobody adds a site with room for all that is farther than any detour: who
// is served by it is served by nobody.
func withNobody(in *siting.Instance) {
	d, total := &in.Distances, 0.0
	far := 1.0
	for _, v := range d.Value {
		far = max(far, v)
	}
	for j, w := range in.Weights {
		total += w
		d.Demand, d.Value = append(d.Demand, uint32(j)), append(d.Value, 2*far*float64(in.Sites()+2))
	}
	d.First = append(d.First, int64(len(d.Demand)))
	in.Capacity = append(slices.Clone(in.Capacity), total)
}
