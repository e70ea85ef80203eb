package main

import (
	"context"
	"fmt"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
	"lifecircle/data/export"
	"lifecircle/data/store/openstore"

	"github.com/spf13/cobra"
)

func exportCommand(a *app) *cobra.Command {
	var f choiceFlags
	var o export.Options
	var out string
	c := &cobra.Command{
		Use:   "export STORE --layer LAYER --format FORMAT --out FILE",
		Short: a.say("cmd.export", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			choice, err := f.resolve()
			if err != nil {
				return err
			}
			if len(choice.Standards) == 1 && len(choice.AdHoc) == 0 {
				o.Standard = choice.Standards[0]
			}
			o.Lang = a.lang
			if err := a.export(c.Context(), args[0], choice, o, out); err != nil {
				return err
			}
			fmt.Fprintln(a.stderr, a.say("cmd.exported", coverage.Args{"file": out}))
			return nil
		},
	}
	f.register(a, c)
	c.Flags().Float64Var(&f.choice.MinPeople, "min-people", 0, a.say("cmd.flag.min-people", nil))
	c.Flags().StringVar(&o.Layer, "layer", "", a.say("cmd.flag.layer", coverage.Args{"layers": strings.Join(export.Layers(), ", ")}))
	c.Flags().StringVar(&o.Format, "format", "geojson", a.say("cmd.flag.format", coverage.Args{"formats": strings.Join(export.Formats(), ", ")}))
	c.Flags().StringVar(&out, "out", "", a.say("cmd.flag.out", nil))
	c.Flags().BoolVar(&o.BOM, "bom", false, a.say("cmd.flag.bom", nil))
	for _, name := range []string{"layer", "out"} {
		_ = c.MarkFlagRequired(name) // the flag exists
	}
	return c
}

// export writes one layer of a store; layers of results are computed anew for
// the choice, and not kept.
func (a *app) export(ctx context.Context, url string, c analysis.Choice, o export.Options, out string) error {
	if err := o.Validate(); err != nil {
		return err
	}
	progress, stop := a.progress()
	defer stop()
	s, err := openstore.Open(ctx, url)
	if err != nil {
		return err
	}
	defer s.Close()
	ds, err := s.Load(ctx, progress)
	if err != nil {
		return err
	}
	var run *coverage.Run
	if o.NeedsRun() {
		if run, err = analysis.New(ds, version).Run(ctx, c, progress); err != nil {
			return err
		}
	}
	return export.File(ctx, out, ds, run, o, progress)
}
