package main

import (
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/data/export"

	"github.com/spf13/cobra"
)

func isochroneCommand(a *app) *cobra.Command {
	var choice analysis.Choice
	var travel travelFlags
	var from, within string
	var bands bool
	c := &cobra.Command{
		Use:   "isochrone STORE --from LON,LAT --within 15min[,30min]",
		Short: a.say("cmd.isochrone", nil),
		Long:  a.say("cmd.isochrone.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			at, err := parsePlace(from)
			if err != nil {
				return err
			}
			limits, err := parseThresholds(within)
			if err != nil {
				return err
			}
			if err := travel.resolve(&choice); err != nil {
				return err
			}
			engine, _, err := a.engine(c.Context(), args[0])
			if err != nil {
				return err
			}
			answer, err := engine.Isochrone(c.Context(), at, limits, bands, choice)
			if err != nil {
				return err
			}
			return export.IsochroneGeoJSON(a.stdout, answer, at)
		},
	}
	travel.register(a, c, &choice)
	c.Flags().StringVar(&from, "from", "", a.say("cmd.flag.from", nil))
	c.Flags().StringVar(&within, "within", "", a.say("cmd.flag.withins", nil))
	c.Flags().BoolVar(&bands, "bands", false, a.say("cmd.flag.bands", nil))
	_, _ = c.MarkFlagRequired("from"), c.MarkFlagRequired("within") // the flags exist
	return c
}

// parseThresholds reads thresholds separated by commas.
func parseThresholds(s string) ([]coverage.Threshold, error) {
	var list []coverage.Threshold
	for _, part := range strings.Split(s, ",") {
		t, err := coverage.ParseThreshold(part)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}
