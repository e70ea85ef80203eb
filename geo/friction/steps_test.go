package friction

import (
	"container/heap"
	"errors"
	"math/rand"
	"testing"
)

// A search of its own over the single steps gives what Nearest gives.
func TestStepsAreThoseOfNearest(t *testing.T) {
	r := rand.New(rand.NewSource(12))
	s := ground(r, 90, 70)
	sources := scatter(r, s, 5)
	for _, o := range []Options{
		{},
		{Neighbours: 16, CutCorners: true},
		{Slope: Tobler(), Toward: true},
		{Neighbours: 16, Slope: Naismith()},
	} {
		steps, err := NewSteps(s, o)
		if err != nil {
			t.Fatal(err)
		}
		want := nearest(t, s, o, sources...)
		ms, from := overSteps(steps, s, sources)
		for cell := range ms {
			if ms[cell] != want.MS[cell] || from[cell] != want.Source[cell] {
				t.Fatalf("cell %d: %d ms from %d, Nearest %d from %d; %+v", cell, ms[cell], from[cell], want.MS[cell], want.Source[cell], o)
			}
		}
	}
	if _, err := NewSteps(&Surface{}, Options{}); !errors.Is(err, ErrSurface) {
		t.Errorf("no surface: %v", err)
	}
	if _, err := NewSteps(s, Options{Neighbours: 4}); err == nil {
		t.Error("4 neighbours")
	}
}

// overSteps settles cells over a heap, in order of time and source.
func overSteps(steps *Steps, s *Surface, sources []Source) ([]uint32, []int32) {
	ms, from := make([]uint32, len(s.Seconds)), make([]int32, len(s.Seconds))
	open := int64(0)
	for i := range ms {
		ms[i], from[i] = Never, -1
		if steps.Open(int32(i)) {
			open++
		}
	}
	if open != steps.OpenCells() {
		return nil, nil
	}
	var q queue
	offer := func(cell int32, then int64, source int32) {
		if then < int64(ms[cell]) || then == int64(ms[cell]) && source < from[cell] {
			ms[cell], from[cell] = uint32(then), source
			heap.Push(&q, item{ms: then, source: source, col: int(cell)})
		}
	}
	for i, source := range sources {
		if steps.Open(source.Cell) {
			offer(source.Cell, int64(source.StartMS), int32(i))
		}
	}
	for q.Len() > 0 {
		x := heap.Pop(&q).(item)
		if int64(ms[x.col]) == x.ms && from[x.col] == x.source {
			for _, step := range steps.From(nil, int32(x.col)) {
				offer(step.Cell, x.ms+int64(step.MS), x.source)
			}
		}
	}
	return ms, from
}
