package siting

import (
	"context"
	"strconv"
	"testing"
	"time"
)

// coverProgram states MCLP as Church and ReVelle do, the form that suits a MIP
// solver best: one column a site, one a demand for what is left of it, and as
// many rows as demands.
func coverProgram(in *Instance) *program {
	p, all := &program{}, []string{}
	rows := make([][]string, in.Demands())
	d := &in.Distances
	for i := range in.Sites() {
		p.bins, all = append(p.bins, "x_"+strconv.Itoa(i)), append(all, term(1, "x", i))
		for k := d.First[i]; k < d.First[i+1]; k++ {
			if d.Value[k] <= in.Threshold {
				rows[d.Demand[k]] = append(rows[d.Demand[k]], term(1, "x", i))
			}
		}
	}
	p.row(all, "<=", float64(in.P))
	for j, sum := range rows {
		p.goal = append(p.goal, term(in.Weights[j], "u", j))
		p.row(append(sum, term(1, "u", j)), ">=", 1)
	}
	return p
}

// BenchmarkAgainstCBC proves one MCLP with this package and with CBC, in turn.
// x-cbc is how many times as long CBC takes, its start and the reading of its
// file included; ns/op is of both together.
func BenchmarkAgainstCBC(b *testing.B) {
	needCBC(b)
	in := scatter(200, 2000, 10)
	in.Model = MCLP
	p := coverProgram(in)
	var ours, theirs time.Duration
	for b.Loop() {
		start := time.Now()
		s, err := Solve(context.Background(), in, Options{})
		ours += time.Since(start)
		if err != nil || !s.Proven {
			b.Fatal(s, err)
		}
		start = time.Now()
		left, found := mip(b, p)
		theirs += time.Since(start)
		if want := in.total() - left; !found || s.Value < want-1e-6*want || s.Value > want+1e-6*want {
			b.Fatalf("%v here, %v with CBC", s.Value, want)
		}
	}
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "x-cbc")
	b.ReportMetric(float64(ours.Nanoseconds())/float64(b.N), "ours-ns")
}
