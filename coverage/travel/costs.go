package travel

import (
	"lifecircle/coverage"

	"github.com/paulmach/orb"
)

// Answer tells of every demand row what the nearest facility costs in the unit
// of a rule (milliseconds, or millimetres when its threshold is a distance;
// [coverage.Never]) and which one it is, an index into the facilities or -1.
type Answer interface {
	At(row int) (cost uint32, facility int32)
}

// Costs is an answer in columns as long as the demand.
type Costs struct {
	Cost     []uint32
	Facility []int32
}

// At tells of one row.
func (c *Costs) At(row int) (cost uint32, facility int32) { return c.Cost[row], c.Facility[row] }

// UnderRule is the answer of straight distances under a rule.
func UnderRule(near Nearest, rule coverage.Rule) Answer { return &ruled{near, rule} }

type ruled struct {
	Nearest
	rule coverage.Rule
}

func (r *ruled) At(row int) (cost uint32, facility int32) {
	return Cost(r.Metres[row], r.rule), r.Facility[row]
}

// Matrix holds the costs between sources and demand rows within a limit, in
// columns by source: those of source i are Row[First[i]:First[i+1]], in order,
// and as many Cost.
type Matrix struct {
	First []int64
	Row   []uint32
	Cost  []uint32
}

// Off says why a point takes no part in a way to travel.
type Off uint8

// The reasons. On is the zero value.
const (
	On       Off = iota
	FarOff       // no usable street, or no open ground, within the limit
	CutOff       // beside small pieces of network that nothing connects
	NotThere     // no place on the Earth
)

// Route is a way between a place and its nearest facility, in the order of
// travel. Cost is the sum of the steps and of DelayMS.
type Route struct {
	Cost     uint32
	Facility int32
	DelayMS  uint32
	Steps    []Step
}

// Step is a part of a route.
type Step struct {
	Kind string // "line", "walk" (to or from the street), "street", "board", "sail", "ground"
	Name string // of the boat
	Cost uint32
	Line orb.LineString // at least one point; on past 180 degrees over the antimeridian
}
