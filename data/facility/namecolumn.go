package facility

import (
	"regexp"
	"strings"
	"unicode"

	"lifecircle/coverage"
	"lifecircle/data/table"
)

// fewestRows is how many rows it takes to see that a column tells rows apart.
const fewestRows = 3

// nameByContent takes for the name the only column of text that tells the rows
// apart, when no column is called a name, and tells so. Columns that mean
// something else (coordinates, kinds, zones ...) are none; two columns that
// could be the name are none either.
func (f *facilityReader) nameByContent() {
	if f.name >= 0 || f.r.Head == nil {
		return
	}
	rows := f.r.Head()
	if len(rows) < fewestRows {
		return
	}
	other := map[int]bool{
		f.id: true, f.site: true, f.kind: true, f.tier: true, f.capacity: true, f.zone: true, f.status: true,
		f.opens: true, f.closes: true, f.mobile: true, f.share: true, f.delay: true,
	}
	for _, i := range f.r.Roles {
		other[i] = true
	}
	found := -1
	for i, column := range f.r.Columns {
		if other[i] || column == "" || !f.tellsApart(rows, i) {
			continue
		}
		if found >= 0 {
			return
		}
		found = i
	}
	if found < 0 {
		return
	}
	f.name = found
	f.Issues.Add(coverage.Issue{Ref: coverage.Ref{File: f.r.File, Sheet: f.r.Layer}, Key: "facility.name_guessed", Column: f.r.Name(found)})
}

// tellsApart reports whether nine of ten rows have a text in a column that is a
// name as far as can be seen, and a different one each.
func (f *facilityReader) tellsApart(rows [][]string, column int) bool {
	names := map[string]bool{}
	for _, r := range rows {
		if text := r[column]; isName(text) && f.Lists.Stated(text) == nil {
			names[text] = true
		}
	}
	return len(names)*10 >= len(rows)*9
}

// codeLike is what has letters but is no name: codes such as C-017, and addresses
// of the web and of mail.
var codeLike = regexp.MustCompile(`(?i)^(https?:|www\.)|@|^[A-Z0-9._:/+-]*\d[A-Z0-9._:/+-]*$`)

func isName(text string) bool {
	if _, _, state := table.Coordinate(text); state == table.Good {
		return false
	}
	if _, _, state := table.Pair(text, false); state == table.Good {
		return false
	}
	return strings.IndexFunc(text, unicode.IsLetter) >= 0 && !codeLike.MatchString(text)
}
