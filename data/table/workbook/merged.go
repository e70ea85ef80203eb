package workbook

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Merged is an area of merged cells: rows from 1, columns from 0, both ends in.
type Merged struct{ FirstRow, LastRow, FirstColumn, LastColumn int }

// Merges lists the merged areas of the sheet, by row, then column. Areas that
// cannot be read are left out.
func (s *Sheet) Merges() ([]Merged, error) {
	in, err := s.book.open(s.path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	rest, err := behindRows(in) // where the list stands
	if err != nil {
		return nil, err
	}
	var list []Merged
	r := &scanner{in: in, b: rest}
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

// behindRows reads a sheet up to the end of its rows, and returns what it has
// read of what follows; nothing when there is no such end.
func behindRows(in io.Reader) ([]byte, error) {
	const keep = 64 // more than </prefix:sheetData takes, mostly
	var window []byte
	buf := make([]byte, windowBytes)
	for {
		n, err := in.Read(buf)
		window = append(window, buf[:n]...)
		for from := 0; ; {
			i := bytes.Index(window[from:], []byte("sheetData"))
			if i < 0 {
				break
			}
			at := from + i
			from = at + len("sheetData")
			if from+2 > len(window) && err == nil {
				break // the next bytes tell
			}
			open := bytes.LastIndexByte(window[:at], '<')
			closing := open >= 0 && open+1 < at && window[open+1] == '/'
			if closing || bytes.HasPrefix(window[from:], []byte("/>")) {
				return bytes.TrimLeft(window[from:], "/> \t\r\n"), nil
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil, nil
		case err != nil:
			return nil, err
		case len(window) > keep:
			window = window[:copy(window, window[len(window)-keep:])]
		}
	}
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
