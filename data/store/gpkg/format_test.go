package gpkg

import (
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/store/storetest"
)

// firstFormat is a store that the program before transport and delays has made
// of the town and a run on it: testdata/format1.gpkg.gz.
func firstFormat(t *testing.T) (*Store, *coverage.Dataset) {
	t.Helper()
	packed, err := os.Open("testdata/format1.gpkg.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer packed.Close()
	z, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	s := &Store{filepath.Join(t.TempDir(), "old.gpkg")}
	if err := os.WriteFile(s.path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	ds := storetest.Town()
	ds.Transport = nil
	for i := range ds.Facilities {
		ds.Facilities[i].DelayS = 0
	}
	return s, ds
}

// TestFirstFormat loads a store of the first format: nothing may seem edited in
// it. A run goes into it as it is, a save makes it one of today.
func TestFirstFormat(t *testing.T) {
	s, ds := firstFormat(t)
	hold := func(when string) {
		t.Helper()
		if got, err := s.Load(t.Context(), nil); err != nil || storetest.Same(ds, got) != "" {
			t.Fatalf("%s: %v %s", when, err, storetest.Same(ds, got))
		}
	}
	hold("as it was")
	if _, err := s.Answer(t.Context(), storetest.RunOn(ds, 1).Hash); err != nil {
		t.Error(err)
	}
	if err := s.SaveRun(t.Context(), storetest.RunOn(ds, 2), nil); err != nil {
		t.Fatal(err)
	}
	hold("after another run")
	gdal(t, "ogrinfo", "-q", s.path, "-sql", "UPDATE facilities SET capacity = 5 WHERE fid = 1")
	if got, err := s.Load(t.Context(), nil); err != nil || len(got.Sources) != len(ds.Sources)+1 {
		t.Errorf("an edit in an old store is not told: %v", err)
	}
	ds = storetest.Town()
	if err := errors.Join(s.Save(t.Context(), ds, nil), s.SaveRun(t.Context(), storetest.RunOn(ds, 3), nil)); err != nil {
		t.Fatal(err)
	}
	hold("saved anew")
}

// TestUnknownFormat refuses the store of a later program.
func TestUnknownFormat(t *testing.T) {
	s, _, _ := saved(t)
	gdal(t, "ogrinfo", "-q", s.path, "-sql", "UPDATE project SET value = '3' WHERE key = 'format'")
	if _, err := s.Load(t.Context(), nil); coverage.CodeOf(err) != coverage.Unsupported {
		t.Errorf("format 3: %v", err)
	}
}
