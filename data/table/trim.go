package table

import (
	"strings"
	"unicode"
)

// isSpace also counts what spreadsheets and web pages leave behind: zero-width
// and ideographic spaces, byte order marks.
func isSpace(r rune) bool {
	switch r {
	case '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF':
		return true
	}
	return unicode.IsSpace(r)
}

func trim(s string) string {
	if s == "" || s[0] > ' ' && s[0] < 0x7F && s[len(s)-1] > ' ' && s[len(s)-1] < 0x7F {
		return s
	}
	return strings.TrimFunc(s, isSpace)
}
