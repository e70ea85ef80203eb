package table

import (
	"strings"
)

// isWebPage reports whether text is HTML or XML: many systems export a page
// under the name of a table.
func isWebPage(s string) bool {
	s = strings.ToLower(strings.TrimLeftFunc(s[:min(len(s), 4096)], isSpace))
	for _, tag := range []string{"<?xml", "<!doctype", "<html", "<head", "<table", "<meta", "<style", "<body"} {
		if strings.HasPrefix(s, tag) {
			return true
		}
	}
	return false
}

// decimalComma looks for the first number in a text separated by semicolons that
// can only have a comma as its decimal sign ("122,05"), "" when there is none or
// when another number has commas for thousands ("1,234.5", "1,234,567").
func decimalComma(s string) string {
	p := splitter{s: s[:min(len(s), 1<<18)], sep: ';', eol: lineEnd(s)}
	first := ""
	for p.next() {
		for _, c := range p.cells {
			whole, fraction, ok := commaNumber(trim(c))
			switch {
			case !ok:
			case strings.ContainsAny(fraction, ",."):
				return ""
			case first == "" && (len(fraction) != 3 || len(whole) > 3 || whole == "0" || whole == "-0"):
				first = trim(c)
			}
		}
	}
	return first
}

// commaNumber cuts what looks like a number at its first comma.
func commaNumber(c string) (whole, fraction string, ok bool) {
	whole, fraction, ok = strings.Cut(c, ",")
	digits := strings.TrimLeft(whole, "+-")
	if !ok || digits == "" || fraction == "" || len(whole)-len(digits) > 1 || strings.Trim(digits, "0123456789") != "" {
		return "", "", false
	}
	return whole, fraction, strings.Trim(fraction, "0123456789,.") == ""
}

// withPoints hands rows on with points for the decimal commas.
func withPoints(fn func(Row) error) func(Row) error {
	return func(r Row) error {
		for i, c := range r.Cells {
			if whole, fraction, ok := commaNumber(trim(c)); ok {
				r.Cells[i] = whole + "." + fraction
			}
		}
		return fn(r)
	}
}
