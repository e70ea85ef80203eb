package dbase

import "testing"

func TestDBFValues(t *testing.T) {
	for _, tt := range []struct {
		text  string
		whole bool
		want  any
		ok    bool
	}{
		{"  12 ", true, int64(12), true},
		{"-3", true, int64(-3), true},
		{"12", false, 12.0, true},
		{"1.50", false, 1.5, true},
		{"1.5", true, 1.5, true},
		{"12345678901234567890", true, 12345678901234567890.0, true},
		{"***", true, nil, true},
		{"   ", true, nil, true},
		{"\x00\x00", false, nil, true},
		{"nan", false, nil, false},
		{"1x", true, nil, false},
		{"inf", false, nil, false},
	} {
		if got, ok := number(tt.text, tt.whole); got != tt.want || ok != tt.ok {
			t.Errorf("%q: %v %v, want %v %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
	for text, want := range map[string]any{"20260131": "2026-01-31", "        ": nil, "00000000": nil} {
		if got := date(text); got != want {
			t.Errorf("date %q: %v", text, got)
		}
	}
	for text, want := range map[string]any{"T": true, "y": true, "F": false, "n": false, "?": nil, " ": nil} {
		if got := logical([]byte(text)); got != want {
			t.Errorf("logical %q: %v", text, got)
		}
	}
}
