package source

import (
	"io/fs"
	"path"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/project"
	"lifecircle/data/table"
	"lifecircle/data/vector"
	"lifecircle/geo/crs"

	"github.com/paulmach/orb"
)

// Records is a table or a vector layer, seen alike.
type Records struct {
	File    string
	Layer   string // sheet or layer
	Columns []string
	Roles   map[string]int // by the words that people call columns
	CRS     crs.CRS
	Vector  bool // rows have geometry
	Rows    func() int64
	Index   func(name string) int
	Each    func(fn func(*Record) error) error
	Head    func() [][]string // the first rows, to see what is in the columns; nil for layers
}

// Record is one row; valid until fn returns.
type Record struct {
	Ref      coverage.Ref
	Geometry orb.Geometry // nil in tables
	Cell     func(i int) string
	Row      table.Row // of a table
}

// Open opens a source of facilities or places as records.
func (l *Folder) Open(s project.Source) (*Records, error) {
	if isTable(s.File) {
		r, err := l.OpenTable(s)
		if err != nil || !l.isWKT(r, s) {
			return r, err
		}
	}
	return l.openLayer(s)
}

func isTable(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".et":
		return true
	}
	return false
}

// isWKT reports whether a CSV file places its rows by well-known text alone.
func (l *Folder) isWKT(r *Records, s project.Source) bool {
	has := func(role string) bool { _, ok := r.Roles[role]; return ok }
	return strings.EqualFold(path.Ext(s.File), ".csv") && has("wkt") && !(has("x") && has("y")) && !has("xy")
}

// OpenTable opens a table as records; the words of its columns are known.
func (l *Folder) OpenTable(s project.Source) (*Records, error) {
	data, err := fs.ReadFile(l.FS, s.File)
	if err != nil {
		return nil, NotReadable(s.File, err)
	}
	book, err := table.OpenAs(s.File, data, s.Encoding)
	if err != nil {
		return nil, err
	}
	t, err := book.Table(l.Context, s.Sheet)
	if err != nil {
		return nil, err
	}
	if len(t.Others) > 0 {
		l.Issues.Add(coverage.Issue{
			Ref: t.Ref(0), Key: "data.other_sheets", Args: coverage.Args{"others": strings.Join(t.Others, ", ")},
		})
	}
	c, err := l.System(s, "", "")
	if err != nil {
		return nil, err
	}
	before := l.Issues.RowsRead
	return &Records{
		File: s.File, Layer: t.Sheet, Columns: t.Columns, Roles: table.DefaultWords().Assign(t.Columns), CRS: c, Index: t.Index,
		Rows: func() int64 { return l.Issues.RowsRead - before },
		Head: func() [][]string { return headOf(l.Context, t) },
		Each: func(fn func(*Record) error) error {
			rec := Record{}
			rec.Cell = func(i int) string { return rec.Row.Cell(i) }
			return t.Each(l.Context, l.Issues, func(r table.Row) error {
				rec.Ref, rec.Row = t.Ref(r.Number), r
				return fn(&rec)
			})
		},
	}, nil
}

func (l *Folder) openLayer(s project.Source) (*Records, error) {
	layer, c, err := l.ReadLayer(s)
	if err != nil {
		return nil, err
	}
	return &Records{
		File: s.File, Layer: layer.Name, Columns: layer.Columns, Roles: table.DefaultWords().Assign(layer.Columns), CRS: c, Vector: true, Index: layer.Column,
		Rows: func() int64 { return layer.Rows },
		Each: func(fn func(*Record) error) error {
			for i := range layer.Features {
				f := &layer.Features[i]
				rec := Record{Ref: f.Ref, Geometry: f.Geometry, Cell: func(c int) string { return ValueText(f.Values, c) }}
				if err := fn(&rec); err != nil {
					return err
				}
			}
			return l.Context.Err()
		},
	}, nil
}

// ReadLayer reads a vector layer and tells its coordinate system.
func (l *Folder) ReadLayer(s project.Source) (*vector.Layer, crs.CRS, error) {
	layer, err := vector.Read(l.Context, l.FS, s.File, vector.Options{Layer: s.Layer, Encoding: s.Encoding}, l.Issues, l.Progress)
	if err != nil {
		return nil, crs.CRS{}, err
	}
	if layer.Rows == 0 {
		return nil, crs.CRS{}, Refuse("data.empty", s.File, nil)
	}
	c, err := l.System(s, layer.CRS, layer.WKT)
	return layer, c, err
}

// ValueText writes an attribute as people would.
func ValueText(values []any, i int) string {
	if i < 0 || i >= len(values) {
		return ""
	}
	switch v := values[i].(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// Column finds a column that the project names; "" is -1 without error.
func (r *Records) Column(name string) (int, error) {
	if name == "" {
		return -1, nil
	}
	i := r.Index(name)
	if i < 0 {
		return -1, Refuse("data.no_column", r.File, coverage.Args{"sheet": r.Layer, "column": name, "columns": strings.Join(r.Columns, ", ")})
	}
	return i, nil
}

// ColumnOr finds a column that the project names, or else by its role.
func (r *Records) ColumnOr(name, role string) (int, error) {
	if name != "" {
		return r.Column(name)
	}
	if i, ok := r.Roles[role]; ok {
		return i, nil
	}
	return -1, nil
}

// Name is the name of a column, "" of one that is not there.
func (r *Records) Name(i int) string {
	if i >= 0 && i < len(r.Columns) {
		return r.Columns[i]
	}
	return ""
}
