package closure

import (
	"context"
	"math"
	"math/bits"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"

	"pgregory.net/rapid"
)

// drawQuestion makes a small question with ties.
func drawQuestion(t *rapid.T) *Question {
	n, m := rapid.IntRange(1, 7).Draw(t, "sites"), rapid.IntRange(0, 8).Draw(t, "demands")
	q := &Question{Goal: rapid.SampledFrom([]Goal{Keep, Lose}).Draw(t, "goal"), Threshold: float64(rapid.IntRange(0, 6).Draw(t, "threshold"))}
	for range m {
		q.Weights = append(q.Weights, float64(rapid.IntRange(0, 4).Draw(t, "weight")))
	}
	q.Distances.First = []int64{0}
	for range n {
		for j := range m {
			if rapid.IntRange(0, 9).Draw(t, "pair") < 7 {
				q.Distances.Demand = append(q.Distances.Demand, uint32(j))
				q.Distances.Value = append(q.Distances.Value, float64(rapid.IntRange(0, 9).Draw(t, "distance")))
			}
		}
		q.Distances.First = append(q.Distances.First, int64(len(q.Distances.Demand)))
	}
	free := n
	if rapid.Bool().Draw(t, "some stay") {
		q.Closable = []int32{}
		for i := range n {
			if rapid.IntRange(0, 3).Draw(t, "closable") > 0 {
				q.Closable = append(q.Closable, int32(i))
			}
		}
		free = len(q.Closable)
	}
	low := 0
	if q.Goal == Lose {
		low = 1
	}
	q.K = rapid.IntRange(low, max(low, free)).Draw(t, "k")
	return q
}

// outcome is what is left when a set of sites stays: whether everybody served
// today still is, the travel, and the weight lost.
func outcome(q *Question, stays func(i int) bool) (keeps bool, travel, lost float64) {
	keeps = true
	for j, w := range q.Weights {
		now, then := math.Inf(1), math.Inf(1)
		for i := 0; i+1 < len(q.Distances.First); i++ {
			for k := q.Distances.First[i]; k < q.Distances.First[i+1]; k++ {
				if int(q.Distances.Demand[k]) != j {
					continue
				}
				now = min(now, q.Distances.Value[k])
				if stays(i) {
					then = min(then, q.Distances.Value[k])
				}
			}
		}
		switch {
		case w == 0 || now > q.Threshold:
		case then > q.Threshold:
			keeps = false
			lost += w
		default:
			travel += w * then
		}
	}
	return keeps, travel, lost
}

func closable(q *Question, set int) bool {
	for i := range len(q.Distances.First) - 1 {
		if set>>i&1 == 1 && q.Closable != nil && !slices.Contains(q.Closable, int32(i)) {
			return false
		}
	}
	return true
}

func TestClosuresAgainstEverySet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuestion(t)
		n := len(q.Distances.First) - 1
		best, found := math.Inf(1), false
		least := math.Inf(1)      // travel of those that lose nobody
		for set := range 1 << n { // the sites that close
			k := bits.OnesCount(uint(set))
			keeps, travel, lost := outcome(q, func(i int) bool { return set>>i&1 == 0 })
			if !closable(q, set) || q.K > 0 && k != q.K || q.Goal == Keep && (!keeps || k == n) {
				continue
			}
			if keeps {
				least = min(least, travel)
			}
			value := travel
			switch {
			case q.Goal == Lose:
				value = lost
			case q.K == 0:
				value = -float64(k)
			}
			best, found = min(best, value), true
		}
		free := n
		if q.Closable != nil {
			free = len(q.Closable)
		}
		a, err := Solve(context.Background(), q, siting.Options{})
		if q.K > free {
			if coverage.CodeOf(err) != coverage.Invalid {
				t.Fatalf("%d of %d may close: %v", q.K, free, err)
			}
			return
		}
		if !found {
			if coverage.CodeOf(err) != coverage.Infeasible {
				t.Fatalf("no answer exists, got %+v, %v", a, err)
			}
			return
		}
		if err != nil {
			t.Fatalf("%v exists: %v", best, err)
		}
		if q.Goal == Keep && q.K == 0 {
			best = -best
		}
		if !a.Proven || math.Abs(a.Value-best) > 1e-9 || a.Bound != a.Value || q.K > 0 && len(a.Close) != q.K {
			t.Fatalf("want %v, got %+v", best, a)
		}
		if q.Goal == Lose && q.Capacity == nil && a.Value == 0 && len(a.Open) > 0 && math.Abs(a.Travel[1]-least) > 1e-9 {
			t.Fatalf("nobody loses the service, with %v of travel: %+v", least, a)
		}
		checkAnswer(t, q, a)
	})
}

// checkAnswer counts the answer again.
func checkAnswer(t *rapid.T, q *Question, a *Answer) {
	keeps, travel, lost := outcome(q, func(i int) bool { return slices.Contains(a.Open, int32(i)) })
	_, today, _ := outcome(q, func(int) bool { return true })
	if q.Goal == Keep && !keeps || len(a.Open)+len(a.Close) != len(q.Distances.First)-1 {
		t.Fatalf("%+v", a)
	}
	sum := 0.0
	for _, w := range a.Worse {
		sum += w.Lost
		if w.Lost == 0 && w.After <= w.Before {
			t.Fatalf("%+v is not worse", w)
		}
	}
	if math.Abs(sum-lost) > 1e-9 || math.Abs(a.Travel[0]-today) > 1e-9 || math.Abs(a.Travel[1]-travel) > 1e-9 {
		t.Fatalf("lost %v, travel %v %v; got %+v", lost, today, travel, a)
	}
}

// Three schools in a row, 10 apart, 4, 5 and 6 children at their doors, and 15 as
// the limit. The middle one may close when its children fit elsewhere.
func TestCapacityByHand(t *testing.T) {
	q := &Question{
		Goal: Keep, Weights: []float64{4, 5, 6}, Threshold: 15,
		Distances: siting.Distances{First: []int64{0, 2, 5, 7}, Demand: []uint32{0, 1, 0, 1, 2, 1, 2}, Value: []float64{0, 10, 10, 0, 10, 10, 0}},
		K:         1, Capacity: []float64{7, 9, 8},
	}
	// Close 1: 5 children go to 0 (3 of them) and 2 (2): 50. Close 0: its 4 go to 1,
	// which is then full: 40. Close 2: 6 to 1, but only 4 fit; 1's go on to 0: 3. 6+3
	// children move: 5+6 = 11 in 1 and 0's 3 places: 1 keeps 3, takes 6, sends 2 to 0.
	a, err := Solve(context.Background(), q, siting.Options{})
	if err != nil || a.Value != 40 || !a.Proven || !slices.Equal(a.Close, []int32{0}) || len(a.Worse) != 1 || a.Worse[0].After != 10 {
		t.Fatalf("%+v, %v", a, err)
	}
	if a.Loads[1][1] != 9 {
		t.Errorf("loads %v", a.Loads)
	}
	q.Capacity = []float64{7, 8, 8} // now 1 cannot take all of 0's: only closing 1 or 2 goes
	a, err = Solve(context.Background(), q, siting.Options{})
	if err != nil || a.Value != 50 || !slices.Equal(a.Close, []int32{1}) {
		t.Fatalf("%+v, %v", a, err)
	}
	q.K = 0
	a, err = Solve(context.Background(), q, siting.Options{})
	if err != nil || a.Value != 1 || a.Bound != 1 || !a.Proven {
		t.Fatalf("%+v, %v", a, err)
	}
	q.K, q.Goal = 2, Lose // 8 stay served at most: by 1 or 2
	a, err = Solve(context.Background(), q, siting.Options{})
	if err != nil || a.Value != 7 || !a.Proven {
		t.Fatalf("%+v, %v", a, err)
	}
}
