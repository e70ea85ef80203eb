package advice_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/assess"
	"lifecircle/coverage/coveragetest"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"
	"lifecircle/geo/geodesy"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// bare is a question about sites as rows served by each place: whole runs with
// that place alone.
type bare struct {
	weight    []float64
	zone      []int32
	existing  [][]bool
	candidate [][]bool
	capacity  []float64 // of existing, then candidates
}

func bareOf(t rapid.TB, ds *coverage.Dataset, list []plan.Candidate, c analysis.Choice) bare {
	b := bare{zone: ds.Demand.Zone}
	for _, n := range ds.Demand.Pop[0] {
		b.weight = append(b.weight, float64(n))
	}
	alone := func(f coverage.Facility) []bool {
		one := *ds
		one.Facilities = []coverage.Facility{f}
		run, err := analysis.New(&one, "test").Run(context.Background(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		var served []bool
		for _, s := range run.Coverage[0].Served {
			served = append(served, s > 0)
		}
		return served
	}
	for _, f := range ds.Facilities {
		b.existing = append(b.existing, alone(f))
		b.capacity = append(b.capacity, f.Capacity)
	}
	for _, p := range list {
		b.candidate = append(b.candidate, alone(coverage.Facility{ID: p.ID, Kind: "clinic", At: p.At, Landmass: p.Landmass}))
		b.capacity = append(b.capacity, p.Capacity)
	}
	return b
}

// open lists the places that serve once a set is built.
func (b bare) open(set []int) (serve [][]bool, capacity []float64) {
	serve, capacity = append(serve, b.existing...), append(capacity, b.capacity[:len(b.existing)]...)
	for _, i := range set {
		serve, capacity = append(serve, b.candidate[i]), append(capacity, b.capacity[len(b.existing)+i])
	}
	return serve, capacity
}

// people are those of a zone (-1: all) with at least need of the places near.
func (b bare) people(serve [][]bool, need int, zone int32) (served, all float64) {
	for row, w := range b.weight {
		if zone >= 0 && b.zone[row] != zone {
			continue
		}
		n := 0
		for _, s := range serve {
			if s[row] {
				n++
			}
		}
		all += w
		if n >= need {
			served += w
		}
	}
	return served, all
}

// flow is the most people that places with capacities serve: by the theorem of
// Ford and Fulkerson the least cut, over every subset of places.
func (b bare) flow(serve [][]bool, capacity []float64) float64 {
	least := math.Inf(1)
	for mask := range 1 << len(serve) {
		cut := 0.0
		for i := range serve {
			if mask>>i&1 == 1 {
				room := capacity[i]
				if room == 0 {
					room = math.Inf(1)
				}
				cut += room
			}
		}
		for row, w := range b.weight {
			for i := range serve {
				if mask>>i&1 == 0 && serve[i][row] {
					cut += w
					break
				}
			}
		}
		least = min(least, cut)
	}
	return least
}

// Backup cover, capacities, least distances and what every zone must have, each
// against every set.
func TestConditionsAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := someTown(t)
		list := someCandidates(t, ds)
		for i := range list {
			list[i].Capacity = float64(rapid.IntRange(5, 80).Draw(t, "capacity"))
		}
		for i := range ds.Facilities {
			ds.Facilities[i].Capacity = float64(rapid.IntRange(0, 60).Draw(t, "capacity that stands"))
		}
		c := analysis.Choice{Mode: "walk", AdHoc: []analysis.AdHoc{
			{Kinds: []string{"clinic"}, Within: coverage.Threshold{Seconds: rapid.Int32Range(60, 1300).Draw(t, "within")}},
		}}
		b, e := bareOf(t, ds, list, c), analysis.New(ds, "test")
		for i := range list {
			advice.On(e).Place(&list[i])
		}
		p := rapid.IntRange(1, len(list)).Draw(t, "p")
		apart := float64(rapid.IntRange(100, 1500).Draw(t, "apart"))
		minShare := rapid.Float64Range(0.1, 0.9).Draw(t, "share")
		best := map[string]float64{"backup": -1, "capacity": -1, "apart": -1, "sites": -1, "two sites": -1, "share": -1}
		for n := 0; n <= p; n++ {
			subsets(len(list), n, func(set []int) {
				serve, capacity := b.open(set)
				served, _ := b.people(serve, 1, -1)
				two, _ := b.people(serve, 2, -1)
				best["backup"] = max(best["backup"], two)
				best["capacity"] = max(best["capacity"], b.flow(serve, capacity))
				if farApart(list, set, apart) {
					best["apart"] = max(best["apart"], served)
				}
				for n, name := range []string{"sites", "two sites"} {
					if b.sitesInEach(ds, list, set, n+1) {
						best[name] = max(best[name], served)
					}
				}
				if b.shareInEach(ds, serve, minShare) {
					best["share"] = max(best["share"], served)
				}
			})
		}
		for name, ask := range map[string]advice.SiteAsk{
			"backup":    {Backup: true},
			"capacity":  {Capacity: true},
			"apart":     {ApartM: apart},
			"sites":     {ZoneLevel: "town", MinSites: 1},
			"two sites": {ZoneLevel: "town", MinSites: 2},
			"share":     {ZoneLevel: "town", MinShare: minShare},
		} {
			ask.P, ask.Candidates = p, list
			got, err := advice.On(e).Site(context.Background(), c, ask, advice.SolveOptions{Options: siting.Options{}})
			if best[name] < 0 {
				if coverage.CodeOf(err) != coverage.Infeasible || err == nil {
					t.Fatalf("%s: %+v, %v of a question without an answer", name, got, err)
				}
				continue
			}
			if err != nil || !got.Proven || math.Abs(got.Value-best[name]) > 1e-6 {
				t.Fatalf("%s: %+v, %v, want %v", name, got, err, best[name])
			}
			if name != "backup" && math.Abs(got.After-best[name]) > 1e-6 || got.After < best[name]-1e-6 || got.Before > got.After+1e-6 {
				t.Fatalf("%s: %v people before and %v after, want %v", name, got.Before, got.After, best[name])
			}
		}
	})
}

func farApart(list []plan.Candidate, set []int, metres float64) bool {
	for k, i := range set {
		for _, j := range set[:k] {
			if geodesy.Metres(geodesy.ECEF(list[i].At), geodesy.ECEF(list[j].At)) < metres {
				return false
			}
		}
	}
	return true
}

// sitesInEach reports whether every town has so many facilities and new sites.
func (b bare) sitesInEach(ds *coverage.Dataset, list []plan.Candidate, set []int, n int) bool {
	has := map[int32]int{}
	for _, z := range assess.FacilityZones(ds) {
		has[z]++
	}
	for _, i := range set {
		has[list[i].Zone]++
	}
	return has[0] >= n && has[1] >= n
}

func (b bare) shareInEach(ds *coverage.Dataset, serve [][]bool, share float64) bool {
	for z := range ds.Zones {
		if served, all := b.people(serve, 1, int32(z)); served < share*all-1e-9 {
			return false
		}
	}
	return true
}

// What makes a question impossible is said in its own words, and of zones by name:
// island b has a clinic and one place for another, a has one place in all.
func TestWhatMakesItImpossible(t *testing.T) {
	ds := coveragetest.FerryTown()
	list := []plan.Candidate{{ID: "hamlet", At: ds.Demand.At[4], Zone: 0}, {ID: "E", At: ds.Demand.At[3], Zone: 1, Landmass: 1}}
	c := analysis.Choice{AdHoc: within("clinic", "50m")}
	for _, one := range []struct {
		ask  advice.SiteAsk
		key  string
		args coverage.Args
	}{
		{advice.SiteAsk{P: 2, ZoneLevel: "town", MinSites: 2}, "siting.zone_sites", coverage.Args{"zone": ds.Zones[0].Name, "sites": 2}},
		{advice.SiteAsk{P: 1, Fixed: []string{"hamlet", "E"}}, "siting.fixed_many", coverage.Args{"fixed": 2, "p": 1}},
	} {
		one.ask.Candidates = list
		_, err := advice.On(analysis.New(ds, "test")).Site(t.Context(), c, one.ask, advice.SolveOptions{})
		var said *coverage.Error
		if !errors.As(err, &said) || said.Key != one.key || fmt.Sprint(said.Args) != fmt.Sprint(one.args) {
			t.Errorf("%v, want %s of %v", err, one.key, one.args)
		}
	}
}

// Weights by group: people aged 80 and over may count double.
func TestWeightsByGroup(t *testing.T) {
	ds := coveragetest.FerryTown()
	ds.Facilities = nil
	ds.Demand.Groups, ds.Demand.Pop = append(ds.Demand.Groups, "80+"), append(ds.Demand.Pop, []float32{0, 0, 0, 9, 1})
	list := []plan.Candidate{{ID: "hamlet", At: ds.Demand.At[4], Zone: 0}, {ID: "E", At: ds.Demand.At[3], Zone: 1, Landmass: 1}}
	f := coverage.Facility{ID: "far", Kind: "clinic", At: orb.Point{0, 0}, Landmass: -1}
	ds.Facilities = append(ds.Facilities, f)
	c := analysis.Choice{AdHoc: within("clinic", "50m")}
	for weights, want := range map[string]map[string]float64{"hamlet": nil, "E": {"all": 1, "80+": 2}} {
		got, err := advice.On(analysis.New(ds, "test")).Site(t.Context(), c, advice.SiteAsk{P: 1, Candidates: list, Weights: want}, advice.SolveOptions{})
		if err != nil || fmt.Sprint(got.Open) != "["+weights+"]" {
			t.Errorf("%v: %+v, %v", want, got, err)
		}
	}
	if _, err := advice.On(analysis.New(ds, "test")).Site(t.Context(), c, advice.SiteAsk{P: 1, Candidates: list, Weights: map[string]float64{"90+": 1}}, advice.SolveOptions{}); err == nil {
		t.Error("a group that the data lack")
	}
}

// So many people a bed are beds that are so many times as large.
func TestPeoplePerUnitOfCapacity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ds := someTown(t)
		list := someCandidates(t, ds)
		people := float64(rapid.IntRange(1, 30).Draw(t, "people a bed"))
		large := *ds
		large.Facilities = slices.Clone(ds.Facilities)
		more := slices.Clone(list)
		for i := range list {
			list[i].Capacity = float64(rapid.IntRange(0, 5).Draw(t, "beds"))
			more[i].Capacity = list[i].Capacity * people
		}
		for i := range ds.Facilities {
			ds.Facilities[i].Capacity = float64(rapid.IntRange(0, 5).Draw(t, "beds that stand"))
			large.Facilities[i].Capacity = ds.Facilities[i].Capacity * people
		}
		c := analysis.Choice{Mode: "walk", AdHoc: within("clinic", "10min")}
		want, err := advice.On(analysis.New(&large, "test")).Site(t.Context(), c, advice.SiteAsk{P: 2, Capacity: true, Candidates: more}, advice.SolveOptions{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := advice.On(analysis.New(ds, "test")).Site(t.Context(), c, advice.SiteAsk{P: 2, Capacity: true, PerUnit: people, Candidates: list}, advice.SolveOptions{})
		if err != nil || math.Abs(got.Value-want.Value) > 1e-6 || math.Abs(got.Before-want.Before) > 1e-6 {
			t.Fatalf("%v people a bed: %+v (%v), want %+v", people, got, err, want)
		}
		if len(ds.Facilities) < 2 {
			return
		}
		shut, err := advice.On(analysis.New(&large, "test")).Close(t.Context(), c, advice.CloseAsk{K: 1, Capacity: true}, advice.SolveOptions{})
		again, err2 := advice.On(analysis.New(ds, "test")).Close(t.Context(), c, advice.CloseAsk{K: 1, Capacity: true, PerUnit: people}, advice.SolveOptions{})
		if (err == nil) != (err2 == nil) || err == nil && (math.Abs(shut.Value-again.Value) > 1e-6 || !slices.Equal(shut.Loads, again.Loads)) {
			t.Fatalf("%v people a bed: closing %+v (%v), want %+v (%v)", people, again, err2, shut, err)
		}
	})
}
