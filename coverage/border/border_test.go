package border_test

import (
	"fmt"
	"slices"
	"testing"

	"lifecircle/coverage"
	"lifecircle/coverage/border"
	"lifecircle/coverage/travel"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Two provinces, the second with two cities; "north" is a name twice.
func zones() []coverage.Zone {
	return []coverage.Zone{
		{ID: "1", Name: "One", Level: "province", Parent: -1},
		{ID: "2", Name: "Two, the second", Level: "province", Parent: -1},
		{ID: "21", Name: "武汉市", Level: "city", Parent: 1},
		{ID: "11", Name: "North", Level: "city", Parent: 0},
		{ID: "22", Name: "north", Level: "city", Parent: 1},
		{ID: "211", Name: "江岸区", Level: "county", Parent: 2},
	}
}

func TestShareWords(t *testing.T) {
	m := border.New(zones())
	for text, want := range map[string]border.Share{
		"":                {},
		"  ":              {},
		"all":             {All: true},
		" ALL ":           {All: true},
		"*":               {All: true},
		"共享":              {All: true},
		"是":               {All: true},
		"否":               {},
		"no":              {},
		"21":              {Zones: []int32{2}},
		"武汉市、1":           {Zones: []int32{2, 0}},
		"武汉市，江岸区；22|11":   {Zones: []int32{2, 5, 4, 3}},
		"Two, the second": {Zones: []int32{1}},
		"21, yes":         {All: true, Zones: []int32{2}},
	} {
		got, faults := m.Read(text)
		if d := cmp.Diff(want, got); d != "" || faults != nil {
			t.Errorf("%q: %v\n%s", text, faults, d)
		}
	}
	for text, want := range map[string][]border.Fault{
		"perhaps":         {{Part: "perhaps"}},
		"21; nowhere, 11": {{Part: "nowhere"}},
		"North":           {{Part: "North", Zones: 2}},
		"3":               {{Part: "3"}}, // neither a zone nor a word: who means yes writes yes
	} {
		if _, got := m.Read(text); cmp.Diff(want, got) != "" {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestHome(t *testing.T) {
	m := border.New(zones())
	for _, c := range []struct {
		zone  int32
		level string
		want  int32
	}{{5, "county", 5}, {5, "city", 2}, {5, "province", 1}, {2, "county", -1}, {-1, "city", -1}, {3, "province", 0}} {
		if got := m.Home(c.zone, c.level); got != c.want {
			t.Errorf("zone %d at level %s: %d, want %d", c.zone, c.level, got, c.want)
		}
	}
}

// Whoever lives in a zone that a facility is open to may use it, and nobody else;
// no pair is in two spans.
func TestUsersAreThoseWhoLiveInTheZones(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []coverage.Zone
		for z := range rapid.IntRange(1, 12).Draw(t, "zones") {
			list = append(list, coverage.Zone{ID: fmt.Sprint(z), Parent: int32(rapid.IntRange(-1, z-1).Draw(t, "parent"))})
		}
		m := border.New(list)
		number := rapid.Int32Range(-1, int32(len(list))-1)
		open := rapid.SliceOfN(number.Filter(func(z int32) bool { return z >= 0 }), 0, 4).Draw(t, "share")
		home := number.Draw(t, "home")
		users := m.Users(home, border.Share{Zones: open})
		for zone := int32(-1); zone < int32(len(list)); zone++ {
			want := false
			for up := zone; up >= 0; up = list[up].Parent {
				want = want || up == home || slices.Contains(open, up)
			}
			n := 0
			for _, s := range users {
				if (travel.Users{s}).Have(m.Ward(zone)) {
					n++
				}
			}
			if users.Have(m.Ward(zone)) != want || n > 1 {
				t.Fatalf("people of %d: in %d spans, want %v", zone, n, want)
			}
			if !m.Users(home, border.Share{All: true}).Have(m.Ward(zone)) {
				t.Fatalf("people of %d are not everybody", zone)
			}
		}
	})
}
