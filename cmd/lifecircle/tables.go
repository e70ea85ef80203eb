package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/message"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// newTable is the one look of every table on a terminal.
func (a *app) newTable(columns ...string) table.Writer {
	t := table.NewWriter()
	t.SetOutputMirror(a.stdout)
	t.SetStyle(table.StyleLight)
	t.Style().Options.SeparateColumns, t.Style().Options.DrawBorder = false, false
	t.Style().Format.Header = text.FormatDefault
	header := make(table.Row, len(columns))
	var configs []table.ColumnConfig
	for i, key := range columns {
		header[i] = a.say("table."+key, nil)
		if key == "issue" { // Chinese has no blanks to break at
			wrap := text.WrapSoft
			if a.lang == "zh" {
				wrap = text.WrapText
			}
			configs = append(configs, table.ColumnConfig{Number: i + 1, WidthMax: 72, WidthMaxEnforcer: wrap})
		}
		if slices.Contains(rightAligned, key) {
			configs = append(configs, table.ColumnConfig{Number: i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(configs)
	return t
}

var rightAligned = []string{"population", "served", "share", "target", "facilities", "rank", "people", "cells", "area", "gained", "lost", "unreachable", "before", "after", "worse", "new", "own", "kept", "stated", "shared", "more", "price", "capacity", "cost", "count", "row", "p", "bound"}

// shortTable is how many zones of a level the short table lists unless asked.
const shortTable = 40

// printCoverage prints a short table for every standard: its own group (or the
// first chosen one), the zones of every level that is not long (or was chosen),
// and town and country for the whole area. The whole table is in --json, --csv.
func (a *app) printCoverage(run *coverage.Run, levels []string) error {
	for i := range run.Coverage {
		c := &run.Coverage[i]
		a.printStandard(c.Standard)
		a.printBorders(run.Options)
		t := a.newTable("level", "zone", "group", "setting", "population", "served", "share", "target", "facilities")
		own := ownGroup(run, c)
		hidden := longLevels(c.Rows, own, levels)
		for _, r := range c.Rows {
			if r.Group == own && hidden[r.Level] == 0 && (r.Setting == "all" || r.Level == "total") {
				t.AppendRow(a.coverageRow(r))
			}
		}
		t.Render()
		for _, level := range run.Options.Levels {
			if n := hidden[level]; n > 0 {
				fmt.Fprintln(a.stdout, a.say("table.hidden", coverage.Args{"n": n, "name": a.level(level), "level": level}))
			}
		}
		fmt.Fprintln(a.stdout)
	}
	a.printLeftOut(run)
	fmt.Fprintf(a.stdout, "%s %s\n", a.say("table.run", nil), run.Hash[:12])
	return nil
}

// ownGroup is the group that the standard promises something; the first of the
// run when the data do not have it.
func ownGroup(run *coverage.Run, c *coverage.Coverage) string {
	if slices.ContainsFunc(c.Rows, func(r coverage.Row) bool { return r.Group == c.Standard.Group }) {
		return c.Standard.Group
	}
	return run.Options.Groups[0]
}

// longLevels counts the zones of the levels that are too long to list.
func longLevels(rows []coverage.Row, group string, asked []string) map[string]int {
	zones := map[string]int{}
	for _, r := range rows {
		if r.Group == group && r.Setting == "all" {
			zones[r.Level]++
		}
	}
	return tooLong(zones, asked)
}

// tooLong leaves of the numbers of zones by level those that are not listed.
func tooLong(zones map[string]int, asked []string) map[string]int {
	for level, n := range zones {
		if n <= shortTable || slices.Contains(asked, level) {
			delete(zones, level)
		}
	}
	return zones
}

// level is the name of a zone level for people; the word itself when the
// catalogue does not have it.
func (a *app) level(word string) string {
	if key := "level." + word; message.Has(key) {
		return a.say(key, nil)
	}
	return word
}

func (a *app) coverageRow(r coverage.Row) table.Row {
	target := ""
	if r.Target > 0 {
		target = percent(r.Target)
	}
	name := r.Name
	if r.Level == "total" {
		name = a.say("table.whole_area", nil)
	}
	return table.Row{
		a.level(r.Level), name, r.Group, a.say("setting."+r.Setting, nil),
		people(r.Population), people(r.Served), percent(r.Share), target, r.Facilities,
	}
}

// printStandard prints the why of the figures below it.
func (a *app) printStandard(s coverage.Standard) {
	title := text.Bold.Sprint(s.ID)
	if name := s.Name.In(a.lang); name != "" {
		title = text.Bold.Sprint(name) + "  " + s.ID
	}
	fmt.Fprintln(a.stdout, title)
	if d := s.Document.In(a.lang); d != "" {
		fmt.Fprintln(a.stdout, "  "+strings.TrimSpace(d+" "+s.Clause))
	}
	for _, r := range s.Rules {
		fmt.Fprintln(a.stdout, "  "+a.ruleText(r))
	}
}

// printBorders says who may use what, where that is not everybody everything.
func (a *app) printBorders(o coverage.RunOptions) {
	if o.Borders != "" {
		fmt.Fprintln(a.stdout, "  "+a.say("table.borders", coverage.Args{"level": a.level(o.Borders)}))
	}
}

// ruleText is a rule in words: "urban: 15min, straight line x 1.3 at 5 km/h".
func (a *app) ruleText(r coverage.Rule) string {
	args := coverage.Args{
		"setting": a.say("setting."+r.Setting.String(), nil), "within": r.Threshold,
		"detour": number(r.Travel.Detour), "speed": number(r.Travel.SpeedKMH), "as": a.say("travel.as."+r.Travel.As, nil),
	}
	switch {
	case r.Travel.Mode != coverage.ModeLine:
		return a.wayText(r, args)
	case !r.Threshold.IsTime():
		return a.say("table.rule.distance", args)
	case r.Travel.As == "":
		return a.say("table.rule.time", args)
	}
	return a.say("table.rule.time_as", args)
}

// wayText is a rule that is not straight in words.
func (a *app) wayText(r coverage.Rule, args coverage.Args) string {
	key, profile := "table.rule.road", r.Travel.Mode
	switch r.Travel.Mode {
	case coverage.ModeFriction:
		key = "table.rule.friction"
	case coverage.ModeMixed:
		key, profile = "table.rule.mixed", r.Travel.As
	}
	if args["mode"] = profile; message.Has("travel.as." + profile) {
		args["mode"] = a.say("travel.as."+profile, nil)
	}
	more := ""
	if r.Travel.SpeedKMH > 0 {
		more += a.say("table.rule.speed", args)
	}
	if r.Travel.From {
		more += a.say("table.rule.from", nil)
	}
	if r.Travel.Boats != "" {
		more += a.say("table.rule.boats."+r.Travel.Boats, nil)
	}
	args["more"] = more
	return a.say(key, args)
}

func (a *app) printLeftOut(run *coverage.Run) { a.printNotes(run.LeftOut) }

func (a *app) printNotes(list []coverage.LeftOut) {
	for _, l := range list {
		fmt.Fprintln(a.stdout, text.FgYellow.Sprint(a.say("table.note", nil))+" "+l.Message.In(a.lang))
	}
}

func (a *app) printGaps(run *coverage.Run) error {
	for i := range run.Coverage {
		c := &run.Coverage[i]
		a.printStandard(c.Standard)
		a.printBorders(run.Options)
		columns := []string{"rank", "id", "zone", "people", "cells", "area", "nearest", "cost", "at"}
		remedies := slices.ContainsFunc(c.Gaps, func(g coverage.Gap) bool { return g.Remedies != nil })
		if remedies {
			columns = append(columns, "remedy")
		}
		t := a.newTable(columns...)
		for _, g := range c.Gaps {
			row := table.Row{
				g.Rank, g.ID, g.ZoneName, people(g.Population), g.Cells, number(round(g.AreaM2/1e6, 2)),
				g.Nearest.Name, a.cost(g.Nearest), fmt.Sprintf("%.5f,%.5f", g.At[0], g.At[1]),
			}
			if remedies {
				row = append(row, a.remedy(g))
			}
			t.AppendRow(row)
		}
		t.Render()
		fmt.Fprintln(a.stdout)
	}
	a.printLeftOut(run)
	return nil
}

// remedy is the first remedy of a gap in words.
func (a *app) remedy(g coverage.Gap) string {
	if len(g.Remedies) == 0 {
		return ""
	}
	r := g.Remedies[0]
	return a.say("remedy."+r.Kind, coverage.Args{"share": percent(r.Share), "at": fmt.Sprintf("%.5f,%.5f", r.At[0], r.At[1]), "name": cmp.Or(r.Name, r.Facility, r.House), "zone": cmp.Or(r.ZoneName, r.Zone)})
}

func (a *app) cost(n coverage.GapNearest) string {
	switch {
	case n.Facility == "":
		return a.say("table.never", nil)
	case n.Seconds > 0:
		return a.say("table.minutes", coverage.Args{"n": number(round(float64(n.Seconds)/60, 1))})
	}
	return a.say("table.metres", coverage.Args{"n": people(n.Metres)})
}
