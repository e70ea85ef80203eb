package layer

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxColumn bounds the name of a column in bytes: PostgreSQL cuts names at 63.
const maxColumn = 48

// groupColumns names the people column of every group: "people_all",
// "people_60plus". Names differ even when case is ignored.
func groupColumns(groups []string) []string {
	used := map[string]bool{}
	names := make([]string, len(groups))
	for g, group := range groups {
		name := cutAt("people_"+safe(group), maxColumn)
		unique := name
		for k := 2; used[unique]; k++ {
			unique = name + "_" + strconv.Itoa(k)
		}
		used[unique] = true
		names[g] = unique
	}
	return names
}

// safe keeps letters and digits; SQL, QGIS and dBASE accept these everywhere.
// Only ASCII is lowered, as SQLite and PostgreSQL do.
func safe(group string) string {
	var b strings.Builder
	for _, r := range group {
		switch {
		case r >= 'A' && r <= 'Z':
			b.WriteRune(r + 'a' - 'A')
		case r == '+':
			b.WriteString("plus")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		default:
			b.WriteByte('_')
		}
	}
	return b.String()
}

// cutAt shortens s to at most n bytes, between characters.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
