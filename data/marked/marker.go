package marked

import (
	"context"
	"slices"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/table"

	"github.com/xuri/excelize/v2"
)

// marker marks cells of one workbook.
type marker struct {
	book   *table.Book
	file   *excelize.File
	lang   string
	tables map[string]*table.Table // by the sheet of the issue, "" for CSV
	styles map[[2]int]int          // old style and fill -> new style
	notes  map[[2]string][]string  // sheet and cell -> lines
	order  [][2]string
	fatal  map[[2]string]bool
}

// mark colours the cells of an issue and keeps its note.
func (m *marker) mark(ctx context.Context, i coverage.Issue) error {
	t, err := m.tableOf(ctx, i.Sheet)
	if err != nil {
		return err
	}
	sheet := i.Sheet
	if sheet == "" || m.sheetIndex(sheet) < 0 {
		sheet = m.file.GetSheetName(0)
	}
	for _, col := range columnsOf(t, i.Column) {
		cell, err := excelize.CoordinatesToCellName(col+1, i.Row)
		if err != nil {
			return notWritten(i.File, err)
		}
		at := [2]string{sheet, cell}
		if m.notes[at] == nil {
			m.order = append(m.order, at)
		}
		m.notes[at] = append(m.notes[at], i.Message().In(m.lang))
		if m.fatal == nil {
			m.fatal = map[[2]string]bool{}
		}
		m.fatal[at] = m.fatal[at] || i.Fatal
	}
	return nil
}

func (m *marker) sheetIndex(name string) int {
	i, err := m.file.GetSheetIndex(name)
	if err != nil {
		return -1
	}
	return i
}

func (m *marker) tableOf(ctx context.Context, sheet string) (*table.Table, error) {
	if t, ok := m.tables[sheet]; ok {
		return t, nil
	}
	name := sheet
	if !slices.Contains(m.book.Sheets(), sheet) {
		name = ""
	}
	t, err := m.book.Table(ctx, name)
	if err != nil {
		return nil, err
	}
	m.tables[sheet] = t
	return t, nil
}

// columnsOf finds the columns that an issue names ("经度, 纬度" are two); the
// first one when it names none.
func columnsOf(t *table.Table, names string) []int {
	if i := t.Index(names); names != "" && i >= 0 {
		return []int{i}
	}
	var found []int
	for _, n := range strings.Split(names, ", ") {
		if i := t.Index(n); n != "" && i >= 0 {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		return []int{0}
	}
	return found
}

// writeNotes styles the cells and writes a note into each, after the note that
// it has.
func (m *marker) writeNotes() error {
	old, err := m.oldNotes()
	if err != nil {
		return err
	}
	for _, at := range m.order {
		fill := 0
		if m.fatal[at] {
			fill = 1
		}
		if err := m.paint(at, fill); err != nil {
			return err
		}
		lines := m.notes[at]
		if was, has := old[at]; has {
			lines = append([]string{was}, lines...)
			if err := m.file.DeleteComment(at[0], at[1]); err != nil {
				return err
			}
		}
		err := m.file.AddComment(at[0], excelize.Comment{
			Cell: at[1], Author: "lifecircle", Width: 320, Height: uint(60 + 40*len(lines)),
			Paragraph: []excelize.RichTextRun{{Text: shorten(strings.Join(lines, "\n"))}},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// shorten keeps a note within what the format holds.
func shorten(s string) string {
	if r := []rune(s); len(r) > 8000 {
		return string(r[:8000]) + "…"
	}
	return s
}

func (m *marker) oldNotes() (map[[2]string]string, error) {
	old := map[[2]string]string{}
	for _, at := range m.order {
		if _, done := old[[2]string{at[0], ""}]; done {
			continue
		}
		old[[2]string{at[0], ""}] = "" // the sheet is read
		list, err := m.file.GetComments(at[0])
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			text := c.Text
			for _, p := range c.Paragraph {
				text += p.Text
			}
			old[[2]string{at[0], c.Cell}] = text
		}
	}
	return old, nil
}

// paint fills a cell and keeps the rest of its style.
func (m *marker) paint(at [2]string, fill int) error {
	was, err := m.file.GetCellStyle(at[0], at[1])
	if err != nil {
		return err
	}
	id, known := m.styles[[2]int{was, fill}]
	if !known {
		style, err := m.file.GetStyle(was)
		if err != nil {
			style = &excelize.Style{}
		}
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{[]string{warningFill, fatalFill}[fill]}}
		if id, err = m.file.NewStyle(style); err != nil {
			return err
		}
		m.styles[[2]int{was, fill}] = id
	}
	return m.file.SetCellStyle(at[0], at[1], at[1], id)
}
