package kinds

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"lifecircle/coverage"
	"lifecircle/coverage/standard"

	"github.com/goccy/go-yaml"
	"golang.org/x/text/width"
)

//go:embed kinds.yaml
var builtin []byte

// Entry is a kind, and the words for it.
type Entry struct {
	Kind     string   `yaml:"kind"`
	Service  string   `yaml:"service"`  // shown by check; what counts for a standard is the kind
	Tier     string   `yaml:"tier"`     // what the words say of the tier; "" nothing
	Capacity float64  `yaml:"capacity"` // the most beds or places that are believed; 0 no limit
	Words    []string `yaml:"words"`
}

// Table finds the kind that a word means. The zero value knows no word.
type Table struct {
	entries  []Entry
	exact    map[string]int
	patterns []pattern
}

type pattern struct {
	core          string
	before, after bool // anything may stand there
	entry         int
}

// Default is the table that ships.
var Default = sync.OnceValue(func() *Table {
	t, err := Parse("kinds.yaml", builtin)
	if err != nil {
		panic(err) // a fault of the program: the file is part of it
	}
	return t
})

// Parse reads a table in the form of kinds.yaml. The error names what is wrong;
// a word may stand only once, and every entry needs a kind and a word.
func Parse(name string, text []byte) (*Table, error) {
	var entries []Entry
	if err := yaml.UnmarshalWithOptions(text, &entries, yaml.Strict()); err != nil {
		return nil, faulty(name, err.Error())
	}
	t := &Table{entries: entries, exact: map[string]int{}}
	for i, e := range entries {
		if e.Kind == "" || len(e.Words) == 0 || !(e.Capacity >= 0) {
			return nil, faulty(name, fmt.Sprintf("entry %d: kind, words (and capacity >= 0)", i+1))
		}
		if e.Service == "" {
			t.entries[i].Service = standard.ServiceOf(e.Kind)
		}
		for _, w := range e.Words {
			if err := t.addWord(name, w, i); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

func faulty(name, reason string) error {
	return &coverage.Error{Code: coverage.Unusable, Key: "kinds.faulty", Args: coverage.Args{"file": name, "reason": reason}}
}

func (t *Table) addWord(name, word string, entry int) error {
	p := pattern{core: fold(strings.Trim(word, "*")), before: strings.HasPrefix(word, "*"), after: strings.HasSuffix(word, "*"), entry: entry}
	if p.core == "" {
		return faulty(name, fmt.Sprintf("entry %d: empty word", entry+1))
	}
	if p.before || p.after {
		t.patterns = append(t.patterns, p)
		return nil
	}
	if first, twice := t.exact[p.core]; twice && first != entry {
		return faulty(name, fmt.Sprintf("%q: %s, %s", word, t.entries[first].Kind, t.entries[entry].Kind))
	}
	t.exact[p.core] = entry
	return nil
}

// Over returns a table whose own words go before those of base.
func (t *Table) Over(base *Table) *Table {
	out := &Table{exact: map[string]int{}}
	for _, from := range []*Table{t, base} {
		shift := len(out.entries)
		out.entries = append(out.entries, from.entries...)
		for w, i := range from.exact {
			if _, taken := out.exact[w]; !taken {
				out.exact[w] = i + shift
			}
		}
		for _, p := range from.patterns {
			p.entry += shift
			out.patterns = append(out.patterns, p)
		}
	}
	return out
}

// Find returns what a word means: the entry that has it, or the longest pattern
// that fits (the first of equals), or the kind that is itself so called.
func (t *Table) Find(word string) (Entry, bool) {
	w := fold(word)
	if w == "" {
		return Entry{}, false
	}
	if i, ok := t.exact[w]; ok {
		return t.entries[i], true
	}
	if kind := strings.TrimSpace(word); standard.ServiceOf(kind) != "" {
		return t.of(kind), true
	}
	best := -1
	for i, p := range t.patterns {
		if p.fits(w) && (best < 0 || len(p.core) > len(t.patterns[best].core)) {
			best = i
		}
	}
	if best < 0 {
		return Entry{}, false
	}
	return t.entries[t.patterns[best].entry], true
}

// IsWord reports whether a name is nothing but a word for some kind, in any
// language that the table or the vocabulary has: "小学", "Primary school". What a
// pattern fits (岱西镇卫生院) says more.
func (t *Table) IsWord(name string) bool {
	w := fold(name)
	if _, ok := t.exact[w]; ok {
		return true
	}
	for _, e := range t.entries {
		n := standard.KindName(e.Kind)
		if w != "" && (w == fold(e.Kind) || w == fold(n.ZH) || w == fold(n.EN)) {
			return true
		}
	}
	return false
}

func (p pattern) fits(w string) bool {
	switch {
	case p.before && p.after:
		return strings.Contains(w, p.core)
	case p.before:
		return strings.HasSuffix(w, p.core)
	}
	return strings.HasPrefix(w, p.core)
}

// of is the entry of a kind that needs no word.
func (t *Table) of(kind string) Entry {
	return Entry{Kind: kind, Service: t.Service(kind), Capacity: t.Limit(kind)}
}

// Limit is the most beds or places that a facility of a kind can have, 0 when
// the table sets no limit: the largest of its entries.
func (t *Table) Limit(kind string) float64 {
	limit := 0.0
	for _, e := range t.entries {
		if e.Kind == kind {
			limit = max(limit, e.Capacity)
		}
	}
	return limit
}

// Service is the service of a kind: what its first entry says (a project's own
// go first), else the vocabulary's; "" when neither has the kind.
func (t *Table) Service(kind string) string {
	for _, e := range t.entries {
		if e.Kind == kind && e.Service != "" {
			return e.Service
		}
	}
	return standard.ServiceOf(kind)
}

// fold makes words comparable: half width, lower case, no spaces, _ or -.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '_', '-', '\t', '\u00A0', '\u3000', '\u200B', '\uFEFF':
			return -1
		}
		return r
	}, strings.ToLower(width.Fold.String(s)))
}
