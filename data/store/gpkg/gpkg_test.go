package gpkg

import (
	"path/filepath"
	"testing"

	"lifecircle/data/store"
	"lifecircle/data/store/storetest"
)

// create makes a store that has no file yet.
func create(t testing.TB) *Store {
	t.Helper()
	s, err := Create(t.Context(), filepath.Join(t.TempDir(), "岱山 100%#?.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store { return create(t) })
}
