package storetest

import (
	"testing"

	"lifecircle/data/store"
)

// Bench measures Save, Load and SaveRun (one standard) on a million cells.
func Bench(b *testing.B, empty func(testing.TB) store.Store) {
	ds := Cells(1000)
	s := empty(b)
	b.Run("Save", func(b *testing.B) {
		for b.Loop() {
			mustSave(b, s, ds)
		}
	})
	b.Run("Load", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Load(b.Context(), nil); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("SaveRun", func(b *testing.B) {
		seed := 0
		for b.Loop() {
			seed++
			mustSaveRun(b, s, RunOn(ds, seed))
		}
	})
}
