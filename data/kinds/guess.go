package kinds

import (
	"strings"
	"unicode/utf8"
)

// Guess proposes a kind for a word that [Table.Find] does not know, "" when
// nothing comes near: the entry whose word stands in it (the longest one, and
// of at least two characters), else the one whose word differs least, by at
// most a third of its characters.
func (t *Table) Guess(word string) string {
	w := fold(word)
	best, kind := 0, ""
	for i := range t.entries {
		for _, known := range t.entries[i].Words {
			k := fold(strings.Trim(known, "*"))
			if n := utf8.RuneCountInString(k); n >= 2 && n > best && strings.Contains(w, k) {
				best, kind = n, t.entries[i].Kind
			}
		}
	}
	if kind != "" {
		return kind
	}
	return t.nearest([]rune(w))
}

func (t *Table) nearest(w []rune) string {
	best, kind := 1.0, ""
	for i := range t.entries {
		for _, known := range t.entries[i].Words {
			k := []rune(fold(strings.Trim(known, "*")))
			n := max(len(k), len(w))
			if n < 3 {
				continue
			}
			if d := float64(Distance(w, k)) / float64(n); d <= 1.0/3 && d < best {
				best, kind = d, t.entries[i].Kind
			}
		}
	}
	return kind
}

// Distance is the number of characters to insert, delete or replace to turn a
// into b (Levenshtein).
func Distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		corner := row[0]
		row[0] = i + 1
		for j, y := range b {
			above := row[j+1]
			change := corner
			if x != y {
				change++
			}
			row[j+1] = min(change, above+1, row[j]+1)
			corner = above
		}
	}
	return row[len(b)]
}
