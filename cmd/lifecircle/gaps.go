package main

import (
	"lifecircle/coverage"
	"lifecircle/data/export"

	"github.com/spf13/cobra"
)

func gapsCommand(a *app) *cobra.Command {
	var f choiceFlags
	var out struct{ json, geojson bool }
	c := &cobra.Command{
		Use:   "gaps STORE",
		Short: a.say("cmd.gaps", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			choice, err := f.resolve()
			if err != nil {
				return err
			}
			run, err := a.analyse(c.Context(), args[0], choice, false)
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
	c.Flags().BoolVar(&out.json, "json", false, a.say("cmd.flag.json", nil))
	c.Flags().BoolVar(&out.geojson, "geojson", false, a.say("cmd.flag.geojson", nil))
	c.MarkFlagsMutuallyExclusive("json", "geojson")
	return c
}

type gapsAnswer struct {
	Run  *coverage.Run  `json:"run"`
	Gaps []coverage.Gap `json:"gaps"`
}
