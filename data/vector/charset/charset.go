package charset

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// Charset is a way to write text in bytes. The zero value is UTF-8 without a
// name.
type Charset struct {
	Name string
	enc  encoding.Encoding // nil is UTF-8
}

// The usual ones. GB18030 holds GBK and GB2312.
var (
	UTF8        = Charset{Name: "UTF-8"}
	GB18030     = Charset{"GB18030", simplifiedchinese.GB18030}
	Big5        = Charset{"Big5", traditionalchinese.Big5}
	Windows1252 = Charset{"Windows-1252", charmap.Windows1252}
)

// Named understands what people and .cpg files write: "UTF-8", "65001",
// "936", "ANSI 936", "cp936", "GBK".
func Named(name string) (Charset, bool) {
	key := strings.ToLower(strings.TrimSpace(name))
	for _, prefix := range []string{"ansi", "oem", "cp", "ms", "windows-", "ldid/"} {
		key = strings.TrimSpace(strings.TrimPrefix(key, prefix))
	}
	switch key {
	case "utf-8", "utf8", "65001", "utf-8-sig":
		return UTF8, true
	case "936", "gbk", "gb2312", "gb18030", "54936", "euc-cn":
		return GB18030, true
	case "950", "big5", "big-5":
		return Big5, true
	case "1252", "iso-8859-1", "iso8859-1", "88591", "latin1":
		return Windows1252, true
	}
	enc, err := htmlindex.Get(strings.ToLower(strings.TrimSpace(name)))
	if err != nil {
		return Charset{}, false
	}
	return Charset{name, enc}, true
}

// Decode returns b as text and whether every byte was understood. The decoders
// of x/text never fail: they write U+FFFD for what they do not understand.
func (c Charset) Decode(b []byte) (string, bool) {
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

// Document turns a whole text file into UTF-8: by its byte order mark,
// else by the name given, else UTF-8 or GB18030, whichever understands all of it.
func Document(b []byte, name string) (string, bool) {
	if bytes.HasPrefix(b, []byte("\xef\xbb\xbf")) {
		return UTF8.Decode(b[3:])
	}
	if bytes.HasPrefix(b, []byte("\xff\xfe")) || bytes.HasPrefix(b, []byte("\xfe\xff")) {
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		return Charset{"UTF-16", utf16}.Decode(b)
	}
	if name != "" {
		c, ok := Named(name)
		if !ok {
			return "", false
		}
		return c.Decode(b)
	}
	if utf8.Valid(b) {
		return string(b), true
	}
	return GB18030.Decode(b)
}

// Reader decodes what is read from r.
func (c Charset) Reader(r io.Reader) io.Reader {
	if c.enc == nil {
		return r
	}
	return c.enc.NewDecoder().Reader(r)
}
