package jobs

import (
	"maps"
	"slices"
	"strings"
	"time"

	"lifecircle/api/body"
	"lifecircle/api/problem"
	"lifecircle/api/query"
	"lifecircle/api/route"
	"lifecircle/api/snapshot"
	"lifecircle/coverage"
	"lifecircle/coverage/advice"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/siting/plan"
)

// Limits of what is asked.
const (
	maxList        = 10_000 // candidates, ids
	maxYears       = 30
	maxServices    = 20
	maxWeights     = 100    // groups
	maxCandidates  = 20_000 // made of cells
	someCandidates = 2000
	someTimeS      = 60
	maxTimeS       = 600
	many           = 1_000_000
	largest        = 1e15 // of what is counted or paid
)

// proof is how far an answer is looked for.
type proof struct {
	limit time.Duration
	gap   float64
}

var proofMembers = []string{"time_limit_s", "gap"}

func readProof(o *body.Object) proof {
	seconds := o.Number("time_limit_s", someTimeS, 0.1, maxTimeS)
	return proof{time.Duration(seconds * float64(time.Second)), o.Number("gap", 0, 0, 0.99)}
}

// Siting is a question where to build, as its body has it.
type Siting struct {
	Choice query.Choice
	With   []query.Choice // further services in the same buildings: a standard or kinds each
	Ask    advice.SiteAsk // its candidates are those listed
	// From is "cells", "villages" or "kind" (Kinds), "" where they are listed.
	From    string
	Kinds   []string
	Spacing float64 // of cells, m
	Most    int
	Curve   bool
	Near    float64 // share; 0: no other answers
	Robust  bool
	proof
}

var sitingMembers = route.With(body.ChoiceMembers, proofMembers, []string{
	"candidates", "spacing", "max_candidates", "p", "target", "budget", "model", "reach", "weights", "ignore_existing", "apart", "each",
	"backup", "capacity", "per_unit", "fixed", "forbidden", "exclusive", "curve", "near", "robust",
	"with", "years", "carry", "discount", "last_first",
})

// ParseSiting reads the body of POST /siting.
func ParseSiting(data []byte) (Siting, error) {
	var s Siting
	o, err := body.Parse(data, sitingMembers...)
	if err != nil {
		return s, err
	}
	s.Choice, s.proof = o.Choice(), readProof(o)
	s.Curve, s.Robust = !o.Has("curve") || o.Bool("curve"), o.Bool("robust")
	s.Near = o.Positive("near", 0.5)
	s.Ask = advice.SiteAsk{
		Model: siting.Model(o.OneOf("model", string(siting.MCLP), string(siting.LSCP), string(siting.PMedian), string(siting.PCenter))),
		P:     o.Whole("p", 0, 1, many), Target: o.Positive("target", 1), Budget: o.Positive("budget", largest),
		Weights: o.Numbers("weights", maxWeights, 0, 1e6), Fresh: o.Bool("ignore_existing"), ApartM: o.Number("apart", 0, 0, 4e6),
		Backup: o.Bool("backup"), Capacity: o.Bool("capacity"), PerUnit: o.Positive("per_unit", 1e6),
		Fixed: o.Texts("fixed", maxList), Forbidden: o.Texts("forbidden", maxList), Exclusive: o.Sets("exclusive", maxList),
	}
	s.readYears(o)
	s.readWith(o)
	s.readAmount(o)
	s.readReach(o)
	s.readEach(o)
	s.readCandidates(o)
	return s, o.Err()
}

// readAmount refuses what does not say how many.
func (s *Siting) readAmount(o *body.Object) {
	switch a := &s.Ask; {
	case len(a.Years) > 0: // the engine says what does not go with them
	case !o.Has("p") && !o.Has("target") && !o.Has("budget"), o.Has("target") && (o.Has("p") || o.Has("budget")):
		o.Blame("p", "api.site_amount", nil)
	case a.Model != "" && (a.Model == siting.LSCP) != o.Has("target"):
		o.Blame("model", "api.site_model", coverage.Args{"value": string(a.Model)})
	}
}

// readYears reads a plan in steps.
func (s *Siting) readYears(o *body.Object) {
	seen := map[string]bool{}
	for _, y := range o.Objects("years", maxYears, "year", "budget") {
		name := y.Text("year")
		if name == "" || seen[name] {
			y.Blame("year", "api.year", coverage.Args{"value": name})
		}
		if !y.Has("budget") {
			y.Blame("budget", "api.missing", coverage.Args{"name": "years.budget"})
		}
		seen[name] = true
		s.Ask.Years = append(s.Ask.Years, advice.Year{Name: name, Budget: y.Number("budget", 0, 0, largest)})
	}
	s.Ask.Plan = advice.PlanOptions{Carry: o.Bool("carry"), Discount: o.Number("discount", 0, 0, 0.99), LastFirst: o.Bool("last_first")}
}

// readWith reads the services that are housed in the same buildings.
func (s *Siting) readWith(o *body.Object) {
	for _, w := range o.Objects("with", maxServices, "standard", "kind", "within") {
		if !w.Has("standard") && !w.Has("kind") {
			w.Blame("standard", "api.missing", coverage.Args{"name": "with.standard"})
		}
		s.With = append(s.With, w.Choice())
	}
	s.Ask.Together = len(s.With) > 0
}

func (s *Siting) readReach(o *body.Object) {
	text := o.Text("reach")
	if text == "" {
		return
	}
	t, err := coverage.ParseThreshold(text)
	if err == nil && !t.IsTime() {
		err = &coverage.Error{Code: coverage.Invalid, Key: "threshold.invalid", Args: coverage.Args{"value": text}}
	}
	o.Refuse("reach", err)
	s.Ask.ReachS = t.Seconds
}

// readEach reads what every zone of a level must have: sites, or a share.
func (s *Siting) readEach(o *body.Object) {
	e := o.Object("each", "level", "sites", "share")
	if e == nil {
		return
	}
	if !e.Has("level") {
		e.Blame("level", "api.missing", coverage.Args{"name": "each.level"})
	}
	if e.Has("sites") && e.Has("share") {
		e.Blame("share", "site.zones", nil)
	}
	s.Ask.ZoneLevel, s.Ask.MinSites = e.Text("level"), e.Whole("sites", 1, 1, many)
	if e.Has("share") {
		s.Ask.MinSites, s.Ask.MinShare = 0, e.Positive("share", 1)
	}
}

func (s *Siting) readCandidates(o *body.Object) {
	s.Spacing, s.Most = o.Number("spacing", 0, 1, 4e6), o.Whole("max_candidates", someCandidates, 1, maxCandidates)
	if o.IsList("candidates") {
		s.Ask.Candidates = readList(o)
		return
	}
	s.From = o.Text("candidates")
	kinds, houses := strings.CutPrefix(s.From, "kind:")
	switch {
	case s.From == "":
		s.From = "cells"
	case houses:
		s.From = "kind"
		for k := range strings.SplitSeq(kinds, ",") {
			if k = strings.TrimSpace(k); k == "" {
				o.Blame("candidates", "api.empty", coverage.Args{"name": "candidates"})
			}
			s.Kinds = append(s.Kinds, k)
		}
	case s.From != "cells" && s.From != "villages":
		o.Blame("candidates", "api.one_of", coverage.Args{"name": "candidates", "value": s.From, "known": "cells, villages, kind:K, [{id, at}]"})
	}
}

func readList(o *body.Object) []plan.Candidate {
	var list []plan.Candidate
	seen := map[string]bool{}
	for _, c := range o.Objects("candidates", maxList, "id", "at", "cost", "capacity", "name") {
		id := c.Text("id")
		if id == "" {
			c.Blame("id", "api.missing", coverage.Args{"name": "id"})
		}
		if seen[id] {
			c.Blame("id", "api.id_twice", coverage.Args{"id": id})
		}
		seen[id] = true
		list = append(list, plan.Candidate{
			ID: id, Name: c.Text("name"), At: c.Place("at"), Landmass: -1, Zone: -1,
			Cost: c.Positive("cost", largest), Capacity: c.Positive("capacity", largest),
		})
	}
	if len(list) == 0 {
		o.Blame("candidates", "site.no_candidates", nil)
	}
	return list
}

// check refuses words that the data do not know.
func (s *Siting) check(d *snapshot.Snapshot) error {
	for _, k := range s.Kinds {
		if err := snapshot.CheckWord("candidates", k, d.Kinds()); err != nil {
			return err
		}
	}
	if err := snapshot.CheckWord("each.level", s.Ask.ZoneLevel, d.Levels()); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(s.Ask.Weights)) {
		if groups := d.Data.Demand.Groups; !slices.Contains(groups, name) {
			return problem.Param("weights", "api.one_of", coverage.Args{"name": "weights", "value": name, "known": strings.Join(groups, ", ")})
		}
	}
	return nil
}

// Closures is a question what may close, as its body has it.
type Closures struct {
	Choice query.Choice
	Ask    advice.CloseAsk
	proof
}

var closureMembers = route.With(body.ChoiceMembers, proofMembers, []string{"k", "all", "lossless", "keep", "capacity", "per_unit"})

// ParseClosures reads the body of POST /closures.
func ParseClosures(data []byte) (Closures, error) {
	var c Closures
	o, err := body.Parse(data, closureMembers...)
	if err != nil {
		return c, err
	}
	c.Choice, c.proof = o.Choice(), readProof(o)
	c.Ask = advice.CloseAsk{K: o.Whole("k", 0, 1, many), All: o.Bool("all"), Lossless: o.Bool("lossless"), Keep: o.Texts("keep", maxList), Capacity: o.Bool("capacity"), PerUnit: o.Positive("per_unit", 1e6)}
	if o.Has("k") == c.Ask.All {
		o.Blame("k", "api.close_amount", nil)
	}
	return c, o.Err()
}
