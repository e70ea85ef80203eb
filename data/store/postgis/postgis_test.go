package postgis

import (
	"testing"

	"lifecircle/data/store"
	"lifecircle/data/store/postgis/pgtest"
	"lifecircle/data/store/storetest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

func create(t testing.TB, url string) *Store {
	t.Helper()
	s, err := Create(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestContract(t *testing.T) {
	url := pgtest.URL(t)
	n := 0
	storetest.Run(t, func(t *testing.T) store.Store {
		n++
		return create(t, url+"&schema=s"+string(rune('a'+n)))
	})
}
