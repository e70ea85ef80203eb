package advice

import (
	"context"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
)

// RobustAnswer says how an answer about sites changes when what it rests on does.
type RobustAnswer struct {
	Variants []Variant `json:"variants"`
	// Steady are the sites of every answer, the first one included.
	Steady []string `json:"steady"`
}

// Variant is the answer under one change. Value counts by the changed numbers.
type Variant struct {
	Name   string   `json:"name"` // "threshold -10 %", "speed +10 %", "country +10 %" ...
	Open   []string `json:"open"`
	Value  float64  `json:"value"`
	Gap    float64  `json:"gap"`
	Proven bool     `json:"proven"`
	Same   float64  `json:"same"` // share of the first answer's sites that stay
}

// Robust answers a question about sites again with thresholds, speeds and the
// people of the country a tenth lower and higher. Variants that cannot change
// anything (speeds of distances or of the mode mixed, people of an unknown
// setting) are left out; one without an answer has no sites.
func (a *Advisor) Robust(ctx context.Context, c analysis.Choice, ask SiteAsk, first *SiteAnswer, o SolveOptions) (*RobustAnswer, error) {
	out := &RobustAnswer{Variants: []Variant{}, Steady: slices.Clone(first.Open)}
	o.Curve, o.Best, o.Near = false, nil, 0
	for _, v := range variants(a.e.Data(), c, ask, first.Options.Standards) {
		answer, err := a.Site(ctx, v.choice, v.ask, o)
		if coverage.CodeOf(err) == coverage.Infeasible && err != nil {
			answer, err = &SiteAnswer{Open: []string{}}, nil
		}
		if err != nil {
			return nil, err
		}
		said := Variant{Name: v.name, Open: answer.Open, Value: answer.Value, Gap: answer.Gap, Proven: answer.Proven}
		for _, id := range first.Open {
			if slices.Contains(answer.Open, id) {
				said.Same += 1 / float64(len(first.Open))
			}
		}
		out.Variants = append(out.Variants, said)
		out.Steady = slices.DeleteFunc(out.Steady, func(id string) bool { return !slices.Contains(answer.Open, id) })
	}
	return out, nil
}

type variant struct {
	name   string
	choice analysis.Choice
	ask    SiteAsk
}

func variants(ds *coverage.Dataset, c analysis.Choice, ask SiteAsk, standards []coverage.Standard) []variant {
	speedy, country := false, slices.Contains(ds.Demand.Setting, coverage.Rural)
	for _, s := range standards {
		for _, r := range s.Rules {
			speedy = speedy || r.Threshold.IsTime() && r.Travel.Mode != coverage.ModeMixed
		}
	}
	var list []variant
	for _, by := range []struct {
		sign   string
		factor float64
	}{{"-", 0.9}, {"+", 1.1}} {
		longer := variant{"threshold " + by.sign + "10 %", c, ask}
		longer.choice.Stretch = by.factor
		list = append(list, longer)
		if speedy {
			faster := variant{"speed " + by.sign + "10 %", c, ask}
			faster.choice.Faster = by.factor
			list = append(list, faster)
		}
		if country {
			more := variant{"country " + by.sign + "10 %", c, ask}
			more.ask.Country = by.factor
			list = append(list, more)
		}
	}
	return list
}
