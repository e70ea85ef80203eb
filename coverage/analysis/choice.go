package analysis

import "lifecircle/coverage"

// Choice says what to compute. The zero value takes every standard of the
// dataset as it stands.
type Choice struct {
	Standards []string          // ids of standards or of whole packs; empty and no AdHoc: all
	AdHoc     []AdHoc           // questions asked without a standard
	Mode      string            // "" the standard's own, for AdHoc "line"; any mode of coverage.Travel
	As        string            // with Mode "mixed": the profile on the road; "" DefaultRoadMode
	SpeedKMH  float64           // 0 the standard's own; for AdHoc times straight 5 km/h; of a profile: on a residential street
	Detour    float64           // of straight lines: 0 the standard's own; for AdHoc 1 (plain straight line)
	Direction string            // "" the standard's own; "to" the facility, "from" it
	Boats     string            // "" the standard's own; "typical", "best", "guaranteed", "off"
	Stretch   float64           // every threshold times this, rounded down to whole seconds; 0: 1
	Faster    float64           // every speed but those of mixed times this; 0: 1
	Groups    []string          // groups of people to tabulate; empty: every group
	Levels    []string          // zone levels to tabulate; empty: every level ("total" is always there)
	Landmass  *bool             // nil: on when landmasses are known
	CellRule  coverage.CellRule // "" is CellCentre
	MinPeople float64           // gaps with fewer people are left out
	Within    bool              // also count the facilities within reach of each row
	// Borders is a zone level: people use what lies in their own zone of it and what
	// the facilities' share opens to them (package border); "" everybody may use
	// everything. OwnOnly leaves the share out of it.
	Borders string
	OwnOnly bool
}

// AdHoc is a question of the form "how many people have a facility of these
// kinds within this threshold".
type AdHoc struct {
	Kinds  []string
	Within coverage.Threshold
}

// ID names the question as a standard: "clinic+hospital@1250m".
func (a AdHoc) ID() string { return adHocID(a) }
