package gpkg

import (
	"context"
	"database/sql/driver"
	"os"

	"lifecircle/coverage"
	"lifecircle/data/store/layer"
)

// Name is the path of the file.
func (c *conn) Name() string { return c.path }

// Rows reads a table by row number; conn is a [layer.Source].
func (c *conn) Rows(ctx context.Context, l layer.Layer, each func(layer.Record) error) error {
	query, first := "SELECT fid", 1
	if l.Geometry != "" {
		query, first = query+", geom", 2
	}
	for _, column := range l.Columns {
		query += ", " + quote(column.Name)
	}
	values := make([]any, len(l.Columns))
	return c.each(func(v []driver.Value) error {
		rec := layer.Record{Values: values}
		rec.FID, _ = v[0].(int64) // an INTEGER PRIMARY KEY is nothing else
		if first == 2 {
			var err error
			if rec.Geometry, err = decode(v[1]); err != nil {
				return &coverage.Error{Code: coverage.Unusable, Key: "store.geometry", Err: err, Args: coverage.Args{
					"layer": l.Name, "fid": rec.FID, "want": l.Geometry,
				}}
			}
		}
		for i := range values {
			values[i] = v[first+i]
		}
		if err := each(rec); err != nil {
			return err
		}
		return nil
	}, query+" FROM "+quote(l.Name)+" ORDER BY fid")
}

// verify reports whether the file is a whole GeoPackage that this package made.
func (c *conn) verify() error {
	id, err := c.scalar("PRAGMA application_id")
	if err != nil {
		return err
	}
	about := func(code coverage.Code, key string) error {
		return &coverage.Error{Code: code, Key: key, Args: coverage.Args{"store": c.path}}
	}
	if id != int64(applicationID) {
		return about(coverage.NotFound, "store.not_gpkg")
	}
	if short, err := c.cutShort(); err != nil || short {
		if err != nil {
			return err
		}
		return about(coverage.Unusable, "store.corrupt")
	}
	for _, table := range []string{layer.ProjectTable, layer.RunsTable, "gpkg_contents"} {
		there, err := c.has(table)
		if err != nil {
			return err
		}
		if !there {
			return about(coverage.NotFound, "store.foreign")
		}
	}
	return nil
}

// cutShort reports whether the file is shorter than its header says. While
// another program writes ahead, or when a new file has come in its place since
// it was opened, the length says nothing.
func (c *conn) cutShort() (bool, error) {
	if _, err := os.Stat(c.path + "-wal"); err == nil {
		return false, nil
	}
	pages, err := c.scalar("PRAGMA page_count")
	if err != nil {
		return false, err
	}
	size, err := c.scalar("PRAGMA page_size")
	if err != nil {
		return false, err
	}
	info, err := os.Stat(c.path)
	if err != nil || !os.SameFile(info, c.file) {
		return false, nil
	}
	n, _ := pages.(int64)
	bytes, _ := size.(int64)
	return info.Size() < n*bytes, nil
}

// runs lists the kept runs, oldest first.
func (c *conn) runs() (out []run, err error) {
	err = c.each(func(v []driver.Value) error {
		r := run{}
		r.hash, _ = v[0].(string)
		r.version, _ = v[1].(string)
		switch shown := v[2].(type) {
		case bool:
			r.shown = shown
		case int64:
			r.shown = shown != 0
		}
		out = append(out, r)
		return nil
	}, "SELECT hash, version, shown FROM runs ORDER BY fid")
	return out, err
}

type run struct {
	hash, version string
	shown         bool
}
