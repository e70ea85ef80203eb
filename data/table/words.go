package table

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/width"
)

//go:embed columns.yaml
var columnsYAML []byte

// Words says what people call their columns: for each role ("x", "name" ...)
// the names that mean it.
type Words struct {
	roles []string
	lists map[string][]string
}

// DefaultWords are the words of columns.yaml, the table that ships.
var DefaultWords = sync.OnceValue(func() *Words {
	w, err := ParseWords(columnsYAML)
	if err != nil {
		panic(err) // a fault of the program: the file is part of it
	}
	return w
})

// ParseWords reads a table of words in the form of columns.yaml.
func ParseWords(text []byte) (*Words, error) {
	var table map[string][]string
	if err := yaml.UnmarshalWithOptions(text, &table, yaml.Strict()); err != nil {
		return nil, err
	}
	w := &Words{lists: map[string][]string{}}
	for role, list := range table {
		w.roles = append(w.roles, role)
		for _, word := range list {
			w.lists[role] = append(w.lists[role], fold(word))
		}
	}
	slices.Sort(w.roles)
	return w, nil
}

// Assign finds the column of each role among names; a role that no column is
// called is absent. Names written out are matched before those with a *, and a
// column takes one role only.
func (w *Words) Assign(names []string) map[string]int {
	found, taken := map[string]int{}, map[int]bool{}
	folded := make([][2]string, len(names))
	for i, n := range names {
		f := fold(trim(n))
		folded[i] = [2]string{f, fold(withoutBrackets(f))}
	}
	for pass := range 3 {
		for _, role := range w.roles {
			if _, done := found[role]; done {
				continue
			}
			if i := w.match(role, folded, taken, pass); i >= 0 {
				found[role], taken[i] = i, true
			}
		}
	}
	return found
}

// match looks for a role: pass 0 the plain words, pass 1 the plain words with
// brackets left out of the names, pass 2 the words with a *.
func (w *Words) match(role string, names [][2]string, taken map[int]bool, pass int) int {
	for _, word := range w.lists[role] {
		if strings.Contains(word, "*") != (pass == 2) {
			continue
		}
		for i, n := range names {
			if taken[i] || n[0] == "" {
				continue
			}
			if pass == 0 && n[0] == word || pass > 0 && like(n[1], word) {
				return i
			}
		}
	}
	return -1
}

func like(name, word string) bool {
	switch {
	case len(word) > 1 && strings.HasPrefix(word, "*"):
		return strings.HasSuffix(name, word[1:])
	case len(word) > 1 && strings.HasSuffix(word, "*"):
		return strings.HasPrefix(name, word[:len(word)-1])
	}
	return name == word
}

// fold makes names comparable: half width, lower case, no spaces, _ or -.
func fold(s string) string {
	s = strings.ToLower(width.Fold.String(s))
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || isSpace(r) {
			return -1
		}
		return r
	}, s)
}

func withoutBrackets(s string) string {
	for _, pair := range []string{"()", "[]", "【】", "〔〕"} {
		r := []rune(pair)
		for {
			from := strings.IndexRune(s, r[0])
			to := strings.IndexRune(s, r[1])
			if from <= 0 || to < from {
				break
			}
			s = s[:from] + s[to+len(string(r[1])):]
		}
	}
	return s
}

// Find returns the column that plays a role ("id", "name", "kind", "x", "y",
// "xy", "wkt", "capacity", "zone", "tier", "status", "people" ...), -1 when no
// column does.
func (t *Table) Find(role string) int {
	if i, ok := t.roles[role]; ok {
		return i
	}
	return -1
}

// Index returns the column called name: exactly so, or else but for case,
// width, spaces, _ and -; -1 when there is none.
func (t *Table) Index(name string) int {
	if i := slices.Index(t.Columns, strings.Join(strings.Fields(trim(name)), " ")); i >= 0 {
		return i
	}
	return slices.IndexFunc(t.Columns, func(c string) bool { return c != "" && fold(c) == fold(name) })
}
