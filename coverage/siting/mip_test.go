package siting

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// program is a mixed-integer program in the LP format that every solver reads,
// written from the instance by the book, with nothing of the solvers here.
type program struct {
	goal []string
	rows []string
	bins []string
}

func (p *program) row(sum []string, sign string, right float64) {
	if len(sum) == 0 {
		sum = []string{"0 zero"}
	}
	p.rows = append(p.rows, strings.Join(sum, "\n ")+" "+sign+" "+strconv.FormatFloat(right, 'g', 17, 64))
}

func term(c float64, name string, at ...int) string {
	for _, a := range at {
		name += fmt.Sprintf("_%d", a)
	}
	return fmt.Sprintf("%+.17g %s", c, name)
}

func (p *program) String() string {
	return "Minimize\n obj: " + strings.Join(p.goal, "\n ") + "\nSubject To\n " + strings.Join(p.rows, "\n ") +
		"\nBinaries\n " + strings.Join(p.bins, "\n ") + "\nEnd\n"
}

// writeProgram states an instance: x_i open, y_i_j the weight that site i serves
// of demand j, u_j the weight of demand j that is left.
func writeProgram(in *Instance) *program {
	p := &program{}
	total, all := 0.0, []string{}
	for i := range in.Sites() {
		p.bins = append(p.bins, "x_"+strconv.Itoa(i))
		all = append(all, term(1, "x", i))
		if in.Model == LSCP {
			c := 1.0
			if in.Costs != nil {
				c = in.Costs[i]
			}
			p.goal = append(p.goal, term(c, "x", i))
		}
	}
	if in.Model != LSCP && in.P > 0 {
		p.row(all, "<=", float64(in.P))
	}
	zone, zoneAll := map[int32][]string{}, map[int32]float64{}
	var left []string
	by := make([][]string, in.Sites())
	for j, w := range in.Weights {
		if w == 0 {
			continue
		}
		total += w
		p.demand(in, j, by)
		left = append(left, term(1, "u", j))
		if in.Zones.Demand != nil {
			z := in.Zones.Demand[j]
			zone[z], zoneAll[z] = append(zone[z], term(1, "u", j)), zoneAll[z]+w
		}
	}
	if in.Capacity != nil {
		for i, sum := range by {
			p.row(append(sum, term(-in.Capacity[i], "x", i)), "<=", 0)
		}
	}
	switch {
	case in.Model == MCLP:
		p.goal = left
	case in.Model == LSCP && in.Target > 0:
		p.row(left, "<=", (1-in.Target)*total)
	case in.Model == LSCP && in.Zones.MinShare > 0:
	default:
		p.row(left, "<=", 0)
	}
	for z, sum := range zone {
		if z >= 0 && in.Zones.MinShare > 0 {
			p.row(sum, "<=", (1-in.Zones.MinShare)*zoneAll[z])
		}
	}
	p.sites(in)
	return p
}

// demand adds the rows of demand j.
func (p *program) demand(in *Instance, j int, by [][]string) {
	w := in.Weights[j]
	sum := []string{term(1, "u", j)}
	for i := range in.Sites() {
		d, has := distance(in, i, j)
		if !has || d > reachOf(in) {
			continue
		}
		sum = append(sum, term(1, "y", i, j))
		by[i] = append(by[i], term(1, "y", i, j))
		share := w
		if in.Cover == 2 {
			share = w / 2
		}
		p.row([]string{term(1, "y", i, j), term(-share, "x", i)}, "<=", 0)
		if in.Model == PMedian {
			p.goal = append(p.goal, term(d, "y", i, j))
		}
	}
	p.row(sum, "=", w)
	if in.Cover == 2 {
		p.bins = append(p.bins, fmt.Sprintf("b_%d", j))
		p.row([]string{term(1, "u", j), term(-w, "b", j)}, "=", 0)
	}
}

// sites adds the rows over sites alone.
func (p *program) sites(in *Instance) {
	if in.Budget > 0 {
		var sum []string
		for i, c := range in.Costs {
			sum = append(sum, term(c, "x", i))
		}
		p.row(sum, "<=", in.Budget)
	}
	for _, set := range in.Exclusive {
		var sum []string
		for _, i := range set {
			sum = append(sum, term(1, "x", int(i)))
		}
		p.row(sum, "<=", 1)
	}
	for _, pair := range in.Apart {
		p.row([]string{term(1, "x", int(pair[0])), term(1, "x", int(pair[1]))}, "<=", 1)
	}
	for z := range int32(8) {
		var sum []string
		for i, v := range in.Zones.Site {
			if v == z && in.Zones.MinSites > 0 {
				sum = append(sum, term(1, "x", i))
			}
		}
		if len(sum) > 0 {
			p.row(sum, ">=", float64(in.Zones.MinSites))
		}
	}
}

// mip solves a program with CBC. It returns false when there is no answer.
func mip(t testing.TB, p *program) (float64, bool) {
	t.Helper()
	dir := t.TempDir()
	question, answer := filepath.Join(dir, "q.lp"), filepath.Join(dir, "a.txt")
	if err := os.WriteFile(question, []byte(p.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cbc", question, "ratioGap", "0", "allowableGap", "0", "solve", "solution", answer).CombinedOutput(); err != nil {
		t.Fatalf("cbc: %v\n%s", err, out)
	}
	text, err := os.ReadFile(answer)
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := bytes.Cut(text, []byte{'\n'})
	if bytes.HasPrefix(first, []byte("Infeasible")) {
		return 0, false
	}
	var value float64
	if _, err := fmt.Sscanf(string(first), "Optimal - objective value %g", &value); err != nil {
		t.Fatalf("cbc says %q", first)
	}
	return value, true
}

func needCBC(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("cbc"); err != nil {
		if os.Getenv("LIFECIRCLE_REQUIRE") == "all" {
			t.Fatal("cbc is missing")
		}
		t.Skip("cbc is not installed (Debian: coinor-cbc)")
	}
}

// Instances of a size that no enumeration reaches, against a MIP solver.
func TestConditionsAgainstMIP(t *testing.T) {
	needCBC(t)
	for name, in := range middling() {
		t.Run(name, func(t *testing.T) {
			want, found := mip(t, writeProgram(in))
			if in.Model == MCLP {
				total := 0.0
				for _, w := range in.Weights {
					total += w
				}
				want = total - want
			}
			s, err := Solve(context.Background(), in, Options{})
			if err != nil || !found {
				t.Fatalf("cbc %v %v: %v", want, found, err)
			}
			if !s.Proven || math.Abs(s.Value-want) > 1e-5*max(1, want) {
				t.Errorf("cbc %v, got %+v", want, s)
			}
			t.Logf("%v in %d nodes", s.Value, s.Nodes)
		})
	}
}

// middling makes one instance for every condition, and some with several.
func middling() map[string]*Instance {
	const n, m, p = 30, 90, 5
	list := map[string]*Instance{}
	add := func(name string, model Model, threshold float64, change func(in *Instance)) {
		in := scatter(n, m, p)
		in.Model, in.Threshold = model, threshold
		for k, v := range in.Distances.Value {
			in.Distances.Value[k] = math.Ceil(v)
		}
		for i := range n {
			in.Costs = append(in.Costs, float64(3+i*7%11))
		}
		change(in)
		list[name] = in
	}
	capacities := func(share float64) []float64 {
		total, c := 0.0, []float64{}
		for _, w := range scatter(n, m, p).Weights {
			total += w
		}
		for i := range n {
			c = append(c, math.Floor(share*total/p*(0.6+0.1*float64(i%9))))
		}
		return c
	}
	zones := Zones{}
	for i := range n {
		zones.Site = append(zones.Site, int32(i%4))
	}
	for j := range m {
		zones.Demand = append(zones.Demand, int32(j%3))
	}
	near := Separation(n, 12, func(a, b int) float64 { return float64((a*7+b*13)%40) + 0.5 })
	add("mclp budget", MCLP, 15, func(in *Instance) { in.Budget, in.P = 30, 0 })
	add("mclp capacity", MCLP, 30, func(in *Instance) { in.Capacity = capacities(0.8) })
	add("mclp capacity zones", MCLP, 30, func(in *Instance) {
		in.Capacity, in.Zones = capacities(0.7), zones
		in.Zones.MinShare, in.Zones.Site = 0.6, nil
	})
	add("mclp backup", MCLP, 18, func(in *Instance) { in.Cover = 2 })
	add("mclp share", MCLP, 20, func(in *Instance) { in.Zones = zones; in.Zones.MinShare = 0.55 })
	add("mclp sites", MCLP, 20, func(in *Instance) { in.Zones = zones; in.Zones.MinSites = 1 })
	add("mclp apart exclusive", MCLP, 20, func(in *Instance) { in.Apart = near; in.Exclusive = [][]int32{{0, 5, 9, 12}, {3, 5, 20}} })
	add("lscp cost", LSCP, 40, func(*Instance) {})
	add("lscp target", LSCP, 20, func(in *Instance) { in.Target = 0.85 })
	add("lscp target count", LSCP, 20, func(in *Instance) { in.Target, in.Costs = 0.9, nil })
	add("lscp capacity", LSCP, 50, func(in *Instance) { in.Capacity = capacities(0.8) })
	add("lscp capacity target", LSCP, 30, func(in *Instance) { in.Capacity, in.Target = capacities(0.6), 0.8 })
	add("lscp backup", LSCP, 50, func(in *Instance) { in.Cover = 2 })
	add("lscp share", LSCP, 25, func(in *Instance) { in.Zones = zones; in.Zones.MinShare = 0.7 })
	add("pmedian budget", PMedian, 0, func(in *Instance) { in.Budget, in.P = 30, 0 })
	add("pmedian capacity", PMedian, 0, func(in *Instance) { in.Capacity = capacities(1.1) })
	add("pmedian within", PMedian, 0, func(in *Instance) { in.Within = 48 })
	add("pmedian all", PMedian, 0, func(in *Instance) {
		in.Capacity, in.Zones, in.Apart, in.Budget = capacities(1.3), zones, near, 50
		in.Zones.MinSites = 1
	})
	return list
}
