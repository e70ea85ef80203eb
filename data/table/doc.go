// Package table reads tables as people keep them: CSV in any of the encodings
// that spreadsheets write, and XLSX workbooks with title rows, merged cells and
// numbers stored as text. It gives rows of text with the row numbers that the
// reader's own program shows, finds the header row and its columns by Chinese
// or English names, and reads numbers and coordinates out of cells.
//
// It does not know what a table is for: which columns are needed, and what is
// wrong with a value, is decided by the caller. What cannot be read at all is
// an error; what is wrong with a row goes into [coverage.Issues].
//
// The central type is [Table]. Old binary .xls files are refused with advice.
//
//	book, err := table.Open("clinics.xlsx", data)
//	t, err := book.Table(ctx, "")
//	err = t.Each(ctx, issues, func(r table.Row) error {
//		name := r.Cell(t.Find("name"))
//		...
//	})
package table
