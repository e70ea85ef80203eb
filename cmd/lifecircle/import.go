package main

import (
	"fmt"

	"lifecircle/coverage"
	"lifecircle/data"
	"lifecircle/data/store/openstore"

	"github.com/spf13/cobra"
)

func importCommand(a *app) *cobra.Command {
	var url string
	c := &cobra.Command{
		Use:   "import PROJECT --store STORE",
		Short: a.say("cmd.import", nil),
		Long:  a.say("cmd.import.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			progress, stop := a.progress()
			defer stop()
			ds, issues, err := data.Open(c.Context(), args[0], data.Options{}, progress)
			if err != nil {
				stop()
				a.printIssues(a.stderr, issues)
				return err
			}
			s, err := openstore.Create(c.Context(), url)
			if err != nil {
				return err
			}
			defer s.Close()
			if err := s.Save(c.Context(), ds, progress); err != nil {
				return err
			}
			stop()
			a.printIssues(a.stderr, issues)
			fmt.Fprintln(a.stderr, a.say("cmd.imported", coverage.Args{
				"facilities": len(ds.Facilities), "rows": ds.Demand.Len(), "zones": len(ds.Zones), "store": url,
			}))
			return nil
		},
	}
	c.Flags().StringVar(&url, "store", "", a.say("cmd.flag.store", nil))
	_ = c.MarkFlagRequired("store") // the flag exists
	return c
}
