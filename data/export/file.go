package export

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"lifecircle/coverage"
)

// File writes a layer to the file at path. The file appears whole or not at
// all: what stood there before stays until all of the new one is on the disk.
func File(ctx context.Context, path string, ds *coverage.Dataset, run *coverage.Run, o Options, p coverage.Progress) error {
	return replaceFile(path, func(w io.Writer) error { return Layer(ctx, w, ds, run, o, p) })
}

// replaceFile writes a file beside path and renames it. A link is followed; a
// device or a pipe is written to as it comes.
func replaceFile(path string, write func(io.Writer) error) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return replace(path, 0o644, write)
	case err != nil:
		return unwritable(path, err)
	case info.IsDir():
		return unwritable(path, errors.New("it is a folder"))
	case !info.Mode().IsRegular():
		return stream(path, write)
	}
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return unwritable(path, err)
	}
	return replace(target, info.Mode().Perm(), write)
}

func stream(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return unwritable(path, err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return explain(path, err)
	}
	return nil
}

func replace(path string, mode fs.FileMode, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return unwritable(path, err)
	}
	defer func() {
		if err != nil {
			_ = f.Close()           // the first error tells
			_ = os.Remove(f.Name()) // may be gone
		}
	}()
	if err := write(f); err != nil {
		return explain(path, err)
	}
	if err := errors.Join(f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return unwritable(path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return unwritable(path, err)
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// syncFolder makes a rename last through a power cut, where the system can.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync() // not every system can; the file itself is whole
		_ = d.Close()
	}
}

// explain names the file in errors that are not for people yet.
func explain(path string, err error) error {
	var ours *coverage.Error
	if errors.As(err, &ours) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return unwritable(path, err)
}

func unwritable(path string, err error) error {
	return &coverage.Error{Code: coverage.NotFound, Key: "export.unwritable", Args: coverage.Args{"file": path}, Err: err}
}
