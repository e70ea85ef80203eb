package workbook

import (
	"io"
	"strconv"
	"strings"
)

// stringItem reads the text of <si> or <is>, whose start was just read, up to
// its end: every <t> but those of phonetic hints.
func stringItem(s *scanner, dst []byte) ([]byte, error) {
	depth, phonetic, inText := 1, 0, false
	for {
		t, err := s.next()
		if err != nil {
			return dst, err
		}
		switch t {
		case start:
			depth++
			if string(s.name) == "rPh" && phonetic == 0 {
				phonetic = depth
			}
			inText = string(s.name) == "t"
		case end:
			if depth == phonetic {
				phonetic = 0
			}
			inText = false
			if depth--; depth == 0 {
				return dst, nil
			}
		case text:
			if inText && phonetic == 0 {
				dst = appendDecoded(dst, s.text, s.plain)
			}
		case eof:
			return dst, errXML
		}
	}
}

// sharedStrings reads xl/sharedStrings.xml.
func sharedStrings(in io.Reader) ([]string, error) {
	var list []string
	var buf []byte
	s := &scanner{in: in}
	for {
		t, err := s.next()
		if err != nil || t == eof {
			return list, err
		}
		if t != start || string(s.name) != "si" {
			continue
		}
		if buf, err = stringItem(s, buf[:0]); err != nil {
			return nil, err
		}
		list = append(list, unescape(string(buf)))
	}
}

// unescape decodes _x000D_ and its like, which stand for characters that XML
// cannot hold (ECMA-376 part 1, 22.9.2.19).
func unescape(s string) string {
	i := strings.Index(s, "_x")
	if i < 0 {
		return s
	}
	var b strings.Builder
	for ; i >= 0; i = strings.Index(s, "_x") {
		b.WriteString(s[:i])
		s = s[i:]
		if len(s) >= 7 && s[6] == '_' {
			if v, err := strconv.ParseUint(s[2:6], 16, 16); err == nil {
				b.WriteRune(rune(v))
				s = s[7:]
				continue
			}
		}
		b.WriteString(s[:2])
		s = s[2:]
	}
	b.WriteString(s)
	return b.String()
}
