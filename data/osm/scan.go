package osm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"lifecircle/coverage"

	"github.com/paulmach/osm"
	"github.com/paulmach/osm/osmpbf"
)

// File is an extract. Open is called once for each time that it is read.
type File struct {
	Name string // as the reader of a message knows it
	Open func() (io.ReadCloser, error)

	NoFerries bool // [Fill] leaves its ferries out
}

// want is what a scan is after; nil filters skip their kind of element. Filters
// run in several goroutines at a time.
type want struct {
	node     func(*osm.Node) bool
	way      func(*osm.Way) bool
	relation func(*osm.Relation) bool
}

// scan reads a file once and yields what is wanted in the order of the file.
func scan(ctx context.Context, file File, w want, yield func(osm.Object)) error {
	r, err := file.Open()
	if err != nil {
		return &coverage.Error{Code: coverage.NotFound, Key: "osm.unreadable", Args: coverage.Args{"file": file.Name}, Err: err}
	}
	defer func() { _ = r.Close() }()
	g := newGuard(ctx, r)
	s := osmpbf.New(ctx, g, runtime.GOMAXPROCS(0))
	defer g.close()
	defer func() { _ = s.Close() }()
	s.SkipNodes, s.FilterNode = w.node == nil, w.node
	s.SkipWays, s.FilterWay = w.way == nil, w.way
	s.SkipRelations, s.FilterRelation = w.relation == nil, w.relation
	for s.Scan() {
		yield(s.Object())
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return scanError(file, s.Err())
}

// scanError says a fault of the file to people.
func scanError(file File, err error) error {
	if err == nil {
		return nil
	}
	args := coverage.Args{"file": file.Name}
	var f *fault
	switch {
	case !errors.As(err, &f):
		return &coverage.Error{Code: coverage.Unusable, Key: "osm.damaged", Args: args, Err: err}
	case errors.Is(err, errCut):
		return &coverage.Error{Code: coverage.Unusable, Key: "osm.cut", Args: args}
	case errors.Is(err, errForm) && f.block == 0:
		return &coverage.Error{Code: coverage.Unusable, Key: "osm.format", Args: args}
	case errors.Is(err, errPlainNodes):
		return &coverage.Error{Code: coverage.Unsupported, Key: "osm.plain_nodes", Args: args}
	}
	return &coverage.Error{Code: coverage.Unusable, Key: "osm.damaged", Args: args, Err: fmt.Errorf("block %d: %w", f.block, f.err)}
}
