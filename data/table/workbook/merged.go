package workbook

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Merged is an area of merged cells: rows from 1, columns from 0, both ends in.
type Merged struct{ FirstRow, LastRow, FirstColumn, LastColumn int }

// Merges lists the merged areas of the sheet, by row, then column. Areas that
// cannot be read are left out.
func (s *Sheet) Merges() ([]Merged, error) {
	part, err := s.part()
	if err != nil {
		return nil, err
	}
	if i := bytes.LastIndex(part, []byte("sheetData")); i >= 0 { // the list stands behind the rows
		part = part[i:]
		part = part[bytes.IndexByte(part, '>')+1:]
	}
	var list []Merged
	r := &scanner{b: part}
	for {
		t, err := r.next()
		if err != nil || t == eof {
			break // the end of the sheet, whose start is not in this part
		}
		if t == start && string(r.name) == "mergeCell" {
			if m, ok := area(string(r.attr("ref"))); ok {
				list = append(list, m)
			}
		}
	}
	slices.SortFunc(list, func(a, b Merged) int {
		return cmp.Or(a.FirstRow-b.FirstRow, a.FirstColumn-b.FirstColumn, a.LastRow-b.LastRow, a.LastColumn-b.LastColumn)
	})
	return list, nil
}

// area reads "A1:C3".
func area(ref string) (Merged, bool) {
	from, to, ok := strings.Cut(ref, ":")
	c0, r0, ok0 := place(from)
	c1, r1, ok1 := place(to)
	return Merged{r0, r1, c0, c1}, ok && ok0 && ok1 && r0 <= r1 && c0 <= c1
}

// place reads "AB12" as a column from 0 and a row from 1.
func place(ref string) (column, row int, ok bool) {
	column, ok = columnOf([]byte(ref))
	row, err := strconv.Atoi(strings.TrimLeft(strings.ToUpper(ref), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return column, row, ok && err == nil && row >= 1 && row <= maxRows && column < maxColumns
}
