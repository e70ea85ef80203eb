package main

import (
	"fmt"
	"strings"
	"time"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/spf13/cobra"
)

func closeCommand(a *app) *cobra.Command {
	var f choiceFlags
	var ask analysis.CloseAsk
	var proof proofFlags
	var asJSON bool
	c := &cobra.Command{
		Use:   "close STORE --kind KIND --within THRESHOLD (--k N | --all)",
		Short: a.say("cmd.close", nil),
		Long:  a.say("cmd.close.long", nil),
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
			if err := proof.check(); err != nil {
				return err
			}
			progress, stop := a.progress()
			started := time.Now()
			answer, err := engine.Close(c.Context(), choice, ask, proof.options(false, progress))
			stop()
			if err != nil {
				return err
			}
			answer.Seconds = round(time.Since(started).Seconds(), 3)
			if asJSON {
				return a.writeJSON(answer)
			}
			a.printProof(answer)
			fmt.Fprintln(a.stdout, a.say("cmd.close.closed", coverage.Args{"n": len(answer.Closed), "ids": strings.Join(answer.Closed, ", ")}))
			if answer.Effect != nil {
				return a.printWhatIf(answer.Effect)
			}
			return nil
		},
	}
	f.register(a, c)
	proof.register(a, c)
	c.Flags().IntVar(&ask.K, "k", 0, a.say("cmd.flag.k", nil))
	c.Flags().BoolVar(&ask.All, "all", false, a.say("cmd.flag.all", nil))
	c.Flags().StringSliceVar(&ask.Keep, "keep", nil, a.say("cmd.flag.keep", nil))
	c.Flags().BoolVar(&ask.Capacity, "capacity", false, a.say("cmd.flag.capacity", nil))
	c.Flags().BoolVar(&asJSON, "json", false, a.say("cmd.flag.json", nil))
	c.MarkFlagsMutuallyExclusive("k", "all")
	return c
}
