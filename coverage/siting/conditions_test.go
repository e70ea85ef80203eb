package siting

import (
	"context"
	"math"
	"slices"
	"testing"
	"time"

	"lifecircle/coverage"

	"pgregory.net/rapid"
)

// judge says what a set of sites is worth under all conditions, and whether it
// keeps to them: slow, obvious, with nothing of the solvers in it. Weights and
// capacities are whole numbers where there are capacities.
func judge(in *Instance, set int) (value float64, ok bool) {
	on := func(i int32) bool { return set>>i&1 == 1 }
	if !permitted(in, set) && in.P > 0 || !keepsSites(in, on) {
		return 0, false
	}
	if in.Capacity != nil {
		return judgeCapacity(in, on)
	}
	left := make([]float64, in.Demands())
	for j, w := range in.Weights {
		var d []float64
		for i := range in.Sites() {
			if v, has := distance(in, i, j); has && on(int32(i)) {
				d = append(d, v)
			}
		}
		slices.Sort(d)
		need := max(1, in.Cover)
		switch {
		case w == 0:
		case len(d) < need || d[need-1] > reachOf(in):
			left[j] = w
		case in.Model == PMedian:
			value += w * d[0]
		case in.Model == PCenter:
			value = max(value, d[0])
		}
	}
	return settleValue(in, on, left, value)
}

// settleValue looks at what is left and adds what the model counts.
func settleValue(in *Instance, on func(int32) bool, left []float64, value float64) (float64, bool) {
	total, lost := 0.0, 0.0
	zone, zoneLost := map[int32]float64{}, map[int32]float64{}
	for j, w := range in.Weights {
		total += w
		lost += left[j]
		if in.Zones.Demand != nil {
			zone[in.Zones.Demand[j]] += w
			zoneLost[in.Zones.Demand[j]] += left[j]
		}
	}
	if in.Zones.MinShare > 0 {
		for z, w := range zone {
			if z >= 0 && w-zoneLost[z] < in.Zones.MinShare*w-1e-7 {
				return 0, false
			}
		}
	}
	switch {
	case in.Model == MCLP:
		return total - lost, true
	case in.Model == LSCP && in.Target > 0:
		if total-lost < in.Target*total-1e-7 {
			return 0, false
		}
	case in.Model == LSCP && in.Zones.MinShare > 0:
	case lost > 0:
		return 0, false
	}
	if in.Model == LSCP {
		value = cost(in, on)
	}
	return value, true
}

func cost(in *Instance, on func(int32) bool) float64 {
	sum := 0.0
	for i := range in.Sites() {
		switch {
		case !on(int32(i)):
		case in.Costs == nil:
			sum++
		default:
			sum += in.Costs[i]
		}
	}
	return sum
}

func distance(in *Instance, i, j int) (float64, bool) {
	d := &in.Distances
	for k := d.First[i]; k < d.First[i+1]; k++ {
		if int(d.Demand[k]) == j {
			return d.Value[k], true
		}
	}
	return 0, false
}

func reachOf(in *Instance) float64 {
	if in.Model == MCLP || in.Model == LSCP {
		return in.Threshold
	}
	if in.Within > 0 {
		return in.Within
	}
	return math.Inf(1)
}

// keepsSites looks at the conditions over sites alone.
func keepsSites(in *Instance, on func(int32) bool) bool {
	if in.Budget > 0 && cost(in, on) > in.Budget+1e-7 {
		return false
	}
	for _, b := range in.Budgets {
		if cost(in, func(i int32) bool { return on(i) && slices.Contains(b.Sites, i) }) > b.Most+1e-7 {
			return false
		}
	}
	for _, i := range in.Fixed {
		if !on(i) {
			return false
		}
	}
	if slices.ContainsFunc(in.Forbidden, on) {
		return false
	}
	for _, set := range in.Exclusive {
		open, fixed := 0, 0
		for _, i := range set {
			if on(i) {
				open++
			}
			if slices.Contains(in.Fixed, i) {
				fixed++
			}
		}
		if open > max(1, fixed) {
			return false
		}
	}
	for _, p := range in.Apart {
		both := slices.Contains(in.Fixed, p[0]) && slices.Contains(in.Fixed, p[1])
		if on(p[0]) && on(p[1]) && !both {
			return false
		}
	}
	return keepsZones(in, on)
}

func keepsZones(in *Instance, on func(int32) bool) bool {
	if in.Zones.MinSites == 0 {
		return true
	}
	for z := int32(0); z < 3; z++ {
		has, open := false, 0
		for j, v := range in.Zones.Demand {
			has = has || v == z && in.Weights[j] > 0
		}
		for i, v := range in.Zones.Site {
			if v == z {
				has = true
				if on(int32(i)) {
					open++
				}
			}
		}
		if has && open < in.Zones.MinSites {
			return false
		}
	}
	return true
}

// judgeCapacity serves unit by unit. It tries every number of served units of
// every demand, and for each looks for the cheapest way, by depth-first search
// over the sites of each unit.
func judgeCapacity(in *Instance, on func(int32) bool) (best float64, found bool) {
	if in.Model == PCenter {
		return judgeCenter(in, on)
	}
	room := slices.Clone(in.Capacity)
	left := slices.Clone(in.Weights)
	memo := map[string]float64{}
	all := in.Model != MCLP && !(in.Model == LSCP && in.partial())
	better := func(v float64) bool {
		return !found || in.Model == MCLP && v > best || in.Model != MCLP && v < best
	}
	var serve func(j int, spent float64)
	var unit func(j, from int, spent float64)
	serve = func(j int, spent float64) {
		if j == in.Demands() {
			if v, ok := settleValue(in, on, left, spent); ok && better(v) {
				best, found = v, true
			}
			return
		}
		key := stateKey(j, room, left, all)
		if had, ok := memo[key]; ok && had <= spent {
			return
		}
		memo[key] = spent
		unit(j, 0, spent)
	}
	unit = func(j, from int, spent float64) {
		if !all || left[j] == 0 {
			serve(j+1, spent)
		}
		for i := from; i < in.Sites() && left[j] > 0; i++ {
			if d, has := distance(in, i, j); has && on(int32(i)) && d <= reachOf(in) && room[i] >= 1 {
				room[i]--
				left[j]--
				step := 0.0
				if in.Model == PMedian {
					step = d
				}
				unit(j, i, spent+step)
				room[i]++
				left[j]++
			}
		}
	}
	serve(0, 0)
	return best, found
}

func stateKey(j int, room, left []float64, all bool) string {
	key := []byte{byte(j)}
	for _, r := range room {
		key = append(key, byte(r))
	}
	if !all {
		for _, l := range left[:j] {
			key = append(key, byte(l))
		}
	}
	return string(key)
}

func judgeCenter(in *Instance, on func(int32) bool) (float64, bool) {
	radii := append([]float64{0}, in.Distances.Value...)
	slices.Sort(radii)
	for _, r := range radii {
		part := *in
		part.Model, part.Threshold = LSCP, r
		if _, ok := judgeCapacity(&part, on); ok {
			return r, true
		}
	}
	return 0, false
}

// drawConditions adds conditions to a small instance, several at once.
func drawConditions(t *rapid.T, in *Instance) {
	n, cover := in.Sites(), in.Model == MCLP || in.Model == LSCP
	some := func(name string) bool { return rapid.IntRange(0, 2).Draw(t, name) == 0 }
	unit := rapid.SampledFrom([]float64{1, 1, 0.37}).Draw(t, "money")
	if some("costs") {
		cost := rapid.IntRange(0, 5)
		if some("one cost") {
			cost = rapid.Just(cost.Draw(t, "the cost"))
		}
		for range n {
			in.Costs = append(in.Costs, unit*float64(cost.Draw(t, "cost")))
		}
	}
	if some("budget") {
		in.Budget = unit * float64(rapid.IntRange(1, 12).Draw(t, "budget"))
		if rapid.Bool().Draw(t, "any number") {
			in.P = 0
		}
	}
	if in.Model == LSCP && some("target") {
		in.Target = rapid.SampledFrom([]float64{0.2, 0.5, 0.75, 0.9, 1}).Draw(t, "share")
	}
	if some("capacity") {
		for range n {
			in.Capacity = append(in.Capacity, float64(rapid.IntRange(0, 8).Draw(t, "room")))
		}
		in.Weights = in.Weights[:min(4, len(in.Weights))]
		for j, w := range in.Weights {
			in.Weights[j] = min(3, math.Round(w))
		}
		trimPairs(in)
	}
	if cover && in.Capacity == nil && some("backup") {
		in.Cover = 2
	}
	if in.Model == PMedian && some("within") {
		in.Within = float64(rapid.IntRange(1, 9).Draw(t, "farthest"))
	}
	drawSets(t, in, some)
	drawZones(t, in, some, cover)
}

func drawSets(t *rapid.T, in *Instance, some func(string) bool) {
	n := in.Sites()
	pick := func() int32 { return int32(rapid.IntRange(0, n-1).Draw(t, "site")) }
	if some("exclusive") {
		set := []int32{pick(), pick(), pick()}
		slices.Sort(set)
		in.Exclusive = append(in.Exclusive, slices.Compact(set))
	}
	if some("budgets") {
		in.Budgets = append(in.Budgets, Budget{Sites: []int32{pick()}, Most: 2}, Budget{Sites: []int32{0}, Most: float64(pick())})
	}
	for some("apart") {
		if a, b := pick(), pick(); a != b {
			in.Apart = append(in.Apart, [2]int32{a, b})
		}
	}
}

func drawZones(t *rapid.T, in *Instance, some func(string) bool, cover bool) {
	zone := func() int32 { return int32(rapid.IntRange(-1, 2).Draw(t, "zone")) }
	if some("zones") {
		for range in.Sites() {
			in.Zones.Site = append(in.Zones.Site, zone())
		}
		in.Zones.MinSites = 1
	}
	if cover && some("zone share") {
		for range in.Demands() {
			in.Zones.Demand = append(in.Zones.Demand, zone())
		}
		in.Zones.MinShare = rapid.SampledFrom([]float64{0.3, 0.5, 0.8, 1}).Draw(t, "zone's")
		if in.Capacity != nil { // the judge serves whole units: half of a zone must be one
			in.Zones.MinShare = rapid.SampledFrom([]float64{0.5, 1}).Draw(t, "whole")
			for j := range in.Weights {
				in.Weights[j] = 2 * math.Ceil(in.Weights[j]/3)
			}
		}
	}
}

// trimPairs drops the pairs of demands that are gone.
func trimPairs(in *Instance) {
	d := Distances{First: []int64{0}}
	for i := range in.Sites() {
		for k := in.Distances.First[i]; k < in.Distances.First[i+1]; k++ {
			if int(in.Distances.Demand[k]) < len(in.Weights) {
				d.Demand, d.Value = append(d.Demand, in.Distances.Demand[k]), append(d.Value, in.Distances.Value[k])
			}
		}
		d.First = append(d.First, int64(len(d.Demand)))
	}
	in.Distances = d
}

func TestConditionsAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range 10 {
			in := drawInstance(t)
			drawConditions(t, in)
			holdToJudge(t, in)
		}
	})
}

func holdToJudge(t *rapid.T, in *Instance) {
	want, found := 0.0, false
	for set := range 1 << in.Sites() {
		v, ok := judge(in, set)
		if ok && (!found || in.Model == MCLP && v > want || in.Model != MCLP && v < want) {
			want, found = v, true
		}
	}
	s, err := Solve(context.Background(), in, Options{Curve: true})
	if !found {
		if coverage.CodeOf(err) != coverage.Infeasible {
			t.Fatalf("no answer exists, got %+v, %v\n%+v", s, err, in)
		}
		return
	}
	if err != nil {
		t.Fatalf("answer %v exists: %v\n%+v", want, err, in)
	}
	if !s.Proven || math.Abs(s.Value-want) > 1e-7 || s.Bound != s.Value || s.Gap != 0 {
		t.Fatalf("want %v, got %+v\n%+v", want, s, in)
	}
	set := 0
	for _, i := range s.Open {
		set |= 1 << i
	}
	if v, ok := judge(in, set); !ok || math.Abs(v-want) > 1e-7 {
		t.Fatalf("%v is no answer: %v\n%+v", s.Open, v, in)
	}
}

// Numbers of very different size end in an answer or a reason, in time, and never
// in a fault of the solver.
func TestNumbersOfEverySize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawInstance(t)
		drawConditions(t, in)
		for _, list := range [][]float64{in.Weights, in.Capacity, in.Costs, in.Distances.Value} {
			for k := range list {
				list[k] *= math.Pow(10, float64(rapid.IntRange(-9, 9).Draw(t, "power"))) * rapid.Float64Range(0.1, 1).Draw(t, "digits")
			}
		}
		ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
		defer stop()
		s, err := Solve(ctx, in, Options{})
		if err != nil && coverage.CodeOf(err) != coverage.Infeasible || err == nil && !s.Proven {
			t.Fatalf("%+v, %v\n%+v", s, err, in)
		}
	})
}
