package main

import (
	"context"
	"fmt"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/data/export"
	"lifecircle/data/store/openstore"

	"github.com/spf13/cobra"
)

func routeCommand(a *app) *cobra.Command {
	var choice analysis.Choice
	var travel travelFlags
	var from, kinds string
	var out struct{ json, geojson, metres bool }
	c := &cobra.Command{
		Use:   "route STORE --from LON,LAT --kind KIND",
		Short: a.say("cmd.route", nil),
		Long:  a.say("cmd.route.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			at, err := parsePlace(from)
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
			r, err := engine.Route(c.Context(), at, splitKinds(kinds), out.metres, choice)
			switch {
			case err != nil:
				return err
			case out.json:
				return a.writeJSON(r.Said(at))
			case out.geojson:
				return export.RouteGeoJSON(a.stdout, r, at)
			}
			return a.printRoute(r)
		},
	}
	travel.register(a, c, &choice)
	bordersFlag(a, c, &choice)
	c.Flags().StringVar(&from, "from", "", a.say("cmd.flag.from", nil))
	c.Flags().StringVar(&kinds, "kind", "", a.say("cmd.flag.kinds", nil))
	c.Flags().BoolVar(&out.metres, "metres", false, a.say("cmd.flag.metres", nil))
	c.Flags().BoolVar(&out.json, "json", false, a.say("cmd.flag.json", nil))
	c.Flags().BoolVar(&out.geojson, "geojson", false, a.say("cmd.flag.geojson", nil))
	c.MarkFlagsMutuallyExclusive("json", "geojson")
	_, _ = c.MarkFlagRequired("from"), c.MarkFlagRequired("kind") // the flags exist
	return c
}

// engine opens a store for questions.
func (a *app) engine(ctx context.Context, url string) (*analysis.Engine, *coverage.Dataset, error) {
	progress, stop := a.progress()
	defer stop()
	s, err := openstore.Open(ctx, url)
	if err != nil {
		return nil, nil, err
	}
	defer s.Close()
	ds, err := s.Load(ctx, progress)
	if err != nil {
		return nil, nil, err
	}
	return analysis.New(ds, version), ds, nil
}

func (a *app) printRoute(r *analysis.RouteAnswer) error {
	fmt.Fprintln(a.stdout, a.say("cmd.route.answer", coverage.Args{
		"name": nameOf(r.Facility), "mode": r.Travel.Mode, "cost": a.costText(r.Route.Cost, r.IsTime),
	}))
	t := a.newTable("step", "cost", "boat")
	for _, s := range r.Steps {
		t.AppendRow([]any{a.say("route.step."+s.Kind, nil), a.costText(s.Cost, r.IsTime), s.Name})
	}
	if r.DelayMS > 0 {
		t.AppendRow([]any{a.say("route.step.delay", nil), a.costText(r.DelayMS, true), ""})
	}
	t.Render()
	return nil
}

func nameOf(f coverage.Facility) string {
	if f.Name == "" {
		return f.ID
	}
	return f.Name
}

// costText is a cost for people: minutes, or metres.
func (a *app) costText(cost uint32, time bool) string {
	if time {
		return a.say("table.minutes", coverage.Args{"n": number(round(float64(cost)/60000, 1))})
	}
	return a.say("table.metres", coverage.Args{"n": people(float64(cost) / 1000)})
}
