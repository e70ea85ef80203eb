package border

import (
	"slices"
	"strings"
)

// Share is what a facility's column share says. The zero value: nobody but the
// people of its own zone.
type Share struct {
	All   bool    // everybody may use it
	Zones []int32 // so may the people of these zones
}

// Fault is a part of a share that opens nothing: no zone is called so (Zones is
// 0), or several are.
type Fault struct {
	Part  string
	Zones int
}

var (
	everybody = []string{"all", "*", "yes", "y", "true", "open", "shared", "public", "everybody", "everyone", "全部", "所有", "所有人", "全体", "共享", "全部共享", "开放", "公共", "是", "有"}
	nobody    = []string{"no", "n", "none", "false", "own", "-", "否", "无", "不", "不共享", "不开放", "本区", "本地", "仅本区", "仅本地"}
)

// Read reads a share: a word for everybody or for nobody else, or ids and names
// of zones of any level between commas, semicolons or bars. What no zone is
// called by, or several are, opens nothing and is told.
func (m *Map) Read(text string) (s Share, faults []Fault) {
	parts := []string{text}
	if m.words[plain(text)] == nil { // a name may hold a comma
		parts = strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;|、，；｜\n", r) })
	}
	for _, part := range parts {
		word := plain(part)
		zones := m.words[word]
		switch {
		case word == "":
		case len(zones) == 1:
			s.Zones = append(s.Zones, zones[0])
		case zones != nil:
			faults = append(faults, Fault{strings.TrimSpace(part), len(zones)})
		case slices.Contains(everybody, word):
			s.All = true
		case !slices.Contains(nobody, word):
			faults = append(faults, Fault{strings.TrimSpace(part), 0})
		}
	}
	return s, faults
}

func plain(word string) string { return strings.ToLower(strings.TrimSpace(word)) }
