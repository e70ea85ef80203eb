package main

import (
	"fmt"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/scenario"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
)

func whatifCommand(a *app) *cobra.Command {
	var f choiceFlags
	var add, remove, move []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "whatif STORE [--add KIND@LON,LAT]... [--close ID]... [--move ID@LON,LAT]...",
		Short: a.say("cmd.whatif", nil),
		Long:  a.say("cmd.whatif.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			choice, err := f.resolve()
			if err != nil {
				return err
			}
			changes, err := parseChanges(add, remove, move)
			if err != nil {
				return err
			}
			engine, _, err := a.engine(c.Context(), args[0])
			if err != nil {
				return err
			}
			progress, stop := a.progress()
			answer, err := engine.WhatIf(c.Context(), choice, changes, progress)
			stop()
			switch {
			case err != nil:
				return err
			case asJSON:
				return a.writeJSON(answer)
			}
			return a.printWhatIf(answer)
		},
	}
	f.register(a, c)
	c.Flags().StringArrayVar(&add, "add", nil, a.say("cmd.flag.add", nil))
	c.Flags().StringArrayVar(&remove, "close", nil, a.say("cmd.flag.close", nil))
	c.Flags().StringArrayVar(&move, "move", nil, a.say("cmd.flag.move", nil))
	c.Flags().BoolVar(&asJSON, "json", false, a.say("cmd.flag.json", nil))
	return c
}

// parseChanges reads the flags; an id may hold an @, since the place comes last.
func parseChanges(add, remove, move []string) (scenario.Changes, error) {
	changes := scenario.Changes{Close: remove}
	for _, s := range add {
		kind, at, err := splitAt(s)
		if err != nil {
			return changes, err
		}
		changes.Add = append(changes.Add, coverage.Facility{Kind: kind, At: at})
	}
	for _, s := range move {
		id, at, err := splitAt(s)
		if err != nil {
			return changes, err
		}
		changes.Move = append(changes.Move, scenario.Move{ID: id, To: at})
	}
	return changes, nil
}

func splitAt(s string) (name string, at [2]float64, err error) {
	i := strings.LastIndex(s, "@")
	if i <= 0 {
		return "", at, &coverage.Error{Code: coverage.Invalid, Key: "cmd.at", Args: coverage.Args{"value": s}}
	}
	p, err := parsePlace(s[i+1:])
	return strings.TrimSpace(s[:i]), p, err
}

func (a *app) printWhatIf(answer *analysis.WhatIfAnswer) error {
	standard, names := "", map[string]coverage.Standard{}
	for _, s := range answer.Options.Standards {
		names[s.ID] = s
	}
	var t table.Writer
	for _, r := range answer.Rows {
		if r.Standard != standard {
			if t != nil {
				t.Render()
			}
			standard, t = r.Standard, a.newTable("level", "zone", "population", "before", "after", "share", "gained", "lost", "worse")
			a.printStandard(names[r.Standard])
			a.printBorders(answer.Options)
		}
		if r.Level != "total" && r.Gained == 0 && r.Lost == 0 && r.Worse == 0 {
			continue
		}
		name := r.Name
		if r.Level == "total" {
			name = a.say("table.whole_area", nil)
		}
		t.AppendRow(table.Row{
			a.level(r.Level), name, people(r.Population), people(r.Before), people(r.After),
			percent(r.ShareBefore) + " → " + percent(r.ShareAfter), people(r.Gained), people(r.Lost), people(r.Worse),
		})
	}
	if t != nil {
		t.Render()
	}
	if len(answer.Added) > 0 {
		fmt.Fprintln(a.stdout, a.say("cmd.whatif.added", coverage.Args{"ids": strings.Join(answer.Added, ", ")}))
	}
	return nil
}
