package gpkg

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"lifecircle/coverage"
	"lifecircle/data/store"
	"lifecircle/data/store/layer"
	"lifecircle/data/store/style"
)

// Store is a project in a GeoPackage file. It holds nothing open between calls
// and is safe for concurrent use, by other programs too.
type Store struct{ path string }

var _ store.Store = (*Store)(nil)

// Open opens the store at path. Errors: NotFound when there is no such file, or
// when it is not a GeoPackage made by this package; Unusable when it is damaged.
func Open(_ context.Context, path string) (*Store, error) {
	s, err := resolve(path)
	if err != nil {
		return nil, err
	}
	return s, s.read(func(*conn) error { return nil })
}

// Create returns a store at path for writing. The file need not exist, and is
// made by the first Save; its folder must. Errors as those of [Open].
func Create(ctx context.Context, path string) (*Store, error) {
	s, err := resolve(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(s.path); err == nil {
		return Open(ctx, path)
	}
	folder := filepath.Dir(s.path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, &coverage.Error{Code: coverage.NotFound, Key: "store.folder", Args: coverage.Args{"folder": folder}}
	}
	return s, nil
}

// resolve follows links, so that a rename replaces the file and not the link.
func resolve(path string) (*Store, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		full = real
	}
	return &Store{full}, nil
}

// Close has nothing to free.
func (s *Store) Close() error { return nil }

// read calls fn on one consistent state of the file.
func (s *Store) read(fn func(*conn) error) (err error) {
	c, err := open(s.path, "rw")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	if err := c.exec("BEGIN"); err != nil {
		return err
	}
	if err := c.verify(); err != nil {
		return err
	}
	return fn(c)
}

// Load returns the dataset as it stands in the file. A facility without an id
// gets one from its feature number; one that was drawn or moved is put on the
// landmass that holds it.
func (s *Store) Load(ctx context.Context, p coverage.Progress) (ds *coverage.Dataset, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = s.read(func(c *conn) error {
		ds, err = layer.Load(ctx, c, p)
		return err
	})
	return ds, err
}

// Save replaces the dataset and forgets every run. What users have added to
// the file stays.
func (s *Store) Save(ctx context.Context, ds *coverage.Dataset, p coverage.Progress) error {
	if err := store.Check(ds); err != nil {
		return err
	}
	data, err := layer.Dataset(ctx, ds)
	if err != nil {
		return err
	}
	shown, err := layer.Run(ds, nil)
	if err != nil {
		return err
	}
	layers := append(data, shown...)
	return s.replace(ctx, p, "progress.save", func(old *conn) (bool, error) {
		return true, nil
	}, func(w *writer) error {
		if err := w.drop(layer.RunsTable); err != nil {
			return err
		}
		if err := w.exec(runsTable); err != nil {
			return err
		}
		if err := w.register(layer.RunsTable, "", "运行 Runs", nil); err != nil {
			return err
		}
		if err := w.show(layers); err != nil {
			return err
		}
		if err := w.exec(movedTrigger); err != nil {
			return err
		}
		return w.restyle(style.Of(ds, nil))
	})
}

// show writes layers in place of those of the same names, and the view on them.
func (w *writer) show(layers []layer.Layer) error {
	if err := w.drop(zoneView); err != nil {
		return err
	}
	for _, l := range layers {
		if err := w.drop(l.Name); err != nil {
			return err
		}
	}
	if err := w.layers(layers); err != nil {
		return err
	}
	if err := w.exec(createView()); err != nil {
		return err
	}
	if err := w.register(zoneView, "MULTIPOLYGON", "各单元覆盖率 Coverage by zone", nil); err != nil {
		return err
	}
	return w.exec(`UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) =
 (SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'zones') WHERE table_name = ?`, zoneView)
}

// SaveRun keeps a run and shows it in the layers.
func (s *Store) SaveRun(ctx context.Context, r *coverage.Run, p coverage.Progress) error {
	answer, err := store.Document(r)
	if err != nil {
		return err
	}
	var ds *coverage.Dataset
	return s.replace(ctx, p, "progress.save_run", func(old *conn) (bool, error) {
		if old == nil {
			return false, &coverage.Error{Code: coverage.NotFound, Key: "store.missing", Args: coverage.Args{"store": s.path}}
		}
		kept, err := old.runs()
		if err != nil || slices.ContainsFunc(kept, func(k run) bool { return k.shown && k.hash == r.Hash }) {
			return false, err
		}
		if ds, err = layer.Load(ctx, old, nil); err != nil {
			return false, err
		}
		return true, store.CheckRun(ds, r)
	}, func(w *writer) error {
		layers, err := layer.Run(ds, r)
		if err != nil {
			return err
		}
		if err := w.show(layers); err != nil {
			return err
		}
		if err := w.keep(r, answer); err != nil {
			return err
		}
		return w.restyle(style.OfRun(ds, r))
	})
}

// keep lists a run, unless it is listed, as the one that is shown.
func (w *writer) keep(r *coverage.Run, answer []byte) error {
	if err := w.exec("INSERT OR IGNORE INTO runs (hash, version, shown, answer) VALUES (?,?,0,?)", r.Hash, r.Version, string(answer)); err != nil {
		return err
	}
	return w.exec("UPDATE runs SET shown = (hash = ?)", r.Hash)
}

// Runs lists the kept runs, oldest first.
func (s *Store) Runs(ctx context.Context) ([]store.RunInfo, error) {
	out := []store.RunInfo{}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err := s.read(func(c *conn) error {
		kept, err := c.runs()
		for _, k := range kept {
			out = append(out, store.RunInfo{Hash: k.hash, Version: k.version})
		}
		return err
	})
	return out, err
}

// Answer returns the kept answer of a run. An unknown hash is NotFound.
func (s *Store) Answer(ctx context.Context, hash string) ([]byte, error) {
	var answer any
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err := s.read(func(c *conn) (err error) {
		answer, err = c.scalar("SELECT answer FROM runs WHERE hash = ?", hash)
		return err
	})
	if err != nil {
		return nil, err
	}
	text, ok := answer.(string)
	if !ok {
		return nil, &coverage.Error{Code: coverage.NotFound, Key: "store.no_run", Args: coverage.Args{"hash": hash}}
	}
	return []byte(text), nil
}
