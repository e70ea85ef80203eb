package gpkg

import (
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"lifecircle/data/store/storetest"
)

// A file that is replaced all the time, by larger and smaller ones that take each
// other's place on the disk, is never said to be cut short.
func TestReplacedIsNotCutShort(t *testing.T) {
	dir := t.TempDir()
	s, err := Create(t.Context(), filepath.Join(dir, "store.gpkg"))
	if err != nil {
		t.Fatal(err)
	}
	var whole [2][]byte
	for i := range whole {
		if i == 1 {
			if err := s.replace(t.Context(), nil, "grow", func(*conn) (bool, error) { return true, nil }, func(w *writer) error {
				return w.execAll("CREATE TABLE more (b)", "INSERT INTO more VALUES (zeroblob(100000))")
			}); err != nil {
				t.Fatal(err)
			}
		} else if err := s.Save(t.Context(), storetest.Town(), nil); err != nil {
			t.Fatal(err)
		}
		if whole[i], err = os.ReadFile(s.path); err != nil {
			t.Fatal(err)
		}
	}
	var done atomic.Bool
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) * 2 {
		wait.Go(func() {
			for !done.Load() {
				if err := s.read(func(*conn) error { return nil }); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	temp := filepath.Join(dir, "new")
	for i := range 3_000 {
		if err := os.WriteFile(temp, whole[i%2], 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(temp, s.path); err != nil {
			t.Fatal(err)
		}
	}
	done.Store(true)
	wait.Wait()
}
