package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"lifecircle/coverage"
)

// Layer writes a layer to w. run may be nil for layers that show none
// ([Options.NeedsRun]). A GeoPackage is made in a temporary file first.
func Layer(ctx context.Context, w io.Writer, ds *coverage.Dataset, run *coverage.Run, o Options, p coverage.Progress) error {
	if err := o.Validate(); err != nil {
		return err
	}
	if o.NeedsRun() && run == nil {
		return &coverage.Error{Code: coverage.Invalid, Key: "export.no_run", Args: coverage.Args{"value": o.Layer}}
	}
	job := &job{ctx: ctx, ds: ds, run: run, o: o, progress: p}
	out := bufio.NewWriterSize(w, 1<<16)
	if err := job.write(out); err != nil {
		return err
	}
	return out.Flush()
}

// File writes a layer to the file at path. The file appears whole or not at
// all: what stood there before stays until all of the new one is on the disk.
func File(ctx context.Context, path string, ds *coverage.Dataset, run *coverage.Run, o Options, p coverage.Progress) error {
	return replaceFile(path, func(w io.Writer) error { return Layer(ctx, w, ds, run, o, p) })
}

// replaceFile writes a file beside path and renames it.
func replaceFile(path string, write func(io.Writer) error) (err error) {
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
	if err := errors.Join(f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
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

// job is one layer on its way out.
type job struct {
	ctx      context.Context
	ds       *coverage.Dataset
	run      *coverage.Run // may be nil
	o        Options
	progress coverage.Progress
}

func (j *job) write(w io.Writer) error {
	if j.o.Format == "tif" {
		return j.raster(w)
	}
	t, err := j.table()
	if err != nil {
		return err
	}
	switch j.o.Format {
	case "geojson":
		return j.geoJSON(w, t)
	case "csv":
		return j.csv(w, t)
	case "xlsx":
		return j.xlsx(w, t)
	}
	return j.geoPackage(w, t)
}

// tick tells how far row i of n is, and heeds cancellation.
func (j *job) tick(i, n int) error {
	if i%4096 != 0 {
		return nil
	}
	j.progress.Report("progress.export", int64(i), int64(n))
	return j.ctx.Err()
}

func (j *job) table() (*table, error) {
	switch j.o.Layer {
	case "facilities":
		return facilities(j.ds.Facilities), nil
	case "zones":
		return zones(j.ctx, j.ds)
	case "demand":
		return demand(j.ds)
	case "coverage":
		return rows(j.ds, j.run), nil
	case "gaps":
		return gaps(j.ds, j.run), nil
	}
	return nil, fmt.Errorf("layer %q", j.o.Layer)
}
