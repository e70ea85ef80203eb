package export

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"lifecircle/coverage/message"
	"lifecircle/data/gpkgblob"

	"github.com/paulmach/orb"
	_ "modernc.org/sqlite" // the "sqlite" driver
)

const wgs84 = 4326

// packageSchema is what GeoPackage 1.3 asks for, and no more.
const packageSchema = `
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));`

// geoPackage makes a GeoPackage of one layer in a temporary file and copies it
// to w. It has no spatial index; programs make one when they want it.
func (j *job) geoPackage(w io.Writer, t *table) (err error) {
	dir, err := os.MkdirTemp("", "lifecircle-export-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "layer.gpkg")
	if err := j.makePackage(file, t); err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func (j *job) makePackage(file string, t *table) (err error) {
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: url.PathEscape(file)}).String())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	// A fault leaves the temporary file in pieces; it is thrown away.
	if _, err := db.ExecContext(j.ctx, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"+packageSchema); err != nil {
		return err
	}
	tx, err := db.BeginTx(j.ctx, nil)
	if err != nil {
		return err
	}
	if err := j.fill(tx, t); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

// ignoreDone forgets that a cancelled transaction has ended already.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

func (j *job) fill(tx *sql.Tx, t *table) error {
	if _, err := tx.ExecContext(j.ctx, createTable(t)); err != nil {
		return err
	}
	extent, err := j.insert(tx, t)
	if err != nil {
		return err
	}
	return j.register(tx, t, extent)
}

// sqlType are the column types of GeoPackage.
var sqlType = map[kind]string{whole: "INTEGER", real: "REAL", words: "TEXT", flag: "BOOLEAN"}

// createTable is the statement that makes the layer.
func createTable(t *table) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom %s", quote(t.name), t.geometry)
	for _, c := range t.columns {
		fmt.Fprintf(&b, ", %s %s", quote(c.key), sqlType[c.kind])
	}
	return b.String() + ")"
}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

func (j *job) insert(tx *sql.Tx, t *table) (*orb.Bound, error) {
	holes := strings.Repeat(",?", len(t.columns)+1)
	stmt, err := tx.PrepareContext(j.ctx, "INSERT INTO "+quote(t.name)+" VALUES (?"+holes+")")
	if err != nil {
		return nil, err
	}
	defer stmt.Close()
	var extent *orb.Bound
	args := make([]any, 2+len(t.columns))
	for i := range t.len {
		if err := j.tick(i, t.len); err != nil {
			return nil, err
		}
		clear(args)
		g := t.row(i, args[2:])
		args[0] = i + 1
		if g != nil {
			if args[1], err = gpkgblob.Encode(asDeclared(g, t.geometry), wgs84); err != nil {
				return nil, err
			}
			extent = join(extent, g.Bound())
		}
		// The context is asked in tick; a driver call with one that can end costs
		// a goroutine each.
		if _, err := stmt.ExecContext(context.WithoutCancel(j.ctx), args...); err != nil {
			return nil, err
		}
	}
	return extent, nil
}

// asDeclared turns a polygon into a multi polygon where the layer holds these.
func asDeclared(g orb.Geometry, kind string) orb.Geometry {
	if p, ok := g.(orb.Polygon); ok && kind == "MULTIPOLYGON" {
		return orb.MultiPolygon{p}
	}
	return g
}

func join(a *orb.Bound, b orb.Bound) *orb.Bound {
	if a != nil {
		b = a.Union(b)
	}
	return &b
}

func (j *job) register(tx *sql.Tx, t *table, extent *orb.Bound) error {
	facts, err := j.facts()
	if err != nil {
		return err
	}
	about := message.Render("zh", "export.layer."+t.name, nil) + " " + message.Render("en", "export.layer."+t.name, nil)
	for _, l := range facts {
		about += "; " + message.Render(j.lang(), "export.about."+l[0], nil) + ": " + l[1]
	}
	at := j.o.At
	if at.IsZero() {
		at = time.Now()
	}
	box := []any{nil, nil, nil, nil}
	if extent != nil {
		box = []any{extent.Min[0], extent.Min[1], extent.Max[0], extent.Max[1]}
	}
	args := append([]any{t.name, t.name, about, at.UTC().Format("2006-01-02T15:04:05.000Z")}, box...)
	if _, err := tx.ExecContext(j.ctx, "INSERT INTO gpkg_contents VALUES (?,'features',?,?,?,?,?,?,?,4326)", args...); err != nil {
		return err
	}
	_, err = tx.ExecContext(j.ctx, "INSERT INTO gpkg_geometry_columns VALUES (?,'geom',?,4326,0,0)", t.name, t.geometry)
	return err
}
