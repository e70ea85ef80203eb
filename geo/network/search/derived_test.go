package search

import (
	"context"
	"reflect"
	"sync"
	"testing"
)

// Searches for the same targets share what they derive from them, at the same
// time too; other ways have their own.
func TestTargetsAreReadiedOnce(t *testing.T) {
	w := drive(lattice(t, 20))
	s := sketch{snapping: SnapOptions{MinNodes: 1}}
	for i := range 500 {
		s.targets = append(s.targets, at(float64(i*37%1900), float64(i*53%1900)))
	}
	s.sources = s.targets[:7]
	sources, targets := snapAll(t, w, &s)
	answers := make([]*Table, 8)
	var wait sync.WaitGroup
	for i := range answers {
		wait.Go(func() {
			answers[i], _ = Matrix(context.Background(), w, sources, targets, Query{Toward: i%2 == 0, LimitMS: 60_000})
		})
	}
	wait.Wait()
	for i, a := range answers {
		if a == nil || !reflect.DeepEqual(a, answers[i%2]) || len(a.MS) == 0 {
			t.Fatalf("search %d differs", i)
		}
	}
	hooks, doors, edges := w.hooksOf(targets, true), w.doorsOf(targets, false), w.edgesOf(targets)
	if hooks != w.hooksOf(targets, true) || doors != w.doorsOf(targets, false) || edges != w.edgesOf(targets) {
		t.Error("made again")
	}
	if w.hooksOf(targets, true) == w.hooksOf(targets, false) || w.doorsOf(targets, true) == w.doorsOf(targets, false) {
		t.Error("both directions share one")
	}
	other := Over(w.Weights)
	if other.hooksOf(targets, true) == w.hooksOf(targets, true) || other.edgesOf(targets) == w.edgesOf(targets) {
		t.Error("other ways share")
	}
}
