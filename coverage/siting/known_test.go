package siting

import (
	"bufio"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// siting data are beside the repository and never part of it.
func dataFile(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "..", "shared", "data", "siting", name))
	if err != nil {
		t.Skipf("the shared data are not here: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// readPmed reads an OR-Library p-median graph: of an edge listed twice the later
// cost holds; distances are shortest paths (Floyd and Warshall).
func readPmed(t testing.TB, name string) *Instance {
	f := bufio.NewReader(dataFile(t, name))
	var n, edges, p int
	if _, err := fmt.Fscan(f, &n, &edges, &p); err != nil {
		t.Fatal(err)
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
	for range edges {
		var a, b int
		var c float64
		if _, err := fmt.Fscan(f, &a, &b, &c); err != nil {
			t.Fatal(err)
		}
		d[a-1][b-1], d[b-1][a-1] = c, c
	}
	for k := range n {
		for i := range n {
			for j := range n {
				d[i][j] = min(d[i][j], d[i][k]+d[k][j])
			}
		}
	}
	return dense(d, p)
}

func dense(d [][]float64, p int) *Instance {
	in := &Instance{P: p, Distances: Distances{First: []int64{0}}}
	for _, row := range d {
		for j, v := range row {
			in.Distances.Demand = append(in.Distances.Demand, uint32(j))
			in.Distances.Value = append(in.Distances.Value, v)
		}
		in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
	}
	for range d[0] {
		in.Weights = append(in.Weights, 1)
	}
	return in
}

// readSJC reads x, y and demand of every node; each node is a site and a demand.
func readSJC(t testing.TB) *Instance {
	lines := bufio.NewScanner(dataFile(t, "sjc/SJC324.txt"))
	lines.Scan() // header
	var at [][3]float64
	for lines.Scan() {
		var v [3]float64
		if _, err := fmt.Sscan(lines.Text(), &v[0], &v[1], &v[2]); err != nil {
			t.Fatal(err)
		}
		at = append(at, v)
	}
	d := make([][]float64, len(at))
	for i, a := range at {
		for _, b := range at {
			d[i] = append(d[i], math.Hypot(a[0]-b[0], a[1]-b[1]))
		}
	}
	in := dense(d, 1)
	for j, a := range at {
		in.Weights[j] = a[2]
	}
	return in
}

// readSF reads the road distances of stores and tracts.
func readSF(t testing.TB) *Instance {
	rows, err := csv.NewReader(dataFile(t, "spopt-sf/SF_network_distance_candidateStore_16_censusTract_205_new.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	in := &Instance{P: 4, Threshold: 5000}
	tract, store := map[string]uint32{}, ""
	for _, r := range rows[1:] {
		d, err1 := strconv.ParseFloat(r[0], 64)
		w, err2 := strconv.ParseFloat(r[3], 64)
		if err1 != nil || err2 != nil {
			t.Fatal(r)
		}
		if r[1] != store {
			store = r[1]
			in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
		}
		j, ok := tract[r[2]]
		if !ok {
			j = uint32(len(in.Weights))
			tract[r[2]] = j
			in.Weights = append(in.Weights, w)
		}
		in.Distances.Demand = append(in.Distances.Demand, j)
		in.Distances.Value = append(in.Distances.Value, d)
	}
	in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
	return in
}

// prove solves an instance and holds the answer to the known optimum.
func prove(t *testing.T, in *Instance, model Model, want float64) {
	t.Helper()
	in.Model = model
	s, err := Solve(context.Background(), in, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !s.Proven || math.Abs(s.Value-want) > 1e-9*want || s.Gap != 0 {
		t.Errorf("%s: want %v proven, got value %v bound %v proven %v", model, want, s.Value, s.Bound, s.Proven)
	}
	t.Logf("%s p=%d: %v, %d nodes", model, in.P, s.Value, s.Nodes)
}

func TestPmed(t *testing.T) {
	median := []float64{5819, 4093, 4250, 3034, 1355, 7824, 5631, 4445, 2734, 1255}
	center := []float64{127, 98, 93, 74, 48, 84, 64, 55, 37, 20}
	for k := range median {
		t.Run(fmt.Sprint(k+1), func(t *testing.T) {
			in := readPmed(t, fmt.Sprintf("pmed/pmed%d.txt", k+1))
			prove(t, in, PMedian, median[k])
			prove(t, in, PCenter, center[k])
		})
	}
}

func TestSanFrancisco(t *testing.T) {
	in := readSF(t)
	if in.Sites() != 16 || in.Demands() != 205 {
		t.Fatalf("%d sites, %d demands", in.Sites(), in.Demands())
	}
	prove(t, in, LSCP, 8)
	prove(t, in, MCLP, 875247)
	prove(t, in, PMedian, 2848268129.714512)
	prove(t, in, PCenter, 7403.063810849859)
}

func TestSJC(t *testing.T) {
	in := readSJC(t)
	in.Threshold = 800
	for k, want := range []float64{5461, 8790, 11604, 12106, 12152} {
		in.P = k + 1
		prove(t, in, MCLP, want)
	}
	for _, c := range []struct{ radius, want float64 }{{800, 5}, {1200, 3}, {1600, 2}} {
		in.Threshold = c.radius
		prove(t, in, LSCP, c.want)
	}
}

// The table of known optima is the same as the numbers above.
func TestKnownTable(t *testing.T) {
	var text strings.Builder
	if _, err := dataFile(t, "known_optima.csv").WriteTo(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"pmed10.txt,p in file header; all-pairs shortest paths,1255", "p=4,2848268129.71", "p=5\",12152"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in the table", want)
		}
	}
}
