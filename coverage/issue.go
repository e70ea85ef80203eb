package coverage

import (
	"sort"

	"lifecircle/coverage/message"
)

// MaxExamples is how many issues of one key [Issues] keeps whole; beyond it
// only the count grows.
const MaxExamples = 20

// Args are the values that a message names in braces.
type Args = message.Args

// Issue is one fault in the data, at its place.
type Issue struct {
	Ref
	Key    string // catalogue key such as "lonlat.swapped"
	Column string
	Value  string
	Args   Args
	Fatal  bool // the row cannot be used
}

// Issues collects faults: every count, the first [MaxExamples] of each key (or
// all of them when KeepAll). The zero value is ready to use.
type Issues struct {
	KeepAll  bool
	RowsRead int64
	counts   map[string]int64
	fatal    map[string]int64
	list     []Issue
}

// Add records an issue.
func (s *Issues) Add(i Issue) {
	if s.counts == nil {
		s.counts, s.fatal = map[string]int64{}, map[string]int64{}
	}
	s.counts[i.Key]++
	if i.Fatal {
		s.fatal[i.Key]++
	}
	if s.KeepAll || s.counts[i.Key] <= MaxExamples {
		s.list = append(s.list, i)
	}
}

// Keeps reports whether the next issue of a key would be kept whole: of others
// only the count matters, so that nothing need be found out for their messages.
func (s *Issues) Keeps(key string) bool { return s.KeepAll || s.counts[key] < MaxExamples }

// List returns the kept issues in the order found.
func (s *Issues) List() []Issue { return s.list }

// Count returns how many issues of a key were found.
func (s *Issues) Count(key string) int64 { return s.counts[key] }

// Keys returns the keys that occurred, sorted.
func (s *Issues) Keys() []string {
	keys := make([]string, 0, len(s.counts))
	for k := range s.counts {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// Fatal returns how many issues make a row unusable.
func (s *Issues) Fatal() int64 {
	var n int64
	for _, c := range s.fatal {
		n += c
	}
	return n
}

// Message renders the issue in both languages.
func (i Issue) Message() Text {
	args := Args{"file": i.File, "sheet": i.Sheet, "row": i.Row, "column": i.Column, "value": i.Value}
	if e := i.Element(); e != "" {
		args["sheet"], args["element"] = "", e
	}
	for k, v := range i.Args {
		args[k] = v
	}
	return Text{ZH: message.Render("zh", i.Key, args), EN: message.Render("en", i.Key, args)}
}
