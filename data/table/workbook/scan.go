package workbook

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// scanner walks XML token by token. It knows elements, attributes, text, CDATA
// and the five named entities; it checks that elements nest. It holds a window of
// the text; what it gives are parts of that, valid until the next token.
type scanner struct {
	in   io.Reader // what follows b; nil: nothing
	step int       // how much is read at once; 0: windowBytes
	b    []byte
	pos  int
	open []byte // full names of the elements that are open, one behind the other
	ends []int  // where each of them ends in open

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
	none // a comment or an instruction
)

var errXML = errors.New("damaged XML")

// windowBytes is what is read at once, and maxToken the longest token: a cell
// holds 32,767 characters.
const (
	windowBytes = 1 << 16
	maxToken    = 1 << 24
)

// next gives the next start, end or text.
func (s *scanner) next() (token, error) {
	if s.empty {
		s.empty = false
		s.pop()
		return end, nil
	}
	for {
		t, missing, err := s.token()
		switch {
		case err != nil:
			return eof, fmt.Errorf("%w: %w", errXML, err)
		case missing == "" && t != none:
			return t, nil
		case missing == "":
			continue
		}
		ended := s.in == nil
		if err := s.more(); err != nil {
			return eof, err
		}
		switch {
		case !ended: // look again, now that there is more or is known to be no more
		case s.pos == len(s.b) && len(s.ends) == 0:
			return eof, nil
		case s.pos == len(s.b):
			return eof, fmt.Errorf("%w: it ends within <%s>", errXML, s.open)
		case s.b[s.pos] != '<': // text up to the end
			s.text, s.plain, s.pos = s.b[s.pos:], false, len(s.b)
			return text, nil
		default:
			return eof, fmt.Errorf("%w: no %s", errXML, missing)
		}
	}
}

// more moves the window on; at the end, in is nil.
func (s *scanner) more() error {
	if s.in == nil {
		return nil
	}
	if s.pos > 0 {
		s.b = s.b[:copy(s.b, s.b[s.pos:])]
		s.pos = 0
	}
	if len(s.b) > maxToken {
		return fmt.Errorf("%w: an element of more than %d bytes", errXML, maxToken)
	}
	old, step := len(s.b), s.step
	if step == 0 {
		step = windowBytes
	}
	s.b = slices.Grow(s.b, step)[:old+step]
	n, err := io.ReadFull(s.in, s.b[old:])
	s.b = s.b[:old+n]
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		s.in, err = nil, nil
	}
	return err
}

var (
	cdataMark   = []byte("<![CDATA[")
	commentMark = []byte("<!--")
)

// token reads what stands at pos. It leaves pos where it is, and says what is
// missing, when the window ends too soon.
func (s *scanner) token() (t token, missing string, err error) {
	rest := s.b[s.pos:]
	switch {
	case len(rest) == 0:
		return none, "<", nil
	case rest[0] != '<':
		i := bytes.IndexByte(rest, '<')
		if i < 0 {
			return none, "<", nil
		}
		s.text, s.plain = rest[:i], false
		s.pos += i
		return text, "", nil
	case len(rest) < len(cdataMark) && s.in != nil:
		return none, ">", nil // too little to tell
	case bytes.HasPrefix(rest, []byte("</")):
		return s.closing(rest)
	case bytes.HasPrefix(rest, cdataMark):
		i := bytes.Index(rest, []byte("]]>"))
		if i < 0 {
			return none, "]]>", nil
		}
		s.text, s.plain = rest[len(cdataMark):i], true
		s.pos += i + 3
		return text, "", nil
	case bytes.HasPrefix(rest, commentMark):
		return s.skipTo("-->", len(commentMark))
	case bytes.HasPrefix(rest, []byte("<?")):
		return s.skipTo("?>", 2)
	case bytes.HasPrefix(rest, []byte("<!")):
		return none, "", errors.New("a document type") // none is allowed in the format
	}
	return s.opening(rest)
}

func (s *scanner) skipTo(mark string, from int) (token, string, error) {
	i := bytes.Index(s.b[s.pos+from:], []byte(mark))
	if i < 0 {
		return none, mark, nil
	}
	s.pos += from + i + len(mark)
	return none, "", nil
}

func (s *scanner) closing(rest []byte) (token, string, error) {
	i := bytes.IndexByte(rest, '>')
	if i < 0 {
		return none, ">", nil
	}
	name := bytes.TrimRight(rest[2:i], " \t\r\n")
	if s.depth() == 0 || !bytes.Equal(s.top(), name) {
		return none, "", fmt.Errorf("</%s> closes nothing", name[:min(len(name), 40)])
	}
	s.pop()
	s.name = local(name)
	s.pos += i + 1
	return end, "", nil
}

func (s *scanner) opening(rest []byte) (token, string, error) {
	i := 1
	for i < len(rest) && rest[i] > ' ' && rest[i] != '>' && rest[i] != '/' {
		i++
	}
	name, from, quote := rest[1:i], i, byte(0)
	for ; i < len(rest); i++ {
		c := rest[i]
		if quote == 0 && c == '>' {
			break
		}
		switch {
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		}
	}
	if i == len(rest) {
		return none, ">", nil
	}
	if len(name) == 0 {
		return none, "", errors.New("an element without a name")
	}
	s.name, s.attrs = local(name), rest[from:i]
	if n := len(s.attrs); n > 0 && s.attrs[n-1] == '/' {
		s.attrs, s.empty = s.attrs[:n-1], true
	}
	s.open = append(s.open, name...)
	s.ends = append(s.ends, len(s.open))
	s.pos += i + 1
	return start, "", nil
}

// top is the name of the innermost open element, nil when none is.
func (s *scanner) top() []byte {
	n := len(s.ends)
	switch n {
	case 0:
		return nil
	case 1:
		return s.open
	}
	return s.open[s.ends[n-2]:]
}

func (s *scanner) pop() {
	s.open = s.open[:len(s.open)-len(s.top())]
	s.ends = s.ends[:len(s.ends)-1]
}

// depth is how many elements are open.
func (s *scanner) depth() int { return len(s.ends) }

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
