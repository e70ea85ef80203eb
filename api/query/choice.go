package query

import (
	"fmt"

	"lifecircle/api/problem"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
)

// ChoiceParams are the parameters of a choice.
var ChoiceParams = []string{"standard", "kind", "within", "speed", "detour", "landmass", "cell", "group"}

// Choice is one question: a standard, or some kinds within a threshold. When
// neither is given the project's first standard is meant.
type Choice struct {
	Standard string
	AdHoc    *analysis.AdHoc
	SpeedKMH float64 // 0 the standard's own
	Detour   float64 // 0 the standard's own
	Landmass *bool   // nil as the data allow
	Cell     coverage.CellRule
	Group    string // people shown; "" the standard's group
}

// Choice reads the choice parameters.
func (v Values) Choice() (Choice, error) {
	c := Choice{Standard: v.Get("standard"), Group: v.Get("group")}
	if err := v.adHoc(&c); err != nil {
		return c, err
	}
	var err error
	if c.SpeedKMH, err = v.Number("speed", 0, 0.1, 300); err != nil {
		return c, err
	}
	if c.Detour, err = v.Number("detour", 0, 1, 10); err != nil {
		return c, err
	}
	land, err := v.OneOf("landmass", "on", "off")
	if err != nil {
		return c, err
	}
	if land != "" {
		on := land == "on"
		c.Landmass = &on
	}
	cell, err := v.OneOf("cell", string(coverage.CellCentre), string(coverage.CellArea))
	c.Cell = coverage.CellRule(cell)
	return c, err
}

func (v Values) adHoc(c *Choice) error {
	kinds, err := v.List("kind")
	if err != nil {
		return err
	}
	within := v.Get("within")
	switch {
	case kinds == nil && within == "":
		return nil
	case c.Standard != "":
		return problem.Param("standard", "api.choice_both", nil)
	case kinds == nil:
		return problem.Param("kind", "api.choice_half", nil)
	case within == "":
		return problem.Param("within", "api.choice_half", nil)
	}
	threshold, err := coverage.ParseThreshold(within)
	if err != nil {
		return problem.About("within", err)
	}
	c.AdHoc = &analysis.AdHoc{Kinds: kinds, Within: threshold} // in the order asked, as the command line has it
	return nil
}

// Analysis is the choice as the engine takes it. Every group is tabulated, and
// every gap is found, so that one run answers whatever is shown of it.
func (c Choice) Analysis() analysis.Choice {
	a := analysis.Choice{SpeedKMH: c.SpeedKMH, Detour: c.Detour, Landmass: c.Landmass, CellRule: c.Cell}
	if c.AdHoc != nil {
		a.AdHoc = []analysis.AdHoc{*c.AdHoc}
	} else {
		a.Standards = []string{c.Standard}
	}
	return a
}

// Key is the same for choices with the same run; the group shown is no part.
func (c Choice) Key() string {
	land := "auto"
	if c.Landmass != nil {
		land = fmt.Sprint(*c.Landmass)
	}
	question := "standard\x00" + c.Standard
	if c.AdHoc != nil {
		question = fmt.Sprintf("kinds\x00%q\x00%s", c.AdHoc.Kinds, c.AdHoc.Within)
	}
	return fmt.Sprintf("%s\x00%v\x00%v\x00%s\x00%s", question, c.SpeedKMH, c.Detour, land, c.Cell)
}
