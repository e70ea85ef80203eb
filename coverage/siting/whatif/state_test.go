package whatif

import (
	"math"
	"slices"
	"testing"

	"lifecircle/coverage/siting"

	"pgregory.net/rapid"
)

func drawColumn(t *rapid.T, m int) (demand []uint32, value []float64) {
	for j := range m {
		if rapid.IntRange(0, 2).Draw(t, "pair") > 0 {
			demand, value = append(demand, uint32(j)), append(value, 0.1*float64(rapid.IntRange(0, 9).Draw(t, "distance")))
		}
	}
	return demand, value
}

// Whatever is done to a state, it is the same as one made anew with its sites,
// bit by bit, and its changes are what has changed.
func TestStateAgainstAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.IntRange(1, 12).Draw(t, "demands")
		in := &siting.Instance{Model: siting.MCLP, P: 1, Threshold: 0.5, Distances: siting.Distances{First: []int64{0}}}
		in.Cover = rapid.IntRange(0, 2).Draw(t, "cover")
		for range m {
			in.Weights = append(in.Weights, 0.37*float64(rapid.IntRange(0, 5).Draw(t, "weight")))
		}
		add := func(in *siting.Instance, demand []uint32, value []float64) {
			in.Distances.Demand, in.Distances.Value = append(in.Distances.Demand, demand...), append(in.Distances.Value, value...)
			in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
		}
		for range 5 {
			d, v := drawColumn(t, m)
			add(in, d, v)
		}
		s := New(in, []int32{0, 3})
		all := *in // with the columns that are put
		all.Distances.First = slices.Clone(in.Distances.First)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			old := New(&all, s.Open())
			s.Mark()
			i := int32(rapid.IntRange(0, all.Sites()-1).Draw(t, "site"))
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				if s.Add(i) == slices.Contains(old.Open(), i) {
					t.Fatal("Add")
				}
			case 1:
				if s.Remove(i) != slices.Contains(old.Open(), i) {
					t.Fatal("Remove")
				}
			case 2:
				d, v := drawColumn(t, m)
				if _, err := s.Put(d, v); err != nil {
					t.Fatal(err)
				}
				add(&all, d, v)
			default:
				if i < int32(in.Sites()) || !s.Remove(i) {
					continue
				}
				s.Add(i)
				d, v := drawColumn(t, m)
				if _, err := s.Move(i, d, v); err != nil {
					t.Fatal(err)
				}
				all = replaced(all, i, d, v)
			}
			compare(t, s, old, New(&all, s.Open()), &all)
		}
	})
}

// replaced is an instance with other pairs for one site.
func replaced(in siting.Instance, at int32, demand []uint32, value []float64) siting.Instance {
	d := siting.Distances{First: []int64{0}}
	for i := range in.Sites() {
		from, to := in.Distances.First[i], in.Distances.First[i+1]
		if int32(i) == at {
			d.Demand, d.Value = append(d.Demand, demand...), append(d.Value, value...)
		} else {
			d.Demand, d.Value = append(d.Demand, in.Distances.Demand[from:to]...), append(d.Value, in.Distances.Value[from:to]...)
		}
		d.First = append(d.First, int64(len(d.Demand)))
	}
	in.Distances = d
	return in
}

func compare(t *rapid.T, s, old, anew *State, all *siting.Instance) {
	got := s.Totals()
	if got != anew.Totals() {
		t.Fatalf("%+v, anew %+v", got, anew.Totals())
	}
	covered, _ := siting.Evaluate(all, s.Open())
	median := *all
	median.Model = siting.PMedian
	median.Cover = 0
	travel, _ := siting.Evaluate(&median, s.Open())
	if math.Abs(covered-got.Covered) > 1e-9 || math.Abs(travel-got.Travel) > 1e-9 {
		t.Fatalf("%+v; Evaluate %v %v", got, covered, travel)
	}
	changes := map[uint32]Change{}
	for _, c := range s.Changes() {
		changes[c.Demand] = c
	}
	for j := range all.Weights {
		before, after := old.distance(uint32(j)), anew.distance(uint32(j))
		c, has := changes[uint32(j)]
		if want := before != after && all.Weights[j] > 0; has != want || has && (c.Before != before || c.After != after) {
			t.Fatalf("demand %d: %v to %v, got %+v", j, before, after, c)
		}
	}
}

func TestPutRefuses(t *testing.T) {
	in := &siting.Instance{Model: siting.MCLP, P: 1, Weights: []float64{1}, Distances: siting.Distances{First: []int64{0, 0}}}
	s := New(in, nil)
	for _, c := range []struct {
		demand []uint32
		value  []float64
	}{{[]uint32{0}, nil}, {[]uint32{1}, []float64{1}}, {[]uint32{0}, []float64{math.NaN()}}} {
		if _, err := s.Put(c.demand, c.value); err == nil {
			t.Errorf("%v taken", c)
		}
	}
	if _, err := s.Move(0, nil, nil); err == nil || s.Totals().Out != 1 {
		t.Error("a site of the instance was moved")
	}
}

// BenchmarkDrag moves a pin that reaches 5,000 of a million demands, with 200
// other sites open.
func BenchmarkDrag(b *testing.B) {
	const m, n, reach = 1_000_000, 200, 5000
	in := &siting.Instance{Model: siting.MCLP, P: 1, Threshold: 3000, Weights: make([]float64, m), Distances: siting.Distances{First: []int64{0}}}
	column := func(at int) (demand []uint32, value []float64) {
		for k := range reach {
			demand, value = append(demand, uint32((at+k*37)%m)), append(value, float64(k))
		}
		return demand, value
	}
	var open []int32
	for i := range n {
		d, v := column(i * 4973)
		in.Distances.Demand, in.Distances.Value = append(in.Distances.Demand, d...), append(in.Distances.Value, v...)
		in.Distances.First = append(in.Distances.First, int64(len(in.Distances.Demand)))
		open = append(open, int32(i))
	}
	for j := range in.Weights {
		in.Weights[j] = float64(j % 50)
	}
	s := New(in, open)
	d, v := column(0)
	pin, err := s.Put(d, v)
	if err != nil {
		b.Fatal(err)
	}
	k := 0
	for b.Loop() {
		k++
		d, v := column(k * 211)
		s.Mark()
		if _, err := s.Move(pin, d, v); err != nil {
			b.Fatal(err)
		}
		if t := s.Totals(); t.Covered == 0 || len(s.Changes()) == 0 {
			b.Fatal(t)
		}
	}
}
