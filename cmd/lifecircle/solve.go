package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/solvefile"

	"github.com/spf13/cobra"
)

func solveCommand(a *app) *cobra.Command {
	var asJSON, withCurve bool
	var limit time.Duration
	var gap float64
	c := &cobra.Command{
		Use:   "solve FILE",
		Short: a.say("cmd.solve", nil),
		Long:  a.say("cmd.solve.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if limit < 0 || !(gap >= 0 && gap < 1) {
				return &coverage.Error{Code: coverage.Invalid, Key: "cmd.solve.options"}
			}
			q, err := readQuestion(args[0])
			if err != nil {
				return err
			}
			ctx := c.Context()
			if limit > 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, limit)
				defer cancel()
			}
			progress, stop := a.progress()
			started := time.Now()
			s, err := q.Solve(ctx, siting.Options{Gap: gap, Curve: withCurve, Progress: progress})
			stop()
			if err != nil {
				return err
			}
			s.Seconds = time.Since(started).Seconds()
			return a.printSolution(s, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, a.say("cmd.flag.json", nil))
	c.Flags().BoolVar(&withCurve, "curve", true, a.say("cmd.flag.curve", nil))
	c.Flags().DurationVar(&limit, "time-limit", 0, a.say("cmd.flag.time-limit", nil))
	c.Flags().Float64Var(&gap, "gap", 0, a.say("cmd.flag.gap", nil))
	return c
}

func readQuestion(path string) (*solvefile.Question, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, &coverage.Error{Code: coverage.NotFound, Key: "cmd.solve.file", Args: coverage.Args{"file": path}, Err: err}
	}
	return solvefile.Read(text)
}

func (a *app) printSolution(s solvefile.Answer, asJSON bool) error {
	if asJSON {
		return a.writeJSON(s)
	}
	proof := "cmd.solve.open"
	if s.Proven {
		proof = "cmd.solve.proven"
	}
	fmt.Fprintln(a.stdout, a.say("cmd.solve.answer", coverage.Args{
		"model": s.Model, "value": number(s.Value), "bound": number(s.Bound), "gap": gap(s.Gap), "seconds": number(round(s.Seconds, 2)),
	})+a.say(proof, nil))
	fmt.Fprintln(a.stdout, a.say("cmd.solve.sites", coverage.Args{"n": len(s.Open), "sites": strings.Join(s.Open, " ")}))
	if len(s.Curve) == 0 {
		return nil
	}
	t := a.newTable("p", "value", "bound")
	for _, c := range s.Curve {
		t.AppendRow([]any{c.P, number(c.Value), number(c.Bound)})
	}
	t.Render()
	return nil
}
