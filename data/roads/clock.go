package roads

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"lifecircle/data/table"

	"golang.org/x/text/width"
)

var clockWords = strings.NewReplacer("：", ":", "点", ":", "时", ":", "分", "")

// maxClockS is the latest time of a timetable: the end of the next day.
const maxClockS = 48 * 3600

// clock reads a time of day in seconds: 7:30, 07:30:00, 7点30分, 24:30 after
// midnight, and the share of a day that workbooks keep (0.3125).
func clock(cell string) (int32, bool) {
	s := strings.TrimSpace(clockWords.Replace(width.Fold.String(cell)))
	if !strings.Contains(s, ":") {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || !(v >= 0 && v < 1) || !strings.Contains(s, ".") || strings.HasSuffix(s, "0") { // 0.30 is no share
			return 0, false
		}
		return int32(math.Round(v*1440)) * 60, true
	}
	seconds := 0
	parts := strings.Split(strings.TrimSuffix(s, ":"), ":")
	if len(parts) > 3 {
		return 0, false
	}
	for i, unit := range []int{3600, 60, 1}[:len(parts)] {
		v, err := strconv.Atoi(parts[i])
		if err != nil || v < 0 || i > 0 && v > 59 || len(parts[i]) > 2 {
			return 0, false
		}
		seconds += v * unit
	}
	return int32(seconds), seconds <= maxClockS
}

// departures reads a list of times; false when one is none, or when they do not
// go up: a boat after midnight leaves at 24:30.
func departures(cell string) (list []int32, bad string) {
	fields := strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;、，；/|", r) })
	for _, f := range fields {
		t, ok := clock(f)
		switch n := len(list); {
		case !ok || n > 0 && t < list[n-1]:
			return nil, f
		case n > 0 && t == list[n-1]:
		default:
			list = append(list, t)
		}
	}
	return list, ""
}

var minuteUnits = strings.NewReplacer("分钟", "", "minutes", "", "mins", "", "min", "", "分", "")

// minutes reads a length of time in minutes: 25, 25分钟, 1:30, 1.5小时, 2 h, and
// the share of a day of a workbook that was given a time (at most 0.99, as no
// such time is less than a minute).
func minutes(cell string) (float64, table.State) {
	s := strings.ToLower(strings.TrimSpace(width.Fold.String(cell)))
	if _, state := table.Number(s); state == table.Missing {
		return 0, table.Missing
	}
	if strings.Contains(s, ":") {
		t, ok := clock(s)
		if !ok {
			return 0, table.Bad
		}
		return float64(t) / 60, table.Good
	}
	for _, unit := range []string{"小时", "hours", "hour", "h"} {
		if rest, ok := strings.CutSuffix(s, unit); ok {
			v, state := table.Number(strings.TrimSpace(rest))
			return v * 60, hoursState(state)
		}
	}
	v, state := table.Number(strings.TrimSpace(minuteUnits.Replace(s)))
	if state == table.Good && v > 0 && v < 1 && len(s) > 4 { // 0.0173611111 is 0:25 in a workbook
		return math.Round(v*86400) / 60, state
	}
	return v, state
}

// hoursState is Bad for an empty number before a unit.
func hoursState(s table.State) table.State {
	if s == table.Missing {
		return table.Bad
	}
	return s
}
