package table

import (
	"bytes"
	"context"
	"strings"

	"lifecircle/coverage"
)

// Book is an opened file: a workbook, or a CSV file as a book of one sheet
// without a name. It keeps the whole file in memory.
type Book struct {
	File   string
	sheets []sheet
}

type sheet struct {
	name     string
	hidden   bool
	encoding string
	csv      bool
	rows     source
}

// source yields every row in order, blank ones too; a Row is valid until fn
// returns. Issues may be nil.
type source func(ctx context.Context, iss *coverage.Issues, fn func(Row) error) error

// Table is one sheet with its header row found.
type Table struct {
	File     string
	Sheet    string   // "" for CSV
	Header   int      // row number of the header, from 1; 0 when the sheet has none
	Columns  []string // names in the header row, spaces tidied; "A", "B" ... without a header
	Encoding string   // of a CSV file: "UTF-8", "GB18030", "UTF-16", "windows-1252"; "" for XLSX
	Others   []string // further visible sheets that hold something; set when no sheet was asked for
	csv      bool
	rows     source
	roles    map[string]int
}

// Row is a row of a table. Cells and Spread are reused from row to row.
type Row struct {
	Number int      // as the spreadsheet program shows it, from 1
	Cells  []string // as stored; trailing empty cells may be missing
	Spread []bool   // Spread[i]: the value stands in a merged cell that begins in an earlier row; nil when none does
}

// Cell returns the text of column i without surrounding spaces, "" when the
// row has no such cell or i is negative.
func (r Row) Cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return trim(r.Cells[i])
}

// IsSpread reports whether column i repeats a merged cell of an earlier row.
func (r Row) IsSpread(i int) bool { return i >= 0 && i < len(r.Spread) && r.Spread[i] }

func (r Row) blank() bool {
	for i, c := range r.Cells {
		if trim(c) != "" && !r.IsSpread(i) {
			return false
		}
	}
	return true
}

// Open reads a CSV file (also tab- or semicolon-separated) or an XLSX workbook;
// its first bytes, not its name, say which. name is for messages.
func Open(name string, data []byte) (*Book, error) { return OpenAs(name, data, "") }

// OpenAs is [Open] with the encoding of a CSV file stated ("gbk", "gb18030",
// "utf-8", "big5" ... as on the web); "" finds it out.
func OpenAs(name string, data []byte, encoding string) (*Book, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return openXLSX(name, data)
	case bytes.HasPrefix(data, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return nil, &coverage.Error{Code: coverage.Unsupported, Key: "table.old_excel", Args: coverage.Args{"file": name}}
	}
	return openCSV(name, data, encoding)
}

// Sheets names the visible sheets, in order.
func (b *Book) Sheets() []string {
	var names []string
	for _, s := range b.sheets {
		if !s.hidden {
			names = append(names, s.name)
		}
	}
	return names
}

// Table finds the header of a sheet. An empty name takes the first visible
// sheet that holds anything, and lists the other such sheets in Table.Others.
func (b *Book) Table(ctx context.Context, name string) (*Table, error) {
	if name != "" {
		return b.named(ctx, name)
	}
	var t *Table
	for _, s := range b.sheets {
		if s.hidden {
			continue
		}
		head, err := top(ctx, s.rows)
		if err != nil {
			return nil, err
		}
		switch {
		case len(head) == 0:
		case t == nil:
			t = newTable(b.File, s, head)
		default:
			t.Others = append(t.Others, s.name)
		}
	}
	if t == nil {
		return nil, b.emptyError("")
	}
	return t, nil
}

func (b *Book) named(ctx context.Context, name string) (*Table, error) {
	for _, s := range b.sheets {
		if s.name != name {
			continue
		}
		head, err := top(ctx, s.rows)
		if err == nil && len(head) == 0 {
			err = b.emptyError(name)
		}
		if err != nil {
			return nil, err
		}
		return newTable(b.File, s, head), nil
	}
	return nil, &coverage.Error{Code: coverage.NotFound, Key: "table.no_sheet", Args: coverage.Args{
		"file": b.File, "sheet": name, "sheets": strings.Join(b.Sheets(), ", "),
	}}
}

// Rows calls fn for every row of a sheet as it stands, title and header rows
// and blank ones included; an empty name is the first visible sheet. It stops
// with the first error of fn or of the context.
func (b *Book) Rows(ctx context.Context, name string, fn func(Row) error) error {
	for _, s := range b.sheets {
		if s.name == name || name == "" && !s.hidden {
			return s.rows(ctx, nil, fn)
		}
	}
	return b.emptyError(name)
}

func (b *Book) emptyError(sheet string) error {
	return &coverage.Error{Code: coverage.Unusable, Key: "table.empty", Args: coverage.Args{"file": b.File, "sheet": sheet}}
}

func newTable(file string, s sheet, head []Row) *Table {
	t := &Table{File: file, Sheet: s.name, Encoding: s.encoding, csv: s.csv, rows: s.rows}
	t.Header, t.Columns = header(head, DefaultWords())
	t.roles = DefaultWords().Assign(t.Columns)
	return t
}

// Each calls fn for every row below the header that holds anything. Undecodable
// text, unclosed quotes and rows with more cells than the header has go to iss;
// rows that cannot be read are left out and counted as fatal there. It stops
// with the first error of fn or of the context.
func (t *Table) Each(ctx context.Context, iss *coverage.Issues, fn func(Row) error) error {
	return t.rows(ctx, iss, func(r Row) error {
		if r.Number <= t.Header || r.blank() {
			return nil
		}
		iss.RowsRead++
		if r.Number%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if !t.check(r, iss) {
			return nil
		}
		return fn(r)
	})
}

// check reports damaged text, and refuses a CSV row whose columns have moved:
// it has more cells than the header because of a stray separator.
func (t *Table) check(r Row, iss *coverage.Issues) bool {
	for i, c := range r.Cells {
		if strings.ContainsRune(c, '\uFFFD') {
			iss.Add(coverage.Issue{Ref: t.Ref(r.Number), Key: "table.undecodable", Column: t.column(i), Value: c})
		}
	}
	if !t.csv {
		return true
	}
	for i := len(t.Columns); i < len(r.Cells); i++ {
		if trim(r.Cells[i]) != "" {
			iss.Add(coverage.Issue{
				Ref: t.Ref(r.Number), Key: "table.extra_cells", Value: r.Cells[i], Fatal: true,
				Args: coverage.Args{"cells": len(r.Cells), "columns": len(t.Columns)},
			})
			return false
		}
	}
	return true
}

// Ref is the place of a row.
func (t *Table) Ref(row int) coverage.Ref {
	return coverage.Ref{File: t.File, Sheet: t.Sheet, Row: row}
}

func (t *Table) column(i int) string {
	if i >= 0 && i < len(t.Columns) && t.Columns[i] != "" {
		return t.Columns[i]
	}
	return letters(i)
}

// top reads the first rows that hold anything, as many as a header is looked
// for in.
func top(ctx context.Context, rows source) ([]Row, error) {
	var head []Row
	err := rows(ctx, nil, func(r Row) error {
		if !r.blank() {
			head = append(head, Row{Number: r.Number, Cells: append([]string(nil), r.Cells...)})
		}
		if len(head) >= headerRows {
			return errStop
		}
		return ctx.Err()
	})
	if err == errStop {
		err = nil
	}
	return head, err
}
