package table

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

type relations struct {
	Items []struct {
		ID     string `xml:"Id,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

type workbook struct {
	Sheets []struct {
		Name string `xml:"name,attr"`
		RID  string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	} `xml:"sheets>sheet"`
}

// sheetParts returns the XML of each sheet by its name. Workbooks that name
// their parts otherwise have none here: their sheets are read without merged
// cells.
func sheetParts(f *excelize.File) map[string][]byte {
	var book workbook
	var rels relations
	if xml.Unmarshal(partOf(f, "xl/workbook.xml"), &book) != nil || xml.Unmarshal(partOf(f, "xl/_rels/workbook.xml.rels"), &rels) != nil {
		return nil
	}
	targets := map[string]string{}
	for _, r := range rels.Items {
		targets[r.ID] = r.Target
	}
	parts := map[string][]byte{}
	for _, s := range book.Sheets {
		target := targets[s.RID]
		if !strings.HasPrefix(target, "/") {
			target = path.Join("xl", target)
		}
		parts[s.Name] = partOf(f, strings.TrimPrefix(target, "/"))
	}
	return parts
}

func partOf(f *excelize.File, name string) []byte {
	v, ok := f.Pkg.Load(name)
	if !ok {
		return nil
	}
	b, _ := v.([]byte)
	return b
}

var rowNumber = regexp.MustCompile(`^<(?:[A-Za-z]+:)?row [^>]*?\br="(\d+)"`)

// lastRow is the number of the last row element in a sheet's XML, 0 when it
// cannot be told.
func lastRow(part []byte) int {
	i := bytes.LastIndex(part, []byte("row "))
	for i > 0 && part[i-1] != '<' && part[i-1] != ':' {
		i = bytes.LastIndex(part[:i], []byte("row "))
	}
	if i <= 0 {
		return 0
	}
	from := bytes.LastIndexByte(part[:i], '<')
	if from < 0 {
		return 0
	}
	m := rowNumber.FindSubmatch(part[from:min(len(part), i+4096)])
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(string(m[1]))
	return n
}

// down is a merged area of several rows: its value stands at (first, col).
type down struct{ first, last, col int }

var mergeRef = regexp.MustCompile(`mergeCell ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"`)

// mergedDown lists the merged areas of more than one row. The list stands after
// the rows in a sheet's XML.
func mergedDown(part []byte) []down {
	i := bytes.LastIndex(part, []byte("mergeCells"))
	if i < 0 {
		return nil
	}
	i = bytes.LastIndex(part[:i], []byte("sheetData")) // the list has an opening and a closing tag
	var list []down
	for _, m := range mergeRef.FindAllSubmatch(part[max(i, 0):], -1) {
		from, to, _ := strings.Cut(string(m[1]), ":")
		col, first, err1 := excelize.CellNameToCoordinates(from)
		_, last, err2 := excelize.CellNameToCoordinates(to)
		if err1 == nil && err2 == nil && last > first {
			list = append(list, down{first, last, col - 1})
		}
	}
	slices.SortFunc(list, func(a, b down) int { return cmp.Or(a.first-b.first, a.col-b.col) })
	return list
}

// spreader writes the value of a merged area into the rows below its first, in
// its first column. Sideways nothing is repeated: a merged note is not data.
type spreader struct {
	merges []down // by first row
	active []held
	mark   []bool
}

type held struct {
	down
	value string
}

func (s *spreader) fill(n int, cells []string) Row {
	r := Row{Number: n, Cells: cells}
	kept := s.active[:0]
	for _, h := range s.active {
		if n <= h.last {
			s.put(&r, h.col, h.value)
			kept = append(kept, h)
		}
	}
	s.active = kept
	for len(s.merges) > 0 && s.merges[0].first <= n {
		m := s.merges[0]
		s.merges = s.merges[1:]
		if m.first == n && m.col < len(cells) && cells[m.col] != "" {
			s.active = append(s.active, held{m, cells[m.col]})
		}
	}
	return r
}

func (s *spreader) put(r *Row, col int, value string) {
	for len(r.Cells) <= col {
		r.Cells = append(r.Cells, "")
	}
	for i := len(s.mark); i < len(r.Cells); i++ {
		s.mark = append(s.mark, false)
	}
	if r.Spread == nil {
		clear(s.mark)
	}
	r.Spread = s.mark
	r.Cells[col], r.Spread[col] = value, true
}
