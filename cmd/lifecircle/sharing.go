package main

import (
	"fmt"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/data/export"

	"github.com/spf13/cobra"
)

func sharingCommand(a *app) *cobra.Command {
	var f choiceFlags
	var out struct{ json, csv bool }
	c := &cobra.Command{
		Use:   "sharing STORE --borders LEVEL",
		Short: a.say("cmd.sharing", nil),
		Long:  a.say("cmd.sharing.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			choice, err := f.resolve()
			if err != nil {
				return err
			}
			engine, _, err := a.engine(c.Context(), args[0])
			if err != nil {
				return err
			}
			progress, stop := a.progress()
			answer, err := engine.Sharing(c.Context(), choice, progress)
			stop()
			switch {
			case err != nil:
				return err
			case out.json:
				return a.writeJSON(answer)
			case out.csv:
				return export.SharingCSV(a.stdout, answer.Rows)
			}
			return a.printSharing(answer, choice.Levels)
		},
	}
	f.register(a, c)
	c.Flags().BoolVar(&out.json, "json", false, a.say("cmd.flag.json", nil))
	c.Flags().BoolVar(&out.csv, "csv", false, a.say("cmd.flag.csv", nil))
	c.MarkFlagsMutuallyExclusive("json", "csv")
	return c
}

// printSharing prints a table for every standard, without the levels that have too
// many zones unless they were asked for.
func (a *app) printSharing(answer *analysis.SharingAnswer, asked []string) error {
	for _, s := range answer.Runs[0].Options.Standards {
		a.printStandard(s)
		fmt.Fprintln(a.stdout, "  "+a.say("table.sharing", coverage.Args{"level": a.level(answer.Borders)}))
		var rows []analysis.SharingRow
		zones := map[string]int{}
		for _, r := range answer.Rows {
			if r.Standard == s.ID {
				rows = append(rows, r)
				zones[r.Level]++
			}
		}
		hidden := tooLong(zones, asked)
		t := a.newTable("level", "zone", "population", "kept", "stated", "shared", "gained", "more")
		for _, r := range rows {
			if hidden[r.Level] == 0 {
				t.AppendRow(a.sharingRow(r))
			}
		}
		t.Render()
		for _, level := range answer.Runs[0].Options.Levels {
			if n := hidden[level]; n > 0 {
				fmt.Fprintln(a.stdout, a.say("table.hidden", coverage.Args{"n": n, "name": a.level(level), "level": level}))
			}
		}
	}
	a.printNotes(answer.LeftOut)
	return nil
}

func (a *app) sharingRow(r analysis.SharingRow) []any {
	name := r.Name
	if r.Level == "total" {
		name = a.say("table.whole_area", nil)
	}
	with := func(served, share float64) string { return people(served) + "  " + percent(share) }
	return []any{
		a.level(r.Level), name, people(r.Population), with(r.Own, r.ShareOwn), with(r.Stated, r.ShareStated), with(r.Open, r.ShareOpen),
		people(r.Gained), people(r.CouldGain),
	}
}
