package main

import "testing"

func TestNumbersForPeople(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", -0.4: "0", 999.5: "1,000", 1739189.6: "1,739,190", 12345678: "12,345,678", 207982: "207,982", -1234: "-1,234", -123: "-123", -1234567: "-1,234,567",
	} {
		if got := people(v); got != want {
			t.Errorf("people(%v) = %q, want %q", v, got, want)
		}
	}
	for v, want := range map[float64]string{0: "0.00 %", 0.00002: "< 0.01 %", 0.0123: "1.23 %"} {
		if got := gap(v); got != want {
			t.Errorf("gap(%v) = %q, want %q", v, got, want)
		}
	}
}
