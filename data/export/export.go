package export

import (
	"bufio"
	"context"
	"fmt"
	"io"

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
