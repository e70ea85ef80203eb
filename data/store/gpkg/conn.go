package gpkg

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"lifecircle/coverage"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// LockTimeoutS is how long a method waits for another program to finish.
const LockTimeoutS = 5

// wait is LockTimeoutS; tests wait less.
var wait = LockTimeoutS * time.Second

// conn is one SQLite connection, used from one goroutine. It goes to the driver
// directly: database/sql would double the time of a million rows.
type conn struct {
	driver interface {
		driver.Conn
		driver.ExecerContext
		driver.QueryerContext
	}
	path string
	file fs.FileInfo // the open file as it was when it was opened; nil: not known
}

// open opens an existing file for reading and writing; mode is SQLite's.
//
// Which file it has open is known only when the one of that name is the same
// before and after: a new file may come in its place meanwhile, and the disk may
// give the number of one that is gone to the next.
func open(path, mode string) (*conn, error) {
	for tries := 1; ; tries++ {
		before, err := os.Stat(path)
		if err != nil {
			return nil, &coverage.Error{Code: coverage.NotFound, Key: "store.missing", Args: coverage.Args{"store": path}, Err: err}
		}
		c, err := connect(path, mode)
		if err != nil {
			return nil, err
		}
		if after, err := os.Stat(path); err == nil && same(before, after) {
			c.file = after
			return c, nil
		}
		if tries == 8 {
			return c, nil
		}
		if err := c.close(); err != nil {
			return nil, err
		}
	}
}

func same(a, b fs.FileInfo) bool {
	return os.SameFile(a, b) && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime())
}

func connect(path, mode string) (*conn, error) {
	db, err := sql.Open("sqlite", "")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	raw, err := db.Driver().Open(dsn(path, mode))
	if err != nil {
		return nil, explain(path, err)
	}
	c := &conn{path: path}
	c.driver = raw.(interface {
		driver.Conn
		driver.ExecerContext
		driver.QueryerContext
	})
	return c, nil
}

func dsn(path, mode string) string {
	escaped := (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	return "file:" + escaped + "?mode=" + mode + "&_pragma=busy_timeout(" + strconv.FormatInt(wait.Milliseconds(), 10) + ")"
}

func (c *conn) close() error { return c.driver.Close() }

// exec runs one or more statements.
func (c *conn) exec(query string, args ...any) error {
	_, err := c.driver.ExecContext(context.Background(), query, named(args))
	return explain(c.path, err)
}

// execAll runs statements one after the other.
func (c *conn) execAll(queries ...string) error {
	for _, q := range queries {
		if err := c.exec(q); err != nil {
			return err
		}
	}
	return nil
}

func named(args []any) []driver.NamedValue {
	out := make([]driver.NamedValue, len(args))
	for i, a := range args {
		out[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return out
}

// each calls fn for every row of a query. values is reused.
func (c *conn) each(fn func(values []driver.Value) error, query string, args ...any) (err error) {
	rows, err := c.driver.QueryContext(context.Background(), query, named(args))
	if err != nil {
		return explain(c.path, err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	values := make([]driver.Value, len(rows.Columns()))
	for {
		switch err := rows.Next(values); {
		case err == io.EOF:
			return nil
		case err != nil:
			return explain(c.path, err)
		}
		if err := fn(values); err != nil {
			return err
		}
	}
}

// scalar returns the first column of the first row, nil without a row.
func (c *conn) scalar(query string, args ...any) (out any, err error) {
	err = c.each(func(v []driver.Value) error {
		if out == nil {
			out = v[0]
		}
		return nil
	}, query, args...)
	return out, err
}

// has reports whether a table or view is there.
func (c *conn) has(table string) (bool, error) {
	v, err := c.scalar("SELECT 1 FROM sqlite_master WHERE name = ? AND type IN ('table','view')", table)
	return v != nil, err
}

// explain turns an error of SQLite into one for people.
func explain(path string, err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	about := func(code coverage.Code, key string) error {
		return &coverage.Error{Code: code, Key: key, Args: coverage.Args{"store": path}, Err: err}
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return about(coverage.NotFound, "store.not_gpkg")
	case sqlite3.SQLITE_CORRUPT:
		return about(coverage.Unusable, "store.corrupt")
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return about(coverage.Conflict, "store.busy")
	case sqlite3.SQLITE_CANTOPEN:
		return about(coverage.NotFound, "store.missing")
	case sqlite3.SQLITE_READONLY:
		return &coverage.Error{Code: coverage.NotFound, Key: "store.folder", Args: coverage.Args{"folder": filepath.Dir(path)}, Err: err}
	case sqlite3.SQLITE_IOERR:
		if e.Code() == sqlite3.SQLITE_IOERR_SHORT_READ {
			return about(coverage.Unusable, "store.corrupt")
		}
	case sqlite3.SQLITE_ERROR:
		// A table or column of ours that is gone.
		if strings.Contains(err.Error(), "no such table") || strings.Contains(err.Error(), "no such column") {
			return about(coverage.Unusable, "store.corrupt")
		}
	}
	return err
}
