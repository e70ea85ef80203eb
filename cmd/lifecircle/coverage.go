package main

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/data/export"
	"lifecircle/data/store"
	"lifecircle/data/store/openstore"

	"github.com/spf13/cobra"
)

func coverageCommand(a *app) *cobra.Command {
	var f choiceFlags
	var out struct{ json, csv, save bool }
	c := &cobra.Command{
		Use:   "coverage STORE",
		Short: a.say("cmd.coverage", nil),
		Long:  a.say("cmd.coverage.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			choice, err := f.resolve()
			if err != nil {
				return err
			}
			if !c.Flags().Changed("save") {
				out.save = len(choice.AdHoc) == 0 // a question is answered, a standard's answer is kept
			}
			run, err := a.analyse(c.Context(), args[0], choice, out.save)
			if err != nil {
				return err
			}
			switch {
			case out.json:
				return a.writeJSON(coverageAnswer{run, allRows(run)})
			case out.csv:
				return export.CoverageCSV(a.stdout, allRows(run))
			}
			return a.printCoverage(run, choice.Levels)
		},
	}
	f.register(a, c)
	c.Flags().BoolVar(&out.json, "json", false, a.say("cmd.flag.json", nil))
	c.Flags().BoolVar(&out.csv, "csv", false, a.say("cmd.flag.csv", nil))
	c.Flags().BoolVar(&out.save, "save", true, a.say("cmd.flag.save", nil))
	c.Flags().Float64Var(&f.choice.MinPeople, "min-people", 0, a.say("cmd.flag.min-people", nil))
	c.MarkFlagsMutuallyExclusive("json", "csv")
	return c
}

type coverageAnswer struct {
	Run  *coverage.Run  `json:"run"`
	Rows []coverage.Row `json:"rows"`
}

func allRows(run *coverage.Run) []coverage.Row {
	rows := []coverage.Row{}
	for i := range run.Coverage {
		rows = append(rows, run.Coverage[i].Rows...)
	}
	return rows
}

func allGaps(run *coverage.Run) []coverage.Gap {
	gaps := []coverage.Gap{}
	for i := range run.Coverage {
		gaps = append(gaps, run.Coverage[i].Gaps...)
	}
	return gaps
}

// analyse runs a choice on a store, and keeps the run in it when save is set.
func (a *app) analyse(ctx context.Context, url string, c analysis.Choice, save bool) (*coverage.Run, error) {
	progress, stop := a.progress()
	defer stop()
	s, err := openstore.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return analyse(ctx, s, c, save, progress)
}

func analyse(ctx context.Context, s store.Store, c analysis.Choice, save bool, p coverage.Progress) (*coverage.Run, error) {
	ds, err := s.Load(ctx, p)
	if err != nil {
		return nil, err
	}
	c.Within = save // the cells' layer shows it; an answer on a terminal does not
	run, err := analysis.New(ds, version).Run(ctx, c, p)
	if err != nil || !save {
		return run, err
	}
	return run, s.SaveRun(ctx, run, p)
}
