package main

import (
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// choiceFlags are the flags of every command that computes.
type choiceFlags struct {
	choice analysis.Choice
	pairs  questions
	travel travelFlags
	cell   string
}

func (f *choiceFlags) register(a *app, c *cobra.Command) {
	s := c.Flags()
	s.StringSliceVar(&f.choice.Standards, "standard", nil, a.say("cmd.flag.standard", nil))
	s.Var(&kindValue{&f.pairs}, "kind", a.say("cmd.flag.kind", nil))
	s.Var(&withinValue{&f.pairs}, "within", a.say("cmd.flag.within", nil))
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
	c.AdHoc, err = f.pairs.list()
	return c, err
}

// questions collects --kind and --within in the order written: every --within
// asks about the kinds named since the last change of subject, so that
// "--kind a --within 15min --within 30min --kind b --within 1km" is three
// questions. Kinds may also follow their threshold when it stands first.
type questions struct {
	groups []question
}

type question struct {
	kinds   []string
	withins []coverage.Threshold
}

// current returns the group that the next flag belongs to.
func (q *questions) current(isKind bool) *question {
	n := len(q.groups)
	if n == 0 || isKind && len(q.groups[n-1].kinds) > 0 && len(q.groups[n-1].withins) > 0 {
		q.groups = append(q.groups, question{})
	}
	return &q.groups[len(q.groups)-1]
}

func (q *questions) list() ([]analysis.AdHoc, error) {
	var out []analysis.AdHoc
	for _, g := range q.groups {
		if len(g.kinds) == 0 || len(g.withins) == 0 {
			return nil, &coverage.Error{Code: coverage.Invalid, Key: "cmd.kind_within"}
		}
		for _, w := range g.withins {
			out = append(out, analysis.AdHoc{Kinds: g.kinds, Within: w})
		}
	}
	return out, nil
}

type kindValue struct{ q *questions }

var _ pflag.Value = (*kindValue)(nil)

func (v *kindValue) Set(s string) error {
	g := v.q.current(true)
	g.kinds = append(g.kinds, splitKinds(s)...)
	return nil
}
func (*kindValue) Type() string   { return "kinds" }
func (*kindValue) String() string { return "" }

type withinValue struct{ q *questions }

func (v *withinValue) Set(s string) error {
	t, err := coverage.ParseThreshold(s)
	if err != nil {
		return err
	}
	g := v.q.current(false)
	g.withins = append(g.withins, t)
	return nil
}
func (*withinValue) Type() string   { return "threshold" }
func (*withinValue) String() string { return "" }
