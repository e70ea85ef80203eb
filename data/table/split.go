package table

import "strings"

// maxQuoted is the longest quoted cell believed. A longer one means that its
// closing quote is missing; polygons as WKT stay well below.
const maxQuoted = 16 << 20

// splitter cuts CSV text into records (RFC 4180, with what people's files need
// beyond it: a quote inside a cell stands for itself, spaces may stand before an
// opening quote, and a quote that never closes costs its own line only). Cells
// are parts of the text, not copies.
type splitter struct {
	s        string
	sep, eol byte
	width    int // of most records, 0 unknown
	pos      int
	row      int // of the current record, from 1; a record of several lines is one row
	cells    []string
	unclosed bool
}

// next reads a record; blank lines are records of one empty cell.
func (p *splitter) next() bool {
	p.cells, p.unclosed = p.cells[:0], false
	if p.pos >= len(p.s) {
		return false
	}
	p.row++
	start := p.pos
	line, after := p.line(start)
	if strings.IndexByte(line, '"') < 0 {
		p.plain(line)
		p.pos = after
		return true
	}
	if !p.quoted() || p.pos > after && p.ranAway() {
		p.unclosed = true
		p.cells = append(p.cells[:0], line)
		p.pos = after
	}
	return true
}

// ranAway reports whether a record of several lines is rather a quote that was
// never closed and met the next one rows below: its width is not that of the
// other records.
func (p *splitter) ranAway() bool {
	return p.width > 0 && len(p.cells) > 1 && len(p.cells) != p.width
}

// line returns the physical line at pos without its end, and where the next
// one begins.
func (p *splitter) line(pos int) (line string, after int) {
	i := strings.IndexByte(p.s[pos:], p.eol)
	if i < 0 {
		return strings.TrimSuffix(p.s[pos:], "\r"), len(p.s)
	}
	return strings.TrimSuffix(p.s[pos:pos+i], "\r"), pos + i + 1
}

func (p *splitter) plain(line string) {
	for {
		i := strings.IndexByte(line, p.sep)
		if i < 0 {
			p.cells = append(p.cells, line)
			return
		}
		p.cells = append(p.cells, line[:i])
		line = line[i+1:]
	}
}

// quoted reads a record that has quotes, cell by cell. False: a quote is never
// closed.
func (p *splitter) quoted() bool {
	for {
		open := p.pos
		for open < len(p.s) && p.s[open] == ' ' {
			open++
		}
		if open < len(p.s) && p.s[open] == '"' {
			if !p.inQuotes(open + 1) {
				return false
			}
		} else {
			p.bare()
		}
		if p.pos >= len(p.s) || p.s[p.pos] != p.sep {
			p.skipEnd()
			return true
		}
		p.pos++
		if p.pos == len(p.s) { // "a," at the end of the file
			p.cells = append(p.cells, "")
			return true
		}
	}
}

// skipEnd steps over the line end.
func (p *splitter) skipEnd() {
	if p.pos < len(p.s) && p.s[p.pos] == '\r' && p.eol == '\n' {
		p.pos++
	}
	if p.pos < len(p.s) && p.s[p.pos] == p.eol {
		p.pos++
	}
}

func (p *splitter) bare() {
	from := p.pos
	for p.pos < len(p.s) && p.s[p.pos] != p.sep && p.s[p.pos] != p.eol {
		p.pos++
	}
	cell := p.s[from:p.pos]
	if (p.pos == len(p.s) || p.s[p.pos] == p.eol) && p.eol == '\n' {
		cell = strings.TrimSuffix(cell, "\r")
	}
	p.cells = append(p.cells, cell)
}

func (p *splitter) inQuotes(from int) bool {
	doubled := false
	for i := from; ; {
		j := strings.IndexByte(p.s[i:min(len(p.s), from+maxQuoted)], '"')
		if j < 0 {
			return false
		}
		i += j + 1
		if i < len(p.s) && p.s[i] == '"' {
			doubled = true
			i++
			continue
		}
		if !p.closes(i) {
			continue // a quote inside the cell
		}
		cell := p.s[from : i-1]
		if doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		p.cells, p.pos = append(p.cells, cell), i
		return true
	}
}

// closes reports whether a cell can end at i.
func (p *splitter) closes(i int) bool {
	if i >= len(p.s) || p.s[i] == p.sep || p.s[i] == p.eol {
		return true
	}
	return p.s[i] == '\r' && i+1 < len(p.s) && p.s[i+1] == p.eol
}
