package siting

import (
	"context"
	"fmt"
	"math"
	"testing"
)

// lookalike makes an instance by the recipe of the p-median graphs of the
// OR-Library (Beasley 1985), the same every time: n nodes, n*n/50 edges of whole
// lengths 1 to 100, the first of them a path so that all is connected, the others
// at random; distances are shortest paths, weights are 1. Of an edge drawn twice
// the later length holds, as there.
func lookalike(n, p int, seed uint64) *Instance {
	next := func(most int) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % most
	}
	d := make([][]float64, n)
	for i := range d {
		d[i] = make([]float64, n)
		for j := range d[i] {
			if i != j {
				d[i][j] = math.Inf(1)
			}
		}
	}
	for e := range n * n / 50 {
		a, b := e, e+1
		if b >= n {
			a, b = next(n), next(n)
		}
		if a != b {
			c := float64(1 + next(100))
			d[a][b], d[b][a] = c, c
		}
	}
	for k, via := range d { // Floyd and Warshall
		for _, row := range d {
			first := row[k]
			for j, v := range via {
				row[j] = min(row[j], first+v)
			}
		}
	}
	return dense(d, p)
}

// The optima are those of HiGHS 1.16, run by hand on the same graphs made in
// another program: p-median in the form of radii (Cornuejols, Nemhauser and
// Wolsey 1980), solved to a gap of 0; p-center as two set covers, p sites being
// enough at the radius and not at the one below.
func TestLookalikes(t *testing.T) {
	for _, c := range []struct {
		n, p           int
		median, center float64
	}{
		{300, 30, 4477, 0},
		{300, 100, 1664, 0},
		{400, 40, 4312, 26},
		{400, 80, 2811, 0},
		{500, 100, 2972, 16},
	} {
		t.Run(fmt.Sprintf("%d-%d", c.n, c.p), func(t *testing.T) {
			in := lookalike(c.n, c.p, 1)
			prove(t, in, PMedian, c.median)
			if c.center > 0 {
				prove(t, in, PCenter, c.center)
			}
		})
	}
}

// BenchmarkLookalikes proves p-medians and p-centers of the sizes of the larger
// p-median graphs of the OR-Library.
func BenchmarkLookalikes(b *testing.B) {
	for _, c := range []struct{ n, p int }{{300, 5}, {400, 40}, {500, 167}, {600, 10}, {700, 70}, {800, 5}, {900, 10}, {900, 90}} {
		in := lookalike(c.n, c.p, 1)
		for _, in.Model = range []Model{PMedian, PCenter} {
			b.Run(fmt.Sprintf("%s-%d-%d", in.Model, c.n, c.p), func(b *testing.B) {
				nodes := 0
				for b.Loop() {
					s, err := Solve(context.Background(), in, Options{})
					if err != nil || !s.Proven {
						b.Fatal(s, err)
					}
					nodes = s.Nodes
				}
				b.ReportMetric(float64(nodes), "nodes")
			})
		}
	}
}
