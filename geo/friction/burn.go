package friction

import (
	"fmt"
	"math"
)

// Rule says what a burned cell takes the place of.
type Rule uint8

const (
	// Road makes open cells faster, never slower, and opens cells without data.
	// Barriers stay closed.
	Road Rule = iota
	// Barrier closes cells. Its pace does not count.
	Barrier
	// Bridge is a road that opens barriers too.
	Bridge
)

// Burned counts what a burn did: the cells that it changed, and those where a
// road met a barrier, which stayed closed. Cells that come twice count once for
// each change.
type Burned struct{ Changed, Blocked int64 }

// Burn writes a line or an area into a column of seconds per metre, in place.
// Burn in the order ground, roads, barriers, bridges. The error wraps
// [ErrSurface], and nothing is changed then: a cell that is not in the column,
// a pace that is not finite and over 0.
func Burn(seconds []float32, cells []int32, pace float32, rule Rule) (Burned, error) {
	var b Burned
	if rule == Barrier {
		pace = float32(math.Inf(1))
	} else if !(pace > 0) || !finite(pace) {
		return b, fmt.Errorf("%w: a road that takes %v s a metre", ErrSurface, pace)
	}
	for _, c := range cells {
		if c < 0 || int(c) >= len(seconds) {
			return b, fmt.Errorf("%w: cell %d of %d", ErrSurface, c, len(seconds))
		}
	}
	for _, c := range cells {
		old := seconds[c]
		closed := math.IsInf(float64(old), 1)
		switch {
		case rule == Road && closed:
			b.Blocked++
		case rule == Barrier && !closed, rule != Barrier && !(old <= pace):
			seconds[c] = pace
			b.Changed++
		}
	}
	return b, nil
}
