package assess

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/block"
	"lifecircle/coverage/travel"
)

// Judge decides every row of the demand by a standard under the centre rule: a
// row is served when its cost is at most the threshold of its setting's rule.
// answers tell for each setting (by coverage.Setting; nil where the standard has
// no rule) the nearest open facility of the standard's kinds, as an index into
// facilities, which lists indices into ds.Facilities.
func Judge(ctx context.Context, ds *coverage.Dataset, s coverage.Standard, answers [Settings]travel.Answer, facilities []int32) (coverage.Coverage, error) {
	n := ds.Demand.Len()
	out := coverage.Coverage{
		Standard: s,
		Cost:     make([]uint32, n), Nearest: make([]int32, n), Served: make([]float32, n),
	}
	if !forEverywhere(s) {
		out.Judged = make([]bool, n)
	}
	rules := rulesOf(s)
	err := block.Each(ctx, n, func(_, lo, hi int) {
		for i := lo; i < hi; i++ {
			at := ds.Demand.Setting[i]
			out.Cost[i], out.Nearest[i] = coverage.Never, -1
			if r := &rules[at]; r.ok {
				cost, facility := answers[at].At(i)
				if facility >= 0 {
					out.Nearest[i] = facilities[facility]
				}
				judgeRow(&out, r, i, cost)
			}
		}
	})
	return out, err
}

func forEverywhere(s coverage.Standard) bool {
	return len(s.Rules) == 1 && s.Rules[0].Setting == coverage.SettingAny
}

// ruleAt is the rule for the people of one setting, looked up once.
type ruleAt struct {
	coverage.Rule
	limit uint32
	ok    bool
}

func rulesOf(s coverage.Standard) (rules [Settings]ruleAt) {
	for at := range rules {
		r := &rules[at]
		if r.Rule, r.ok = s.RuleFor(coverage.Setting(at)); r.ok {
			r.limit = r.Threshold.Limit()
		}
	}
	return rules
}

func judgeRow(out *coverage.Coverage, r *ruleAt, i int, cost uint32) {
	if out.Judged != nil {
		out.Judged[i] = true
	}
	out.Cost[i] = cost
	if cost <= r.limit {
		out.Served[i] = 1
	}
}

// Limits gives what counting calls need: the limit of each setting (by
// coverage.Setting, 0 where the standard has no rule) and the setting of every
// row.
func Limits(ds *coverage.Dataset, s coverage.Standard) (limit []uint32, class []uint8) {
	limit = make([]uint32, Settings)
	for at, r := range rulesOf(s) {
		limit[at] = r.limit
	}
	return limit, settingsOf(ds)
}

func settingsOf(ds *coverage.Dataset) []uint8 {
	class := make([]uint8, ds.Demand.Len())
	for i, at := range ds.Demand.Setting {
		class[i] = uint8(at)
	}
	return class
}

// Radii gives what travel's counting calls need: the straight radius of each
// setting (indexed by coverage.Setting, negative where the standard has no
// rule) and the setting of every row.
func Radii(ds *coverage.Dataset, s coverage.Standard) (radiusM []float64, class []uint8) {
	radiusM = []float64{-1, -1, -1}
	for at := coverage.SettingAny; at <= coverage.Rural; at++ {
		if rule, ok := s.RuleFor(at); ok {
			radiusM[at] = travel.RadiusM(rule)
		}
	}
	return radiusM, settingsOf(ds)
}
