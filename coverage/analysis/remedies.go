package analysis

import (
	"context"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/remedy"
	"lifecircle/coverage/travel"
)

// Remedies answers a choice and names for every gap what would close it.
func (e *Engine) Remedies(ctx context.Context, c Choice, o remedy.Options, p coverage.Progress) (*coverage.Run, error) {
	run, err := e.Run(ctx, c, p)
	if err != nil {
		return nil, err
	}
	r := &runner{Engine: e, options: run.Options, straight: map[string]travel.Nearest{}}
	for i := range run.Coverage {
		cov := &run.Coverage[i]
		w := remedy.World{Data: e.ds, Landmass: run.Options.Landmass, LandOf: e.book.LandOf, Pairs: r.pairsWithin(p)}
		if w.NoWait, err = r.withoutWaiting(ctx, cov.Standard); err != nil {
			return nil, err
		}
		r.acrossBorders(&w, cov.Standard, p)
		if err := remedy.Find(ctx, w, cov, o); err != nil {
			return nil, err
		}
	}
	return run, nil
}

// pairsWithin asks the way to travel of a rule for all within its threshold.
func (r *runner) pairsWithin(p coverage.Progress) func(context.Context, travel.Points, coverage.Rule, []int32) (*travel.Matrix, error) {
	return func(ctx context.Context, places travel.Points, rule coverage.Rule, rows []int32) (*travel.Matrix, error) {
		way, err := r.way(ctx, rule, r.options)
		if err != nil {
			return nil, err
		}
		return way.Matrix(ctx, r.newPlaces(places, nil, r.options), r.demandPoints().Of(rows), rule.Threshold.Limit(), p)
	}
}

// acrossBorders lets a remedy look across borders, where they count.
func (r *runner) acrossBorders(w *remedy.World, s coverage.Standard, p coverage.Progress) {
	if r.options.Borders == "" {
		return
	}
	for _, i := range r.facilities(s.Kinds) {
		if !r.users(r.ds, i, r.options).All() {
			w.Barred = append(w.Barred, i)
		}
	}
	w.Across = func(ctx context.Context, facilities []int32, rule coverage.Rule, rows []int32) (*travel.Matrix, error) {
		way, err := r.book.For(ctx, rule, r.options.Landmass)
		if err != nil {
			return nil, err
		}
		return way.Matrix(ctx, FacilityPoints(r.ds, facilities, r.options.Landmass), r.demandPoints().Of(rows), rule.Threshold.Limit(), p)
	}
	w.Side = func(facility int32) (id, name string) {
		if z := r.home(r.ds, facility, r.options); z >= 0 {
			return r.ds.Zones[z].ID, r.ds.Zones[z].Name
		}
		return "", ""
	}
}

// withoutWaiting tells who is served when nobody waits for a boat; nil for a
// standard that boats do not matter to.
func (r *runner) withoutWaiting(ctx context.Context, s coverage.Standard) ([]bool, error) {
	s.Rules = slices.Clone(s.Rules)
	waits := false
	for i := range s.Rules {
		if b := s.Rules[i].Travel.Boats; b != "" && b != "best" {
			s.Rules[i].Travel.Boats, waits = "best", true
		}
	}
	if !waits {
		return nil, nil
	}
	facilities := r.facilities(s.Kinds)
	q := question{Standard: s, facilities: facilities, at: r.facilityPoints(facilities)}
	if err := r.reach(ctx, &q); err != nil {
		return nil, err
	}
	out := make([]bool, r.ds.Demand.Len())
	for i, at := range r.ds.Demand.Setting {
		if rule, ok := s.RuleFor(at); ok {
			cost, _ := q.reached[at].At(i)
			out[i] = cost <= rule.Threshold.Limit()
		}
	}
	return out, nil
}
