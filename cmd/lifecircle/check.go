package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"lifecircle/coverage"
	"lifecircle/coverage/message"
	"lifecircle/coverage/standard"
	"lifecircle/data"
	"lifecircle/data/marked"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
)

func checkCommand(a *app) *cobra.Command {
	var asJSON bool
	var copies, places string
	c := &cobra.Command{
		Use:   "check PROJECT",
		Short: a.say("cmd.check", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			progress, stop := a.progress()
			ds, issues, err := data.Open(c.Context(), args[0], data.Options{KeepAllIssues: asJSON || copies != "" || places != ""}, progress)
			stop()
			if issues == nil || err != nil && coverage.CodeOf(err) != coverage.Unusable {
				return err
			}
			unwritten := a.writeFaults(c.Context(), args[0], issues, copies, places)
			var kinds []data.KindCount
			if err == nil {
				kinds, err = data.KindCounts(args[0], ds)
			}
			if asJSON {
				answer := checkAnswerOf(issues, err)
				answer.Kinds = kinds
				return errors.Join(err, unwritten, a.writeJSON(answer))
			}
			a.printIssues(a.stdout, issues)
			a.printKinds(kinds)
			if err == nil {
				fmt.Fprintln(a.stdout, a.say("cmd.check.usable", coverage.Args{"rows": issues.RowsRead}))
			}
			return errors.Join(err, unwritten)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, a.say("cmd.flag.json", nil))
	c.Flags().StringVar(&copies, "marked", "", a.say("cmd.flag.marked", nil))
	c.Flags().StringVar(&places, "places", "", a.say("cmd.flag.places", nil))
	return c
}

// writeFaults writes what is asked for beside the table: marked copies of the
// workbooks into a folder, and the places of faults as GeoJSON. A failure of the
// one does not keep the other from being written.
func (a *app) writeFaults(ctx context.Context, project string, s *coverage.Issues, copies, places string) error {
	var failed error
	if copies != "" {
		dir := project
		if info, err := os.Stat(project); err == nil && !info.IsDir() {
			dir = filepath.Dir(project)
		}
		var files []string
		files, failed = marked.Copies(ctx, dir, s, copies, a.lang)
		for _, f := range files {
			fmt.Fprintln(a.stderr, a.say("cmd.exported", coverage.Args{"file": f}))
		}
	}
	if places == "" {
		return failed
	}
	f, err := os.Create(places)
	if err != nil {
		return errors.Join(failed, err)
	}
	_, err = marked.Places(f, s)
	return errors.Join(failed, err, f.Close())
}

// checkAnswer is the report, and why the data are not usable.
type checkAnswer struct {
	data.CheckReport
	Error *coverage.Text `json:"error,omitempty"`
}

func checkAnswerOf(s *coverage.Issues, err error) checkAnswer {
	out := checkAnswer{CheckReport: data.Report(s, err == nil)}
	if err != nil {
		out.Error = &coverage.Text{ZH: coverage.Explain(err, "zh"), EN: coverage.Explain(err, "en")}
	}
	return out
}

// printIssues prints the faults that were kept, and how many more there are.
func (a *app) printIssues(w io.Writer, s *coverage.Issues) {
	if s == nil || len(s.List()) == 0 {
		return
	}
	t := a.newTable("severity", "file", "sheet", "row", "column", "value", "issue")
	t.SetOutputMirror(w)
	shown := map[string]int64{}
	for _, i := range s.List() {
		if shown[i.Key]++; shown[i.Key] > coverage.MaxExamples {
			continue
		}
		severity, sheet, row := a.say("severity.warning", nil), i.Sheet, ""
		if i.Fatal {
			severity = a.say("severity.fatal", nil)
		}
		if i.Row > 0 {
			row = fmt.Sprint(i.Row)
		}
		if e := i.Element(); e != "" {
			sheet, row = "", message.Element(a.lang, e)
		}
		t.AppendRow(table.Row{severity, i.File, sheet, row, i.Column, i.Value, i.Message().In(a.lang)})
	}
	t.Render()
	for _, k := range s.Keys() {
		if more := s.Count(k) - min(shown[k], coverage.MaxExamples); more > 0 {
			fmt.Fprintln(w, a.say("cmd.check.more", coverage.Args{"key": k, "n": more}))
		}
	}
}

// printKinds prints the kinds of the facilities and their services.
func (a *app) printKinds(list []data.KindCount) {
	if len(list) == 0 {
		return
	}
	t := a.newTable("service", "kind", "tier", "kind_name", "facilities")
	for _, k := range list {
		t.AppendRow(table.Row{standard.ServiceName(k.Service).In(a.lang), k.Kind, k.Tier, k.Name.In(a.lang), people(float64(k.Facilities))})
	}
	t.Render()
}
