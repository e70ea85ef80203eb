package postgis

import (
	"context"
	"errors"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/gpkgblob"
	"lifecircle/data/store/layer"

	"github.com/jackc/pgx/v5"
	"github.com/paulmach/orb"
)

// source reads tables in a transaction.
type source struct {
	target
	tx pgx.Tx
}

// Name is the URL without its password.
func (s source) Name() string { return s.shown }

// Rows reads a table by row number; source is a [layer.Source].
func (s source) Rows(ctx context.Context, l layer.Layer, each func(layer.Record) error) error {
	columns, first := []string{"fid"}, 1
	if l.Geometry != "" {
		columns, first = append(columns, "geom"), 2
	}
	for _, c := range l.Columns {
		columns = append(columns, pgx.Identifier{c.Name}.Sanitize())
	}
	rows, err := s.tx.Query(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+l.Name+" ORDER BY fid")
	if err != nil {
		return s.explain(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return s.unreadable(ctx, l, err)
		}
		rec := layer.Record{Values: values[first:]}
		rec.FID, _ = values[0].(int64) // a bigint is nothing else
		if first == 2 {
			rec.Geometry, _ = values[1].(orb.Geometry) // or nil
		}
		if err := each(rec); err != nil {
			return err
		}
	}
	return s.explain(ctx, rows.Err())
}

// unreadable names the layer whose geometry cannot be used.
func (s source) unreadable(ctx context.Context, l layer.Layer, err error) error {
	if errors.Is(err, gpkgblob.ErrCorrupt) || errors.Is(err, gpkgblob.ErrUnsupported) {
		return &coverage.Error{Code: coverage.Unusable, Key: "store.geometry", Err: err, Args: coverage.Args{
			"layer": l.Name, "fid": "?", "want": l.Geometry,
		}}
	}
	return s.explain(ctx, err)
}
