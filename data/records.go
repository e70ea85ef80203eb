package data

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

// records is a table or a vector layer, seen alike.
type records struct {
	file    string
	layer   string // sheet or layer
	columns []string
	roles   map[string]int // by the words that people call columns
	crs     crs.CRS
	vector  bool // rows have geometry
	rows    func() int64
	index   func(name string) int
	each    func(fn func(*record) error) error
	head    func() [][]string // the first rows, to see what is in the columns; nil for layers
}

// record is one row; valid until fn returns.
type record struct {
	ref      coverage.Ref
	geometry orb.Geometry // nil in tables
	cell     func(i int) string
	row      table.Row // of a table
}

// open opens a source of facilities or places as records.
func (l *loader) open(s project.Source) (*records, error) {
	if isTable(s.File) {
		r, err := l.openTable(s)
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
func (l *loader) isWKT(r *records, s project.Source) bool {
	has := func(role string) bool { _, ok := r.roles[role]; return ok }
	return strings.EqualFold(path.Ext(s.File), ".csv") && has("wkt") && !(has("x") && has("y")) && !has("xy")
}

func (l *loader) openTable(s project.Source) (*records, error) {
	data, err := fs.ReadFile(l.fsys, s.File)
	if err != nil {
		return nil, notReadable(s.File, err)
	}
	book, err := table.OpenAs(s.File, data, s.Encoding)
	if err != nil {
		return nil, err
	}
	t, err := book.Table(l.ctx, s.Sheet)
	if err != nil {
		return nil, err
	}
	if len(t.Others) > 0 {
		l.iss.Add(coverage.Issue{
			Ref: t.Ref(0), Key: "data.other_sheets", Args: coverage.Args{"others": strings.Join(t.Others, ", ")},
		})
	}
	c, err := l.system(s, "", "")
	if err != nil {
		return nil, err
	}
	before := l.iss.RowsRead
	return &records{
		file: s.File, layer: t.Sheet, columns: t.Columns, roles: table.DefaultWords().Assign(t.Columns), crs: c, index: t.Index,
		rows: func() int64 { return l.iss.RowsRead - before },
		head: func() [][]string { return headOf(l.ctx, t) },
		each: func(fn func(*record) error) error {
			rec := record{}
			rec.cell = func(i int) string { return rec.row.Cell(i) }
			return t.Each(l.ctx, l.iss, func(r table.Row) error {
				rec.ref, rec.row = t.Ref(r.Number), r
				return fn(&rec)
			})
		},
	}, nil
}

func (l *loader) openLayer(s project.Source) (*records, error) {
	layer, c, err := l.readLayer(s)
	if err != nil {
		return nil, err
	}
	return &records{
		file: s.File, layer: layer.Name, columns: layer.Columns, roles: table.DefaultWords().Assign(layer.Columns), crs: c, vector: true, index: layer.Column,
		rows: func() int64 { return layer.Rows },
		each: func(fn func(*record) error) error {
			for i := range layer.Features {
				f := &layer.Features[i]
				rec := record{ref: f.Ref, geometry: f.Geometry, cell: func(c int) string { return valueText(f.Values, c) }}
				if err := fn(&rec); err != nil {
					return err
				}
			}
			return l.ctx.Err()
		},
	}, nil
}

// readLayer reads a vector layer and tells its coordinate system.
func (l *loader) readLayer(s project.Source) (*vector.Layer, crs.CRS, error) {
	layer, err := vector.Read(l.ctx, l.fsys, s.File, vector.Options{Layer: s.Layer, Encoding: s.Encoding}, l.iss, l.progress)
	if err != nil {
		return nil, crs.CRS{}, err
	}
	if layer.Rows == 0 {
		return nil, crs.CRS{}, refuse("data.empty", s.File, nil)
	}
	c, err := l.system(s, layer.CRS, layer.WKT)
	return layer, c, err
}

// valueText writes an attribute as people would.
func valueText(values []any, i int) string {
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

// column finds a column that the project names; "" is -1 without error.
func (r *records) column(name string) (int, error) {
	if name == "" {
		return -1, nil
	}
	i := r.index(name)
	if i < 0 {
		return -1, refuse("data.no_column", r.file, coverage.Args{"sheet": r.layer, "column": name, "columns": strings.Join(r.columns, ", ")})
	}
	return i, nil
}

// columnOr finds a column that the project names, or else by its role.
func (r *records) columnOr(name, role string) (int, error) {
	if name != "" {
		return r.column(name)
	}
	if i, ok := r.roles[role]; ok {
		return i, nil
	}
	return -1, nil
}

func (r *records) name(i int) string {
	if i >= 0 && i < len(r.columns) {
		return r.columns[i]
	}
	return ""
}
