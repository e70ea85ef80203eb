package profile

import (
	"strconv"
	"strings"
)

// parseKMH reads a speed limit: "50", "50 km/h", "30 mph", "10 knots", the
// smallest of "80;60". "none", "signals", "CN:urban" and what is not a number
// over 0 are no limit that can be used.
func parseKMH(s string) (float64, bool) {
	if s == "" {
		return 0, false
	}
	if strings.Contains(s, ";") {
		least, any := 0.0, false
		for part := range strings.SplitSeq(s, ";") {
			if v, ok := parseKMH(strings.TrimSpace(part)); ok && (!any || v < least) {
				least, any = v, true
			}
		}
		return least, any
	}
	s = strings.TrimSpace(s)
	if s == "walk" {
		return 7, true
	}
	number, unit := s, 1.0
	for _, u := range [...]struct {
		name string
		kmh  float64
	}{{"km/h", 1}, {"kmh", 1}, {"kph", 1}, {"mph", 1.609344}, {"knots", 1.852}} {
		if rest, ok := strings.CutSuffix(s, u.name); ok {
			number, unit = strings.TrimSpace(rest), u.kmh
			break
		}
	}
	v, err := strconv.ParseFloat(number, 64)
	if err != nil || !(v > 0 && v <= 1000) {
		return 0, false
	}
	return v * unit, true
}
