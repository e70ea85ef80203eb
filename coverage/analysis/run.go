package analysis

import (
	"context"
	"slices"
	"strings"
	"sync"

	"lifecircle/coverage"
	"lifecircle/coverage/assess"
	"lifecircle/coverage/gap"
	"lifecircle/coverage/travel"

	"github.com/paulmach/orb"
)

// Engine answers choices on one dataset. It keeps what every answer needs again
// (the zone of each facility); it is safe for concurrent use.
type Engine struct {
	ds            *coverage.Dataset
	version       string
	facilityZones func() []int32
}

// New makes an engine. version is the program's, part of every run's hash.
func New(ds *coverage.Dataset, version string) *Engine {
	return &Engine{ds: ds, version: version, facilityZones: sync.OnceValue(func() []int32 { return FacilityZones(ds) })}
}

// Run answers a choice: the same dataset, choice and version give the same
// bytes on any number of cores. Errors: Invalid for a choice that the data do
// not allow, and ctx's error.
func (e *Engine) Run(ctx context.Context, c Choice, p coverage.Progress) (*coverage.Run, error) {
	options, err := e.resolve(c)
	if err != nil {
		return nil, err
	}
	r := &runner{Engine: e, options: options, near: map[string]travel.Nearest{}, p: p}
	run := &coverage.Run{Version: e.version, Inputs: e.ds.Sources, Options: options, LeftOut: r.leftOut()}
	if run.Hash, err = hash(run); err != nil {
		return nil, err
	}
	for n, s := range options.Standards {
		p.Report("progress.standard", int64(n), int64(len(options.Standards)))
		answer, err := r.standard(ctx, s)
		if err != nil {
			return nil, err
		}
		run.Coverage = append(run.Coverage, answer)
	}
	p.Report("progress.standard", int64(len(options.Standards)), int64(len(options.Standards)))
	return run, nil
}

type runner struct {
	*Engine
	options coverage.RunOptions
	near    map[string]travel.Nearest // by kinds: standards of one service share the search
	p       coverage.Progress
}

func (r *runner) standard(ctx context.Context, s coverage.Standard) (coverage.Coverage, error) {
	facilities := r.facilities(s.Kinds)
	line := travel.NewLine(r.facilityPoints(facilities))
	near, err := r.nearest(ctx, line, s.Kinds)
	if err != nil {
		return coverage.Coverage{}, err
	}
	answer, err := assess.Judge(ctx, r.ds, s, near, facilities)
	if err != nil {
		return answer, err
	}
	if err := r.refine(ctx, line, near, &answer); err != nil {
		return answer, err
	}
	want := assess.Choice{Groups: r.options.Groups, Levels: r.options.Levels}
	if answer.Rows, err = assess.Table(ctx, r.ds, &answer, want, facilities, r.facilityZones()); err != nil {
		return answer, err
	}
	answer.Gaps, err = gap.Find(ctx, r.ds, &answer, gap.Options{Landmass: r.options.Landmass, MinPeople: r.options.MinPeople})
	return answer, err
}

// refine adds what is only computed when asked for: shares of cells, and the
// number of facilities within reach.
func (r *runner) refine(ctx context.Context, line *travel.Line, near travel.Nearest, answer *coverage.Coverage) error {
	if !r.options.Within && r.options.CellRule != coverage.CellArea {
		return nil
	}
	radiusM, class := assess.Radii(r.ds, answer.Standard)
	demand := r.demandPoints()
	var err error
	if r.options.Within {
		if answer.Within, err = line.WithinCount(ctx, demand, radiusM, class, r.p); err != nil {
			return err
		}
	}
	if r.options.CellRule == coverage.CellArea {
		corners, err := cellCorners(r.ds.Demand)
		if err != nil {
			return err
		}
		answer.Served, err = line.WithinShare(ctx, demand, near, radiusM, class, corners, r.p)
		return err
	}
	return nil
}

func (r *runner) nearest(ctx context.Context, line *travel.Line, kinds []string) (travel.Nearest, error) {
	key := strings.Join(kinds, "\x00")
	if near, ok := r.near[key]; ok {
		return near, nil
	}
	near, err := line.Nearest(ctx, r.demandPoints(), r.p)
	if err == nil {
		r.near[key] = near
	}
	return near, err
}

// facilities lists the open facilities of the kinds, by index into the dataset.
func (r *runner) facilities(kinds []string) []int32 {
	var out []int32
	for i := range r.ds.Facilities {
		f := &r.ds.Facilities[i]
		if (f.Status == "" || f.Status == "open") && slices.Contains(kinds, f.Kind) {
			out = append(out, int32(i))
		}
	}
	return out
}

func (r *runner) facilityPoints(list []int32) travel.Points {
	p := travel.Points{At: make([]orb.Point, len(list))}
	if r.options.Landmass {
		p.Land = make([]int32, len(list))
	}
	for k, i := range list {
		p.At[k] = r.ds.Facilities[i].At
		if r.options.Landmass {
			p.Land[k] = r.ds.Facilities[i].Landmass
		}
	}
	return p
}

func (r *runner) demandPoints() travel.Points {
	p := travel.Points{At: r.ds.Demand.At}
	if r.options.Landmass {
		p.Land = r.ds.Demand.Landmass
	}
	return p
}
