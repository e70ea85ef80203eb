package sample

import (
	"bytes"
	"embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"lifecircle/coverage"
)

//go:embed files
var embedded embed.FS

// Files returns the example as a file system: project.yaml and the data beside
// it.
func Files() fs.FS {
	sub, err := fs.Sub(embedded, "files")
	if err != nil {
		panic(err) // the name is a constant
	}
	return sub
}

// WriteTo unpacks the example into a new folder dir, all of it or nothing. A
// folder that holds just the example is left as it is; one that holds anything
// else is not touched, and a conflict is returned.
func WriteTo(dir string) error {
	err := writeTo(filepath.Clean(dir))
	var known *coverage.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return &coverage.Error{Code: coverage.NotFound, Key: "sample.write", Args: coverage.Args{"dir": dir}, Err: err}
}

func writeTo(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case len(entries) > 0:
		return same(dir, entries)
	}
	parent := filepath.Dir(dir)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	fresh, err := os.MkdirTemp(parent, "."+filepath.Base(dir)+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh) // nothing is left of it once it has been renamed
	if err := unpack(fresh); err != nil {
		return err
	}
	if err := os.Remove(dir); err != nil && !errors.Is(err, fs.ErrNotExist) { // empty, or filled meanwhile
		return err
	}
	return os.Rename(fresh, dir)
}

// same accepts a folder that holds the example and nothing else.
func same(dir string, entries []os.DirEntry) error {
	foreign := &coverage.Error{Code: coverage.Conflict, Key: "sample.foreign", Args: coverage.Args{"dir": dir}}
	ours, err := fs.ReadDir(Files(), ".")
	if err != nil {
		return err
	}
	if len(entries) != len(ours) {
		return foreign
	}
	for i, e := range ours { // both lists are sorted by name
		want, err := fs.ReadFile(Files(), e.Name())
		if err != nil {
			return err
		}
		if entries[i].Name() != e.Name() || !entries[i].Type().IsRegular() {
			return foreign
		}
		got, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		if !bytes.Equal(got, want) {
			return foreign
		}
	}
	return nil
}

// unpack writes every file into an existing folder, which it makes readable for
// others: temporary folders are not.
func unpack(dir string) error {
	ours, err := fs.ReadDir(Files(), ".")
	if err != nil {
		return err
	}
	for _, e := range ours {
		b, err := fs.ReadFile(Files(), e.Name())
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, e.Name()), b, 0o644); err != nil {
			return err
		}
	}
	return os.Chmod(dir, 0o755)
}
