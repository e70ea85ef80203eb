package table

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// text is a file whose separators and quotes can be found byte by byte, and the
// way to read its cells. GB18030 qualifies: no byte of its longer characters is
// a comma, semicolon, tab, quote or line end.
type text struct {
	body     string
	encoding string
	decode   func(cell string) string // nil: cells are UTF-8
}

// statedText reads text in a stated encoding; "" finds it out. False: no such
// encoding.
func statedText(data []byte, encoding string) (text, bool) {
	if encoding == "" {
		return readText(data), true
	}
	e, err := htmlindex.Get(encoding)
	if err != nil {
		return text{}, false
	}
	name, _ := htmlindex.Name(e) // known: it was found
	switch name {
	case "utf-8":
		return utf8Text(bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))), true
	case "gbk", "gb18030":
		return text{body: string(data), encoding: "GB18030", decode: decodeGB}, true
	}
	out, err := e.NewDecoder().Bytes(data)
	return text{body: string(out), encoding: name}, err == nil
}

// readText finds the encoding: byte order marks first, then valid UTF-8, then
// what the bytes above 0x7F look like. Bytes that an encoding does not have
// become U+FFFD in the cells.
func readText(data []byte) text {
	if rest, ok := bytes.CutPrefix(data, []byte("\xEF\xBB\xBF")); ok {
		return utf8Text(rest)
	}
	if bytes.HasPrefix(data, []byte("\xFF\xFE")) || bytes.HasPrefix(data, []byte("\xFE\xFF")) {
		// The decoder never fails: what it cannot read becomes U+FFFD.
		out, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		return text{body: string(out), encoding: "UTF-16"}
	}
	good, bad := countUTF8(data)
	if bad == 0 || good > 10*bad {
		return utf8Text(data)
	}
	if lonely(data) {
		return text{body: string(data), encoding: "windows-1252", decode: decode1252}
	}
	return text{body: string(data), encoding: "GB18030", decode: decodeGB}
}

func utf8Text(data []byte) text {
	if utf8.Valid(data) {
		return text{body: string(data), encoding: "UTF-8"}
	}
	return text{body: strings.ToValidUTF8(string(data), "\uFFFD"), encoding: "UTF-8"}
}

// countUTF8 counts the well-formed characters of more than one byte, and the
// bytes that belong to none.
func countUTF8(data []byte) (good, bad int) {
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good, bad
}

// lonely reports whether most bytes above 0x7F stand alone between ASCII ones,
// as accented letters do in Western text; Chinese bytes come in runs.
func lonely(data []byte) bool {
	single, runs, length := 0, 0, 0
	for _, b := range append(data[:len(data):len(data)], 0) {
		if b >= 0x80 {
			length++
			continue
		}
		if length > 0 {
			runs++
		}
		if length == 1 {
			single++
		}
		length = 0
	}
	return single*2 > runs
}

func decodeGB(s string) string {
	out, err := simplifiedchinese.GB18030.NewDecoder().String(s)
	if err != nil {
		return s + "\uFFFD"
	}
	return out
}

func decode1252(s string) string {
	out, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return s + "\uFFFD"
	}
	return out
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
