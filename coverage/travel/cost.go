package travel

import (
	"math"

	"lifecircle/coverage"
)

// costGuard is the part of a unit (ms or mm) by which a cost may exceed a whole
// number and still be rounded down to it: more than float noise and than what
// counts as one distance ([tie]), less than anything that is measured.
func costGuard(factor float64) float64 { return 1e-6 + 2e-8*factor }

// Cost converts a straight distance in metres into the unit of
// [coverage.Coverage.Cost] under a rule: milliseconds for a time threshold,
// millimetres for a distance; times the detour factor (0 counts as 1). It is
// rounded up, so that Cost <= rule.Threshold.Limit() says what the exact values
// say. [coverage.Never] for +Inf, NaN, a speed of 0 or what does not fit.
func Cost(metres float64, rule coverage.Rule) uint32 {
	f := factor(rule)
	c := math.Ceil(metres*f - costGuard(f))
	if !(c < coverage.Never) {
		return coverage.Never
	}
	return uint32(math.Max(c, 0))
}

// RadiusM is the largest straight distance in metres that a rule allows: the
// largest whose [Cost] is within the limit, for every float64 (some 20 nanometres
// over the quotient of the exact values). 0 for a speed of 0 or less.
func RadiusM(rule coverage.Rule) float64 {
	f, limit := factor(rule), min(rule.Threshold.Limit(), coverage.Never-1)
	if !(f > 0) || math.IsInf(f, 1) {
		return 0
	}
	r := (float64(limit) + costGuard(f)) / f
	for Cost(r, rule) > limit {
		r = math.Nextafter(r, 0)
	}
	for next := math.Nextafter(r, math.Inf(1)); Cost(next, rule) <= limit; next = math.Nextafter(r, math.Inf(1)) {
		r = next
	}
	return r
}

// factor is the cost of a metre.
func factor(rule coverage.Rule) float64 {
	detour := rule.Travel.Detour
	if detour == 0 {
		detour = 1
	}
	if rule.Threshold.IsTime() {
		return detour * 3.6 / rule.Travel.SpeedKMH * 1000
	}
	return detour * 1000
}
