package vector

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// charset is a way to write text in bytes; a nil Encoding is UTF-8.
type charset struct {
	name string
	enc  encoding.Encoding
}

var (
	utf8Charset    = charset{name: "UTF-8"}
	gb18030Charset = charset{"GB18030", simplifiedchinese.GB18030} // holds GBK and GB2312
	big5Charset    = charset{"Big5", traditionalchinese.Big5}
	latinCharset   = charset{"Windows-1252", charmap.Windows1252}
)

// charsetNamed understands what people and .cpg files write: "UTF-8", "65001",
// "936", "ANSI 936", "cp936", "GBK".
func charsetNamed(name string) (charset, bool) {
	key := strings.ToLower(strings.TrimSpace(name))
	for _, prefix := range []string{"ansi", "oem", "cp", "ms", "windows-", "ldid/"} {
		key = strings.TrimSpace(strings.TrimPrefix(key, prefix))
	}
	switch key {
	case "utf-8", "utf8", "65001", "utf-8-sig":
		return utf8Charset, true
	case "936", "gbk", "gb2312", "gb18030", "54936", "euc-cn":
		return gb18030Charset, true
	case "950", "big5", "big-5":
		return big5Charset, true
	case "1252", "iso-8859-1", "iso8859-1", "88591", "latin1":
		return latinCharset, true
	}
	enc, err := htmlindex.Get(strings.ToLower(strings.TrimSpace(name)))
	if err != nil {
		return charset{}, false
	}
	return charset{name, enc}, true
}

// decode returns b as text and whether every byte was understood. The decoders
// of x/text never fail: they write U+FFFD for what they do not understand.
func (c charset) decode(b []byte) (string, bool) {
	if c.enc == nil {
		if utf8.Valid(b) {
			return string(b), true
		}
		return strings.ToValidUTF8(string(b), "\ufffd"), false
	}
	if isASCII(b) {
		return string(b), true
	}
	out, err := c.enc.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\ufffd"), false
	}
	return string(out), !bytes.ContainsRune(out, utf8.RuneError)
}

func isASCII(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// decodeDocument turns a whole text file into UTF-8: by its byte order mark,
// else by the name given, else UTF-8 or GB18030, whichever understands all of it.
func decodeDocument(b []byte, name string) (string, bool) {
	if bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) {
		return utf8Charset.decode(b[3:])
	}
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		return charset{"UTF-16", utf16}.decode(b)
	}
	if name != "" {
		c, ok := charsetNamed(name)
		if !ok {
			return "", false
		}
		return c.decode(b)
	}
	if utf8.Valid(b) {
		return string(b), true
	}
	return gb18030Charset.decode(b)
}
