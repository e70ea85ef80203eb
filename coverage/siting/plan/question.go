package plan

import (
	"context"

	"lifecircle/coverage"
	"lifecircle/coverage/siting"
	"lifecircle/coverage/travel"
)

// Question is where to build, or what to close.
type Question struct {
	Model siting.Model
	// P is the most new sites; 0 with a budget or a target: any number.
	P      int
	Target float64 // LSCP: the share of all people to be served, 0: all
	Budget float64 // the most that new sites may cost; 0: no limit
	// Rules say how far is near enough, by setting. Reach is the greatest cost that
	// p-median and p-center tell apart, in the unit of the rules.
	Rules []coverage.Rule
	Reach uint32
	// Weights are the people of every demand row that count; 0 for those of no
	// rule. Served and Cost are what stands already: nil for none.
	Weights []float64
	Served  []bool
	Cost    []uint32

	Candidates []Candidate
	// ApartM keeps new sites so many metres from each other, straight; 0: no rule.
	ApartM float64
	// Exclusive are sets of candidates of which at most one is built.
	Exclusive [][]int32
	Fixed     []int32 // candidates that are built in any case
	Forbidden []int32
	// ZoneOf is the zone, of those that must all be served, of each of ds.Zones;
	// nil when there is no such rule. MinSites and MinShare are what each zone must
	// have; Standing are the facilities that each zone has already.
	ZoneOf   []int32
	MinSites int
	MinShare float64
	Standing []int32
	// Cover: 2 counts a row only when two sites are near enough.
	Cover int
	// Existing are the facilities that stand, each a site of its own: with
	// capacities, or to close some.
	Existing   []int32
	Capacities bool // people served at most count, of candidates and facilities
	// PerUnit is how many people a unit of their capacities serves; 0: 1.
	PerUnit float64
}

// Pairs finds the costs between places and demand rows within a limit: column
// Row of the answer counts within rows.
type Pairs func(ctx context.Context, places travel.Points, rule coverage.Rule, rows []int32, limit uint32) (*travel.Matrix, error)

// Setup is a question as an instance.
type Setup struct {
	Instance siting.Instance
	Rows     []int32 // the demand row of each demand
	Standing int     // sites before the first candidate
	Pairs    int64

	limit []uint32 // by demand
}

// MaxPairs is how many pairs of site and demand row a question may have; some
// 2 GB with the solver's own copies.
const MaxPairs = 60_000_000

func tooMany(pairs int64) error {
	return &coverage.Error{Code: coverage.Invalid, Key: "plan.pairs", Args: coverage.Args{"count": pairs, "most": MaxPairs}}
}
