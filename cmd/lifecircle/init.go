package main

import (
	"fmt"

	"lifecircle/coverage"
	"lifecircle/data/scaffold"

	"github.com/spf13/cobra"
)

func initCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: a.say("cmd.init", nil),
		Long:  a.say("cmd.init.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			progress, stop := a.progress()
			file, err := scaffold.Init(c.Context(), args[0], scaffold.Options{Lang: a.lang}, progress)
			stop()
			if err != nil {
				return err
			}
			fmt.Fprintln(a.stderr, a.say("cmd.init.wrote", coverage.Args{"file": file, "dir": args[0]}))
			return nil
		},
	}
}
