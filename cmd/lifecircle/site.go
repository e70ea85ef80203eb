package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/analysis"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"
	"lifecircle/data/candidate"
	"lifecircle/data/export"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"
)

// proofFlags are the flags of every question that is solved with proof.
type proofFlags struct {
	limit time.Duration
	gap   float64
}

func (f *proofFlags) register(a *app, c *cobra.Command) {
	c.Flags().DurationVar(&f.limit, "time-limit", 5*time.Minute, a.say("cmd.flag.time-limit", nil))
	c.Flags().Float64Var(&f.gap, "gap", 0, a.say("cmd.flag.gap", nil))
}

func (f *proofFlags) check() error {
	if f.limit < 0 || !(f.gap >= 0 && f.gap < 1) {
		return &coverage.Error{Code: coverage.Invalid, Key: "cmd.solve.options"}
	}
	return nil
}

// options end the search when the time limit does; the solver then answers with
// its best. The limit starts when the travel times are known.
func (f *proofFlags) options(curve bool, p coverage.Progress) advice.SolveOptions {
	o := advice.SolveOptions{Options: siting.Options{Gap: f.gap, Curve: curve, Progress: p}}
	if f.limit > 0 {
		o.Limit = func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, f.limit)
		}
	}
	return o
}

// siteFlags are the flags of a question where to build.
type siteFlags struct {
	ask        advice.SiteAsk
	model      string
	candidates string
	spacing    float64
	most       int
	reach      string
	weights    []string
	each       string
	exclusive  []string
	years      yearFlags
}

func siteCommand(a *app) *cobra.Command {
	var f choiceFlags
	var s siteFlags
	var proof proofFlags
	var out struct {
		json, geojson, curve, robust bool
		near                         float64
	}
	c := &cobra.Command{
		Use:   "site STORE --kind KIND --within THRESHOLD (--p N | --target SHARE | --budget B | --year Y=B...)",
		Short: a.say("cmd.site", nil),
		Long:  a.say("cmd.site.long", nil),
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			choice, err := f.resolve()
			if err != nil {
				return err
			}
			if err := proof.check(); err != nil {
				return err
			}
			if !(out.near >= 0 && out.near <= 0.5) {
				return &coverage.Error{Code: coverage.Invalid, Key: "cmd.near", Args: coverage.Args{"value": out.near}}
			}
			engine, ds, err := a.engine(c.Context(), args[0])
			if err != nil {
				return err
			}
			ask, err := s.resolve(c.Context(), a, engine, ds)
			if err != nil {
				return err
			}
			progress, stop := a.progress()
			started := time.Now()
			o := proof.options(out.curve, progress)
			o.Near = out.near
			answer, err := advice.On(engine).Site(c.Context(), choice, ask, o)
			stop()
			if err != nil {
				return err
			}
			answer.Seconds = round(time.Since(started).Seconds(), 3)
			if out.robust {
				answer.Robust, err = advice.On(engine).Robust(c.Context(), choice, ask, answer, proof.options(false, nil))
				if err != nil && coverage.CodeOf(err) != coverage.Conflict {
					return err
				}
				if err != nil { // out of time: how steady the answer is remains unknown
					fmt.Fprintln(a.stderr, a.say("cmd.robust.time", nil))
				}
			}
			switch {
			case out.json:
				return a.writeJSON(answer)
			case out.geojson:
				return export.SitesGeoJSON(a.stdout, answer)
			}
			return a.printSite(answer)
		},
	}
	f.register(a, c)
	s.register(a, c)
	proof.register(a, c)
	c.Flags().BoolVar(&out.json, "json", false, a.say("cmd.flag.json", nil))
	c.Flags().BoolVar(&out.geojson, "geojson", false, a.say("cmd.flag.geojson", nil))
	c.Flags().BoolVar(&out.curve, "curve", true, a.say("cmd.flag.curve", nil))
	c.Flags().Float64Var(&out.near, "near", 0, a.say("cmd.flag.near", nil))
	c.Flags().BoolVar(&out.robust, "robust", false, a.say("cmd.flag.robust", nil))
	c.MarkFlagsMutuallyExclusive("json", "geojson")
	return c
}

func (f *siteFlags) register(a *app, c *cobra.Command) {
	s := c.Flags()
	s.IntVar(&f.ask.P, "p", 0, a.say("cmd.flag.p", nil))
	s.Float64Var(&f.ask.Target, "target", 0, a.say("cmd.flag.target", nil))
	s.Float64Var(&f.ask.Budget, "budget", 0, a.say("cmd.flag.budget", nil))
	s.StringVar(&f.model, "model", "", a.say("cmd.flag.model", nil))
	s.StringVar(&f.candidates, "candidates", "cells", a.say("cmd.flag.candidates", nil))
	s.Float64Var(&f.spacing, "spacing", 0, a.say("cmd.flag.spacing", nil))
	s.IntVar(&f.most, "max-candidates", 2000, a.say("cmd.flag.max-candidates", nil))
	s.StringVar(&f.reach, "reach", "", a.say("cmd.flag.reach", nil))
	s.StringArrayVar(&f.weights, "weight", nil, a.say("cmd.flag.weight", nil))
	s.BoolVar(&f.ask.Fresh, "ignore-existing", false, a.say("cmd.flag.ignore-existing", nil))
	s.Float64Var(&f.ask.ApartM, "apart", 0, a.say("cmd.flag.apart", nil))
	s.StringVar(&f.each, "each", "", a.say("cmd.flag.each", nil))
	s.BoolVar(&f.ask.Backup, "backup", false, a.say("cmd.flag.backup", nil))
	s.BoolVar(&f.ask.Capacity, "capacity", false, a.say("cmd.flag.capacity", nil))
	perUnitFlag(a, c, &f.ask.PerUnit)
	s.StringSliceVar(&f.ask.Fixed, "fixed", nil, a.say("cmd.flag.fixed", nil))
	s.StringSliceVar(&f.ask.Forbidden, "forbidden", nil, a.say("cmd.flag.forbidden", nil))
	s.BoolVar(&f.ask.Together, "together", false, a.say("cmd.flag.together", nil))
	f.years.register(a, c)
	s.StringArrayVar(&f.exclusive, "exclusive", nil, a.say("cmd.flag.exclusive", nil))
}

func perUnitFlag(a *app, c *cobra.Command, v *float64) {
	c.Flags().Float64Var(v, "per-unit", 1, a.say("cmd.flag.per-unit", nil))
}

func checkPerUnit(v float64) error {
	if !(v > 0 && v <= 1e6) {
		return &coverage.Error{Code: coverage.Invalid, Key: "cmd.per_unit", Args: coverage.Args{"value": v}}
	}
	return nil
}

// resolve reads the flags and the candidates.
func (f *siteFlags) resolve(ctx context.Context, a *app, e *analysis.Engine, ds *coverage.Dataset) (advice.SiteAsk, error) {
	ask := f.ask
	ask.Model = siting.Model(f.model)
	if !slices.Contains([]siting.Model{"", siting.MCLP, siting.LSCP, siting.PMedian, siting.PCenter}, ask.Model) {
		return ask, &coverage.Error{Code: coverage.Invalid, Key: "siting.model", Args: coverage.Args{"value": f.model}}
	}
	if f.reach != "" {
		t, err := coverage.ParseThreshold(f.reach)
		if err != nil {
			return ask, err
		}
		if !t.IsTime() {
			return ask, &coverage.Error{Code: coverage.Invalid, Key: "threshold.invalid", Args: coverage.Args{"value": f.reach}}
		}
		ask.ReachS = t.Seconds
	}
	for _, set := range f.exclusive {
		ask.Exclusive = append(ask.Exclusive, splitKinds(set))
	}
	if err := checkPerUnit(ask.PerUnit); err != nil {
		return ask, err
	}
	if err := f.resolveEach(&ask); err != nil {
		return ask, err
	}
	if err := f.years.resolve(&ask); err != nil {
		return ask, err
	}
	for _, w := range f.weights {
		group, text, ok := strings.Cut(w, "=")
		v, err := strconv.ParseFloat(text, 64)
		if !ok || err != nil || !(v >= 0 && v <= 1e6) {
			return ask, &coverage.Error{Code: coverage.Invalid, Key: "cmd.weight", Args: coverage.Args{"value": w}}
		}
		if ask.Weights == nil {
			ask.Weights = map[string]float64{}
		}
		ask.Weights[group] = v
	}
	var err error
	ask.Candidates, err = f.find(ctx, a, e, ds)
	return ask, err
}

// resolveEach reads "LEVEL" (a site in each), "LEVEL=2" or "LEVEL=80%".
func (f *siteFlags) resolveEach(ask *advice.SiteAsk) error {
	if f.each == "" {
		return nil
	}
	level, text, ok := strings.Cut(f.each, "=")
	ask.ZoneLevel, ask.MinSites = level, 1
	if !ok {
		return nil
	}
	share, percent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(share, 64)
	if err != nil || !(v > 0) || percent && v > 100 || !percent && v != float64(int(v)) {
		return &coverage.Error{Code: coverage.Invalid, Key: "cmd.each", Args: coverage.Args{"value": f.each}}
	}
	if ask.MinSites = int(v); percent {
		ask.MinSites, ask.MinShare = 0, v/100
	}
	return nil
}

// find makes the candidates: from the people, the zones, facilities of other
// kinds, or a file.
func (f *siteFlags) find(ctx context.Context, a *app, e *analysis.Engine, ds *coverage.Dataset) ([]plan.Candidate, error) {
	kinds, houses := strings.CutPrefix(f.candidates, "kind:")
	switch {
	case f.candidates == "cells":
		return plan.FromCells(ds, f.spacing, f.most)
	case f.candidates == "villages":
		return plan.FromZones(ds), nil
	case houses:
		return advice.On(e).Houses(splitKinds(kinds)), nil
	}
	return a.candidatesOf(ctx, f.candidates, e)
}

// candidatesOf reads candidates from a file and says what is wrong with it.
func (a *app) candidatesOf(ctx context.Context, file string, e *analysis.Engine) ([]plan.Candidate, error) {
	list, issues, err := candidate.Read(ctx, file, "EPSG:4326", nil)
	if len(issues.List()) > 0 {
		a.printIssues(a.stderr, issues)
	}
	for i := range list {
		advice.On(e).Place(&list[i])
	}
	return list, err
}

func (a *app) printSite(s *advice.SiteAnswer) error {
	a.printProof(s)
	t := a.newTable("site", "zone", "at", "people", "new", "own", "price")
	for _, site := range s.Sites {
		name := site.Name
		if name == "" {
			name = site.Zone
		}
		t.AppendRow(table.Row{
			site.ID, name, fmt.Sprintf("%.5f,%.5f", site.At[0], site.At[1]), people(site.People), people(site.New), people(site.Own), number(site.Cost),
		})
	}
	t.Render()
	a.printYears(s)
	a.printServices(s)
	if len(s.Curve) > 0 {
		c := a.newTable("p", "value", "bound")
		for _, point := range s.Curve {
			c.AppendRow(table.Row{point.P, number(round(point.Value, 1)), number(round(point.Bound, 1))})
		}
		c.Render()
	}
	if r := s.Robust; r != nil {
		v := a.newTable("variant", "value", "same", "sites")
		for _, one := range r.Variants {
			v.AppendRow(table.Row{one.Name, number(round(one.Value, 1)), percent(one.Same), strings.Join(one.Open, " ")})
		}
		v.Render()
		fmt.Fprintln(a.stdout, a.say("cmd.site.steady", coverage.Args{"n": len(r.Steady), "ids": strings.Join(r.Steady, ", ")}))
	}
	if n := s.Near; n != nil {
		a.printNear(n)
	}
	if s.Hopeless > 0 {
		fmt.Fprintln(a.stdout, a.say("cmd.site.hopeless", coverage.Args{"people": people(s.Hopeless)}))
	}
	if s.Effect != nil {
		return a.printWhatIf(s.Effect)
	}
	return nil
}

func (a *app) printNear(n *plan.Near) {
	if len(n.Answers) > 0 {
		t := a.newTable("other", "value", "gap", "sites")
		for i, one := range n.Answers {
			t.AppendRow(table.Row{i + 1, number(round(one.Value, 1)), gap(one.Gap), strings.Join(one.Open, " ")})
		}
		t.Render()
	}
	args := coverage.Args{"n": len(n.Core), "ids": strings.Join(n.Core, ", "), "within": percent(n.Within)}
	fmt.Fprintln(a.stdout, a.say("cmd.site.core", args))
	if len(n.Unsure) > 0 {
		fmt.Fprintln(a.stdout, a.say("cmd.site.unsure", coverage.Args{"n": len(n.Unsure), "ids": strings.Join(n.Unsure, ", ")}))
	}
}

// printProof prints how good an answer is.
func (a *app) printProof(s *advice.SiteAnswer) {
	proof := "cmd.solve.open"
	if s.Proven {
		proof = "cmd.solve.proven"
	}
	fmt.Fprintln(a.stdout, a.say("cmd.solve.answer", coverage.Args{
		"model": s.Model, "value": number(round(s.Value, 1)), "bound": number(round(s.Bound, 1)), "gap": gap(s.Gap), "seconds": number(round(s.Seconds, 2)),
	})+a.say(proof, nil))
	fmt.Fprintln(a.stdout, a.say("cmd.site.people", coverage.Args{
		"before": people(s.Before), "after": people(s.After), "all": people(s.Population), "candidates": s.Candidates, "pairs": s.Pairs,
	}))
}
