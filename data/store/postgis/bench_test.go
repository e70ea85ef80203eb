package postgis

import (
	"testing"

	"lifecircle/data/store"
	"lifecircle/data/store/postgis/pgtest"
	"lifecircle/data/store/storetest"
)

func BenchmarkMillionCells(b *testing.B) {
	storetest.Bench(b, func(t testing.TB) store.Store { return create(t, pgtest.URL(t)) })
}
