package openstore

import (
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/store/gpkg"
)

func TestChoosesByURL(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.GPKG")
	s, err := Create(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := s.(*gpkg.Store); !ok {
		t.Errorf("%s opens a %T", file, s)
	}
	if err := s.Save(t.Context(), &coverage.Dataset{}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), file); err != nil {
		t.Error(err)
	}
}

func TestRefusesWhatIsNoStore(t *testing.T) {
	for url, want := range map[string]coverage.Code{
		"":                                       coverage.Invalid,
		"a.shp":                                  coverage.Invalid,
		"mysql://host/db.gpkg":                   coverage.Invalid,
		"postgres://host/db?schema=no-good":      coverage.Invalid,
		"postgres://u:secret@host:x/db":          coverage.Invalid,
		"no/such/folder/a.gpkg":                  coverage.NotFound,
		"postgres://u:secret@127.0.0.1:1/nobody": coverage.NotFound,
	} {
		for name, open := range map[string]func() error{
			"Open":   func() error { _, err := Open(t.Context(), url); return err },
			"Create": func() error { _, err := Create(t.Context(), url); return err },
		} {
			err := open()
			if coverage.CodeOf(err) != want {
				t.Errorf("%s(%q): %v, want %s", name, url, err, want)
			}
			if err != nil && strings.Contains(err.Error(), "secret") {
				t.Errorf("%s shows the password: %v", name, err)
			}
		}
	}
}
