package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanner walks XML token by token. It knows elements, attributes, text, CDATA
// and the five named entities; it checks that elements nest. What it gives are
// parts of the text, not copies.
type scanner struct {
	b    []byte
	pos  int
	open [][]byte // full names of the elements that are open

	name  []byte // of an element, without its prefix
	attrs []byte // of a start, as written
	text  []byte
	plain bool // text needs no decoding
	empty bool // the start was <name/>: its end comes next
}

type token uint8

const (
	eof token = iota
	start
	end
	text
)

var errXML = errors.New("damaged XML")

func (s *scanner) fault(what string) (token, error) {
	return eof, fmt.Errorf("%w at byte %d: %s", errXML, s.pos, what)
}

// next gives the next start, end or text.
func (s *scanner) next() (token, error) {
	if s.empty {
		s.empty = false
		s.open = s.open[:len(s.open)-1]
		return end, nil
	}
	for {
		if s.pos >= len(s.b) {
			if len(s.open) > 0 {
				return s.fault("it ends within <" + string(s.open[len(s.open)-1]) + ">")
			}
			return eof, nil
		}
		rest := s.b[s.pos:]
		if rest[0] != '<' {
			i := bytes.IndexByte(rest, '<')
			if i < 0 {
				i = len(rest)
			}
			s.text, s.plain = rest[:i], false
			s.pos += i
			return text, nil
		}
		var skip string
		switch {
		case len(rest) > 1 && rest[1] == '/':
			return s.closing(rest)
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			return s.cdata(rest)
		case bytes.HasPrefix(rest, []byte("<!--")):
			skip = "-->"
		case bytes.HasPrefix(rest, []byte("<?")):
			skip = "?>"
		case bytes.HasPrefix(rest, []byte("<!")):
			return s.fault("a document type") // none is allowed in the format
		default:
			return s.opening(rest)
		}
		i := bytes.Index(rest, []byte(skip))
		if i < 0 {
			return s.fault("no " + skip)
		}
		s.pos += i + len(skip)
	}
}

func (s *scanner) cdata(rest []byte) (token, error) {
	i := bytes.Index(rest, []byte("]]>"))
	if i < 0 {
		return s.fault("no ]]>")
	}
	s.text, s.plain = rest[len("<![CDATA["):i], true
	s.pos += i + 3
	return text, nil
}

func (s *scanner) closing(rest []byte) (token, error) {
	i := bytes.IndexByte(rest, '>')
	if i < 0 {
		return s.fault("no >")
	}
	name := bytes.TrimRight(rest[2:i], " \t\r\n")
	last := len(s.open) - 1
	if last < 0 || !bytes.Equal(s.open[last], name) {
		return s.fault("</" + string(name[:min(len(name), 40)]) + "> closes nothing")
	}
	s.open = s.open[:last]
	s.name = local(name)
	s.pos += i + 1
	return end, nil
}

func (s *scanner) opening(rest []byte) (token, error) {
	i := 1
	for i < len(rest) && rest[i] > ' ' && rest[i] != '>' && rest[i] != '/' {
		i++
	}
	name := rest[1:i]
	from := i
	for quote := byte(0); ; i++ {
		if i >= len(rest) {
			return s.fault("no >")
		}
		c := rest[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case c == '"' || c == '\'':
			quote = c
			continue
		case c != '>':
			continue
		}
		break
	}
	if len(name) == 0 {
		return s.fault("an element without a name")
	}
	s.name, s.attrs = local(name), rest[from:i]
	if n := len(s.attrs); n > 0 && s.attrs[n-1] == '/' {
		s.attrs, s.empty = s.attrs[:n-1], true
	}
	s.open = append(s.open, name)
	s.pos += i + 1
	return start, nil
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// attr finds an attribute of the last start by its full name, nil when it has
// none.
func (s *scanner) attr(name string) []byte {
	a := s.attrs
	for {
		i := bytes.IndexByte(a, '=')
		if i < 0 {
			return nil
		}
		key := bytes.Trim(a[:i], " \t\r\n")
		a = bytes.TrimLeft(a[i+1:], " \t\r\n")
		if len(a) == 0 || a[0] != '"' && a[0] != '\'' {
			return nil
		}
		j := bytes.IndexByte(a[1:], a[0])
		if j < 0 {
			return nil
		}
		if string(key) == name {
			return a[1 : 1+j]
		}
		a = a[j+2:]
	}
}

// attrText is an attribute with its entities decoded.
func (s *scanner) attrText(name string) string {
	return string(appendDecoded(nil, s.attr(name), false))
}

var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// appendDecoded appends text with its entities and line ends decoded; what is no
// UTF-8 becomes U+FFFD.
func appendDecoded(dst, raw []byte, plain bool) []byte {
	from := len(dst)
	for len(raw) > 0 {
		i := bytes.IndexAny(raw, "&\r")
		if plain {
			i = bytes.IndexByte(raw, '\r')
		}
		if i < 0 {
			dst = append(dst, raw...)
			break
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i:]
		if raw[0] == '\r' { // XML reads CR LF and CR as LF
			dst = append(dst, '\n')
			raw = bytes.TrimPrefix(raw[1:], []byte("\n"))
			continue
		}
		out, n := entity(raw)
		dst = append(dst, out...)
		raw = raw[n:]
	}
	if !utf8.Valid(dst[from:]) {
		dst = append(dst[:from], strings.ToValidUTF8(string(dst[from:]), "\uFFFD")...)
	}
	return dst
}

// entity decodes what begins with &; an unknown one stands for itself.
func entity(raw []byte) (out string, n int) {
	i := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
	if i < 2 {
		return "&", 1
	}
	name := string(raw[1:i])
	if s, ok := entities[name]; ok {
		return s, i + 1
	}
	digits, isNumber := strings.CutPrefix(name, "#")
	number := 10
	if hex, ok := strings.CutPrefix(strings.ToLower(digits), "x"); ok {
		digits, number = hex, 16
	}
	v, err := strconv.ParseUint(digits, number, 32)
	if !isNumber || err != nil || v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
		return "&", 1
	}
	return string(rune(v)), i + 1
}
