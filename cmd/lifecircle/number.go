package main

import (
	"math"
	"strconv"
)

// number writes v with as many digits as it has.
func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func round(v float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(v*scale) / scale
}

// people writes v as a whole number with thousands separators: "207,982".
func people(v float64) string {
	s := strconv.FormatInt(int64(math.Round(v)), 10)
	first := 0
	if v < 0 && s[0] == '-' {
		first = 1
	}
	for i := len(s) - 3; i > first; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// percent writes a share with two decimals, rounded down just below 100 % so
// that only what is complete reads as 100.00 %.
func percent(share float64) string {
	p := round(share*100, 2)
	if share < 1 && p >= 100 {
		p = 99.99
	}
	return strconv.FormatFloat(p, 'f', 2, 64) + " %"
}

// gap writes an optimality gap; one that rounds to nothing is still said.
func gap(share float64) string {
	if share > 0 && share < 0.00005 {
		return "< 0.01 %"
	}
	return percent(share)
}
