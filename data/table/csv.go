package table

import (
	"bytes"
	"context"
	"strings"

	"lifecircle/coverage"
)

func openCSV(name string, data []byte, encoding string) (*Book, error) {
	t, ok := statedText(data, encoding)
	if !ok {
		return nil, &coverage.Error{Code: coverage.Invalid, Key: "table.encoding", Args: coverage.Args{"file": name, "encoding": encoding}}
	}
	if bytes.IndexByte(data[:min(len(data), 4096)], 0) >= 0 && t.encoding != "UTF-16" {
		return nil, &coverage.Error{Code: coverage.Unusable, Key: "table.format", Args: coverage.Args{"file": name}}
	}
	if isWebPage(t.body) {
		return nil, &coverage.Error{Code: coverage.Unsupported, Key: "table.web_page", Args: coverage.Args{"file": name}}
	}
	d, width := separator(t.body)
	comma := ""
	if d == ';' {
		comma = decimalComma(t.body)
	}
	rows := func(ctx context.Context, iss *coverage.Issues, fn func(Row) error) error {
		if comma != "" {
			if iss != nil {
				iss.Add(coverage.Issue{Ref: coverage.Ref{File: name}, Key: "table.decimal_comma", Value: comma})
			}
			fn = withPoints(fn)
		}
		return eachRecord(ctx, name, t, splitter{s: t.body, sep: d, eol: lineEnd(t.body), width: width}, iss, fn)
	}
	return &Book{File: name, sheets: []sheet{{encoding: t.encoding, csv: true, rows: rows}}}, nil
}

func eachRecord(ctx context.Context, file string, t text, p splitter, iss *coverage.Issues, fn func(Row) error) error {
	for p.next() {
		if p.row%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if p.unclosed {
			if iss != nil {
				iss.RowsRead++
				iss.Add(coverage.Issue{
					Ref: coverage.Ref{File: file, Row: p.row}, Key: "table.quote", Fatal: true,
					Value: shorten(decodeCell(t, p.cells[len(p.cells)-1])),
				})
			}
			continue
		}
		if p.row == 1 && len(p.cells) == 1 && isSepLine(p.cells[0]) {
			continue // "sep=;", an instruction to Excel
		}
		for i, c := range p.cells {
			p.cells[i] = formulaText(decodeCell(t, c))
		}
		if err := fn(Row{Number: p.row, Cells: p.cells}); err != nil {
			return err
		}
	}
	return nil
}

func decodeCell(t text, c string) string {
	if t.decode == nil || ascii(c) {
		return c
	}
	return t.decode(c)
}

// formulaText is what ="0123" shows: people write so to keep a code's zeros.
func formulaText(c string) string {
	if rest, ok := strings.CutPrefix(c, `="`); ok && len(rest) > 0 && strings.IndexByte(rest, '"') == len(rest)-1 {
		return rest[:len(rest)-1]
	}
	return c
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

func isSepLine(s string) bool { return len(s) == 5 && strings.HasPrefix(strings.ToLower(s), "sep=") }

func lineEnd(s string) byte {
	if strings.IndexByte(s, '\n') < 0 {
		return '\r'
	}
	return '\n'
}

// separator chooses among comma, semicolon and tab the one that cuts the first
// rows most evenly; of equals, the one that gives more columns, then the comma.
// width is the number of columns of most rows, 0 when unknown.
func separator(s string) (sep byte, width int) {
	s = s[:min(len(s), 1<<18)]
	if first, _, _ := strings.Cut(s, "\n"); isSepLine(strings.TrimRight(first, "\r")) {
		return first[4], 0
	}
	best, bestRows, bestWidth := byte(','), 0, 0
	for _, d := range []byte(",;\t") {
		if rows, width := evenness(s, d); rows > bestRows || rows == bestRows && width > bestWidth {
			best, bestRows, bestWidth = d, rows, width
		}
	}
	return best, bestWidth
}

// evenness is how many of the first rows have the most common width above 1,
// and that width.
func evenness(s string, d byte) (rows, width int) {
	p := splitter{s: s, sep: d, eol: lineEnd(s)}
	widths := map[int]int{}
	for n := 0; n < 60 && p.next(); n++ {
		if len(p.cells) > 1 {
			widths[len(p.cells)]++
		}
	}
	for w, n := range widths {
		if n > rows || n == rows && w > width {
			rows, width = n, w
		}
	}
	return rows, width
}
