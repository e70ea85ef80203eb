package table

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"

	"lifecircle/coverage"

	"github.com/xuri/excelize/v2"
)

// maxUnzipped bounds what a workbook may unpack to.
const maxUnzipped = 2 << 30

func openXLSX(name string, data []byte) (b *Book, err error) {
	defer func() {
		if r := recover(); r != nil { // the library's word on damaged parts
			b, err = nil, corrupt(name, fmt.Errorf("%v", r))
		}
	}()
	if err := checkZip(data); err != nil {
		return nil, corrupt(name, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: maxUnzipped,
	})
	if err != nil {
		return nil, corrupt(name, err)
	}
	parts := sheetParts(f)
	b = &Book{File: name}
	for _, s := range f.GetSheetList() {
		visible, err := f.GetSheetVisible(s)
		b.sheets = append(b.sheets, sheet{name: s, hidden: err == nil && !visible, rows: sheetRows(f, name, s, parts[s])})
	}
	return b, nil
}

func corrupt(name string, err error) error {
	return &coverage.Error{Code: coverage.Unusable, Key: "table.corrupt", Args: coverage.Args{"file": name}, Err: err}
}

// checkZip refuses archives whose stated sizes cannot be true: the library
// allocates by them. Deflate packs at most 1,032 to 1.
func checkZip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	var total uint64
	for _, f := range z.File {
		if f.CompressedSize64 > uint64(len(data)) || f.UncompressedSize64 > 1032*f.CompressedSize64+64 {
			return fmt.Errorf("%s: impossible size", f.Name)
		}
		total += f.UncompressedSize64
	}
	if total > maxUnzipped {
		return fmt.Errorf("unpacks to %d bytes, more than %d", total, uint64(maxUnzipped))
	}
	return nil
}

// sheetRows streams a sheet, and compares its last row with the last row of the
// XML: the library ends quietly at damaged XML.
func sheetRows(f *excelize.File, file, name string, part []byte) source {
	merges := mergedDown(part)
	last := lastRow(part)
	return func(ctx context.Context, _ *coverage.Issues, fn func(Row) error) (err error) {
		defer func() {
			if r := recover(); r != nil {
				err = corrupt(file, fmt.Errorf("%s: %v", name, r))
			}
		}()
		rows, err := f.Rows(name)
		if err != nil {
			return corrupt(file, err)
		}
		defer rows.Close()
		n, spread := 0, spreader{merges: merges}
		for rows.Next() {
			n++
			if n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			cells, err := rows.Columns(excelize.Options{RawCellValue: true})
			if err != nil {
				return corrupt(file, fmt.Errorf("%s, row %d: %w", name, n, err))
			}
			if err := fn(spread.fill(n, cells)); err != nil {
				return err
			}
		}
		if err := rows.Error(); err != nil {
			return corrupt(file, err)
		}
		if n < last {
			return corrupt(file, fmt.Errorf("%s: ends at row %d of %d", name, n, last))
		}
		return nil
	}
}
