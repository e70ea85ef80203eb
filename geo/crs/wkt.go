package crs

import (
	"errors"
	"strconv"
	"strings"
)

// Limits of a .prj text; real ones are a few kilobytes, five levels deep.
const (
	maxWKT   = 64 << 10
	maxDepth = 16
)

var errWKT = errors.New("not a WKT coordinate system")

// node is a keyword with its arguments: strings and numbers in order, and
// nested nodes.
type node struct {
	word     string // upper case
	texts    []string
	numbers  []float64
	children []*node
}

// child returns the first child with one of the words, nil when there is none.
func (n *node) child(words ...string) *node {
	for _, c := range n.children {
		for _, w := range words {
			if c.word == w {
				return c
			}
		}
	}
	return nil
}

// find returns the first node with one of the words, n or below it.
func (n *node) find(words ...string) *node {
	for _, w := range words {
		if n.word == w {
			return n
		}
	}
	for _, c := range n.children {
		if f := c.find(words...); f != nil {
			return f
		}
	}
	return nil
}

// name is the first quoted text, "" when there is none.
func (n *node) name() string {
	if n == nil || len(n.texts) == 0 {
		return ""
	}
	return n.texts[0]
}

type wktReader struct {
	rest  string
	depth int
}

// parseWKT reads one WORD[...] and nothing after it but space.
func parseWKT(text string) (*node, error) {
	text = strings.TrimPrefix(text, "\ufeff")
	if len(text) > maxWKT {
		return nil, errWKT
	}
	r := &wktReader{rest: text}
	n, err := r.node()
	if err != nil {
		return nil, err
	}
	if strings.Trim(r.rest, " \t\r\n\x00") != "" {
		return nil, errWKT
	}
	return n, nil
}

func (r *wktReader) space() { r.rest = strings.TrimLeft(r.rest, " \t\r\n") }

// take removes c from the front when it is there.
func (r *wktReader) take(set string) bool {
	r.space()
	if r.rest == "" || strings.IndexByte(set, r.rest[0]) < 0 {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

// word removes a keyword or a bare word such as NORTH from the front.
func (r *wktReader) word() string {
	r.space()
	i := 0
	for i < len(r.rest) && isWordByte(r.rest[i]) {
		i++
	}
	w := r.rest[:i]
	r.rest = r.rest[i:]
	return strings.ToUpper(w)
}

func isWordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

func (r *wktReader) node() (*node, error) {
	n := &node{word: r.word()}
	if n.word == "" || !r.take("[(") {
		return nil, errWKT
	}
	return n, r.arguments(n)
}

func (r *wktReader) arguments(n *node) error {
	r.depth++
	defer func() { r.depth-- }()
	if r.depth > maxDepth {
		return errWKT
	}
	for {
		if err := r.argument(n); err != nil {
			return err
		}
		if r.take("])") {
			return nil
		}
		if !r.take(",") {
			return errWKT
		}
	}
}

// argument reads a text, a number, a bare word (dropped) or a node.
func (r *wktReader) argument(n *node) error {
	r.space()
	if r.rest == "" {
		return errWKT
	}
	switch c := r.rest[0]; {
	case c == '"':
		return r.text(n)
	case c == '-' || c == '+' || c == '.' || c >= '0' && c <= '9':
		return r.number(n)
	}
	w := r.word()
	if w == "" {
		return errWKT
	}
	if !r.take("[(") {
		return nil
	}
	child := &node{word: w}
	n.children = append(n.children, child)
	return r.arguments(child)
}

// text reads a quoted text; a doubled quote stands for one.
func (r *wktReader) text(n *node) error {
	var b strings.Builder
	for i := 1; i < len(r.rest); i++ {
		if r.rest[i] != '"' {
			b.WriteByte(r.rest[i])
			continue
		}
		if i+1 < len(r.rest) && r.rest[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		n.texts = append(n.texts, b.String())
		r.rest = r.rest[i+1:]
		return nil
	}
	return errWKT
}

func (r *wktReader) number(n *node) error {
	i := 0
	for i < len(r.rest) && strings.IndexByte("+-.0123456789eE", r.rest[i]) >= 0 {
		i++
	}
	v, err := strconv.ParseFloat(r.rest[:i], 64)
	if err != nil {
		return errWKT
	}
	n.numbers = append(n.numbers, v)
	r.rest = r.rest[i:]
	return nil
}
