package main

import (
	"lifecircle/cmd/lifecircle/questions"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/spf13/cobra"
)

// choiceFlags are the flags of every command that computes.
type choiceFlags struct {
	choice analysis.Choice
	pairs  questions.Asked
	travel travelFlags
	cell   string
}

func (f *choiceFlags) register(a *app, c *cobra.Command) {
	s := c.Flags()
	s.StringSliceVar(&f.choice.Standards, "standard", nil, a.say("cmd.flag.standard", nil))
	s.Var(f.pairs.Kinds(), "kind", a.say("cmd.flag.kind", nil))
	s.Var(f.pairs.Withins(), "within", a.say("cmd.flag.within", nil))
	s.StringArrayVar(&f.choice.Groups, "group", nil, a.say("cmd.flag.group", nil))
	s.StringSliceVar(&f.choice.Levels, "level", nil, a.say("cmd.flag.level", nil))
	f.travel.register(a, c, &f.choice)
	bordersFlag(a, c, &f.choice)
	s.StringVar(&f.cell, "cell", "centre", a.say("cmd.flag.cell", nil))
}

func bordersFlag(a *app, c *cobra.Command, choice *analysis.Choice) {
	c.Flags().StringVar(&choice.Borders, "borders", "", a.say("cmd.flag.borders", nil))
}

// resolve checks what pflag cannot and returns the choice.
func (f *choiceFlags) resolve() (analysis.Choice, error) {
	c := f.choice
	if err := f.travel.resolve(&c); err != nil {
		return c, err
	}
	c.CellRule = coverage.CellRule(f.cell)
	var err error
	c.AdHoc, err = f.pairs.List()
	return c, err
}
