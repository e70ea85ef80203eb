package assess

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/block"
	"lifecircle/coverage/travel"
)

// Judge decides every row of the demand by a standard under the centre rule: a
// row is served when its cost is at most the threshold of its setting's rule.
// near is the nearest open facility of the standard's kinds for every row, its
// Facility an index into facilities, which lists indices into ds.Facilities.
func Judge(ctx context.Context, ds *coverage.Dataset, s coverage.Standard, near travel.Nearest, facilities []int32) (coverage.Coverage, error) {
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
			if near.Facility[i] >= 0 {
				out.Nearest[i] = facilities[near.Facility[i]]
			} else {
				out.Nearest[i] = -1
			}
			judgeRow(&out, &rules[ds.Demand.Setting[i]], i, near.Metres[i])
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

func rulesOf(s coverage.Standard) (rules [settings]ruleAt) {
	for at := range rules {
		r := &rules[at]
		if r.Rule, r.ok = s.RuleFor(coverage.Setting(at)); r.ok {
			r.limit = r.Threshold.Limit()
		}
	}
	return rules
}

func judgeRow(out *coverage.Coverage, r *ruleAt, i int, metres float64) {
	out.Cost[i] = coverage.Never
	if !r.ok {
		return
	}
	if out.Judged != nil {
		out.Judged[i] = true
	}
	out.Cost[i] = travel.Cost(metres, r.Rule)
	if out.Cost[i] <= r.limit {
		out.Served[i] = 1
	}
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
	class = make([]uint8, ds.Demand.Len())
	for i, at := range ds.Demand.Setting {
		class[i] = uint8(at)
	}
	return radiusM, class
}
