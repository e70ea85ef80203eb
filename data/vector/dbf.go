package vector

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"

	"lifecircle/coverage"
)

// dbf is an attribute table (dBASE III and later) in memory.
type dbf struct {
	r       *reader
	b       []byte // the records
	records int
	length  int // of a record
	fields  []dbfField
	text    charset
}

type dbfField struct {
	name     string
	kind     byte
	at, size int
	whole    bool // a number without decimals
}

// openDBF reads the header; cpg is the text of the .cpg file, may be empty.
func openDBF(r *reader, b []byte, cpg string) (*dbf, error) {
	if len(b) < 32 {
		return nil, r.corrupt("Shapefile", ".dbf: header", nil)
	}
	d := &dbf{r: r, records: int(binary.LittleEndian.Uint32(b[4:])), length: int(binary.LittleEndian.Uint16(b[10:]))}
	head := int(binary.LittleEndian.Uint16(b[8:]))
	if head < 33 || head > len(b) || d.length < 1 {
		return nil, r.corrupt("Shapefile", ".dbf: header", nil)
	}
	if int64(d.records)*int64(d.length) > int64(len(b)-head) {
		return nil, r.corrupt("Shapefile", fmt.Sprintf(".dbf: %d records", d.records), nil)
	}
	d.b = b[head:]
	raw, err := d.readFields(b[32:head])
	if err != nil {
		return nil, err
	}
	d.text, err = d.encoding(cpg, b[29], raw)
	if err != nil {
		return nil, err
	}
	for i := range d.fields {
		d.fields[i].name = d.name(raw[i])
	}
	return d, nil
}

// readFields returns the names as they stand, for the encoding is not known yet.
func (d *dbf) readFields(b []byte) (names [][]byte, err error) {
	at := 1 // behind the mark of deleted records
	for ; len(b) >= 32 && b[0] != '\r'; b = b[32:] {
		name, _, _ := bytes.Cut(b[:11], []byte{0})
		f := dbfField{kind: b[11], at: at, size: int(b[16]), whole: b[17] == 0}
		at += f.size
		if at > d.length {
			return nil, d.r.corrupt("Shapefile", ".dbf: field lengths", nil)
		}
		if !strings.ContainsRune("CNFLD", rune(f.kind)) {
			continue // memo and binary fields
		}
		names, d.fields = append(names, name), append(d.fields, f)
	}
	return names, nil
}

// encoding decides how texts are written: as the caller says, the .cpg, the
// language byte of the header, else what understands every text.
func (d *dbf) encoding(cpg string, language byte, names [][]byte) (charset, error) {
	if d.r.o.Encoding != "" {
		c, ok := charsetNamed(d.r.o.Encoding)
		if !ok {
			return c, &coverage.Error{Code: coverage.Invalid, Key: "vector.encoding.unknown", Args: coverage.Args{"value": d.r.o.Encoding}}
		}
		return c, nil
	}
	if strings.TrimSpace(cpg) != "" {
		if c, ok := charsetNamed(strings.TrimPrefix(cpg, "\ufeff")); ok {
			return c, nil
		}
	}
	switch language {
	case 0x4d, 0x7a:
		return gb18030Charset, nil
	case 0x4f, 0x78:
		return big5Charset, nil
	}
	return d.guess(names), nil // 0, 3 and 0x57 are what writers put who do not know
}

func (d *dbf) guess(names [][]byte) charset {
	for _, c := range []charset{utf8Charset, gb18030Charset} {
		if d.fits(c, names) {
			return c
		}
	}
	return latinCharset
}

func (d *dbf) fits(c charset, names [][]byte) bool {
	for _, n := range names {
		if _, ok := d.decode(c, n, 10); !ok {
			return false
		}
	}
	for i := range d.records {
		for _, f := range d.fields {
			if f.kind != 'C' {
				continue
			}
			if _, ok := d.decode(c, d.cell(i, f), f.size); !ok {
				return false
			}
		}
	}
	return true
}

// decode turns a text of at most size bytes into UTF-8. A character that the
// end of the field cuts in two is left out.
func (d *dbf) decode(c charset, b []byte, size int) (string, bool) {
	b = bytes.TrimRight(b, " \x00")
	s, ok := c.decode(b)
	for cut := 1; !ok && len(b) >= size && cut <= 3 && cut < len(b); cut++ {
		s, ok = c.decode(b[:len(b)-cut])
	}
	if !ok {
		s, _ = c.decode(b)
	}
	return s, ok
}

func (d *dbf) name(b []byte) string {
	s, _ := d.decode(d.text, b, 10)
	return strings.TrimSpace(s)
}

func (d *dbf) columns() []string {
	names := make([]string, len(d.fields))
	for i, f := range d.fields {
		names[i] = f.name
	}
	return names
}

func (d *dbf) deleted(i int) bool { return d.b[i*d.length] == '*' }

func (d *dbf) cell(i int, f dbfField) []byte {
	return d.b[i*d.length+f.at:][:f.size]
}

// values reads record i; what cannot be read is nil and noted.
func (d *dbf) values(i int) []any {
	out := make([]any, len(d.fields))
	for k, f := range d.fields {
		b := d.cell(i, f)
		switch f.kind {
		case 'C':
			s, ok := d.decode(d.text, b, f.size)
			if !ok {
				d.r.note(i+1, "vector.text.encoding", f.name, s, coverage.Args{"encoding": d.text.name})
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
				d.r.note(i+1, "vector.dbf.number", f.name, strings.TrimSpace(string(b)), nil)
			}
			out[k] = v
		}
	}
	return out
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
