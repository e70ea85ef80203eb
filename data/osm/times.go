package osm

import (
	"cmp"
	"strconv"
	"strings"

	"lifecircle/geo/network"

	"github.com/paulmach/osm"
)

// parseSpan reads a length of time in seconds: "25" (minutes), "00:25",
// "1:02:30", "PT1H30M", "25 min", "2 h"; false for anything else, and for
// nothing or more than a week.
func parseSpan(s string) (int32, bool) {
	s = strings.TrimSpace(s)
	var seconds float64
	var ok bool
	switch {
	case strings.HasPrefix(s, "P"):
		seconds, ok = parseISO(s)
	case strings.Contains(s, ":"):
		seconds, ok = parseClock(s)
	default:
		unit := 60.0
		for suffix, u := range map[string]float64{"min": 60, "minutes": 60, "mins": 60, "h": 3600, "hours": 3600, "hour": 3600} {
			if rest, found := strings.CutSuffix(s, suffix); found && strings.TrimRight(rest, "0123456789. ") == "" {
				s, unit = strings.TrimSpace(rest), u
			}
		}
		v, err := strconv.ParseFloat(s, 64)
		seconds, ok = v*unit, err == nil
	}
	if !ok || !(seconds >= 1 && seconds <= 7*24*3600) {
		return 0, false
	}
	return int32(seconds + 0.5), true
}

// parseClock reads "h:mm" or "h:mm:ss" as seconds.
func parseClock(s string) (float64, bool) {
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, false
	}
	sum := 0
	for i, unit := range []int{3600, 60, 1}[:len(parts)] {
		v, err := strconv.Atoi(strings.TrimSpace(parts[i]))
		if err != nil || v < 0 || v > 168 && i == 0 || v > 59 && i > 0 {
			return 0, false
		}
		sum += v * unit
	}
	return float64(sum), true
}

// parseISO reads an ISO 8601 duration of days, hours, minutes and seconds.
func parseISO(s string) (float64, bool) {
	date, clock, _ := strings.Cut(strings.TrimPrefix(s, "P"), "T")
	sum, any := 0.0, false
	for _, part := range []struct {
		text  string
		units map[byte]float64
	}{{date, map[byte]float64{'D': 86400}}, {clock, map[byte]float64{'H': 3600, 'M': 60, 'S': 1}}} {
		for part.text != "" {
			i := strings.IndexAny(part.text, "DHMSWY")
			if i < 0 {
				return 0, false
			}
			v, err := strconv.ParseFloat(part.text[:i], 64)
			unit := part.units[part.text[i]]
			if err != nil || unit == 0 {
				return 0, false
			}
			sum, any = sum+v*unit, true
			part.text = part.text[i+1:]
		}
	}
	return sum, any
}

// timetable reads what a ferry's way or relation says of one direction (a suffix
// such as ":forward"): interval or headway, and opening hours of one span every
// day.
func timetable(t osm.Tags, direction string) network.Timetable {
	find := func(key string) string { return cmp.Or(t.Find(key+direction), t.Find(key)) }
	var tt network.Timetable
	for _, key := range []string{"interval", "headway", "frequency"} {
		if s, ok := parseSpan(find(key)); ok {
			tt.HeadwayS = s
			break
		}
	}
	hours := strings.TrimPrefix(strings.TrimSpace(find("opening_hours")), "Mo-Su ")
	if hours == "24/7" {
		hours = "00:00-24:00"
	}
	if from, to, ok := strings.Cut(hours, "-"); ok {
		first, ok1 := parseClock(from)
		last, ok2 := parseClock(to)
		if ok1 && ok2 && strings.Contains(from, ":") && last > first && last <= 48*3600 {
			tt.FirstS, tt.LastS = int32(first), int32(last)
		}
	}
	return tt
}
