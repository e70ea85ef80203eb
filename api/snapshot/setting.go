package snapshot

import (
	"lifecircle/coverage"
	"lifecircle/coverage/assess"

	"github.com/paulmach/orb"
)

// Main is which of some demand rows of one place speaks for all: of those that
// the standard has a rule for the one with most people, the first of several.
func (s *Snapshot) Main(rows []int32, standard *coverage.Standard, people []float32) int {
	main, judged := 0, false
	for k, i := range rows {
		if _, ok := standard.RuleFor(s.Data.Demand.Setting[i]); ok && (!judged || people[i] > people[rows[main]]) {
			main, judged = k, true
		}
	}
	return main
}

// settingAt is the setting that people at a place live in: that of their demand
// row, else that of the finest zone there.
func (s *Snapshot) settingAt(p orb.Point, standard *coverage.Standard, group string) (coverage.Setting, error) {
	rows, err := s.RowsAt(p)
	if err != nil {
		return coverage.SettingAny, err
	}
	if len(rows) > 0 {
		return s.Data.Demand.Setting[rows[s.Main(rows, standard, s.people(standard, group))]], nil
	}
	here := &coverage.Dataset{Zones: s.Data.Zones, Facilities: []coverage.Facility{{At: p}}}
	if z := assess.FacilityZones(here)[0]; z >= 0 {
		return s.Data.Zones[z].Setting, nil
	}
	return coverage.SettingAny, nil
}
