package snapshot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/coverage"
)

// Answer is the run of one choice.
type Answer struct {
	*coverage.Coverage
	Run *coverage.Run
}

// Answer returns the run of a choice: computed once, then kept for a while.
func (s *Snapshot) Answer(ctx context.Context, c query.Choice) (*Answer, error) {
	c, err := s.settle(c)
	if err != nil {
		return nil, err
	}
	return s.runs.Get(ctx, c.Key(), func(ctx context.Context) (*Answer, error) {
		leave, err := s.gate.Enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
		return s.run(ctx, s.Data, c, false)
	})
}

// AnswerFor answers a choice for some demand rows only, whose columns it has. By
// straight lines the facilities within reach are counted too, and nothing is kept;
// over roads and ground, and within borders, the rows are those of the whole run,
// which is.
func (s *Snapshot) AnswerFor(ctx context.Context, c query.Choice, rows []int32) (*Answer, error) {
	c, err := s.settle(c)
	if err != nil {
		return nil, err
	}
	o, err := s.analyst.Options(s.Data, c.Analysis())
	if err != nil {
		return nil, blame(err)
	}
	if straight(o.Standards) && c.Borders == "" {
		return s.run(ctx, s.Part(rows), c, true)
	}
	whole, err := s.Answer(ctx, c)
	if err != nil {
		return nil, err
	}
	return whole.part(rows), nil
}

func straight(standards []coverage.Standard) bool {
	for _, s := range standards {
		if slices.ContainsFunc(s.Rules, func(r coverage.Rule) bool { return r.Travel.Mode != coverage.ModeLine }) {
			return false
		}
	}
	return true
}

// part is the answer for some rows: their columns, without table and gaps.
func (a *Answer) part(rows []int32) *Answer {
	return &Answer{Run: a.Run, Coverage: &coverage.Coverage{
		Standard: a.Standard, Cost: pick(a.Cost, rows), Nearest: pick(a.Nearest, rows), Within: pick(a.Within, rows),
		Served: pick(a.Served, rows), Judged: pick(a.Judged, rows),
	}}
}

// pick is nil of a column that is nil.
func pick[T any](column []T, rows []int32) []T {
	if column == nil {
		return nil
	}
	out := make([]T, len(rows))
	for k, i := range rows {
		out[k] = column[i]
	}
	return out
}

func (s *Snapshot) run(ctx context.Context, ds *coverage.Dataset, c query.Choice, within bool) (*Answer, error) {
	choice := c.Analysis()
	choice.Within = within
	run, err := s.analyst.Run(ctx, ds, choice)
	if err != nil {
		return nil, blame(err)
	}
	cov, err := only(run)
	return &Answer{Run: run, Coverage: cov}, err
}

// only is the answer of a run of one question.
func only(run *coverage.Run) (*coverage.Coverage, error) {
	if len(run.Coverage) != 1 {
		return nil, fmt.Errorf("run %s of one question has %d answers", run.Hash, len(run.Coverage))
	}
	return &run.Coverage[0], nil
}

// blame names the parameter that an error of the engine is about.
func blame(err error) error {
	params := map[string]string{
		"choice.kind": "kind", "choice.standard": "standard", "choice.speed": "speed", "choice.detour": "detour",
		"choice.no_land": "landmass", "choice.cell_rule": "cell", "choice.mode": "mode", "choice.detour_mode": "detour", "choice.boats_mode": "boats",
		"road.boats": "boats", "choice.as_mode": "as", "choice.area_mode": "cell", "mode.metres": "within",
		"choice.direction": "direction", "road.mode": "mode", "route.place": "from", "isochrone.within": "within", "isochrone.mixed": "within",
		"choice.borders": "borders", "choice.area_borders": "cell", "sharing.no_borders": "borders",
	}
	var said *coverage.Error
	if errors.As(err, &said) && params[said.Key] != "" {
		return problem.About(params[said.Key], err)
	}
	return err
}

// settle fills in the standard that is meant when none is named, and refuses
// standards and groups that there are none of.
func (s *Snapshot) settle(c query.Choice) (query.Choice, error) {
	if err := CheckWord("group", c.Group, s.Data.Demand.Groups); err != nil {
		return c, err
	}
	if c.AdHoc != nil {
		return c, nil
	}
	var ids []string
	for i := range s.Data.Standards {
		if ids = append(ids, s.Data.Standards[i].ID); ids[i] == c.Standard {
			return c, nil
		}
	}
	switch {
	case len(ids) == 0 && c.Standard == "":
		return c, problem.Param("kind", "api.no_standard", nil)
	case c.Standard == "":
		c.Standard = ids[0]
		return c, nil
	}
	return c, problem.About("standard", &coverage.Error{
		Code: coverage.NotFound, Key: "api.standard",
		Args: coverage.Args{"value": c.Standard, "known": strings.Join(ids, ", ")},
	})
}

// Group is the group to show: the one asked for, else the standard's, else the
// first.
func (s *Snapshot) Group(a *Answer, c query.Choice) string { return s.group(&a.Standard, c.Group) }

func (s *Snapshot) group(standard *coverage.Standard, asked string) string {
	switch groups := s.Data.Demand; {
	case asked != "":
		return asked
	case groups.Group(standard.Group) != nil || len(groups.Groups) == 0:
		return standard.Group
	default:
		return groups.Groups[0]
	}
}

// People is the column of the group to show, all zero when there is no group.
func (s *Snapshot) People(a *Answer, c query.Choice) []float32 { return s.people(&a.Standard, c.Group) }

func (s *Snapshot) people(standard *coverage.Standard, asked string) []float32 {
	if people := s.Data.Demand.Group(s.group(standard, asked)); people != nil {
		return people
	}
	return make([]float32, s.Data.Demand.Len())
}
