package source

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// Round keeps 7 decimals, for messages.
func Round(p orb.Point) orb.Point {
	return orb.Point{float64(int64(p[0]*1e7)) / 1e7, float64(int64(p[1]*1e7)) / 1e7}
}

// Join lists words in a message.
func Join(words []string) string { return strings.Join(words, ", ") }

// PointText writes coordinates for a message.
func PointText(p orb.Point) string {
	f := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	return f(p[0]) + ", " + f(p[1])
}

// People writes a number of people or metres for a message, to the unit.
func People(n float64) string { return fmt.Sprintf("%.0f", n) }

// Percent writes a share for a message.
func Percent(share float64) string { return fmt.Sprintf("%.4g %%", share*100) }
