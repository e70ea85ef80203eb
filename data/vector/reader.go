package vector

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// reader is the work on one file: what was asked, and the layer so far.
type reader struct {
	ctx      context.Context
	fsys     fs.FS
	name     string
	o        Options
	issues   *coverage.Issues
	progress coverage.Progress
	layer    *Layer
	z        int64 // features that lost Z or M
}

// readable is an error about a file as a whole that cannot be opened.
func unreadable(name string, err error) error {
	key := "vector.file.unreadable"
	if errors.Is(err, fs.ErrNotExist) {
		key, err = "vector.file.missing", nil
	}
	return &coverage.Error{Code: coverage.NotFound, Key: key, Args: coverage.Args{"file": name}, Err: err}
}

func unusable(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Unusable, Key: key, Args: args}
}

// bad is a fault of one row; [reader.skip] turns it into an issue.
func bad(key string, args coverage.Args) *coverage.Error {
	return &coverage.Error{Code: coverage.Unusable, Key: key, Args: args}
}

// corrupt is the error for a file that is not what its format asks; what names
// the part, in the words of the format.
func (r *reader) corrupt(format, what string, err error) error {
	return &coverage.Error{
		Code: coverage.Unusable, Key: "vector.file.broken",
		Args: coverage.Args{"file": r.name, "format": format, "what": what}, Err: err,
	}
}

func (r *reader) ref(row int) coverage.Ref {
	return coverage.Ref{File: r.name, Sheet: r.layer.Name, Row: row}
}

// add keeps a feature, or records why it cannot be used.
func (r *reader) add(row int, g orb.Geometry, values []any) {
	g, fault := tidy(g)
	if fault != nil {
		r.skip(row, fault)
		return
	}
	r.layer.Features = append(r.layer.Features, Feature{Geometry: g, Values: values, Ref: r.ref(row)})
}

// skip records that a row cannot be used.
func (r *reader) skip(row int, fault *coverage.Error) {
	r.issues.Add(coverage.Issue{Ref: r.ref(row), Key: fault.Key, Args: fault.Args, Fatal: true})
}

// note records a fault that leaves the row usable.
func (r *reader) note(row int, key, column, value string, args coverage.Args) {
	r.issues.Add(coverage.Issue{Ref: r.ref(row), Key: key, Column: column, Value: value, Args: args})
}

// tick counts a row, tells the progress and heeds cancellation.
func (r *reader) tick(done, total int64) error {
	r.layer.Rows++
	if r.layer.Rows%256 != 0 {
		return nil
	}
	r.progress.Report("progress.read", done, total)
	return r.ctx.Err()
}

// finish makes every row as long as the columns and tells what was dropped.
func (r *reader) finish() {
	for i := range r.layer.Features {
		f := &r.layer.Features[i]
		for len(f.Values) < len(r.layer.Columns) {
			f.Values = append(f.Values, nil)
		}
		f.Ref.Sheet = r.layer.Name
	}
	if r.z > 0 {
		r.note(0, "vector.z_dropped", "", "", coverage.Args{"count": r.z})
	}
	r.issues.RowsRead += r.layer.Rows
}

// chooseLayer returns the one of names that the options ask for.
func (r *reader) chooseLayer(names []string) (string, error) {
	args := coverage.Args{"file": r.name, "layer": r.o.Layer, "layers": strings.Join(names, ", ")}
	switch {
	case r.o.Layer == "" && len(names) == 1:
		return names[0], nil
	case len(names) == 0:
		return "", unusable("vector.layer.none", args)
	case r.o.Layer == "":
		return "", &coverage.Error{Code: coverage.Invalid, Key: "vector.layer.choose", Args: args}
	}
	for _, n := range names {
		if n == r.o.Layer {
			return n, nil
		}
	}
	return "", &coverage.Error{Code: coverage.NotFound, Key: "vector.layer.missing", Args: args}
}

// readAll reads a file of the file system whole, up to the limit.
func (r *reader) readAll(name string) ([]byte, error) {
	f, err := r.fsys.Open(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	defer f.Close()
	return r.drain(name, f)
}

func (r *reader) drain(name string, f io.Reader) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(&ctxReader{r.ctx, f}, r.o.MaxBytes+1))
	if err != nil {
		if r.ctx.Err() != nil {
			return nil, r.ctx.Err()
		}
		return nil, unreadable(name, err)
	}
	if int64(len(b)) > r.o.MaxBytes {
		return nil, unusable("vector.file.large", coverage.Args{"file": name, "limit": r.o.MaxBytes})
	}
	return b, nil
}

// ctxReader stops reading when its context ends.
type ctxReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *ctxReader) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}
