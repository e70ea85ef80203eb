package snapshot

import (
	"context"
	"sync"

	"lifecircle/api/cache"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/paulmach/orb"
)

// Project gives the dataset of the present. It returns the same pointer as long
// as the data are the same.
type Project interface {
	Dataset(ctx context.Context) (*coverage.Dataset, error)
}

// Analyst answers a choice, or a question about one place, on a dataset. Options
// is the choice as a run would be made with it; Stand is its answer, for changes to
// be held against; Remedies is Run with what would close each gap; Sharing is the
// choice with its borders kept, as the data share, and without them.
type Analyst interface {
	Options(ds *coverage.Dataset, c analysis.Choice) (coverage.RunOptions, error)
	Run(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*coverage.Run, error)
	Stand(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*analysis.Standing, error)
	Remedies(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*coverage.Run, error)
	Sharing(ctx context.Context, ds *coverage.Dataset, c analysis.Choice) (*analysis.SharingAnswer, error)
	Route(ctx context.Context, ds *coverage.Dataset, at orb.Point, kinds []string, metres bool, c analysis.Choice) (*analysis.RouteAnswer, error)
	Isochrone(ctx context.Context, ds *coverage.Dataset, from orb.Point, within []coverage.Threshold, bands bool, c analysis.Choice) (*analysis.IsochroneAnswer, error)
}

// Source gives snapshots. It is safe for concurrent use.
type Source struct {
	project Project
	analyst Analyst
	version string
	gate    *cache.Gate // of runs
	quick   *cache.Gate // of changes
	life    context.Context
	mu      sync.Mutex
	current *Snapshot
}

// NewSource makes a source. version is the program's; heavy work passes the
// gate, changes to what is known the quick one. Work that goes on when nobody waits
// for it ends with life.
func NewSource(life context.Context, p Project, a Analyst, version string, gate, quick *cache.Gate) *Source {
	return &Source{project: p, analyst: a, version: version, gate: gate, quick: quick, life: life}
}

// Current returns the snapshot of the project's present dataset.
func (s *Source) Current(ctx context.Context) (*Snapshot, error) {
	ds, err := s.project.Dataset(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == nil || s.current.Data != ds {
		s.current = newSnapshot(ds, s)
	}
	return s.current, nil
}
