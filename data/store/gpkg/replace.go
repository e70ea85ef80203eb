package gpkg

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/store/layer"
	"lifecircle/data/store/style"

	"modernc.org/sqlite"
)

// replace makes a new file by change and puts it in the place of the old one.
// want is asked first, under the lock, about the old file (nil when there is
// none); when it says no, nothing happens.
func (s *Store) replace(ctx context.Context, p coverage.Progress, stage string, want func(old *conn) (bool, error), change func(*writer) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	old, err := s.lock()
	if err != nil {
		return err
	}
	if old != nil {
		defer old.close() // ends the lock; nothing was written through it
	}
	if ok, err := want(old); err != nil || !ok {
		return err
	}
	temp, err := s.temporary(old != nil)
	if err != nil {
		return err
	}
	defer os.Remove(temp) // gone already when all went well
	if err := s.build(ctx, old, temp, writer{ctx: ctx, p: p, stage: stage}, change); err != nil {
		return err
	}
	p.Report(stage, 1, 1)
	if err := ctx.Err(); err != nil {
		return err
	}
	return s.install(temp)
}

// build makes the new file: a copy of the old one when something of it must
// stay, an empty GeoPackage otherwise.
func (s *Store) build(ctx context.Context, old *conn, temp string, w writer, change func(*writer) error) (err error) {
	copied := false
	if old != nil {
		if copied, err = s.mustCopy(old, w.stage); err != nil {
			return err
		}
	}
	if copied {
		if err := s.copyTo(ctx, temp); err != nil {
			return err
		}
	}
	if w.conn, err = open(temp, "rw"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if err := w.begin(); err != nil {
		return err
	}
	if !copied {
		if err := w.execAll(specTables...); err != nil {
			return err
		}
	}
	if err := change(&w); err != nil {
		return err
	}
	return w.exec("COMMIT")
}

// mustCopy reports whether the old file holds more than is about to be written.
func (s *Store) mustCopy(old *conn, stage string) (bool, error) {
	if stage != "progress.save" {
		return true, nil
	}
	more, err := old.scalar(`SELECT 1 FROM sqlite_master WHERE type IN ('table','view')
 AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE 'gpkg\_%' ESCAPE '\'
 AND name NOT IN (` + ours() + `) LIMIT 1`)
	if err != nil || more != nil {
		return more != nil, err
	}
	if styled, err := old.has("layer_styles"); err != nil || !styled {
		return false, err
	}
	more, err = old.scalar("SELECT 1 FROM layer_styles WHERE styleName IS NOT ? LIMIT 1", style.Name)
	return more != nil, err
}

// ours lists the tables that Save writes, as SQL literals.
func ours() string {
	names := []string{layer.RunsTable, zoneView, "layer_styles"}
	empty := &coverage.Dataset{}
	data, _ := layer.Dataset(context.Background(), empty) // an empty dataset has no fault
	shown, _ := layer.Run(empty, nil)
	for _, l := range append(data, shown...) {
		names = append(names, l.Name)
		if l.Geometry != "" {
			tree := "rtree_" + l.Name + "_geom"
			names = append(names, tree, tree+"_node", tree+"_rowid", tree+"_parent")
		}
	}
	return "'" + strings.Join(names, "','") + "'"
}

// lock takes the write lock of the file and returns the connection that holds
// it, nil when there is no file. Readers are not kept out. It ends write-ahead
// mode, which fails while another program has the file open in it.
func (s *Store) lock() (*conn, error) {
	for range 8 {
		c, err := open(s.path, "rw")
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if err := c.seize(); err != nil {
			return nil, errors.Join(err, c.close())
		}
		// Whoever held the lock may have renamed a new file into place.
		if after, err := os.Stat(s.path); err == nil && os.SameFile(c.file, after) {
			return c, nil
		}
		if err := c.close(); err != nil {
			return nil, err
		}
	}
	return nil, s.busy(nil)
}

func (c *conn) seize() error {
	if err := c.verify(); err != nil {
		return err
	}
	mode, err := c.scalar("PRAGMA journal_mode = DELETE")
	if err != nil {
		return err
	}
	if mode != "delete" {
		return (&Store{c.path}).busy(nil)
	}
	return c.exec("BEGIN IMMEDIATE")
}

func (s *Store) busy(err error) error {
	return &coverage.Error{Code: coverage.Conflict, Key: "store.busy", Args: coverage.Args{"store": s.path}, Err: err}
}

// tempPrefix begins the names of the files that are being written.
func (s *Store) tempPrefix() string { return "." + filepath.Base(s.path) + ".new-" }

// temporary makes an empty file beside the store. Under the lock, files that a
// crash has left behind are nobody's and are removed.
func (s *Store) temporary(locked bool) (string, error) {
	folder := filepath.Dir(s.path)
	if locked {
		entries, _ := os.ReadDir(folder) // what cannot be listed is not tidied
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), s.tempPrefix()) {
				_ = os.Remove(filepath.Join(folder, e.Name()))
			}
		}
	}
	mode := fs.FileMode(0o666)
	info, statErr := os.Stat(s.path)
	var random [8]byte
	if _, err := rand.Read(random[:]); err != nil {
		return "", err
	}
	name := filepath.Join(folder, s.tempPrefix()+hex.EncodeToString(random[:]))
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, mode)
	if err != nil {
		return "", &coverage.Error{Code: coverage.NotFound, Key: "store.folder", Args: coverage.Args{"folder": folder}, Err: err}
	}
	if statErr == nil {
		_ = f.Chmod(info.Mode().Perm()) // a wish: not every file system has modes
	}
	return name, f.Close()
}

// copyTo copies the file page by page through SQLite: opening it in any other
// way would end the lock of this process.
func (s *Store) copyTo(ctx context.Context, temp string) error {
	from, err := open(s.path, "rw")
	if err != nil {
		return err
	}
	defer from.close() // only read from
	b, err := from.driver.(interface {
		NewBackup(uri string) (*sqlite.Backup, error)
	}).NewBackup(dsn(temp, "rw"))
	if err != nil {
		return explain(temp, err)
	}
	for more := true; more && err == nil; {
		if more, err = b.Step(4096); err == nil {
			err = ctx.Err()
		}
	}
	return explain(s.path, errors.Join(err, b.Finish()))
}

// install flushes the new file and renames it over the old one.
func (s *Store) install(temp string) error {
	if err := flush(temp); err != nil {
		return err
	}
	if err := os.Rename(temp, s.path); err != nil {
		return fmt.Errorf("put the new file in place: %w", err)
	}
	if err := flush(filepath.Dir(s.path)); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

// flush writes a file or folder to the disk.
func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		if f, err = os.Open(path); err != nil { // a folder
			return err
		}
	}
	return errors.Join(f.Sync(), f.Close())
}
