package analysis

import (
	"slices"
	"strings"

	"lifecircle/coverage"
)

// resolve turns a choice into complete options, or says what is wrong with it.
func (e *Engine) resolve(c Choice) (coverage.RunOptions, error) {
	o := coverage.RunOptions{CellRule: c.CellRule, MinPeople: c.MinPeople, Within: c.Within, Landmass: len(e.ds.Land) > 0}
	if o.CellRule == "" {
		o.CellRule = coverage.CellCentre
	}
	if err := e.check(c); err != nil {
		return o, err
	}
	if c.Landmass != nil {
		o.Landmass = *c.Landmass
	}
	if o.Landmass && len(e.ds.Land) == 0 {
		return o, invalid("choice.no_land", nil)
	}
	o.Borders, o.OwnOnly = c.Borders, c.OwnOnly && c.Borders != ""
	o.Groups, o.Levels = c.Groups, c.Levels
	if len(o.Groups) == 0 {
		o.Groups = e.ds.Demand.Groups
	}
	if len(o.Levels) == 0 {
		o.Levels = e.Levels()
	}
	chosen, err := e.standards(c)
	if err != nil {
		return o, err
	}
	for _, s := range chosen {
		s, err := e.withTravel(s, c)
		if err != nil {
			return o, err
		}
		o.Standards = append(o.Standards, s)
	}
	if err := e.checkTravel(o, c); err != nil {
		return o, err
	}
	o.Transport = e.transportUsed(o.Standards)
	return o, nil
}

func invalid(key string, args coverage.Args) error {
	return &coverage.Error{Code: coverage.Invalid, Key: key, Args: args}
}

// check refuses values that no option allows.
func (e *Engine) check(c Choice) error {
	switch {
	case c.Direction != "" && c.Direction != "to" && c.Direction != "from":
		return invalid("choice.direction", coverage.Args{"value": c.Direction})
	case c.CellRule != "" && c.CellRule != coverage.CellCentre && c.CellRule != coverage.CellArea:
		return invalid("choice.cell_rule", coverage.Args{"value": c.CellRule})
	case c.SpeedKMH != 0 && !(c.SpeedKMH > 0 && c.SpeedKMH <= 300):
		return invalid("choice.speed", coverage.Args{"value": c.SpeedKMH})
	case c.Detour != 0 && !(c.Detour >= 1 && c.Detour <= 10):
		return invalid("choice.detour", coverage.Args{"value": c.Detour})
	case c.Borders != "" && !slices.Contains(e.Levels(), c.Borders):
		return invalid("choice.borders", coverage.Args{"value": c.Borders, "known": e.knownLevels()})
	case c.Borders != "" && c.CellRule == coverage.CellArea:
		return invalid("choice.area_borders", nil)
	case !(c.MinPeople >= 0):
		return invalid("choice.min_people", coverage.Args{"value": c.MinPeople})
	}
	for _, g := range c.Groups {
		if !slices.Contains(e.ds.Demand.Groups, g) {
			return invalid("choice.group", coverage.Args{"value": g, "known": strings.Join(e.ds.Demand.Groups, ", ")})
		}
	}
	for _, l := range c.Levels {
		if l != "total" && !slices.Contains(e.Levels(), l) {
			return invalid("choice.level", coverage.Args{"value": l, "known": strings.Join(e.Levels(), ", ")})
		}
	}
	return nil
}

// Levels lists the zone levels of the data, coarse to fine.
func (e *Engine) Levels() []string {
	levels := []string{}
	for i := range e.ds.Zones {
		if !slices.Contains(levels, e.ds.Zones[i].Level) {
			levels = append(levels, e.ds.Zones[i].Level)
		}
	}
	return levels
}

func (e *Engine) knownLevels() string { return strings.Join(e.Levels(), ", ") }

// standards lists what a choice asks for: standards by id or by pack, then its
// ad-hoc questions; all of the dataset's when it asks for nothing.
func (e *Engine) standards(c Choice) ([]coverage.Standard, error) {
	if len(c.Standards) == 0 && len(c.AdHoc) == 0 {
		if len(e.ds.Standards) == 0 {
			return nil, invalid("choice.nothing", nil)
		}
		return e.ds.Standards, nil
	}
	var out []coverage.Standard
	for _, id := range c.Standards {
		n := len(out)
		for _, s := range e.ds.Standards {
			if s.ID == id || strings.HasPrefix(s.ID, id+"/") {
				out = append(out, s)
			}
		}
		if len(out) == n {
			return nil, &coverage.Error{Code: coverage.NotFound, Key: "choice.standard", Args: coverage.Args{"value": id, "known": e.known()}}
		}
	}
	for _, a := range c.AdHoc {
		s, err := e.adHoc(a)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

func (e *Engine) known() string {
	ids := make([]string, len(e.ds.Standards))
	for i, s := range e.ds.Standards {
		ids[i] = s.ID
	}
	return strings.Join(ids, ", ")
}

// adHoc makes a standard of a question. A kind that no facility has is refused:
// it is a slip of the pen far more often than a place without any.
func (e *Engine) adHoc(a AdHoc) (coverage.Standard, error) {
	kinds := e.kinds()
	for _, k := range a.Kinds {
		if !slices.Contains(kinds, k) {
			return coverage.Standard{}, &coverage.Error{
				Code: coverage.NotFound, Key: "choice.kind",
				Args: coverage.Args{"value": k, "known": strings.Join(kinds, ", ")},
			}
		}
	}
	travel := coverage.Travel{Mode: coverage.ModeLine, Detour: 1}
	if a.Within.IsTime() {
		travel.SpeedKMH = DefaultSpeedKMH
	}
	group := "all"
	if e.ds.Demand.Group(group) == nil && len(e.ds.Demand.Groups) > 0 {
		group = e.ds.Demand.Groups[0]
	}
	return coverage.Standard{
		ID: a.ID(), Kinds: a.Kinds, Group: group,
		Rules: []coverage.Rule{{Threshold: a.Within, Travel: travel}},
	}, nil
}

// kinds lists the kinds of the data's facilities, sorted.
func (e *Engine) kinds() []string {
	var kinds []string
	for i := range e.ds.Facilities {
		kinds = append(kinds, e.ds.Facilities[i].Kind)
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}
