package table

import "strings"

// twofold looks for a header of two rows: groups above ("坐标" over 经度 and
// 纬度), or a second language below. It returns the number of its lower row and
// the names; ok is false when row i is the whole header.
func twofold(rows []Row, i int, words *Words) (number int, names []string, ok bool) {
	if i+1 < len(rows) && adjoin(rows[i], rows[i+1]) && isSecondHeader(rows[i+1], words) {
		return rows[i+1].Number, joinNames(rows[i], rows[i+1], words), true
	}
	if i > 0 && adjoin(rows[i-1], rows[i]) && fills(rows[i-1], rows[i], words) {
		return rows[i].Number, joinNames(rows[i-1], rows[i], words), true
	}
	return 0, nil, false
}

func adjoin(upper, lower Row) bool { return lower.Number == upper.Number+1 }

// isSecondHeader: at least two names that the program knows, and no number.
// Rows of data hold at most one such word.
func isSecondHeader(r Row, words *Words) bool {
	for i := range r.Cells {
		if c := r.Cell(i); c != "" {
			if _, s := Number(c); s == Good {
				return false
			}
		}
	}
	return words.exact(r.Cells) >= 2
}

// fills reports whether the row above a header has the names of columns that the
// header leaves blank, and is no title.
func fills(upper, lower Row, words *Words) bool {
	var above []string
	blank := false
	for i := range upper.Cells {
		if c := upper.Cell(i); c != "" {
			above = append(above, c)
			blank = blank || lower.Cell(i) == ""
		}
	}
	return blank && len(above) >= 2 && words.exact(above) >= 1
}

// joinNames names each column by the lower row where it stands in a group or has
// no name above, else by the upper.
func joinNames(upper, lower Row, words *Words) []string {
	var names []string
	group := ""
	for i := range max(len(upper.Cells), len(lower.Cells)) {
		up, low := upper.Cell(i), lower.Cell(i)
		switch {
		case up != "" && low != "" && upper.Cell(i+1) == "" && lower.Cell(i+1) != "" && i+1 < len(lower.Cells):
			group = up
		case up != "" || low == "":
			group = ""
		}
		switch known := low != "" && words.exact([]string{low}) > 0; {
		case low == "" || group == "" && up != "":
			names = append(names, up)
		case group != "" && !known:
			names = append(names, group+low)
		default:
			names = append(names, low)
		}
	}
	for i, n := range names {
		names[i] = strings.Join(strings.Fields(n), " ")
	}
	return names
}

// exact counts the roles that cells are called by in so many words.
func (w *Words) exact(cells []string) int {
	folded := map[string]bool{}
	for _, c := range cells {
		if f := fold(trim(c)); f != "" {
			folded[f], folded[fold(withoutBrackets(f))] = true, true
		}
	}
	n := 0
	for _, list := range w.lists {
		for _, word := range list {
			if folded[word] && !strings.Contains(word, "*") {
				n++
				break
			}
		}
	}
	return n
}
