package ground

import (
	"slices"
	"testing"

	"lifecircle/coverage"
)

func TestSignificant(t *testing.T) {
	for code, want := range map[string]string{"420000": "42", "420100": "4201", "420102": "420102", "420102000000": "420102", "420102001000": "420102001", "42": "42", "110000": "11", "419001": "419001"} {
		if got := Significant(code); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestInheritSettings(t *testing.T) {
	const a, u, r = coverage.SettingAny, coverage.Urban, coverage.Rural
	parents := []int32{-1, -1, -1, 0, 0, 1, 1, 2}
	zones := make([]coverage.Zone, len(parents))
	for i, s := range []coverage.Setting{a, a, u, u, u, u, r, a} {
		zones[i] = coverage.Zone{Parent: parents[i], Setting: s}
	}
	inheritSettings(zones)
	var got []coverage.Setting
	for _, z := range zones {
		got = append(got, z.Setting)
	}
	if want := []coverage.Setting{u, a, u, u, u, u, r, u}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
