package main

import (
	"fmt"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/spf13/cobra"
)

func modesCommand(a *app) *cobra.Command {
	var f choiceFlags
	var modes []string
	var asJSON bool
	c := &cobra.Command{
		Use:   "modes STORE [--modes line,drive,mixed]",
		Short: a.say("cmd.modes", nil),
		Long:  a.say("cmd.modes.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			choice, err := f.resolve()
			if err != nil {
				return err
			}
			engine, ds, err := a.engine(c.Context(), args[0])
			if err != nil {
				return err
			}
			if len(modes) == 0 {
				if modes, err = engine.ModesOf(choice); err != nil {
					return err
				}
				if len(modes) < len(analysis.Modes(ds)) {
					fmt.Fprintln(a.stderr, a.say("cmd.modes.time", nil))
				}
			}
			progress, stop := a.progress()
			answer, err := engine.CompareModes(c.Context(), choice, modes, progress)
			stop()
			if err != nil {
				return err
			}
			if asJSON {
				return a.writeJSON(answer)
			}
			return a.printModes(answer, choice.Levels)
		},
	}
	f.register(a, c)
	_ = c.Flags().MarkHidden("mode") // --modes says which
	c.Flags().StringSliceVar(&modes, "modes", nil, a.say("cmd.flag.modes", nil))
	c.Flags().BoolVar(&asJSON, "json", false, a.say("cmd.flag.json", nil))
	c.MarkFlagsMutuallyExclusive("mode", "modes")
	return c
}

func (a *app) printModes(answer *analysis.ModesAnswer, levels []string) error {
	standard := ""
	var rows []analysis.ModeRow
	flush := func() {
		if len(rows) == 0 {
			return
		}
		fmt.Fprintln(a.stdout, standard)
		a.printBorders(answer.Runs[0].Options)
		t := a.newTable("level", "zone", "mode", "population", "served", "share", "gained", "lost", "unreachable")
		for _, r := range rows {
			name := r.Name
			if r.Level == "total" {
				name = a.say("table.whole_area", nil)
			}
			t.AppendRow([]any{
				a.level(r.Level), name, r.Mode, people(r.Population), people(r.Served), percent(r.Share), people(r.Gained), people(r.Lost), people(r.Unreachable),
			})
		}
		t.Render()
		rows = nil
	}
	hidden, zones := longModes(answer.Rows, levels)
	for _, r := range answer.Rows {
		if r.Standard != standard {
			flush()
			standard = r.Standard
		}
		if !slices.Contains(hidden, r.Level) {
			rows = append(rows, r)
		}
	}
	flush()
	for _, level := range hidden {
		fmt.Fprintln(a.stdout, a.say("table.hidden", coverage.Args{"n": len(zones[level]), "name": a.level(level), "level": level}))
	}
	return nil
}

// longModes lists the levels with too many zones to print unless asked for, and
// the zones of every level.
func longModes(rows []analysis.ModeRow, asked []string) (hidden []string, zones map[string]map[string]bool) {
	zones = map[string]map[string]bool{}
	for _, r := range rows {
		if zones[r.Level] == nil {
			zones[r.Level] = map[string]bool{}
		}
		zones[r.Level][r.Zone] = true
		if len(zones[r.Level]) > shortTable && !slices.Contains(hidden, r.Level) && !slices.Contains(asked, r.Level) {
			hidden = append(hidden, r.Level)
		}
	}
	return hidden, zones
}
