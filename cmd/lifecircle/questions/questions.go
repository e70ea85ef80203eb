// Package questions reads questions off a command line: kinds of facility and the
// thresholds that are asked of them, in the order in which they are written.
//
// The central type is [Asked], which gives the flags their values.
package questions

import (
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"

	"github.com/spf13/pflag"
)

// Asked collects --kind and --within in the order written: every --within
// asks about the kinds named since the last change of subject, so that
// "--kind a --within 15min --within 30min --kind b --within 1km" is three
// questions. Kinds may also follow their threshold when it stands first. The zero
// value asks nothing.
type Asked struct {
	groups []question
}

type question struct {
	kinds   []string
	withins []coverage.Threshold
}

// Kinds is the value of the flag that names kinds.
func (q *Asked) Kinds() pflag.Value { return &kindValue{q} }

// Withins is the value of the flag that names thresholds.
func (q *Asked) Withins() pflag.Value { return &withinValue{q} }

// current returns the group that the next flag belongs to.
func (q *Asked) current(isKind bool) *question {
	n := len(q.groups)
	if n == 0 || isKind && len(q.groups[n-1].kinds) > 0 && len(q.groups[n-1].withins) > 0 {
		q.groups = append(q.groups, question{})
	}
	return &q.groups[len(q.groups)-1]
}

// List is the questions. The error is Invalid when kinds or thresholds lack.
func (q *Asked) List() ([]analysis.AdHoc, error) {
	var out []analysis.AdHoc
	for _, g := range q.groups {
		if len(g.kinds) == 0 || len(g.withins) == 0 {
			return nil, &coverage.Error{Code: coverage.Invalid, Key: "cmd.kind_within"}
		}
		for _, w := range g.withins {
			out = append(out, analysis.AdHoc{Kinds: g.kinds, Within: w})
		}
	}
	return out, nil
}

type kindValue struct{ q *Asked }

func (v *kindValue) Set(s string) error {
	g := v.q.current(true)
	g.kinds = append(g.kinds, SplitKinds(s)...)
	return nil
}
func (*kindValue) Type() string   { return "kinds" }
func (*kindValue) String() string { return "" }

type withinValue struct{ q *Asked }

func (v *withinValue) Set(s string) error {
	t, err := coverage.ParseThreshold(s)
	if err != nil {
		return err
	}
	g := v.q.current(false)
	g.withins = append(g.withins, t)
	return nil
}
func (*withinValue) Type() string   { return "threshold" }
func (*withinValue) String() string { return "" }

// SplitKinds reads kinds separated by commas.
func SplitKinds(s string) []string {
	var kinds []string
	for _, k := range strings.Split(s, ",") {
		if k = strings.TrimSpace(k); k != "" {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
