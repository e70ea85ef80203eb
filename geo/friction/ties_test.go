package friction

import (
	"math/rand"
	"reflect"
	"testing"
)

// On even ground most cells lie as far from several sources: the lowest number
// wins, inside tiles and at their edges, and the best ways lead to it.
func TestTiesGoToTheLowestSource(t *testing.T) {
	r := rand.New(rand.NewSource(11))
	for _, size := range [][2]int32{{40, 40}, {300, 30}} {
		s := flat(size[0], size[1], 0.7)
		s.Heights = make([]float32, s.Grid.Cells())
		for i := range s.Heights {
			s.Heights[i] = float32(int32(i) % size[0] % 2)
		}
		var sources []Source
		for range 60 {
			sources = append(sources, Source{Cell: r.Int31n(size[0] * size[1])})
		}
		for _, o := range []Options{{}, {Neighbours: 16}, {Slope: Naismith()}} {
			res := compare(t, s, sources, o)
			for cell := range res.MS {
				path, err := res.Path(s, o, int32(cell))
				if err != nil || path[0] != sources[res.Source[cell]].Cell {
					t.Fatalf("cell %d of source %d: %v, %v", cell, res.Source[cell], path, err)
				}
			}
		}
	}
}

// A step of under a millisecond counts one, also at the limit.
func TestLimitHoldsForTheShortestSteps(t *testing.T) {
	for _, neighbours := range []int{8, 16} {
		s := flat(9, 9, 1e-30)
		r := nearest(t, s, Options{LimitMS: 2, Neighbours: neighbours}, Source{Cell: 40})
		if want := []uint32{Never, Never, 2, 1, 0, 1, 2, Never, Never}; neighbours == 8 && !reflect.DeepEqual(r.MS[36:45], want) {
			t.Errorf("%d neighbours: %v", neighbours, r.MS[36:45])
		}
		if r := nearest(t, s, Options{LimitMS: 2, Neighbours: neighbours}, Source{Cell: 40, StartMS: 2}); r.Reached != 1 {
			t.Errorf("%d neighbours, start at the limit: %d reached", neighbours, r.Reached)
		}
	}
}
