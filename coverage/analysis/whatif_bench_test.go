package analysis_test

import (
	"math/rand/v2"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/scenario"

	"github.com/paulmach/orb"
)

// A pin dragged over a county of a million cells and over a city of half a million
// crossings: what every step of the drag costs once the first question is
// answered.
func BenchmarkDrag(b *testing.B) {
	b.Run("line", func(b *testing.B) {
		ds := county(rand.New(rand.NewPCG(3, 4)), 1_333_000, 10_000)
		drag(b, ds, analysis.Choice{AdHoc: within("clinic", "15min")})
	})
	b.Run("drive", func(b *testing.B) {
		drag(b, city(b, 707, 200_000, 500), inSeconds("drive", 600))
	})
}

func drag(b *testing.B, ds *coverage.Dataset, c analysis.Choice) {
	e := analysis.New(ds, "bench")
	at := func(i int) orb.Point { return ds.Demand.At[i*7919%ds.Demand.Len()] }
	ask := func(b *testing.B, changes scenario.Changes) {
		if _, err := e.WhatIf(b.Context(), c, changes, nil); err != nil {
			b.Fatal(err)
		}
	}
	ask(b, scenario.Changes{Add: []coverage.Facility{{Kind: "clinic", At: at(0)}}})
	b.Run("add", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			ask(b, scenario.Changes{Add: []coverage.Facility{{Kind: "clinic", At: at(i)}}})
		}
	})
	b.Run("move", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			ask(b, scenario.Changes{Move: []scenario.Move{{ID: ds.Facilities[5].ID, To: at(i)}}})
		}
	})
}
