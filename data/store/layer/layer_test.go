package layer

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestGroupColumns(t *testing.T) {
	groups := []string{"all", "60+", "60 +", "ALL", "男60-64", "all_2", "\"; DROP"}
	want := []string{"people_all", "people_60plus", "people_60_plus", "people_all_2", "people_男60_64", "people_all_2_2", "people____drop"}
	for g, got := range groupColumns(groups) {
		if got != want[g] {
			t.Errorf("%q gets the column %q, want %q", groups[g], got, want[g])
		}
	}
}

// TestGroupColumnsDiffer tries any names: the columns must differ in any case,
// fit into PostgreSQL and begin as the stores expect.
func TestGroupColumnsDiffer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := rapid.SliceOfN(rapid.StringN(0, 80, 200), 0, 30).Draw(t, "groups")
		seen := map[string]bool{}
		for _, name := range groupColumns(groups) {
			folded := strings.ToLower(name)
			if seen[folded] || len(name) > 63 || !utf8.ValidString(name) || !strings.HasPrefix(name, "people_") {
				t.Fatalf("%q of %q", name, groups)
			}
			seen[folded] = true
		}
	})
}
