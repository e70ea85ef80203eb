package standard

import (
	"fmt"
	"math"
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/network"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"
)

// checker turns a parsed pack into standards and collects what is wrong with it.
type checker struct {
	name string
	text []byte
	errs []error
}

// fault records that the value at path breaks the rule that key names.
func (c *checker) fault(path, key string, args coverage.Args) {
	if args == nil {
		args = coverage.Args{}
	}
	args["file"], args["path"], args["line"] = c.name, strings.TrimPrefix(path, "$."), c.line(path)
	c.errs = append(c.errs, &coverage.Error{Code: coverage.Unusable, Key: key, Args: args})
}

// need records that the field at path is missing unless present.
func (c *checker) need(path string, present bool) {
	if !present {
		c.fault(path, "standard.missing", nil)
	}
}

// line finds where path stands, or where its nearest enclosing node does.
func (c *checker) line(path string) int {
	ast, err := parser.ParseBytes(c.text, 0)
	if err != nil {
		return 0
	}
	for p := path; len(p) > 1; {
		if q, err := yaml.PathString(p); err == nil {
			if n, err := q.FilterFile(ast); err == nil && n != nil {
				return n.GetToken().Position.Line
			}
		}
		cut := strings.LastIndexAny(p, ".[")
		if cut < 1 {
			break
		}
		p = p[:cut]
	}
	return 1
}

func (c *checker) pack(f file) []coverage.Standard {
	if !idForm.MatchString(f.ID) {
		c.fault("$.id", "standard.bad_id", coverage.Args{"value": f.ID})
	}
	if len(f.Standards) == 0 {
		c.fault("$.standards", "standard.none", nil)
	}
	seen := map[string]bool{}
	var all []coverage.Standard
	for i, e := range f.Standards {
		at := fmt.Sprintf("$.standards[%d]", i)
		if seen[e.ID] {
			c.fault(at+".id", "standard.twice", coverage.Args{"value": e.ID})
		}
		seen[e.ID] = true
		all = append(all, c.standard(at, f, e))
	}
	return all
}

func (c *checker) standard(at string, f file, e entry) coverage.Standard {
	if !idForm.MatchString(e.ID) {
		c.fault(at+".id", "standard.bad_id", coverage.Args{"value": e.ID})
	}
	c.need(at+".name", e.Name != coverage.Text{})
	c.need(at+".service", e.Service != "")
	c.need(at+".kinds", len(e.Kinds) > 0)
	c.need(at+".rules", len(e.Rules) > 0)
	if math.IsNaN(e.Target) || e.Target < 0 || e.Target > 1 {
		c.fault(at+".target", "standard.target", coverage.Args{"value": e.Target})
	}
	s := coverage.Standard{
		ID: f.ID + "/" + e.ID, Name: e.Name, Document: f.Document, Clause: e.Clause, Service: e.Service,
		Kinds: e.Kinds, Group: e.Group, Target: e.Target, Note: e.Note,
	}
	if s.Group == "" {
		s.Group = "all"
	}
	if s.Note == (coverage.Text{}) {
		s.Note = f.Note
	}
	s.Rules = c.rules(at, e.Rules)
	return s
}

func (c *checker) rules(at string, list []rule) []coverage.Rule {
	seen := map[coverage.Setting]bool{}
	var rules []coverage.Rule
	for i, r := range list {
		here := fmt.Sprintf("%s.rules[%d]", at, i)
		out, ok := c.rule(here, r)
		if !ok {
			continue
		}
		if seen[out.Setting] || seen[coverage.SettingAny] || (out.Setting == coverage.SettingAny && len(seen) > 0) {
			c.fault(here+".setting", "standard.settings_overlap", coverage.Args{"value": out.Setting})
		}
		if len(rules) > 0 && rules[0].Threshold.IsTime() != out.Threshold.IsTime() {
			c.fault(here+".within", "standard.mixed_units", coverage.Args{"value": r.Within})
		}
		seen[out.Setting] = true
		rules = append(rules, out)
	}
	return rules
}

func (c *checker) rule(at string, r rule) (coverage.Rule, bool) {
	before := len(c.errs)
	out := coverage.Rule{Travel: coverage.Travel{Mode: r.Mode, As: r.As, SpeedKMH: r.SpeedKMH, Detour: r.Detour}}
	setting, ok := map[string]coverage.Setting{"": coverage.SettingAny, "all": coverage.SettingAny, "urban": coverage.Urban, "rural": coverage.Rural}[r.Setting]
	if !ok {
		c.fault(at+".setting", "standard.setting", coverage.Args{"value": r.Setting})
	}
	out.Setting = setting
	var err error
	if out.Threshold, err = coverage.ParseThreshold(r.Within); err != nil {
		c.fault(at+".within", "standard.within", coverage.Args{"value": r.Within})
	}
	c.travel(at, r, &out)
	return out, len(c.errs) == before
}

// travel checks how people move. Whether the data have the mode is seen when the
// standard is used.
func (c *checker) travel(at string, r rule, out *coverage.Rule) {
	straight := r.Mode == coverage.ModeLine
	if !modeForm.MatchString(r.Mode) {
		c.fault(at+".mode", "standard.mode", coverage.Args{"value": r.Mode})
	}
	if r.As != "" && !modeForm.MatchString(r.As) {
		c.fault(at+".as", "standard.mode", coverage.Args{"value": r.As})
	}
	switch r.Direction {
	case "", "to":
	case "from":
		out.Travel.From = true
	default:
		c.fault(at+".direction", "standard.direction", coverage.Args{"value": r.Direction})
	}
	if _, ok := network.ParseScenario(r.Boats); r.Boats != "" && (!ok || straight || r.Mode == coverage.ModeFriction) {
		c.fault(at+".boats", "standard.boats", coverage.Args{"value": r.Boats})
	}
	out.Travel.Boats = r.Boats
	if straight && out.Travel.Detour == 0 {
		out.Travel.Detour = 1
	}
	if straight && !(out.Travel.Detour >= 1 && out.Travel.Detour <= 10) || !straight && r.Detour != 0 {
		c.fault(at+".detour", "standard.detour", coverage.Args{"value": r.Detour})
	}
	needsSpeed := straight && out.Threshold.IsTime()
	if needsSpeed && r.SpeedKMH == 0 || r.Mode == coverage.ModeMixed && r.SpeedKMH != 0 || r.SpeedKMH != 0 && !(r.SpeedKMH > 0 && r.SpeedKMH <= 300) {
		c.fault(at+".speed_kmh", "standard.speed", coverage.Args{"value": r.SpeedKMH})
	}
	if !straight && !out.Threshold.IsTime() && (r.Mode == coverage.ModeFriction || r.Mode == coverage.ModeMixed) {
		c.fault(at+".within", "standard.metres", coverage.Args{"value": r.Within})
	}
}
