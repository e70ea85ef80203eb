package main

import (
	"fmt"
	"strings"
	"time"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"

	"github.com/spf13/cobra"
)

func closeCommand(a *app) *cobra.Command {
	var f choiceFlags
	var ask advice.CloseAsk
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
			if err := proof.check(); err != nil {
				return err
			}
			if err := checkPerUnit(ask.PerUnit); err != nil {
				return err
			}
			engine, _, err := a.engine(c.Context(), args[0])
			if err != nil {
				return err
			}
			progress, stop := a.progress()
			started := time.Now()
			answer, err := advice.On(engine).Close(c.Context(), choice, ask, proof.options(false, progress))
			stop()
			if err != nil {
				return err
			}
			answer.Seconds = round(time.Since(started).Seconds(), 3)
			if asJSON {
				return a.writeJSON(answer)
			}
			a.printProof(answer)
			a.printLoads(answer)
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
	c.Flags().BoolVar(&ask.Lossless, "lossless", false, a.say("cmd.flag.lossless", nil))
	c.Flags().StringSliceVar(&ask.Keep, "keep", nil, a.say("cmd.flag.keep", nil))
	c.Flags().BoolVar(&ask.Capacity, "capacity", false, a.say("cmd.flag.capacity", nil))
	perUnitFlag(a, c, &ask.PerUnit)
	c.Flags().BoolVar(&asJSON, "json", false, a.say("cmd.flag.json", nil))
	c.MarkFlagsMutuallyExclusive("k", "all")
	return c
}

// printLoads prints whom the facilities that stay serve, and the way there.
func (a *app) printLoads(s *advice.SiteAnswer) {
	t := a.newTable("site", "before", "after", "capacity")
	for _, l := range s.Loads {
		room := ""
		if l.Capacity > 0 {
			room = people(l.Capacity)
		}
		if l.After > l.Before {
			t.AppendRow([]any{l.ID, people(l.Before), people(l.After), room})
		}
	}
	t.Render()
	time := len(s.Options.Standards) > 0 && s.Options.Standards[0].Rules[0].Threshold.IsTime()
	fmt.Fprintln(a.stdout, a.say("cmd.close.travel", coverage.Args{
		"before": a.costText(uint32(s.Travel.Before), time), "after": a.costText(uint32(s.Travel.After), time),
		"worse": people(s.Travel.Worse), "lost": people(s.Travel.Lost),
	}))
}
