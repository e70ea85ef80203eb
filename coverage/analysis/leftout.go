package analysis

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"lifecircle/coverage"
)

// hash is the SHA-256 of what decides a run: version, inputs and options.
func hash(run *coverage.Run) (string, error) {
	text, err := json.Marshal(struct {
		Version string
		Inputs  []coverage.Source
		Options coverage.RunOptions
	}{run.Version, run.Inputs, run.Options})
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}

// leftOut counts the people that figures of the run leave out or cannot place.
func (r *runner) leftOut() []coverage.LeftOut {
	out := []coverage.LeftOut{}
	add := func(key, standard string, people float64, args coverage.Args) {
		out = append(out, leftOutNote(key, standard, people, args))
	}
	d := r.ds.Demand
	noZone, noSetting, offLand := r.unplaced()
	if len(r.ds.Zones) > 0 && noZone > 0 {
		add("no_zone", "", noZone, coverage.Args{"people": whole(noZone)})
	}
	if r.options.Landmass && offLand > 0 && slices.ContainsFunc(r.options.Standards, straight) {
		add("off_land", "", offLand, coverage.Args{"people": whole(offLand)})
	}
	out = append(out, r.besideBorders()...)
	for _, s := range r.options.Standards {
		if d.Group(s.Group) == nil {
			add("no_group", s.ID, 0, coverage.Args{"group": s.Group, "standard": s.ID})
		}
		if !ruleForUnknown(s) && noSetting > 0 {
			add("no_setting", s.ID, noSetting, coverage.Args{"people": whole(noSetting), "standard": s.ID})
		}
		out = append(out, r.leftByBorders(s)...)
		if len(r.facilities(s.Kinds)) == 0 {
			add("no_facility", s.ID, 0, coverage.Args{"standard": s.ID})
		}
	}
	return out
}

// straight reports whether a standard has a rule for straight lines, which the
// landmass rule is for.
func straight(s coverage.Standard) bool {
	return slices.ContainsFunc(s.Rules, func(r coverage.Rule) bool { return r.Travel.Mode == coverage.ModeLine })
}

func ruleForUnknown(s coverage.Standard) bool {
	_, ok := s.RuleFor(coverage.SettingAny)
	return ok
}

func whole(people float64) int64 { return int64(people + 0.5) }

// unplaced sums the people (of the first group) in no zone, of unknown setting,
// and off every landmass.
func (r *runner) unplaced() (noZone, noSetting, offLand float64) {
	d := r.ds.Demand
	if len(d.Pop) == 0 {
		return 0, 0, 0
	}
	for i, people := range d.Pop[0] {
		if d.Zone[i] < 0 {
			noZone += float64(people)
		}
		if d.Setting[i] == coverage.SettingAny {
			noSetting += float64(people)
		}
		if d.Landmass[i] < 0 {
			offLand += float64(people)
		}
	}
	return noZone, noSetting, offLand
}
