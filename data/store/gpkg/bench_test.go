package gpkg

import (
	"testing"

	"lifecircle/data/store"
	"lifecircle/data/store/storetest"
)

func BenchmarkTransport(b *testing.B) {
	storetest.BenchTransport(b, func(t testing.TB) store.Store { return create(t) })
}

func BenchmarkMillionCells(b *testing.B) {
	storetest.Bench(b, func(t testing.TB) store.Store { return create(t) })
}
