package main

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/remedy"
	"lifecircle/data/export"

	"github.com/spf13/cobra"
)

func gapsCommand(a *app) *cobra.Command {
	var f choiceFlags
	var out struct{ json, geojson, remedies bool }
	c := &cobra.Command{
		Use:   "gaps STORE",
		Short: a.say("cmd.gaps", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			choice, err := f.resolve()
			if err != nil {
				return err
			}
			run, err := a.gaps(c.Context(), args[0], choice, out.remedies)
			if err != nil {
				return err
			}
			switch {
			case out.json:
				return a.writeJSON(gapsAnswer{run, allGaps(run)})
			case out.geojson:
				return export.GapsGeoJSON(a.stdout, allGaps(run))
			}
			return a.printGaps(run)
		},
	}
	f.register(a, c)
	c.Flags().Float64Var(&f.choice.MinPeople, "min-people", 0, a.say("cmd.flag.min-people", nil))
	c.Flags().BoolVar(&out.remedies, "remedies", false, a.say("cmd.flag.remedies", nil))
	c.Flags().BoolVar(&out.json, "json", false, a.say("cmd.flag.json", nil))
	c.Flags().BoolVar(&out.geojson, "geojson", false, a.say("cmd.flag.geojson", nil))
	c.MarkFlagsMutuallyExclusive("json", "geojson")
	return c
}

// gaps runs a choice, and names what would close each gap when that is asked for.
func (a *app) gaps(ctx context.Context, url string, c analysis.Choice, remedies bool) (*coverage.Run, error) {
	if !remedies {
		return a.analyse(ctx, url, c, false)
	}
	engine, _, err := a.engine(ctx, url)
	if err != nil {
		return nil, err
	}
	progress, stop := a.progress()
	defer stop()
	return engine.Remedies(ctx, c, remedy.Options{}, progress)
}

type gapsAnswer struct {
	Run  *coverage.Run  `json:"run"`
	Gaps []coverage.Gap `json:"gaps"`
}
