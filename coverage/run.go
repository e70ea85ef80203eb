package coverage

import (
	"math"

	"github.com/paulmach/orb"
)

// Never is the cost of what cannot be reached.
const Never = math.MaxUint32

// CellRule says what part of a demand row counts as served.
type CellRule string

// The cell rules.
const (
	CellCentre CellRule = "centre" // all of it, when its centre is within the threshold
	CellArea   CellRule = "area"   // the share of its area that is within the threshold
)

// Coverage is the answer for one standard: columns as long as the demand, and
// the table and gaps drawn from them.
type Coverage struct {
	Standard Standard
	Cost     []uint32  // to the nearest facility, rounded up: ms, or mm when thresholds are distances; Never
	Nearest  []int32   // index into Dataset.Facilities, -1 none
	Within   []uint16  // facilities within the row's threshold, 65535 for that many or more; nil when not asked for
	Served   []float32 // share of the row that is served, 0..1; 0 where Judged is false
	Judged   []bool    // whether the standard has a rule for the row's setting; nil: all rows
	Rows     []Row
	Gaps     []Gap
}

// Row is one line of the coverage table.
type Row struct {
	Standard   string          `json:"standard"`
	Kind       []string        `json:"kind"`
	Mode       string          `json:"mode"`
	Threshold  ThresholdAnswer `json:"threshold"`
	Level      string          `json:"level"` // "total" for the whole area
	Zone       string          `json:"zone"`  // "" for the whole area
	Name       string          `json:"name"`
	Group      string          `json:"group"`
	Setting    string          `json:"setting"` // "all", "urban", "rural"
	Population float64         `json:"population"`
	Served     float64         `json:"served"`
	Share      float64         `json:"share"` // Served / Population, 0 when nobody lives there
	Facilities int             `json:"facilities"`
	Target     float64         `json:"target,omitempty"`
}

// ThresholdAnswer is the threshold of a row. A row over town and country whose
// thresholds differ has BySetting instead of one value.
type ThresholdAnswer struct {
	Threshold
	BySetting map[string]Threshold `json:"by_setting,omitempty"`
}

// Gap is a connected area of people who are not served.
type Gap struct {
	ID         int64              `json:"id"`   // the number of its most populous cell, from 1: the same from run to run
	Rank       int                `json:"rank"` // 1 has the most unserved people
	Standard   string             `json:"standard"`
	Zone       string             `json:"zone"` // where most of its people live; "" in no zone
	ZoneName   string             `json:"zone_name"`
	Population float64            `json:"population"` // unserved people of the standard's group
	Groups     map[string]float64 `json:"groups"`
	Cells      int                `json:"cells"`
	AreaM2     float64            `json:"area_m2"`
	Nearest    GapNearest         `json:"nearest"`
	At         orb.Point          `json:"at"` // centre of the most populous cell
	Geometry   orb.MultiPolygon   `json:"-"`
	Rows       []int32            `json:"-"` // its demand rows, in order of cells
	Remedies   []Remedy           `json:"remedies,omitempty"`
}

// Remedy is something that would serve people of a gap. Of the remedies of a gap
// the cheapest that serves most of its people comes first.
type Remedy struct {
	Kind     string    `json:"kind"`            // "site", "extension", "mobile", "sailing", "sharing"
	At       orb.Point `json:"at"`              // where; of a sailing the gap itself
	House    string    `json:"house,omitempty"` // of an extension: the facility that would take the service in
	Name     string    `json:"name,omitempty"`
	Facility string    `json:"facility,omitempty"`  // of a sharing: the one that stands and would open to the gap's people
	Zone     string    `json:"zone,omitempty"`      // of a sharing: on whose side of the border it stands
	ZoneName string    `json:"zone_name,omitempty"` // of that zone
	People   float64   `json:"people"`              // of the gap whom it would serve
	Share    float64   `json:"share"`               // of the gap's people
	Cost     float64   `json:"cost"`                // in units of a new site
}

// GapNearest is the nearest facility as seen from [Gap.At]. Facility is "" when
// none can be reached; Seconds or Metres is set, as the standard measures.
type GapNearest struct {
	Facility string  `json:"facility"`
	Name     string  `json:"name"`
	Seconds  int64   `json:"seconds,omitempty"` // rounded up
	Metres   float64 `json:"metres,omitempty"`  // rounded up to 1 mm
}

// Run is one reproducible analysis: what went in, and what came out. The same
// inputs, options and version give the same bytes.
type Run struct {
	Hash     string     `json:"hash"`    // SHA-256 over Version, Inputs and Options
	Version  string     `json:"version"` // of the program
	Inputs   []Source   `json:"inputs"`
	Options  RunOptions `json:"options"`
	LeftOut  []LeftOut  `json:"left_out"` // people that some figure leaves out, and why
	Coverage []Coverage `json:"-"`
}

// RunOptions is the choice that a run was made with, complete: every default is
// written out.
type RunOptions struct {
	Standards []Standard `json:"standards"`
	Groups    []string   `json:"groups"`
	Levels    []string   `json:"levels"` // empty: every level
	Landmass  bool       `json:"landmass"`
	CellRule  CellRule   `json:"cell_rule"`
	MinPeople float64    `json:"min_people"` // of a gap
	Within    bool       `json:"within"`     // facilities within reach were counted for every row
	// Borders is the level of zones whose people keep to their own facilities and to
	// those that are open to them; "" everybody uses what is nearest. OwnOnly: the
	// facilities' share did not count.
	Borders string `json:"borders,omitempty"`
	OwnOnly bool   `json:"own_only,omitempty"`
	// Transport is by which numbers people move; nil when all go straight.
	Transport *TransportUsed `json:"transport,omitempty"`
}

// LeftOut is a number of people that a run could not place or judge.
type LeftOut struct {
	Key      string  `json:"key"` // "no_zone", "no_setting", "off_land", "no_group"
	Standard string  `json:"standard,omitempty"`
	People   float64 `json:"people"`
	Message  Text    `json:"message"`
}
