package scale

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestSimple(t *testing.T) {
	people := []float32{1, 3, 10, 5, 0, 7}
	factors := Simple([]int32{0, 0, 1, -1, 2, 3}, people, []float64{8, math.NaN(), 4, 0})
	want := []Factor{{0, 4, 8, 2}, {1, 10, math.NaN(), 1}, {2, 0, 4, math.NaN()}, {3, 7, 0, 0}}
	if d := cmp.Diff(want, factors, cmpopts.EquateNaNs()); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]float32{2, 6, 10, 5, 0, 0}, people); d != "" {
		t.Error(d)
	}
}

// By hand: two rows of 10 people, 4 of 20 old; the second row has three times
// the share of old people, and keeps their ratio of odds.
func TestIterativeByHand(t *testing.T) {
	old := []float32{1, 3}
	fit := Iterative([]int32{0, 0}, []float32{10, 10}, [][]float32{old}, [][]float64{{8}})
	if !fit.Done() || len(fit.Bad) != 0 {
		t.Fatalf("%+v", fit)
	}
	if math.Abs(float64(old[0]+old[1])-8) > 1e-5 {
		t.Error(old)
	}
	odds := func(n float32) float64 { return float64(n) / float64(10-n) }
	if got, want := odds(old[1])/odds(old[0]), (3.0/7)/(1.0/9); math.Abs(got/want-1) > 1e-4 {
		t.Errorf("odds %v, want %v", got, want)
	}
}

func TestIterativeProperties(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(r, "n")
		unit, whole := make([]int32, n), make([]float32, n)
		parts := [][]float32{make([]float32, n), make([]float32, n)}
		sums := [3]float64{}
		for i := range n {
			unit[i] = int32(rapid.IntRange(0, 2).Draw(r, "u"))
			whole[i] = float32(rapid.IntRange(1, 1000).Draw(r, "w"))
			for p := range parts {
				parts[p][i] = whole[i] * float32(rapid.IntRange(1, 40).Draw(r, "p")) / 100
			}
			sums[unit[i]] += float64(whole[i])
		}
		totals := [][]float64{make([]float64, 3), make([]float64, 3)}
		for u := range 3 {
			for p := range totals {
				totals[p][u] = sums[u] * float64(rapid.IntRange(1, 45).Draw(r, "t")) / 100
			}
		}
		fit := Iterative(unit, whole, parts, totals)
		if len(fit.Bad) > 0 || !fit.Done() {
			r.Fatalf("%+v", fit)
		}
		for p := range parts {
			got := [3]float64{}
			for i, v := range parts[p] {
				got[unit[i]] += float64(v)
			}
			for u := range got {
				if sums[u] > 0 && math.Abs(got[u]-totals[p][u]) > 1e-4*totals[p][u] {
					r.Fatalf("part %d of unit %d: %v, want %v", p, u, got[u], totals[p][u])
				}
			}
		}
		for i := range whole {
			if parts[0][i]+parts[1][i] > whole[i]*1.0001 {
				r.Fatalf("row %d: %v + %v of %v", i, parts[0][i], parts[1][i], whole[i])
			}
		}
	})
}

func TestPartsThatExceed(t *testing.T) {
	old := []float32{1, 2, 3}
	fit := Iterative([]int32{0, 1, -1}, []float32{10, 10, 10}, [][]float32{old}, [][]float64{{11, 5}})
	if d := cmp.Diff([]int{0}, fit.Bad); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]float32{1, 5, 3}, old, cmpopts.EquateApprox(1e-5, 0)); d != "" {
		t.Error(d)
	}
}
