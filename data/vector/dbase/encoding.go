package dbase

import (
	"strings"
	"unicode/utf8"

	"lifecircle/coverage"
	"lifecircle/data/vector/charset"
)

// charset decides how texts are written: as the caller says, the .cpg, the
// language byte of the header, else what understands every text. What the file
// says counts only while its texts agree: tools copy side files from one set to
// another.
func (d *Table) charset(encoding, cpg string, language byte, names [][]byte) (charset.Charset, error) {
	if encoding != "" {
		c, ok := charset.Named(encoding)
		if !ok {
			return c, &coverage.Error{Code: coverage.Invalid, Key: "vector.encoding.unknown", Args: coverage.Args{"value": encoding}}
		}
		return c, nil
	}
	said, ok := stated(cpg, language)
	if !ok {
		return d.guess(names), nil // 0, 3 and 0x57 are what writers put who do not know
	}
	if found := d.disproved(said, names); found != nil {
		d.said = said.Name
		return *found, nil
	}
	return said, nil
}

func stated(cpg string, language byte) (charset.Charset, bool) {
	if strings.TrimSpace(cpg) != "" {
		if c, ok := charset.Named(strings.TrimPrefix(cpg, "\ufeff")); ok {
			return c, true
		}
	}
	switch language {
	case 0x4d, 0x7a:
		return charset.GB18030, true
	case 0x4f, 0x78:
		return charset.Big5, true
	}
	return charset.Charset{}, false
}

// Mistaken returns the encoding that the file states and the one that its texts
// are in, when the two differ.
func (d *Table) Mistaken() (said, used string, ok bool) {
	return d.said, d.text.Name, d.said != ""
}

// disproved returns the encoding of the texts when they cannot be in the stated
// one: all are UTF-8, with at least two characters of three bytes, which text in
// two-byte encodings hardly ever is by chance; or hardly any is UTF-8 and all are
// GB18030. Nil: nothing speaks against it.
func (d *Table) disproved(said charset.Charset, names [][]byte) *charset.Charset {
	if said.Name != charset.UTF8.Name {
		if d.wide(names) >= 2 && d.fits(charset.UTF8, names) {
			return &charset.UTF8
		}
		return nil
	}
	texts, good := 0, 0
	d.each(names, func(b []byte, size int) bool {
		if !ascii(b) {
			texts++
			if _, ok := d.decode(charset.UTF8, b, size); ok {
				good++
			}
		}
		return true
	})
	if texts > 0 && good*2 < texts && d.fits(charset.GB18030, names) {
		return &charset.GB18030
	}
	return nil
}

// wide counts the characters of three bytes or more that texts hold as UTF-8, up
// to two.
func (d *Table) wide(names [][]byte) int {
	n := 0
	d.each(names, func(b []byte, _ int) bool {
		for len(b) > 0 && n < 2 {
			r, size := utf8.DecodeRune(b)
			if r != utf8.RuneError && size >= 3 {
				n++
			}
			b = b[size:]
		}
		return n < 2
	})
	return n
}

// each hands fn the names of the columns and every text, with the room that it
// has, while fn returns true; it reports whether it always did.
func (d *Table) each(names [][]byte, fn func(b []byte, size int) bool) bool {
	for _, n := range names {
		if !fn(n, 10) {
			return false
		}
	}
	for i := range d.records {
		for _, f := range d.fields {
			if f.kind == 'C' && !fn(d.cell(i, f), f.size) {
				return false
			}
		}
	}
	return true
}

func (d *Table) guess(names [][]byte) charset.Charset {
	for _, c := range []charset.Charset{charset.UTF8, charset.GB18030} {
		if d.fits(c, names) {
			return c
		}
	}
	return charset.Windows1252
}

func (d *Table) fits(c charset.Charset, names [][]byte) bool {
	return d.each(names, func(b []byte, size int) bool {
		_, ok := d.decode(c, b, size)
		return ok
	})
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
