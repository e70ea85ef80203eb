package border

import (
	"cmp"
	"slices"

	"lifecircle/coverage"
	"lifecircle/coverage/travel"
)

// Map is the zones of a dataset as borders see them. It is immutable.
type Map struct {
	zones []coverage.Zone
	spans []travel.Span      // by zone: its ward and those below it
	words map[string][]int32 // zones by id and name
}

// New makes the map of zones, which stand parents before children.
func New(zones []coverage.Zone) *Map {
	m := &Map{zones: zones, spans: make([]travel.Span, len(zones)), words: map[string][]int32{}}
	size := make([]int32, len(zones))
	for z := len(zones) - 1; z >= 0; z-- {
		size[z]++
		if up := zones[z].Parent; up >= 0 {
			size[up] += size[z]
		}
	}
	next := make([]int32, len(zones)) // the first ward that is free below a zone
	root := int32(0)
	for z := range zones {
		free := &root
		if up := zones[z].Parent; up >= 0 {
			free = &next[up]
		}
		m.spans[z] = travel.Span{Lo: *free, Hi: *free + size[z]}
		*free += size[z]
		next[z] = m.spans[z].Lo + 1
		for _, word := range []string{plain(zones[z].ID), plain(zones[z].Name)} {
			if list := m.words[word]; word != "" && !slices.Contains(list, int32(z)) {
				m.words[word] = append(list, int32(z))
			}
		}
	}
	return m
}

// Ward is the ward of people whose finest zone is given, -1 for none.
func (m *Map) Ward(zone int32) int32 {
	if zone < 0 {
		return -1
	}
	return m.spans[zone].Lo
}

// Home is the zone of a level that a zone lies in or is, -1 for none.
func (m *Map) Home(zone int32, level string) int32 {
	for zone >= 0 && m.zones[zone].Level != level {
		zone = m.zones[zone].Parent
	}
	return zone
}

// Users are those who may use a facility at home in a zone (-1: in none) whose
// share says what s does.
func (m *Map) Users(home int32, s Share) travel.Users {
	if s.All {
		return travel.Users{travel.Everybody}
	}
	var list travel.Users
	for _, z := range append([]int32{home}, s.Zones...) {
		if z >= 0 {
			list = append(list, m.spans[z])
		}
	}
	// Spans of a tree lie in one another or apart: whoever lies in another goes.
	slices.SortFunc(list, func(a, b travel.Span) int { return cmp.Or(cmp.Compare(a.Lo, b.Lo), cmp.Compare(b.Hi, a.Hi)) })
	out := list[:0]
	for _, s := range list {
		if n := len(out); n == 0 || s.Lo >= out[n-1].Hi {
			out = append(out, s)
		}
	}
	return out
}
