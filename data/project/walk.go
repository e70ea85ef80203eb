package project

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"lifecircle/coverage"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// walker goes through the YAML tree and notes faults with their lines.
type walker struct {
	file    string
	iss     *coverage.Issues
	anchors map[string]ast.Node
}

// field reads the value of a key; path names it in messages.
type field func(path string, n ast.Node)

func (w *walker) fault(n ast.Node, key, path, value string, args coverage.Args) {
	w.add(n, key, path, value, args, true)
}

func (w *walker) add(n ast.Node, key, path, value string, args coverage.Args, fatal bool) {
	a := coverage.Args{"path": path, "col": 0}
	for k, v := range args {
		a[k] = v
	}
	i := coverage.Issue{Ref: coverage.Ref{File: w.file, Row: line(n)}, Key: key, Column: path, Value: value, Args: a, Fatal: fatal}
	if at := place(n); at != nil {
		a["col"] = at.Column
	}
	w.iss.Add(i)
}

func line(n ast.Node) int {
	if at := place(n); at != nil {
		return at.Line
	}
	return 0
}

// place is where a node begins. A block mapping's own token is its first colon;
// it begins with the key before that.
func place(n ast.Node) *token.Position {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		n = m.Values[0].Key
	}
	if n == nil || n.GetToken() == nil {
		return nil
	}
	return n.GetToken().Position
}

// resolve looks through anchors and aliases. An alias to something that holds
// it cannot be followed for ever: the form of the file has a fixed depth.
func (w *walker) resolve(n ast.Node) ast.Node {
	for range 10 {
		switch t := n.(type) {
		case *ast.AnchorNode:
			w.anchors[t.Name.GetToken().Value] = t.Value
			n = t.Value
		case *ast.AliasNode:
			n = w.anchors[t.Value.GetToken().Value]
		case *ast.TagNode:
			n = t.Value
		default:
			return n
		}
	}
	return nil
}

// mapping reads n by the fields; keys that fields lacks are faults, and so are
// required ones that n lacks.
func (w *walker) mapping(path string, n ast.Node, fields map[string]field, required ...string) {
	m, ok := w.resolve(n).(ast.MapNode)
	if !ok {
		w.fault(n, "project.type", path, "", coverage.Args{"want": "{key: value}"})
		return
	}
	seen := map[string]bool{}
	for it := m.MapRange(); it.Next(); {
		key := scalar(it.Key())
		read, known := fields[key]
		if !known {
			w.fault(it.Key(), "project.unknown_key", join(path, key), key, coverage.Args{"known": knownKeys(fields)})
			continue
		}
		seen[key] = true
		read(join(path, key), it.Value())
	}
	for _, r := range required {
		if !seen[r] {
			w.fault(n, "project.missing", join(path, r), "", nil)
		}
	}
}

func knownKeys(fields map[string]field) string {
	names := make([]string, 0, len(fields))
	for n := range fields {
		names = append(names, n)
	}
	sort.Strings(names)
	return strings.Join(names, ", ")
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// list reads the items of a sequence. An empty list is a fault: a forgotten one.
func (w *walker) list(read field) field {
	return func(path string, n ast.Node) {
		s, ok := w.resolve(n).(*ast.SequenceNode)
		if !ok || len(s.Values) == 0 {
			w.fault(n, "project.type", path, "", coverage.Args{"want": "[...]"})
			return
		}
		for i, item := range s.Values {
			read(fmt.Sprintf("%s[%d]", path, i+1), item)
		}
	}
}

// scalar is the text of a scalar node as it is written, "" for others.
func scalar(n ast.Node) string {
	switch t := n.(type) {
	case *ast.StringNode:
		return t.Value
	case *ast.LiteralNode:
		return strings.TrimSpace(t.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.MergeKeyNode, *ast.InfinityNode, *ast.NanNode:
		return t.GetToken().Value
	}
	return ""
}

// word returns a scalar that is not empty.
func (w *walker) word(path string, n ast.Node) (string, bool) {
	s := strings.TrimSpace(scalar(w.resolve(n)))
	if s == "" {
		w.fault(n, "project.type", path, "", coverage.Args{"want": "text"})
	}
	return s, s != ""
}

func (w *walker) str(dst *string) field {
	return func(path string, n ast.Node) {
		if s, ok := w.word(path, n); ok {
			*dst = s
		}
	}
}

// one reads one of the words of a choice.
func (w *walker) one(dst *string, words ...string) field {
	return func(path string, n ast.Node) {
		s, ok := w.word(path, n)
		switch {
		case !ok:
		case slices.Contains(words, s):
			*dst = s
		default:
			w.fault(n, "project.value", path, s, coverage.Args{"want": strings.Join(words, " | ")})
		}
	}
}

func (w *walker) truth(dst *bool) field {
	return func(path string, n ast.Node) {
		word := ""
		w.one(&word, "true", "false")(path, n)
		*dst = word == "true"
	}
}

func (w *walker) number(dst *float64, low, high float64) field {
	return func(path string, n ast.Node) {
		s, ok := w.word(path, n)
		if !ok {
			return
		}
		v, err := strconv.ParseFloat(s, 64)
		if err != nil || !(v >= low && v <= high) {
			w.fault(n, "project.value", path, s, coverage.Args{"want": fmt.Sprintf("%g .. %g", low, high)})
			return
		}
		*dst = v
	}
}

// text reads a string, or {zh, en}.
func (w *walker) text(dst *coverage.Text) field {
	return func(path string, n ast.Node) {
		if _, ok := w.resolve(n).(ast.MapNode); ok {
			w.mapping(path, n, map[string]field{"zh": w.str(&dst.ZH), "en": w.str(&dst.EN)})
			return
		}
		if s, ok := w.word(path, n); ok {
			*dst = coverage.Text{ZH: s, EN: s}
		}
	}
}

// pairs reads {WORD: WORD} in the order of the file.
func (w *walker) pairs(add func(path, key, value string, n ast.Node)) field {
	return func(path string, n ast.Node) {
		m, ok := w.resolve(n).(ast.MapNode)
		if !ok {
			w.fault(n, "project.type", path, "", coverage.Args{"want": "{key: value}"})
			return
		}
		for it := m.MapRange(); it.Next(); {
			key := strings.TrimSpace(scalar(it.Key()))
			at := join(path, key)
			if value, ok := w.word(at, it.Value()); ok {
				add(at, key, value, it.Value())
			}
		}
	}
}
