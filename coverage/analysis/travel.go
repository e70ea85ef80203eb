package analysis

import (
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/travel/road"
)

// Modes lists the ways to travel that a dataset has, "line" first.
func Modes(ds *coverage.Dataset) []string {
	modes := []string{coverage.ModeLine}
	t := ds.Transport
	if t == nil {
		return modes
	}
	if t.Roads != nil {
		for i := range t.Profiles {
			modes = append(modes, t.Profiles[i].Name)
		}
	}
	if t.Ground != nil {
		modes = append(modes, coverage.ModeFriction)
	}
	if t.Roads != nil && t.Ground != nil {
		modes = append(modes, coverage.ModeMixed)
	}
	return modes
}

// withTravel applies the way to travel that a choice names to every rule of a
// copy, and writes every default out.
func (e *Engine) withTravel(s coverage.Standard, c Choice) (coverage.Standard, error) {
	s.Rules = slices.Clone(s.Rules)
	for i := range s.Rules {
		r := &s.Rules[i]
		if c.Mode != "" && c.Mode != r.Travel.Mode {
			r.Travel = e.inMode(r.Travel, c.Mode, r.Threshold.IsTime())
		}
		t := &r.Travel
		if c.SpeedKMH != 0 && r.Threshold.IsTime() && t.Mode != coverage.ModeMixed {
			t.SpeedKMH = c.SpeedKMH
		}
		e.vary(r, c)
		if c.Detour != 0 && t.Mode == coverage.ModeLine {
			t.Detour = c.Detour
		}
		if c.Direction != "" {
			t.From = c.Direction == "from"
		}
		if t.Mode == coverage.ModeMixed && c.As != "" {
			t.As = c.As
		}
		if t.Mode == coverage.ModeMixed && t.As == "" {
			t.As = DefaultRoadMode
		}
		e.settleBoats(t, c, r.Threshold.IsTime())
		if err := e.checkMode(s.ID, *t); err != nil {
			return s, err
		}
	}
	return s, nil
}

// vary stretches the threshold and quickens the pace of a rule.
func (e *Engine) vary(r *coverage.Rule, c Choice) {
	if f := c.Stretch; f != 0 && r.Threshold.IsTime() {
		r.Threshold.Seconds = max(1, int32(float64(r.Threshold.Seconds)*f+1e-9))
	} else if f != 0 {
		r.Threshold.Metres *= f
	}
	t := &r.Travel
	if c.Faster == 0 || !r.Threshold.IsTime() || t.Mode == coverage.ModeMixed {
		return
	}
	if t.SpeedKMH == 0 {
		t.SpeedKMH = DefaultSpeedKMH // on foot over open ground
		if g := e.ds.Transport.Ground; t.Mode == coverage.ModeFriction && g != nil && g.KMH > 0 {
			t.SpeedKMH = g.KMH
		}
		if p := e.ds.Transport.Profile(t.Mode); p != nil {
			t.SpeedKMH = road.Nominal(p)
		}
	}
	t.SpeedKMH *= c.Faster
}

// inMode is a way to travel put into another mode. A straight line goes at the
// speed that the profile has on a residential street.
func (e *Engine) inMode(t coverage.Travel, mode string, time bool) coverage.Travel {
	out := coverage.Travel{Mode: mode, From: t.From, Boats: t.Boats}
	if mode != coverage.ModeLine {
		return out
	}
	out.As, out.Detour = t.Mode, 1
	if t.Mode == coverage.ModeMixed {
		out.As = t.As
	}
	if !time {
		return out
	}
	out.SpeedKMH = DefaultSpeedKMH
	if p := e.ds.Transport.Profile(out.As); p != nil {
		out.SpeedKMH = road.Nominal(p)
	}
	return out
}

// settleBoats writes the scenario of the boats out where boats may count: on
// roads, in minutes.
func (e *Engine) settleBoats(t *coverage.Travel, c Choice, time bool) {
	switch {
	case t.Mode == coverage.ModeLine || t.Mode == coverage.ModeFriction || !time:
		t.Boats = ""
	case c.Boats != "":
		t.Boats = c.Boats
	case t.Boats == "" && e.ds.Transport != nil:
		t.Boats = e.ds.Transport.Boats.Scenario.String()
	}
}

// checkMode refuses a mode that the data do not have.
func (e *Engine) checkMode(standard string, t coverage.Travel) error {
	known := Modes(e.ds)
	if !slices.Contains(known, t.Mode) {
		return invalid("choice.mode", coverage.Args{"value": t.Mode, "standard": standard, "known": strings.Join(known, ", ")})
	}
	if t.Mode == coverage.ModeMixed && e.ds.Transport.Profile(t.As) == nil {
		return invalid("choice.mode", coverage.Args{"value": t.As, "standard": standard, "known": strings.Join(known, ", ")})
	}
	if t.Boats != "" {
		_, err := road.BoatsOf(e.ds.Transport, t)
		return err
	}
	return nil
}

// checkTravel refuses what a choice asks for and no rule heeds.
func (e *Engine) checkTravel(o coverage.RunOptions, c Choice) error {
	heeds := func(ask bool, key, value string, ok func(coverage.Rule) bool) error {
		for _, s := range o.Standards {
			if !ask || slices.ContainsFunc(s.Rules, ok) {
				return nil
			}
		}
		return invalid(key, coverage.Args{"value": value})
	}
	straight := func(r coverage.Rule) bool { return r.Travel.Mode == coverage.ModeLine }
	if err := heeds(c.Detour != 0, "choice.detour_mode", "", straight); err != nil {
		return err
	}
	speedy := func(r coverage.Rule) bool { return r.Threshold.IsTime() && r.Travel.Mode != coverage.ModeMixed }
	if err := heeds(c.SpeedKMH != 0, "choice.speed_mode", "", speedy); err != nil {
		return err
	}
	if err := heeds(c.Boats != "", "choice.boats_mode", c.Boats, func(r coverage.Rule) bool { return r.Travel.Boats != "" }); err != nil {
		return err
	}
	if err := heeds(c.As != "", "choice.as_mode", c.As, func(r coverage.Rule) bool { return r.Travel.Mode == coverage.ModeMixed }); err != nil {
		return err
	}
	for _, s := range o.Standards {
		if o.CellRule == coverage.CellArea && !slices.ContainsFunc(s.Rules, straight) {
			return invalid("choice.area_mode", coverage.Args{"standard": s.ID})
		}
	}
	return nil
}

// transportUsed says by which numbers people move, as far as some rule heeds
// them; nil when all go straight.
func (e *Engine) transportUsed(standards []coverage.Standard) *coverage.TransportUsed {
	u := &coverage.TransportUsed{}
	used := map[string]bool{}
	for _, s := range standards {
		for _, r := range s.Rules {
			used[r.Travel.Mode], used[r.Travel.As] = true, true
		}
	}
	t := e.ds.Transport
	if t == nil {
		return nil
	}
	if g := t.Ground; g != nil && (used[coverage.ModeFriction] || used[coverage.ModeMixed]) {
		u.Ground = &coverage.GroundUsed{Slope: g.Slope, Knights: g.Knights, KMH: g.KMH, CellsWide: g.Grid.Cols, CellsHigh: g.Grid.Rows}
		if used[coverage.ModeFriction] {
			u.Ground.Roads = g.Roads
			used[g.Roads] = true
		}
	}
	for i := range t.Profiles {
		if used[t.Profiles[i].Name] {
			u.Profiles = append(u.Profiles, t.Profiles[i])
		}
	}
	if u.Profiles == nil && u.Ground == nil {
		return nil
	}
	u.Boats, u.Snap = t.Boats, t.Snap
	return u
}
