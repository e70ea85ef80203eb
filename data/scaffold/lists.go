package scaffold

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"lifecircle/data/kinds"
	"lifecircle/data/table"
)

// listFile is a list of facilities.
type listFile struct {
	source
	name, kind, id string // columns
	word           string // the kind of all rows, when no column says it
	words          []kindWord
}

// kindWord is a value of the kind column.
type kindWord struct {
	word, kind, guess string
	rows              int
}

// placeFile is a table of places with people.
type placeFile struct {
	source
	groups [][2]string // name, column
}

// censusFile is a table of totals by zone.
type censusFile struct {
	source
	zone   string
	groups [][2]string
}

// points takes a list of places for people or for facilities.
func (l *look) points(s source, c columns, layer bool) {
	if groups := peopleColumns(c); len(groups) > 0 && kindColumn(c) < 0 {
		l.places = append(l.places, placeFile{s, groups})
		return
	}
	f := listFile{source: s}
	if i, ok := c.roles["name"]; ok && layer {
		f.name = c.names[i]
	}
	if i, ok := c.roles["id"]; ok && c.unique(i) {
		f.id = c.names[i]
	}
	if i := kindColumn(c); i >= 0 {
		f.kind, f.words = c.names[i], wordsOf(c, i)
	} else if f.word = kindOfFile(s.file); f.word == "" {
		l.unused = append(l.unused, s)
		return
	}
	l.lists = append(l.lists, f)
}

// kindColumn is the column with most values that the table of kinds knows, when
// that is at least a third of those filled in.
func kindColumn(c columns) int {
	best, most := -1, 0
	for i := range c.names {
		known, filled := 0, 0
		for _, r := range c.rows {
			if r[i] == "" {
				continue
			}
			filled++
			if _, ok := kinds.Default().Find(r[i]); ok {
				known++
			}
		}
		if i == c.find("name", "名称") || roleIs(c, "name", i) {
			continue // 岱西镇卫生院 is a name
		}
		if known*3 >= filled && known > most {
			best, most = i, known
		}
	}
	return best
}

func roleIs(c columns, role string, i int) bool {
	k, ok := c.roles[role]
	return ok && k == i
}

// wordsOf lists the values of a column, the most frequent first.
func wordsOf(c columns, i int) []kindWord {
	at := map[string]int{}
	var words []kindWord
	for _, r := range c.rows {
		w := r[i]
		k, ok := at[w]
		if !ok {
			k = len(words)
			at[w] = k
			e, _ := kinds.Default().Find(w)
			words = append(words, kindWord{word: w, kind: e.Kind, guess: kinds.Default().Guess(w)})
		}
		words[k].rows++
	}
	slices.SortStableFunc(words, func(a, b kindWord) int { return b.rows - a.rows })
	return words
}

// kindOfFile reads a kind out of a file's name.
func kindOfFile(name string) string {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	for _, w := range []string{stem, strings.TrimSuffix(stem, "s"), strings.TrimSuffix(stem, "es")} {
		if e, ok := kinds.Default().Find(w); ok {
			return e.Kind
		}
	}
	return kinds.Default().Guess(stem)
}

var (
	oldName  = regexp.MustCompile(`老年|60岁|60\+|elder|old|60`)
	partName = regexp.MustCompile(`(?i)男|女|城镇|乡村|城区|农村|流动|户|率|比|[%％]|male|urban|rural|到`)
	sumName  = regexp.MustCompile(`人口.*(合计|总)|(总|常住)人口|(?i)total`)
)

// peopleColumns finds the columns that count people, by name, and only those
// that hold numbers. What counts a part of a group (男, 城镇) is none of them.
func peopleColumns(c columns) [][2]string {
	all := allColumn(c)
	if all < 0 {
		return nil
	}
	groups := [][2]string{{"all", c.names[all]}}
	for i, n := range c.names {
		if i != all && oldName.MatchString(strings.ToLower(n)) && !partName.MatchString(n) && numbers(c, i) {
			return append(groups, [2]string{"60+", n})
		}
	}
	return groups
}

func allColumn(c columns) int {
	if i, ok := c.roles["people"]; ok && !partName.MatchString(c.names[i]) && numbers(c, i) {
		return i
	}
	for i, n := range c.names {
		if sumName.MatchString(n) && !partName.MatchString(n) && numbers(c, i) {
			return i
		}
	}
	return -1
}

func numbers(c columns, i int) bool {
	good, bad := 0, 0
	for _, r := range c.rows {
		switch _, state := table.Number(r[i]); state {
		case table.Good:
			good++
		case table.Bad:
			bad++
		}
	}
	return good > 0 && bad*10 < good
}

// censusTable takes a table without places, but with zones and people, for
// totals.
func (l *look) censusTable(s source, c columns) bool {
	zone := -1
	for _, role := range []string{"town_code", "id", "zone"} {
		if i, ok := c.roles[role]; ok && zone < 0 {
			zone = i
		}
	}
	groups := peopleColumns(c)
	if zone < 0 || len(groups) == 0 {
		return false
	}
	l.census = append(l.census, censusFile{s, c.names[zone], groups})
	return true
}
