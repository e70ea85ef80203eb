package analysis

import (
	"context"
	"slices"

	"lifecircle/coverage"
)

// ModesAnswer is one question by several modes, side by side.
type ModesAnswer struct {
	Version string             `json:"version"`
	Inputs  []coverage.Source  `json:"inputs"`
	Runs    []ModeRun          `json:"runs"`
	Rows    []ModeRow          `json:"rows"` // by standard, zone, then mode
	LeftOut []coverage.LeftOut `json:"left_out"`
}

// ModeRun names the run behind the rows of a mode.
type ModeRun struct {
	Mode    string              `json:"mode"`
	Hash    string              `json:"hash"`
	Options coverage.RunOptions `json:"options"`
}

// ModeRow is a standard's own group in one zone by one mode. Gained and Lost are
// the people served by this mode and not by the first, and the other way round.
type ModeRow struct {
	Standard    string  `json:"standard"`
	Mode        string  `json:"mode"`
	Level       string  `json:"level"`
	Zone        string  `json:"zone"`
	Name        string  `json:"name"`
	Group       string  `json:"group"`
	Population  float64 `json:"population"`
	Served      float64 `json:"served"`
	Share       float64 `json:"share"`
	Gained      float64 `json:"gained"`
	Lost        float64 `json:"lost"`
	Unreachable float64 `json:"unreachable"` // who cannot get to any facility at all
}

// CompareModes answers a choice by each of some modes. Parameters that a mode
// does not heed (a detour on roads) count for those that do.
func (e *Engine) CompareModes(ctx context.Context, c Choice, modes []string, p coverage.Progress) (*ModesAnswer, error) {
	out := &ModesAnswer{Version: e.version, Inputs: e.ds.Sources, Rows: []ModeRow{}, LeftOut: []coverage.LeftOut{}}
	var runs []*coverage.Run
	for _, m := range modes {
		run, err := e.Run(ctx, c.inMode(m), p)
		if err != nil {
			return nil, err
		}
		runs = append(runs, run)
		out.Runs = append(out.Runs, ModeRun{m, run.Hash, run.Options})
		for _, l := range run.LeftOut {
			if !slices.Contains(out.LeftOut, l) {
				out.LeftOut = append(out.LeftOut, l)
			}
		}
	}
	if len(runs) == 0 {
		return nil, invalid("choice.mode", coverage.Args{"value": "", "standard": "", "known": Modes(e.ds)})
	}
	for n := range runs[0].Coverage {
		var parts [][]ModeRow
		for k, m := range modes {
			parts = append(parts, e.modeRows(m, &runs[0].Coverage[n], &runs[k].Coverage[n]))
		}
		for z := range parts[0] {
			for k := range parts {
				out.Rows = append(out.Rows, parts[k][z])
			}
		}
	}
	return out, nil
}

// ModesOf lists the modes of the data that can answer a choice: those that count
// time alone have no answer about thresholds in metres.
func (e *Engine) ModesOf(c Choice) ([]string, error) {
	modes := Modes(e.ds)
	chosen, err := e.standards(c)
	if err != nil {
		return nil, err
	}
	for _, s := range chosen {
		for _, r := range s.Rules {
			if !r.Threshold.IsTime() {
				return slices.DeleteFunc(modes, func(m string) bool { return m == coverage.ModeFriction || m == coverage.ModeMixed }), nil
			}
		}
	}
	return modes, nil
}

// inMode is the choice by another mode, without what that mode does not heed.
func (c Choice) inMode(mode string) Choice {
	c.Mode = mode
	if mode != coverage.ModeLine {
		c.Detour = 0
	}
	if mode == coverage.ModeLine || mode == coverage.ModeFriction {
		c.Boats = ""
	}
	if mode != coverage.ModeMixed {
		c.As = ""
	}
	return c
}

// modeRows compares a coverage with that of the first mode, zone by zone.
func (e *Engine) modeRows(mode string, first, c *coverage.Coverage) []ModeRow {
	zones := len(e.ds.Zones)
	rows := make([]ModeRow, zones+1) // the last is the whole area
	d := e.ds.Demand
	group := OwnGroup(d, c.Standard.Group)
	people := d.Group(group)
	for i := range people {
		if c.Judged != nil && !c.Judged[i] {
			continue
		}
		n, now, before := float64(people[i]), float64(c.Served[i]), float64(first.Served[i])
		for z := d.Zone[i]; ; z = e.ds.Zones[z].Parent {
			r := &rows[zones]
			if z >= 0 {
				r = &rows[z]
			}
			r.Population += n
			r.Served += n * now
			r.Gained += n * max(0, now-before)
			r.Lost += n * max(0, before-now)
			if c.Cost[i] == coverage.Never {
				r.Unreachable += n
			}
			if z < 0 {
				break
			}
		}
	}
	out := []ModeRow{named(rows[zones], c.Standard.ID, mode, group, "total", "", "")}
	for z := range zones {
		zone := &e.ds.Zones[z]
		out = append(out, named(rows[z], c.Standard.ID, mode, group, zone.Level, zone.ID, zone.Name))
	}
	return out
}

func named(r ModeRow, standard, mode, group, level, zone, name string) ModeRow {
	r.Standard, r.Mode, r.Group, r.Level, r.Zone, r.Name = standard, mode, group, level, zone, name
	if r.Population > 0 {
		r.Share = r.Served / r.Population
	}
	return r
}

// OwnGroup is the group that a standard promises something, or the first when
// the data do not have it.
func OwnGroup(d *coverage.DemandSet, group string) string {
	if d.Group(group) == nil && len(d.Groups) > 0 {
		return d.Groups[0]
	}
	return group
}
