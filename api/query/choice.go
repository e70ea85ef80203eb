package query

import (
	"fmt"

	"lifecircle/api/problem"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
)

// ChoiceParams are the parameters of a choice.
var ChoiceParams = append([]string{"standard", "kind", "within", "cell", "borders", "group"}, TravelParams...)

// TravelParams are the parameters that say how people move.
var TravelParams = []string{"mode", "as", "speed", "detour", "direction", "boats", "landmass"}

// Choice is one question: a standard, or some kinds within a threshold. When
// neither is given the project's first standard is meant.
type Choice struct {
	Standard string
	AdHoc    *analysis.AdHoc
	Travel
	Cell    coverage.CellRule
	Borders string // zone level whose people use their own facilities and those shared with them; "" none
	Group   string // people shown; "" the standard's group
}

// Travel is how people move; what is zero is the standard's own.
type Travel struct {
	Mode, As         string
	SpeedKMH, Detour float64
	Direction, Boats string
	Landmass         *bool // nil as the data allow
}

// Choice reads the choice parameters.
func (v Values) Choice() (Choice, error) {
	c := Choice{Standard: v.Get("standard"), Borders: v.Get("borders"), Group: v.Get("group")}
	var err error
	if c.AdHoc, err = v.adHoc(); err != nil {
		return c, err
	}
	if c.Travel, err = v.Travel(); err != nil {
		return c, err
	}
	cell, err := v.OneOf("cell", string(coverage.CellCentre), string(coverage.CellArea))
	c.Cell = coverage.CellRule(cell)
	return c, err
}

// Travel reads the parameters that say how people move. Whether the data have
// the mode is not decided here.
func (v Values) Travel() (Travel, error) {
	t := Travel{Mode: v.Get("mode"), As: v.Get("as")}
	var err error
	if t.SpeedKMH, err = v.Number("speed", 0, 0.1, 300); err != nil {
		return t, err
	}
	if t.Detour, err = v.Number("detour", 0, 1, 10); err != nil {
		return t, err
	}
	if t.Direction, err = v.OneOf("direction", "to", "from"); err != nil {
		return t, err
	}
	if t.Boats, err = v.OneOf("boats", "typical", "best", "guaranteed", "off"); err != nil {
		return t, err
	}
	land, err := v.OneOf("landmass", "on", "off")
	if land != "" {
		on := land == "on"
		t.Landmass = &on
	}
	return t, err
}

// Analysis is the way to travel as the engine takes it.
func (t Travel) Analysis() analysis.Choice {
	return analysis.Choice{
		Mode: t.Mode, As: t.As, SpeedKMH: t.SpeedKMH, Detour: t.Detour, Direction: t.Direction, Boats: t.Boats, Landmass: t.Landmass,
	}
}

// adHoc reads kinds and their threshold; nil when a standard is asked for.
func (v Values) adHoc() (*analysis.AdHoc, error) {
	kinds, err := v.Kinds()
	if err != nil {
		return nil, err
	}
	within := v.Get("within")
	switch {
	case kinds == nil && within == "":
		return nil, nil
	case kinds == nil:
		return nil, problem.Param("kind", "api.choice_half", nil)
	case within == "":
		return nil, problem.Param("within", "api.choice_half", nil)
	}
	threshold, err := coverage.ParseThreshold(within)
	if err != nil {
		return nil, problem.About("within", err)
	}
	return &analysis.AdHoc{Kinds: kinds, Within: threshold}, nil
}

// Kinds reads the kinds of facility in the order asked, as the command line has
// it; nil when none are named. They exclude a standard.
func (v Values) Kinds() ([]string, error) {
	kinds, err := v.List("kind")
	if err == nil && v.Get("standard") != "" && (kinds != nil || v.Get("within") != "") {
		return nil, problem.Param("standard", "api.choice_both", nil)
	}
	return kinds, err
}

// Analysis is the choice as the engine takes it. Every group is tabulated, and
// every gap is found, so that one run answers whatever is shown of it.
func (c Choice) Analysis() analysis.Choice {
	a := c.Travel.Analysis()
	a.CellRule, a.Borders = c.Cell, c.Borders
	if c.AdHoc != nil {
		a.AdHoc = []analysis.AdHoc{*c.AdHoc}
	} else {
		a.Standards = []string{c.Standard}
	}
	return a
}

// Key is the same for choices with the same run; the group shown is no part.
func (c Choice) Key() string {
	question := "standard\x00" + c.Standard
	if c.AdHoc != nil {
		question = fmt.Sprintf("kinds\x00%q\x00%s", c.AdHoc.Kinds, c.AdHoc.Within)
	}
	return fmt.Sprintf("%s\x00%s\x00%s\x00%q", question, c.Travel.Key(), c.Cell, c.Borders)
}

// Key is the same for ways to travel that are the same.
func (t Travel) Key() string {
	land := "auto"
	if t.Landmass != nil {
		land = fmt.Sprint(*t.Landmass)
	}
	t.Landmass = nil
	return fmt.Sprintf("%#v\x00%s", t, land)
}
