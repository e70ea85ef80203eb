package phase

import (
	"context"
	"math"
	"slices"
	"testing"

	"lifecircle/coverage/siting"

	"pgregory.net/rapid"
)

func drawQuestion(t *rapid.T) *Question {
	n, m, years := rapid.IntRange(1, 4).Draw(t, "sites"), rapid.IntRange(1, 6).Draw(t, "demands"), rapid.IntRange(1, 3).Draw(t, "years")
	in := &siting.Instance{Threshold: 1, Distances: siting.Distances{First: []int64{0}}}
	number := func(top int, name string) float64 { return float64(rapid.IntRange(0, top).Draw(t, name)) }
	for range m {
		in.Weights = append(in.Weights, number(4, "weight"))
	}
	for i := range n {
		for j := range m {
			if rapid.Bool().Draw(t, "pair") {
				in.Distances.Demand, in.Distances.Value = append(in.Distances.Demand, uint32(j)), append(in.Distances.Value, number(2, "distance"))
			}
		}
		in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
		switch rapid.IntRange(0, 7).Draw(t, "state") {
		case 0:
			in.Fixed = append(in.Fixed, int32(i))
		case 1:
			in.Forbidden = append(in.Forbidden, int32(i))
		}
	}
	q := &Question{Site: in, Carry: rapid.Bool().Draw(t, "carry"), LastFirst: rapid.Bool().Draw(t, "last first")}
	if rapid.Bool().Draw(t, "costs") {
		for range n {
			in.Costs = append(in.Costs, number(4, "cost"))
		}
	}
	if n > 1 && rapid.Bool().Draw(t, "apart") {
		in.Apart = append(in.Apart, [2]int32{0, int32(n - 1)})
	}
	if n > 2 && rapid.Bool().Draw(t, "exclusive") {
		in.Exclusive = append(in.Exclusive, []int32{0, 1, 2})
	}
	for range years {
		q.Budgets = append(q.Budgets, number(5, "budget"))
	}
	if rapid.Bool().Draw(t, "factors") {
		for range years {
			q.Factors = append(q.Factors, number(3, "factor"))
		}
	}
	if rapid.Bool().Draw(t, "growth") {
		for range years {
			var w []float64
			for range m {
				w = append(w, number(4, "weight of the year"))
			}
			q.Weights = append(q.Weights, w)
		}
	}
	return q
}

// plans calls do with every plan: the year of each site, years for never, -1 for
// standing already.
func plans(q *Question, do func(year []int)) {
	n := q.Site.Sites()
	year := make([]int, n)
	fixed, forbidden := map[int32]bool{}, map[int32]bool{}
	for _, i := range q.Site.Fixed {
		fixed[i] = true
	}
	for _, i := range q.Site.Forbidden {
		forbidden[i] = true
	}
	var try func(i int)
	try = func(i int) {
		if i == n {
			do(year)
			return
		}
		from, to := 0, len(q.Budgets)
		if fixed[int32(i)] {
			from, to = -1, -1
		} else if forbidden[int32(i)] {
			from = to
		}
		for t := from; t <= to; t++ {
			year[i] = t
			try(i + 1)
		}
	}
	try(0)
}

// count is what a plan covers in each year; false when it costs too much.
func count(q *Question, year []int) ([]float64, bool) {
	sets := slices.Clone(q.Site.Exclusive)
	for _, pair := range q.Site.Apart {
		sets = append(sets, pair[:])
	}
	for _, set := range sets {
		open, built := 0, 0
		for _, i := range set {
			if year[i] < len(q.Budgets) {
				open++
			}
			if year[i] >= 0 && year[i] < len(q.Budgets) {
				built++
			}
		}
		if open > 1 && built > 0 { // what stands binds only the others
			return nil, false
		}
	}
	covered, purse := make([]float64, len(q.Budgets)), 0.0
	for t := range q.Budgets {
		if !q.Carry {
			purse = 0
		}
		purse += q.Budgets[t]
		for i, y := range year {
			if y == t {
				c := 1.0
				if q.Site.Costs != nil {
					c = q.Site.Costs[i]
				}
				purse -= c
			}
		}
		if purse < 0 {
			return nil, false
		}
		d := &q.Site.Distances
		for j := range q.Site.Weights {
			has := false
			for i, y := range year {
				for k := d.First[i]; k < d.First[i+1]; k++ {
					has = has || y <= t && int(d.Demand[k]) == j && d.Value[k] <= 1
				}
			}
			if has {
				covered[t] += q.weight(j, t)
			}
		}
	}
	return covered, true
}

func TestPlansAgainstEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		last, best := math.Inf(-1), math.Inf(-1)
		plans(q, func(year []int) {
			c, ok := count(q, year)
			if !ok {
				return
			}
			l := c[len(c)-1]
			if !q.LastFirst {
				l = 0
			}
			if sum := sumOf(q, c); l > last || l == last && sum > best {
				last, best = l, sum
			}
		})
		a, err := Solve(context.Background(), q, siting.Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := best
		if q.LastFirst {
			want = last
		}
		if !a.Proven || math.Abs(a.Value-want) > 1e-6 || math.Abs(a.Bound-want) > 1e-6 || math.Abs(sumOf(q, a.Covered)-best) > 1e-6 {
			t.Fatalf("want %v and %v, got %+v", want, best, a)
		}
		year := make([]int, q.Site.Sites())
		for i := range year {
			year[i] = len(q.Budgets)
		}
		for _, i := range q.Site.Fixed {
			year[i] = -1
		}
		for y, list := range a.Built {
			for _, i := range list {
				if year[i] != len(q.Budgets) {
					t.Fatalf("site %d twice: %+v", i, a)
				}
				year[i] = y
			}
		}
		c, ok := count(q, year)
		if !ok || math.Abs(sumOf(q, c)-best) > 1e-6 {
			t.Fatalf("no plan: %+v", a)
		}
	})
}

func sumOf(q *Question, covered []float64) float64 {
	sum := 0.0
	for t, c := range covered {
		sum += q.factor(t) * c
	}
	return sum
}
