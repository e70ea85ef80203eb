package advice_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/coveragetest"
	"lifecircle/coverage/scenario"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func within(kind, threshold string) []analysis.AdHoc {
	t, err := coverage.ParseThreshold(threshold)
	if err != nil {
		panic(err)
	}
	return []analysis.AdHoc{{Kinds: []string{kind}, Within: t}}
}

// changed applies changes to a drawing whose islands are boxes.
func changed(t rapid.TB, ds *coverage.Dataset, c scenario.Changes) *coverage.Dataset {
	after, err := scenario.Apply(ds, c, func(at orb.Point) int32 {
		return int32(slices.IndexFunc(ds.Land, func(l coverage.Land) bool { return l.Geometry.Bound().Contains(at) }))
	})
	if err != nil {
		t.Fatal(err)
	}
	return after
}

// servedWith is how many people a choice serves once facilities are added, by a
// whole run on the changed dataset.
func servedWith(t rapid.TB, ds *coverage.Dataset, c analysis.Choice, changes scenario.Changes) float64 {
	after := changed(t, ds, changes)
	run, err := analysis.New(after, "test").Run(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return run.Coverage[0].Rows[0].Served
}

// subsets calls yield with every set of p of n numbers.
func subsets(n, p int, yield func([]int)) {
	var walk func(from int, set []int)
	walk = func(from int, set []int) {
		if len(set) == p {
			yield(set)
			return
		}
		for i := from; i < n; i++ {
			walk(i+1, append(set, i))
		}
	}
	walk(0, nil)
}

// someTown is a ferry town with people and a few facilities anywhere.
func someTown(t *rapid.T) *coverage.Dataset {
	ds := coveragetest.FerryTown()
	for i := range rapid.IntRange(0, 3).Draw(t, "facilities") {
		f := ds.Facilities[0]
		f.ID = fmt.Sprintf("F%d", i)
		row := rapid.IntRange(0, ds.Demand.Len()-1).Draw(t, "at")
		f.At, f.Landmass = ds.Demand.At[row], ds.Demand.Landmass[row]
		ds.Facilities = append(ds.Facilities, f)
	}
	for i := range ds.Demand.Pop[0] {
		ds.Demand.Pop[0][i] = float32(rapid.IntRange(1, 50).Draw(t, "people"))
	}
	return ds
}

func someCandidates(t *rapid.T, ds *coverage.Dataset) []plan.Candidate {
	var list []plan.Candidate
	for i := range rapid.IntRange(1, 6).Draw(t, "candidates") {
		cell := rapid.Int32Range(0, 4*18-1).Filter(func(c int32) bool { col := c % 18; return col < 10 || col > 12 }).Draw(t, "place")
		x, y := ds.Demand.Grid.Centre(cell)
		c := plan.Candidate{ID: fmt.Sprintf("c%d", i), At: orb.Point{x, y}, Zone: -1, Cost: float64(rapid.IntRange(1, 3).Draw(t, "cost"))}
		if cell%18 > 12 {
			c.Landmass = 1
		}
		list = append(list, c)
	}
	return list
}

func changesOf(list []plan.Candidate, set []int) scenario.Changes {
	var c scenario.Changes
	for _, i := range set {
		c.Add = append(c.Add, coverage.Facility{ID: list[i].ID, Kind: "clinic", At: list[i].At})
	}
	return c
}

// The most people with p new sites, the fewest sites for a share, and the most
// people for a budget are what trying every set on whole runs gives; so are the
// figures of the answer.
func TestSitesAgainstEverySet(t *testing.T) {
	for _, mode := range []string{"line", "walk", "mixed"} {
		t.Run(mode, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { sitesOnce(t, mode) })
		})
	}
}

func sitesOnce(t *rapid.T, mode string) {
	ds := someTown(t)
	if mode == "mixed" {
		coveragetest.FerryGround(ds)
	}
	list := someCandidates(t, ds)
	c := analysis.Choice{Mode: mode, AdHoc: []analysis.AdHoc{
		{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: rapid.Int32Range(30, 1500).Draw(t, "within")}},
	}}
	served := map[string]float64{}
	cost := map[string]float64{}
	fewest := map[int]float64{} // people by number of sites, the best
	for p := 0; p <= len(list); p++ {
		subsets(len(list), p, func(set []int) {
			key := fmt.Sprint(set)
			served[key] = servedWith(t, ds, c, changesOf(list, set))
			for _, i := range set {
				cost[key] += list[i].Cost
			}
			fewest[p] = max(fewest[p], served[key])
		})
	}
	e := analysis.New(ds, "test")
	p := rapid.IntRange(1, len(list)).Draw(t, "p")
	got, err := advice.On(e).Site(context.Background(), c, advice.SiteAsk{P: p, Candidates: list}, advice.SolveOptions{Options: siting.Options{Curve: true}})
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.Value-fewest[p]) > 1e-6 || !got.Proven || got.Before != served["[]"] || math.Abs(got.After-got.Value) > 1e-6 || len(got.Open) > p {
		t.Fatalf("p = %d: %+v, want %v people", p, got, fewest[p])
	}
	if got.Effect != nil && math.Abs(got.Effect.Rows[0].After-got.Value) > 1e-6 {
		t.Fatalf("the comparison says %v, the siting %v", got.Effect.Rows[0].After, got.Value)
	}
	for _, point := range got.Curve {
		if point.Value > fewest[point.P]+1e-6 || point.Bound < fewest[point.P]-1e-6 {
			t.Fatalf("curve %+v, want %v", point, fewest[point.P])
		}
	}
	budget := float64(rapid.IntRange(1, 6).Draw(t, "budget"))
	want := 0.0
	for key, people := range served {
		if cost[key] <= budget {
			want = max(want, people)
		}
	}
	got, err = advice.On(e).Site(context.Background(), c, advice.SiteAsk{Budget: budget, Candidates: list}, advice.SolveOptions{})
	if err != nil || math.Abs(got.Value-want) > 1e-6 {
		t.Fatalf("budget %v: %+v, %v, want %v people", budget, got, err, want)
	}
	targetOnce(t, e, c, list, served, cost, got.Population)
}

// targetOnce asks for the cheapest sites for a share of the people.
func targetOnce(t *rapid.T, e *analysis.Engine, c analysis.Choice, list []plan.Candidate, served, cost map[string]float64, all float64) {
	target := rapid.Float64Range(0.05, 1).Draw(t, "target")
	cheapest, most := math.Inf(1), 0.0
	for key, people := range served {
		most = max(most, people)
		if people >= target*all-1e-6 {
			cheapest = min(cheapest, cost[key])
		}
	}
	got, err := advice.On(e).Site(context.Background(), c, advice.SiteAsk{Target: target, Candidates: list}, advice.SolveOptions{})
	if math.IsInf(cheapest, 1) {
		if coverage.CodeOf(err) != coverage.Infeasible {
			t.Fatalf("target %v of %v with %v at most: %+v, %v", target, all, most, got, err)
		}
		return
	}
	if err != nil || priceOf(list, got.Open) != cheapest {
		t.Fatalf("target %v: %+v, %v, want a cost of %v", target, got, err, cheapest)
	}
}

func priceOf(list []plan.Candidate, ids []string) float64 {
	sum := 0.0
	for _, c := range list {
		if slices.Contains(ids, c.ID) {
			sum += c.Cost
		}
	}
	return sum
}

// The k whose closing loses the fewest people, and the most that can close
// without losing anybody.
func TestClosuresAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := someTown(t)
		c := analysis.Choice{Mode: "walk", AdHoc: []analysis.AdHoc{
			{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: rapid.Int32Range(30, 1500).Draw(t, "within")}},
		}}
		n := len(ds.Facilities)
		if n < 2 {
			t.Skip("nothing to close")
		}
		now := servedWith(t, ds, c, scenario.Changes{})
		best, free := map[int]float64{}, 0
		for k := 1; k < n; k++ {
			subsets(n, k, func(set []int) {
				var changes scenario.Changes
				for _, i := range set {
					changes.Close = append(changes.Close, ds.Facilities[i].ID)
				}
				left := servedWith(t, ds, c, changes)
				best[k] = max(best[k], left)
				if left >= now-1e-6 {
					free = k
				}
			})
		}
		e := analysis.New(ds, "test")
		k := rapid.IntRange(1, n-1).Draw(t, "k")
		got, err := advice.On(e).Close(context.Background(), c, advice.CloseAsk{K: k}, advice.SolveOptions{})
		if err != nil || len(got.Closed) < k || math.Abs(got.Value-best[k]) > 1e-6 || !got.Proven {
			t.Fatalf("k = %d: %+v, %v, want %v people left", k, got, err, best[k])
		}
		first := ds.Facilities[0].ID
		twice, err := advice.On(e).Close(context.Background(), c, advice.CloseAsk{K: n - 1, Keep: []string{first, first}}, advice.SolveOptions{})
		if err != nil || len(twice.Closed) != n-1 || slices.Contains(twice.Closed, first) {
			t.Fatalf("all but %s, named twice: %+v, %v", first, twice, err)
		}
		got, err = advice.On(e).Close(context.Background(), c, advice.CloseAsk{All: true}, advice.SolveOptions{})
		if now == 0 {
			free = n
		}
		if err != nil || len(got.Closed) != free || math.Abs(got.After-now) > 1e-6 {
			t.Fatalf("all: %+v, %v, want %d closed", got, err, free)
		}
	})
}

// p-median and p-center against every set: a row costs at most the reach.
func TestMediansAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := someTown(t)
		list := someCandidates(t, ds)
		c := analysis.Choice{Mode: "walk", AdHoc: []analysis.AdHoc{{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: 300}}}}
		const reach = 1200
		p := rapid.IntRange(1, len(list)).Draw(t, "p")
		sum, worst := math.Inf(1), math.Inf(1)
		subsets(len(list), p, func(set []int) {
			after, err := scenario.Apply(ds, changesOf(list, set), func(at orb.Point) int32 {
				if at[0] > ds.Demand.At[1][0]+1e-9 {
					return 1
				}
				return 0
			})
			if err != nil {
				t.Fatal(err)
			}
			run, err := analysis.New(after, "test").Run(context.Background(), c, nil)
			if err != nil {
				t.Fatal(err)
			}
			s, w := 0.0, 0.0
			for i, cost := range run.Coverage[0].Cost {
				ms := float64(min(cost, reach*1000))
				s += ms * float64(ds.Demand.Pop[0][i])
				w = max(w, ms)
			}
			sum, worst = min(sum, s), min(worst, w)
		})
		e := analysis.New(ds, "test")
		got, err := advice.On(e).Site(context.Background(), c, advice.SiteAsk{Model: siting.PMedian, P: p, ReachS: reach, Candidates: list}, advice.SolveOptions{})
		if err != nil || math.Abs(got.Value-sum) > 1e-6*sum {
			t.Fatalf("p-median: %+v, %v, want %v", got, err, sum)
		}
		got, err = advice.On(e).Site(context.Background(), c, advice.SiteAsk{Model: siting.PCenter, P: p, ReachS: reach, Candidates: list}, advice.SolveOptions{})
		if err != nil || got.Value != worst {
			t.Fatalf("p-center: %+v, %v, want %v", got, err, worst)
		}
	})
}
