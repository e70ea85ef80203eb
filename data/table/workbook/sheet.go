package workbook

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// The largest sheet that the format knows.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
)

// Row is a row of a sheet. Cells is reused from row to row, its strings are not.
type Row struct {
	Number int      // as the spreadsheet program shows it, from 1
	Cells  []string // trailing empty cells may be missing
}

// Rows calls fn for every row that the sheet holds, in order; rows without any
// cell may be missing. It stops with the first error of fn or of the context;
// damaged XML is an error.
func (s *Sheet) Rows(ctx context.Context, fn func(Row) error) error {
	in, err := s.book.open(s.path)
	if err != nil {
		return err
	}
	defer in.Close()
	r := rowReader{scanner: scanner{in: in}, book: s.book}
	for inData := false; ; {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch {
		case t == eof:
			return fmt.Errorf("%w: no sheetData", errXML)
		case t == start && string(r.name) == "sheetData":
			inData = true
		case t == end && string(r.name) == "sheetData":
			return r.drain() // elements nest, so this is its own end
		case inData && t == start && string(r.name) == "row":
			if err := r.row(); err != nil {
				return err
			}
			if r.number%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if err := fn(Row{Number: r.number, Cells: r.cells}); err != nil {
				return err
			}
		}
	}
}

// drain reads on to the end, where the archive's checksum is compared.
func (s *scanner) drain() error {
	if s.in == nil {
		return nil
	}
	_, err := io.Copy(io.Discard, s.in)
	return err
}

// rowReader reads one row after the other; the text of a row is one string.
type rowReader struct {
	scanner
	book   *Book
	number int
	cells  []string
	buf    []byte
	spans  []span
}

// span is a cell: a part of the row's text, or a shared string.
type span struct {
	from, to int
	shared   string
}

func (r *rowReader) row() error {
	if v := r.attr("r"); v == nil {
		r.number++
	} else if n, err := strconv.Atoi(string(v)); err != nil || n <= r.number || n > maxRows {
		return fmt.Errorf("row %q after row %d", v, r.number)
	} else {
		r.number = n
	}
	if r.number > maxRows {
		return errors.New("more rows than a sheet can have")
	}
	r.buf, r.spans = r.buf[:0], r.spans[:0]
	column := -1
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		if t == end {
			break // of the row: cells read their own
		}
		if t != start {
			continue
		}
		if string(r.name) != "c" {
			err = r.skip()
		} else {
			err = r.cell(&column)
		}
		if err != nil {
			return err
		}
	}
	all := string(r.buf)
	r.cells = r.cells[:0]
	for _, s := range r.spans {
		if s.from == s.to {
			r.cells = append(r.cells, s.shared)
		} else {
			r.cells = append(r.cells, all[s.from:s.to])
		}
	}
	return nil
}

// skip reads to the end of the element that was just begun.
func (r *rowReader) skip() error {
	for depth := r.depth(); r.depth() >= depth; {
		if _, err := r.next(); err != nil {
			return err
		}
	}
	return nil
}

// cell reads <c>; column is that of the cell before.
func (r *rowReader) cell(column *int) error {
	*column++
	if ref := r.attr("r"); ref != nil {
		c, ok := columnOf(ref)
		if !ok {
			return fmt.Errorf("row %d: no cell is called %q", r.number, ref)
		}
		*column = c
	}
	if *column >= maxColumns {
		return fmt.Errorf("row %d: more columns than a sheet can have", r.number)
	}
	kind := cellKind(r.attr("t"))
	l := r.book.lookOf(r.attr("s"))
	for len(r.spans) <= *column {
		r.spans = append(r.spans, span{})
	}
	s, err := r.value(kind, l)
	r.spans[*column] = s
	return err
}

// kind is what the type of a cell says of its value.
type kind uint8

const (
	number kind = iota
	shared
	inline
	boolean
	literal // text of a formula, dates in ISO 8601, errors
)

func cellKind(t []byte) kind {
	switch string(t) {
	case "", "n":
		return number
	case "s":
		return shared
	case "inlineStr":
		return inline
	case "b":
		return boolean
	}
	return literal
}

// value reads to the end of the cell.
func (r *rowReader) value(k kind, l look) (span, error) {
	s := span{from: len(r.buf), to: len(r.buf)}
	for {
		t, err := r.next()
		if err != nil || t == end {
			return s, err
		}
		switch {
		case t != start:
		case string(r.name) == "is":
			if r.buf, err = stringItem(&r.scanner, r.buf); err == nil {
				r.unescapeFrom(s.from)
			}
		case string(r.name) == "v":
			s.shared, err = r.v(k, l)
		default:
			err = r.skip()
		}
		if err != nil {
			return s, err
		}
		s.to = len(r.buf)
	}
}

// v reads <v> into the row's text, or finds the shared string.
func (r *rowReader) v(k kind, l look) (string, error) {
	from := len(r.buf)
	for {
		t, err := r.next()
		if err != nil {
			return "", err
		}
		if t == end {
			break
		}
		if t == text {
			r.buf = appendDecoded(r.buf, r.text, r.plain)
		}
	}
	raw := r.buf[from:]
	switch k {
	case shared:
		r.buf = r.buf[:from]
		return r.book.sharedString(raw)
	case number:
		// The number may need more room than its raw form: write it behind, then
		// move it.
		n := len(r.buf)
		r.buf = appendNumber(r.buf, raw, l, r.book.epoch1904)
		r.buf = append(r.buf[:from], r.buf[n:]...)
	case boolean:
		word := map[string]string{"1": "TRUE", "0": "FALSE"}[string(raw)]
		if word != "" {
			r.buf = append(r.buf[:from], word...)
		}
	case literal, inline:
		r.unescapeFrom(from)
	}
	return "", nil
}

func (r *rowReader) unescapeFrom(from int) {
	if s := string(r.buf[from:]); len(s) > 6 {
		r.buf = append(r.buf[:from], unescape(s)...)
	}
}

// columnOf is the column of "AB12", from 0.
func columnOf(ref []byte) (int, bool) {
	n, i := 0, 0
	for ; i < len(ref) && i < 4; i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1, n > 0 && i < len(ref) && ref[i] >= '0' && ref[i] <= '9'
}
