package table

import (
	"context"
	"errors"

	"lifecircle/coverage"
	"lifecircle/data/table/workbook"
)

func openXLSX(name string, data []byte) (*Book, error) {
	w, err := workbook.Open(data)
	if errors.Is(err, workbook.ErrNotWorkbook) {
		return nil, &coverage.Error{Code: coverage.Unsupported, Key: "table.not_xlsx", Args: coverage.Args{"file": name}, Err: err}
	}
	if err != nil {
		return nil, corrupt(name, err)
	}
	b := &Book{File: name}
	for _, s := range w.Sheets {
		b.sheets = append(b.sheets, sheet{name: s.Name, hidden: s.Hidden, rows: sheetRows(name, s)})
	}
	return b, nil
}

func corrupt(name string, err error) error {
	return &coverage.Error{Code: coverage.Unusable, Key: "table.corrupt", Args: coverage.Args{"file": name}, Err: err}
}

// sheetRows streams a sheet, merged cells spread over their rows.
func sheetRows(file string, s *workbook.Sheet) source {
	return func(ctx context.Context, _ *coverage.Issues, fn func(Row) error) error {
		merges, err := mergedDown(s)
		if err != nil {
			return corrupt(file, err)
		}
		spread, stopped := spreader{merges: merges}, error(nil)
		err = s.Rows(ctx, func(r workbook.Row) error {
			stopped = fn(spread.fill(r.Number, r.Cells))
			return stopped
		})
		if err != nil && err != stopped && ctx.Err() == nil {
			return corrupt(file, err)
		}
		return err
	}
}

// mergedDown lists the merged areas of more than one row.
func mergedDown(s *workbook.Sheet) ([]down, error) {
	all, err := s.Merges()
	var list []down
	for _, m := range all {
		if m.LastRow > m.FirstRow {
			list = append(list, down{m.FirstRow, m.LastRow, m.FirstColumn})
		}
	}
	return list, err
}
