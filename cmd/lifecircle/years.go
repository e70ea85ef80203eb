package main

import (
	"fmt"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
)

// yearFlags are the flags of a plan in steps.
type yearFlags struct {
	years []string
	plan  advice.PlanOptions
}

func (f *yearFlags) register(a *app, c *cobra.Command) {
	s := c.Flags()
	s.StringSliceVar(&f.years, "year", nil, a.say("cmd.flag.year", nil))
	s.BoolVar(&f.plan.Carry, "carry", false, a.say("cmd.flag.carry", nil))
	s.Float64Var(&f.plan.Discount, "discount", 0, a.say("cmd.flag.discount", nil))
	s.BoolVar(&f.plan.LastFirst, "last-first", false, a.say("cmd.flag.last-first", nil))
}

// resolve reads "2026=3": what may be spent in each year.
func (f *yearFlags) resolve(ask *advice.SiteAsk) error {
	ask.Plan = f.plan
	seen := map[string]bool{}
	for _, text := range f.years {
		name, budget, ok := strings.Cut(text, "=")
		v, err := strconv.ParseFloat(budget, 64)
		if name = strings.TrimSpace(name); !ok || err != nil || name == "" || seen[name] {
			return &coverage.Error{Code: coverage.Invalid, Key: "cmd.year", Args: coverage.Args{"value": text}}
		}
		seen[name] = true
		ask.Years = append(ask.Years, advice.Year{Name: name, Budget: v})
	}
	return nil
}

func (a *app) printYears(s *advice.SiteAnswer) {
	if len(s.Years) == 0 {
		return
	}
	t := a.newTable("year", "price", "spent", "served", "share", "sites")
	for _, y := range s.Years {
		t.AppendRow(table.Row{y.Year, number(y.Budget), number(y.Spent), people(y.Served), percent(y.Share), strings.Join(y.Built, " ")})
	}
	t.Render()
	if s.Gap == 0 && !s.Proven {
		fmt.Fprintln(a.stdout, a.say("cmd.years.before", nil))
	}
}

func (a *app) printServices(s *advice.SiteAnswer) {
	if len(s.Services) == 0 {
		return
	}
	t := a.newTable("standard", "population", "before", "after")
	for _, v := range s.Services {
		t.AppendRow(table.Row{v.Standard, people(v.Population), people(v.Before), people(v.After)})
	}
	t.Render()
}
