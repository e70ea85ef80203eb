package analysis

import (
	"context"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/assess"
	"lifecircle/coverage/scenario"
	"lifecircle/coverage/travel"
	"lifecircle/coverage/travel/mode"
)

// WhatIfAnswer is a question before and after some changes.
type WhatIfAnswer struct {
	Version    string              `json:"version"`
	Inputs     []coverage.Source   `json:"inputs"`
	Options    coverage.RunOptions `json:"options"`
	Added      []string            `json:"added"`  // ids, as they were given or made
	Closed     []string            `json:"closed"` // ids
	Moved      []string            `json:"moved"`  // ids
	Rows       []WhatIfRow         `json:"rows"`
	Changed    []ChangedRows       `json:"-"`
	Facilities []coverage.Facility `json:"-"` // after the changes
}

// WhatIfRow is a standard's own group in one zone, before and after. Gained and
// Lost are the people who come within and fall out of the threshold; Worse those
// whose nearest facility is farther than before, served or not.
type WhatIfRow struct {
	Standard    string  `json:"standard"`
	Level       string  `json:"level"`
	Zone        string  `json:"zone"`
	Name        string  `json:"name"`
	Group       string  `json:"group"`
	Population  float64 `json:"population"`
	Before      float64 `json:"before"`
	After       float64 `json:"after"`
	ShareBefore float64 `json:"share_before"`
	ShareAfter  float64 `json:"share_after"`
	Gained      float64 `json:"gained"`
	Lost        float64 `json:"lost"`
	Worse       float64 `json:"worse_off"`
}

// ChangedRows are the demand rows of one standard whose answer changes.
type ChangedRows struct {
	Standard string
	Row      []int32
	After    []bool // served
}

// Standing is a choice answered once, for changes to be held against. It is
// immutable and safe for concurrent use; on a million cells it takes some 15 MB.
type Standing struct {
	options coverage.RunOptions
	hash    string
	runner  *runner
	parts   []standingPart
}

type standingPart struct {
	q     question
	judge coverage.Coverage // decided rows, no table
	limit []uint32          // by setting
}

// Part is one standard of a choice and how far what stands serves it.
type Part struct {
	Standard   coverage.Standard
	Facilities []int32            // that serve it, by index into the dataset
	Coverage   *coverage.Coverage // decided rows, no table
}

// Options is the choice with every default written out.
func (s *Standing) Options() coverage.RunOptions { return s.options }

// Len is the number of standards.
func (s *Standing) Len() int { return len(s.parts) }

// Part is the answer to standard i. Nothing of it may be changed.
func (s *Standing) Part(i int) Part {
	p := &s.parts[i]
	return Part{p.q.Standard, p.q.facilities, &p.judge}
}

// Pairs asks the way to travel of a rule for the costs between places and demand
// rows within a limit: column Row of the answer counts within rows. Where borders
// count a place serves the people of its own zone; one where facilities of the
// choice stand is each of them in turn, and serves whom it serves.
func (s *Standing) Pairs(progress coverage.Progress) func(ctx context.Context, places travel.Points, rule coverage.Rule, rows []int32, limit uint32) (*travel.Matrix, error) {
	return func(ctx context.Context, places travel.Points, rule coverage.Rule, rows []int32, limit uint32) (*travel.Matrix, error) {
		way, err := s.runner.way(ctx, rule, s.options)
		if err != nil {
			return nil, err
		}
		return way.Matrix(ctx, s.runner.newPlaces(places, s.standing(), s.options), s.runner.demandPoints().Of(rows), limit, progress)
	}
}

// WhatIf compares a choice before and after changes. Only what the changes touch
// is computed anew, so that it follows a pin being dragged; the figures are those
// of two whole runs. Errors: those of [Engine.Run] and of [scenario.Apply].
func (e *Engine) WhatIf(ctx context.Context, c Choice, changes scenario.Changes, p coverage.Progress) (*WhatIfAnswer, error) {
	if changes.Empty() {
		return nil, invalid("scenario.none", nil)
	}
	s, err := e.Standing(ctx, c, p)
	if err != nil {
		return nil, err
	}
	return s.WhatIf(ctx, changes)
}

// WhatIf is [Engine.WhatIf] for the choice that was answered.
func (s *Standing) WhatIf(ctx context.Context, changes scenario.Changes) (*WhatIfAnswer, error) {
	if changes.Empty() {
		return nil, invalid("scenario.none", nil)
	}
	e := s.runner.Engine
	after, err := scenario.Apply(e.ds, changes, e.book.LandOf)
	if err != nil {
		return nil, err
	}
	if err := s.heeds(e.ds, after, changes); err != nil {
		return nil, err
	}
	if err := s.sharesOf(changes); err != nil {
		return nil, err
	}
	out := &WhatIfAnswer{
		Version: e.version, Inputs: e.ds.Sources, Options: s.options, Facilities: after.Facilities,
		Added: []string{}, Closed: []string{}, Moved: []string{}, Rows: []WhatIfRow{},
	}
	for _, f := range after.Facilities[len(e.ds.Facilities):] {
		out.Added = append(out.Added, f.ID)
	}
	out.Closed = append(out.Closed, changes.Close...)
	for _, m := range changes.Move {
		out.Moved = append(out.Moved, m.ID)
	}
	for i := range s.parts {
		if err := s.compare(ctx, &s.parts[i], after, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Standing answers a choice for changes to be held against, or takes the answer
// from the last time. Errors: those of [Engine.Run].
func (e *Engine) Standing(ctx context.Context, c Choice, p coverage.Progress) (*Standing, error) {
	options, err := e.resolve(c)
	if err != nil {
		return nil, err
	}
	hash, err := hash(&coverage.Run{Version: e.version, Options: options})
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.last != nil && e.last.hash == hash {
		return e.last, nil
	}
	s, err := e.Stand(ctx, c, p)
	if err != nil {
		return nil, err
	}
	s.hash, e.last = hash, s
	return s, nil
}

// Stand answers a choice for changes to be held against, and keeps nothing.
// Errors: those of [Engine.Run].
func (e *Engine) Stand(ctx context.Context, c Choice, p coverage.Progress) (*Standing, error) {
	options, err := e.resolve(c)
	if err != nil {
		return nil, err
	}
	if options.CellRule == coverage.CellArea {
		return nil, invalid("choice.area_whatif", nil)
	}
	s := &Standing{options: options, runner: &runner{Engine: e, options: options, straight: map[string]travel.Nearest{}, p: p}}
	for _, standard := range options.Standards {
		facilities := s.runner.facilities(standard.Kinds)
		part := standingPart{q: question{Standard: standard, facilities: facilities, at: s.runner.facilityPoints(facilities)}}
		if err := s.runner.reach(ctx, &part.q); err != nil {
			return nil, err
		}
		if part.judge, err = assess.Judge(ctx, e.ds, standard, part.q.answers(), facilities); err != nil {
			return nil, err
		}
		part.limit, _ = assess.Limits(e.ds, standard)
		part.q.reached = [assess.Settings]*mode.Reached{} // the judge has it all
		s.parts = append(s.parts, part)
	}
	s.runner.p, s.runner.straight = nil, nil
	return s, nil
}

// heeds refuses changes that no chosen standard counts.
func (s *Standing) heeds(before, after *coverage.Dataset, changes scenario.Changes) error {
	var known []string
	for _, standard := range s.options.Standards {
		known = append(known, standard.Kinds...)
	}
	touched := slices.Clone(changes.Close)
	for _, m := range changes.Move {
		touched = append(touched, m.ID)
	}
	for i := range after.Facilities {
		f := &after.Facilities[i]
		if (i >= len(before.Facilities) || slices.Contains(touched, f.ID)) && !slices.Contains(known, f.Kind) {
			slices.Sort(known)
			return invalid("scenario.unheeded", coverage.Args{"kind": f.Kind, "known": strings.Join(slices.Compact(known), ", ")})
		}
	}
	return nil
}

// compare answers one standard on the changed facilities.
func (s *Standing) compare(ctx context.Context, part *standingPart, after *coverage.Dataset, out *WhatIfAnswer) error {
	cost, err := s.costs(ctx, part, after)
	if err != nil {
		return err
	}
	out.Rows = append(out.Rows, s.rows(part, cost, out)...)
	return nil
}

// costs are the costs of every row after the changes.
func (s *Standing) costs(ctx context.Context, part *standingPart, after *coverage.Dataset) ([]uint32, error) {
	ds := s.runner.ds
	gone := make([]bool, len(ds.Facilities))
	remaining, added, anyGone := []int32{}, []int32{}, false
	for _, i := range part.q.facilities {
		f := &after.Facilities[i]
		switch {
		case f.Status == "closed":
			gone[i], anyGone = true, true
		case f.At != ds.Facilities[i].At:
			gone[i], anyGone = true, true
			added = append(added, i)
		default:
			remaining = append(remaining, i)
		}
	}
	for i := len(ds.Facilities); i < len(after.Facilities); i++ {
		if f := &after.Facilities[i]; slices.Contains(part.q.Kinds, f.Kind) && (f.Status == "" || f.Status == "open") {
			added = append(added, int32(i))
		}
	}
	cost := slices.Clone(part.judge.Cost)
	if anyGone {
		if err := s.withoutGone(ctx, part, after, gone, append(remaining, added...), cost); err != nil {
			return nil, err
		}
	}
	if len(added) == 0 {
		return cost, nil
	}
	return cost, s.withAdded(ctx, part, s.pointsOf(after, added), cost)
}

// withoutGone finds the nearest facility, new places included, of the rows whose
// nearest is gone.
func (s *Standing) withoutGone(ctx context.Context, part *standingPart, after *coverage.Dataset, gone []bool, open []int32, cost []uint32) error {
	d := s.runner.ds.Demand
	points := s.pointsOf(after, open)
	for _, rule := range part.q.Rules {
		var rows []int32
		for i, f := range part.judge.Nearest {
			if f >= 0 && gone[f] && part.ruleOf(d.Setting[i]) == rule {
				rows = append(rows, int32(i))
			}
		}
		if len(rows) == 0 {
			continue
		}
		way, err := s.runner.way(ctx, rule, s.options)
		if err != nil {
			return err
		}
		demand, at := s.runner.demandPoints(), func(k int) int { return int(rows[k]) }
		if rule.Travel.Mode == coverage.ModeLine || s.options.Borders != "" { // only the rows themselves
			demand, at = demand.Of(rows), func(k int) int { return k }
		}
		near, err := way.Nearest(ctx, points, demand, nil)
		if err != nil {
			return err
		}
		for k, i := range rows {
			cost[i], _ = near.At(at(k))
		}
	}
	return nil
}

// withAdded lowers the costs of the rows that new places come within reach of.
// Rows beyond the threshold keep what they have: they are not served either way.
func (s *Standing) withAdded(ctx context.Context, part *standingPart, added travel.Points, cost []uint32) error {
	d := s.runner.ds.Demand
	for _, rule := range part.q.Rules {
		way, err := s.runner.way(ctx, rule, s.options)
		if err != nil {
			return err
		}
		m, err := way.Within(ctx, added, s.runner.demandPoints(), rule.Threshold.Limit())
		if err != nil {
			return err
		}
		for k, row := range m.Row {
			if m.Cost[k] < cost[row] && part.ruleOf(d.Setting[row]) == rule {
				cost[row] = m.Cost[k]
			}
		}
	}
	return nil
}

func (p *standingPart) ruleOf(at coverage.Setting) coverage.Rule {
	rule, _ := p.q.RuleFor(at)
	return rule
}

// rows adds up people before and after, the whole area first, then every zone.
func (s *Standing) rows(part *standingPart, cost []uint32, out *WhatIfAnswer) []WhatIfRow {
	ds := s.runner.ds
	d, zones := ds.Demand, len(ds.Zones)
	group := OwnGroup(d, part.q.Group)
	people := d.Group(group)
	sums := make([]WhatIfRow, zones+1)
	changed := ChangedRows{Standard: part.q.ID}
	for i := range people {
		if part.judge.Judged != nil && !part.judge.Judged[i] {
			continue
		}
		n, before, after := float64(people[i]), part.judge.Served[i] > 0, cost[i] <= part.limit[d.Setting[i]]
		if before != after {
			changed.Row, changed.After = append(changed.Row, int32(i)), append(changed.After, after)
		}
		slot := zones
		if d.Zone[i] >= 0 {
			slot = int(d.Zone[i])
		}
		sums[slot].add(n, before, after, cost[i] > part.judge.Cost[i])
	}
	for z := zones - 1; z >= 0; z-- { // parents stand first
		up := zones
		if p := ds.Zones[z].Parent; p >= 0 {
			up = int(p)
		}
		sums[up].merge(sums[z])
	}
	out.Changed = append(out.Changed, changed)
	rows := []WhatIfRow{sums[zones].named(part.q.ID, group, "total", "", "")}
	for z := range zones {
		zone := &ds.Zones[z]
		if len(s.options.Levels) == 0 || slices.Contains(s.options.Levels, zone.Level) {
			rows = append(rows, sums[z].named(part.q.ID, group, zone.Level, zone.ID, zone.Name))
		}
	}
	return rows
}

func (r *WhatIfRow) add(n float64, before, after, worse bool) {
	r.Population += n
	if before {
		r.Before += n
	}
	if after {
		r.After += n
	}
	if after && !before {
		r.Gained += n
	}
	if before && !after {
		r.Lost += n
	}
	if worse {
		r.Worse += n
	}
}

func (r *WhatIfRow) merge(o WhatIfRow) {
	r.Population, r.Before, r.After = r.Population+o.Population, r.Before+o.Before, r.After+o.After
	r.Gained, r.Lost, r.Worse = r.Gained+o.Gained, r.Lost+o.Lost, r.Worse+o.Worse
}

func (r WhatIfRow) named(standard, group, level, zone, name string) WhatIfRow {
	r.Standard, r.Group, r.Level, r.Zone, r.Name = standard, group, level, zone, name
	if r.Population > 0 {
		r.ShareBefore, r.ShareAfter = r.Before/r.Population, r.After/r.Population
	}
	return r
}
