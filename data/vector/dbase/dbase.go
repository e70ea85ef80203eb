package dbase

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/vector/charset"
)

// Table is an attribute table in memory.
type Table struct {
	b       []byte // the records
	records int
	length  int // of a record
	fields  []field
	text    charset.Charset
	said    string // the encoding that the file states, when its texts are not in it
}

// Fault is a value that could not be read as its column says.
type Fault struct {
	Key    string // catalogue key
	Column string
	Value  string
	Args   coverage.Args
}

// CorruptError says which part of the bytes is not that of a table.
type CorruptError struct{ Part string }

func (e *CorruptError) Error() string { return "dbase: " + e.Part }

type field struct {
	name     string
	kind     byte
	at, size int
	whole    bool // a number without decimals
}

// Open reads the header of a table. encoding is what the caller says about its
// texts, cpg the text of a .cpg file; both may be empty. Errors: a
// [CorruptError], or an Invalid error for an encoding that nobody knows.
func Open(b []byte, encoding, cpg string) (*Table, error) {
	if len(b) < 32 {
		return nil, &CorruptError{"header"}
	}
	d := &Table{records: int(binary.LittleEndian.Uint32(b[4:])), length: int(binary.LittleEndian.Uint16(b[10:]))}
	head := int(binary.LittleEndian.Uint16(b[8:]))
	if head < 33 || head > len(b) || d.length < 1 {
		return nil, &CorruptError{"header"}
	}
	if int64(d.records)*int64(d.length) > int64(len(b)-head) {
		return nil, &CorruptError{fmt.Sprintf("%d records", d.records)}
	}
	d.b = b[head:]
	raw, err := d.readFields(b[32:head])
	if err != nil {
		return nil, err
	}
	d.text, err = d.charset(encoding, cpg, b[29], raw)
	if err != nil {
		return nil, err
	}
	for i := range d.fields {
		d.fields[i].name = d.name(raw[i])
	}
	return d, nil
}

// readFields returns the names as they stand, for the encoding is not known yet.
func (d *Table) readFields(b []byte) (names [][]byte, err error) {
	at := 1 // behind the mark of deleted records
	for ; len(b) >= 32 && b[0] != '\r'; b = b[32:] {
		name, _, _ := bytes.Cut(b[:11], []byte{0})
		f := field{kind: b[11], at: at, size: int(b[16]), whole: b[17] == 0}
		at += f.size
		if at > d.length {
			return nil, &CorruptError{"field lengths"}
		}
		if !strings.ContainsRune("CNFLD", rune(f.kind)) {
			continue // memo and binary fields
		}
		names, d.fields = append(names, name), append(d.fields, f)
	}
	return names, nil
}

// decode turns a text of at most size bytes into UTF-8. A character that the
// end of the field cuts in two is left out.
func (d *Table) decode(c charset.Charset, b []byte, size int) (string, bool) {
	b = bytes.TrimRight(b, " \x00")
	s, ok := c.Decode(b)
	for cut := 1; !ok && len(b) >= size && cut <= 3 && cut < len(b); cut++ {
		s, ok = c.Decode(b[:len(b)-cut])
	}
	if !ok {
		s, _ = c.Decode(b)
	}
	return s, ok
}

func (d *Table) name(b []byte) string {
	s, _ := d.decode(d.text, b, 10)
	return strings.TrimSpace(s)
}

// Columns are the names of the columns that can be read.
func (d *Table) Columns() []string {
	names := make([]string, len(d.fields))
	for i, f := range d.fields {
		names[i] = f.name
	}
	return names
}

// Records is the number of records, deleted ones included.
func (d *Table) Records() int { return d.records }

// Deleted reports whether record i, from 0, is marked as deleted.
func (d *Table) Deleted(i int) bool { return d.b[i*d.length] == '*' }

func (d *Table) cell(i int, f field) []byte {
	return d.b[i*d.length+f.at:][:f.size]
}

// Values reads record i, from 0, by column: string, float64, int64, bool, or
// nil for what is empty or a fault.
func (d *Table) Values(i int) ([]any, []Fault) {
	out, faults := make([]any, len(d.fields)), []Fault(nil)
	for k, f := range d.fields {
		b := d.cell(i, f)
		switch f.kind {
		case 'C':
			s, ok := d.decode(d.text, b, f.size)
			if !ok {
				faults = append(faults, Fault{"vector.text.encoding", f.name, s, coverage.Args{"encoding": d.text.Name}})
			}
			if s != "" {
				out[k] = s
			}
		case 'L':
			out[k] = logical(b)
		case 'D':
			out[k] = date(string(b))
		default:
			v, ok := number(string(b), f.whole)
			if !ok {
				faults = append(faults, Fault{"vector.dbf.number", f.name, strings.TrimSpace(string(b)), nil})
			}
			out[k] = v
		}
	}
	return out, faults
}

func logical(b []byte) any {
	switch {
	case bytes.ContainsAny(b, "TtYy"):
		return true
	case bytes.ContainsAny(b, "FfNn"):
		return false
	}
	return nil
}

// date turns 20260131 into 2026-01-31, and an empty or zero date into nil.
func date(s string) any {
	s = strings.Trim(s, " \x00")
	if s == "" || strings.Trim(s, "0") == "" {
		return nil
	}
	if len(s) != 8 {
		return s
	}
	return s[:4] + "-" + s[4:6] + "-" + s[6:]
}

// number reads a number field. Blank fields and those full of asterisks, which
// is how a missing number or one too long is written, are nil.
func number(s string, whole bool) (v any, ok bool) {
	s = strings.Trim(s, " \x00")
	if strings.Trim(s, "*") == "" {
		return nil, true
	}
	if whole {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return n, true
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, false
	}
	return f, true
}
