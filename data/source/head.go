package source

import (
	"context"
	"errors"

	"lifecircle/coverage"
	"lifecircle/data/table"
)

// headRows is how many rows are looked at to see what is in a column.
const headRows = 200

var errEnough = errors.New("enough rows")

func headOf(ctx context.Context, t *table.Table) [][]string {
	var rows [][]string
	_ = t.Each(ctx, &coverage.Issues{}, func(r table.Row) error { // faults are told when the rows are read in earnest
		row := make([]string, len(t.Columns))
		for i := range row {
			row[i] = r.Cell(i)
		}
		if rows = append(rows, row); len(rows) >= headRows {
			return errEnough
		}
		return nil
	})
	return rows
}
