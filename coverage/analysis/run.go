package analysis

import (
	"context"
	"sync"

	"lifecircle/coverage"
	"lifecircle/coverage/assess"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/mode"

	"github.com/paulmach/orb"
)

// Engine answers choices on one dataset. It keeps what every answer needs again
// (the zone of each facility, the ways to travel); it is safe for concurrent use.
type Engine struct {
	ds            *coverage.Dataset
	version       string
	book          *mode.Book
	facilityZones func() []int32
	zoneAt        func() func(orb.Point) int32
	borders       func() *borders

	mu   sync.Mutex
	last *Standing // for changes to be held against
}

// New makes an engine. version is the program's, part of every run's hash.
func New(ds *coverage.Dataset, version string) *Engine {
	return newEngine(ds, version, mode.NewBook(ds))
}

func newEngine(ds *coverage.Dataset, version string, book *mode.Book) *Engine {
	return &Engine{
		borders: sync.OnceValue(func() *borders { return newBorders(ds) }),

		ds: ds, version: version, book: book,
		facilityZones: sync.OnceValue(func() []int32 { return assess.FacilityZones(ds) }),
		zoneAt:        sync.OnceValue(func() func(orb.Point) int32 { return assess.ZoneFinder(ds) }),
	}
}

// For is an engine for another dataset, which shares the ways to travel when it
// has the same roads, ground and land: a part of the demand, or a scenario.
func (e *Engine) For(ds *coverage.Dataset) *Engine {
	if e.book.Serves(ds) {
		return newEngine(ds, e.version, e.book)
	}
	return New(ds, e.version)
}

// Data is the dataset that the engine answers on.
func (e *Engine) Data() *coverage.Dataset { return e.ds }

// Version is the program's.
func (e *Engine) Version() string { return e.version }

// FacilityZones are the zones that facilities lie in, -1 for none.
func (e *Engine) FacilityZones() []int32 { return e.facilityZones() }

// ZoneAt is the zone that a place lies in, -1 for none.
func (e *Engine) ZoneAt(at orb.Point) int32 { return e.zoneAt()(at) }

// LandOf is the landmass that a place lies on, -1 for none.
func (e *Engine) LandOf(at orb.Point) int32 { return e.book.LandOf(at) }

// Options is a choice as a run would be made with it: every default written out.
// Errors: Invalid or NotFound for a choice that the data do not allow.
func (e *Engine) Options(c Choice) (coverage.RunOptions, error) { return e.resolve(c) }

// Run answers a choice: the same dataset, choice and version give the same
// bytes on any number of cores. Errors: Invalid for a choice that the data do
// not allow, and ctx's error.
func (e *Engine) Run(ctx context.Context, c Choice, p coverage.Progress) (*coverage.Run, error) {
	options, err := e.resolve(c)
	if err != nil {
		return nil, err
	}
	r := &runner{Engine: e, options: options, straight: map[string]travel.Nearest{}, p: p}
	run := &coverage.Run{Version: e.version, Inputs: e.ds.Sources, Options: options, LeftOut: r.leftOut()}
	if run.Hash, err = hash(run); err != nil {
		return nil, err
	}
	for n, s := range options.Standards {
		p.Report("progress.standard", int64(n), int64(len(options.Standards)))
		answer, left, err := r.standard(ctx, s)
		if err != nil {
			return nil, err
		}
		run.LeftOut = append(run.LeftOut, left...)
		run.Coverage = append(run.Coverage, answer)
	}
	p.Report("progress.standard", int64(len(options.Standards)), int64(len(options.Standards)))
	return run, nil
}
