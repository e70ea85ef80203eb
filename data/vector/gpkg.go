package vector

import (
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"strings"

	"lifecircle/coverage"
	"lifecircle/data/gpkgblob"

	_ "modernc.org/sqlite" // the "sqlite" driver
	"modernc.org/sqlite/vfs"
)

// oneFile is a file system that holds one file, called "db": SQLite sees
// nothing else, and never a name that it could take for options.
type oneFile struct {
	fsys fs.FS
	name string
}

func (o oneFile) Open(name string) (fs.File, error) {
	if name != "db" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o.fsys.Open(o.name)
}

// readGeoPackage reads a feature table of a GeoPackage. The file is opened as
// immutable, so nothing is written beside it.
func readGeoPackage(r *reader) (err error) {
	for _, side := range []string{"-wal", "-journal"} {
		info, err := fs.Stat(r.fsys, r.name+side)
		if err == nil && info.Size() > 0 {
			return &coverage.Error{
				Code: coverage.Conflict, Key: "vector.gpkg.busy",
				Args: coverage.Args{"file": r.name, "side": stem(r.name) + ".gpkg" + side},
			}
		}
	}
	if err := r.checkPages(); err != nil {
		return err
	}
	name, files, err := vfs.New(oneFile{r.fsys, r.name})
	if err != nil {
		return r.badPackage(err)
	}
	defer func() { err = errors.Join(err, files.Close()) }()
	db, err := sql.Open("sqlite", "file:db?immutable=1&mode=ro&vfs="+name)
	if err != nil {
		return r.badPackage(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(2) // one reads the rows, one answers small questions
	return (&geoPackage{reader: r, db: db}).read()
}

// checkPages compares the file's size with its header, for SQLite takes a last
// page that is cut short for one that ends in zeros.
func (r *reader) checkPages() error {
	f, err := r.fsys.Open(r.name)
	if err != nil {
		return unreadable(r.name, err)
	}
	defer f.Close()
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); err != nil {
		return r.corrupt("GeoPackage", "header", nil)
	}
	page := int64(binary.BigEndian.Uint16(head[16:]))
	if page == 1 {
		page = 1 << 16
	}
	if page == 0 || fileSize(f)%page != 0 {
		return r.corrupt("GeoPackage", fmt.Sprintf("%d bytes, pages of %d", fileSize(f), page), nil)
	}
	return nil
}

func (r *reader) badPackage(err error) error {
	if r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	var ours *coverage.Error
	if errors.As(err, &ours) {
		return err
	}
	return &coverage.Error{Code: coverage.Unusable, Key: "vector.gpkg.open", Args: coverage.Args{"file": r.name}, Err: err}
}

// geoPackage is a GeoPackage on its way.
type geoPackage struct {
	*reader
	db    *sql.DB
	geom  string // geometry column
	srs   int32
	fid   string   // integer primary key, "" for a view
	reads []string // an expression a column
	bools []bool   // the columns that hold 0 and 1 for false and true
}

func (g *geoPackage) read() error {
	layer, err := g.choose()
	if err != nil {
		return g.badPackage(err)
	}
	g.layer.Name = layer
	if err := g.describe(layer); err != nil {
		return g.badPackage(err)
	}
	if err := g.features(layer); err != nil {
		return g.badPackage(err)
	}
	return nil
}

// choose finds the layer; one may be called by its table or by its identifier.
func (g *geoPackage) choose() (string, error) {
	rows, err := g.db.QueryContext(g.ctx, `SELECT c.table_name, COALESCE(c.identifier, '')
		FROM gpkg_contents c JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
		WHERE c.data_type = 'features' ORDER BY c.rowid`)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var tables []string
	byIdentifier := ""
	for rows.Next() {
		var table, identifier string
		if err := rows.Scan(&table, &identifier); err != nil {
			return "", err
		}
		tables = append(tables, table)
		if identifier == g.o.Layer {
			byIdentifier = table
		}
	}
	if err := rows.Err(); err != nil {
		return "", err
	}
	name, err := g.chooseLayer(tables)
	if err != nil && byIdentifier != "" && g.o.Layer != "" {
		return byIdentifier, nil
	}
	return name, err
}

// describe learns the geometry column, the reference system and the columns.
func (g *geoPackage) describe(layer string) error {
	err := g.db.QueryRowContext(g.ctx, `SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?`, layer).
		Scan(&g.geom, &g.srs)
	if err != nil {
		return err
	}
	var org, definition string
	var code int
	err = g.db.QueryRowContext(g.ctx, `SELECT organization, organization_coordsys_id, COALESCE(definition, '')
		FROM gpkg_spatial_ref_sys WHERE srs_id = ?`, g.srs).Scan(&org, &code, &definition)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if definition != "undefined" {
		g.layer.WKT = definition
	}
	if strings.EqualFold(org, "EPSG") && code > 0 {
		g.layer.CRS = fmt.Sprintf("EPSG:%d", code)
	}
	return g.columns(layer)
}

func (g *geoPackage) columns(layer string) error {
	rows, err := g.db.QueryContext(g.ctx, `SELECT name, upper(type), pk FROM pragma_table_info(?)`, layer)
	if err != nil {
		return err
	}
	defer rows.Close()
	keys := 0
	for rows.Next() {
		var name, kind string
		var pk int
		if err := rows.Scan(&name, &kind, &pk); err != nil {
			return err
		}
		if pk > 0 {
			keys++
		}
		if pk == 1 && strings.HasPrefix(kind, "INT") {
			g.fid = name
		}
		if !strings.EqualFold(name, g.geom) && kind != "BLOB" {
			g.layer.Columns = append(g.layer.Columns, name)
			g.reads = append(g.reads, readAs(name, kind))
			g.bools = append(g.bools, strings.HasPrefix(kind, "BOOL"))
		}
	}
	if keys > 1 {
		g.fid = ""
	}
	return rows.Err()
}

// readAs is the expression for a column. Dates are asked for as text: the
// driver would turn them into times, and lose how they were written.
func readAs(name, kind string) string {
	if strings.HasPrefix(kind, "DATE") || strings.HasPrefix(kind, "TIME") {
		return "CAST(" + quote(name) + " AS TEXT)"
	}
	return quote(name)
}

// quote makes an SQL identifier of any text.
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (g *geoPackage) features(layer string) error {
	var total int64
	if err := g.db.QueryRowContext(g.ctx, "SELECT count(*) FROM "+quote(layer)).Scan(&total); err != nil {
		return err
	}
	fid, order := "0", ""
	if g.fid != "" {
		fid, order = quote(g.fid), " ORDER BY "+quote(g.fid)
	}
	list := strings.Join(append([]string{fid, quote(g.geom)}, g.reads...), ", ")
	rows, err := g.db.QueryContext(g.ctx, "SELECT "+list+" FROM "+quote(layer)+order)
	if err != nil {
		return err
	}
	defer rows.Close()
	cells := make([]any, 2+len(g.reads))
	targets := make([]any, len(cells))
	for i := range cells {
		targets[i] = &cells[i]
	}
	for n := 1; rows.Next(); n++ {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		g.row(n, cells)
		if err := g.tick(int64(n), total); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (g *geoPackage) row(n int, cells []any) {
	if id, ok := cells[0].(int64); ok && g.fid != "" {
		n = int(id)
	}
	blob, ok := cells[1].([]byte)
	if !ok || len(blob) == 0 {
		g.skip(n, bad("vector.geometry.none", nil))
		return
	}
	geom, srs, dropped, err := gpkgblob.Decode(blob)
	switch {
	case errors.Is(err, gpkgblob.ErrUnsupported):
		g.skip(n, bad("vector.geometry.unsupported", coverage.Args{"type": err.Error()}))
		return
	case err != nil:
		g.skip(n, bad("vector.geometry.corrupt", coverage.Args{"reason": err.Error()}))
		return
	case srs > 0 && srs != g.srs: // 0 and -1 are "not stated"
		g.skip(n, bad("vector.geometry.srs", coverage.Args{"value": srs, "layer_srs": g.srs}))
		return
	}
	if dropped.ZM {
		g.z++
	}
	values := make([]any, len(cells)-2)
	for i, v := range cells[2:] {
		values[i] = attribute(v, g.bools[i])
	}
	g.add(n, geom, values)
}

// attribute maps what SQLite gives to the attribute types.
func attribute(v any, boolean bool) any {
	switch v := v.(type) {
	case nil, string, bool:
		return v
	case int64:
		if boolean {
			return v != 0
		}
		return v
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
		return v
	case []byte:
		return nil // a blob in a column of another type
	}
	return fmt.Sprint(v)
}
