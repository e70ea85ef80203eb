package gpkg

import (
	"fmt"
	"strings"
	"time"

	"lifecircle/data/store/layer"
	"lifecircle/data/store/style"

	"github.com/paulmach/orb"
)

// applicationID is "GPKG", userVersion GeoPackage 1.3.0.
const (
	applicationID = 0x47504B47
	userVersion   = 10300
)

// zoneView is the coverage table joined to its zones; the row of the whole area
// has no geometry.
const zoneView = "coverage_zones"

// runs is the table of kept answers. At most one is shown in the layers.
const runsTable = `CREATE TABLE runs (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
 hash TEXT NOT NULL UNIQUE, version TEXT NOT NULL, shown BOOLEAN NOT NULL, answer TEXT NOT NULL)`

var specTables = []string{
	fmt.Sprintf("PRAGMA application_id = %d", applicationID),
	fmt.Sprintf("PRAGMA user_version = %d", userVersion),
	`CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
 organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)`,
	`INSERT INTO gpkg_spatial_ref_sys VALUES
 ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
 ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
 ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid')`,
	`CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
 description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
 min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
 CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))`,
	`CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
 srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
 CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
 CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
 CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))`,
	`CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
 scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))`,
}

// layerStyles is the table that QGIS itself makes.
const layerStyles = `CREATE TABLE IF NOT EXISTS layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
 f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
 styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
 update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))`

// The triggers that GeoPackage 1.3 asks of an indexed layer: t is the table.
// They call functions that GDAL and QGIS have.
var indexTriggers = []string{
	`CREATE TRIGGER "rtree_{t}_geom_insert" AFTER INSERT ON "{t}" WHEN (new."geom" NOT NULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")); END`,
	`CREATE TRIGGER "rtree_{t}_geom_update1" AFTER UPDATE OF "geom" ON "{t}" WHEN OLD."fid" = NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")); END`,
	`CREATE TRIGGER "rtree_{t}_geom_update2" AFTER UPDATE OF "geom" ON "{t}" WHEN OLD."fid" = NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid"; END`,
	`CREATE TRIGGER "rtree_{t}_geom_update3" AFTER UPDATE ON "{t}" WHEN OLD."fid" != NEW."fid" AND (NEW."geom" NOTNULL AND NOT ST_IsEmpty(NEW."geom"))
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid"; INSERT OR REPLACE INTO "rtree_{t}_geom" VALUES (NEW."fid", ST_MinX(NEW."geom"), ST_MaxX(NEW."geom"), ST_MinY(NEW."geom"), ST_MaxY(NEW."geom")); END`,
	`CREATE TRIGGER "rtree_{t}_geom_update4" AFTER UPDATE ON "{t}" WHEN OLD."fid" != NEW."fid" AND (NEW."geom" ISNULL OR ST_IsEmpty(NEW."geom"))
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id IN (OLD."fid", NEW."fid"); END`,
	`CREATE TRIGGER "rtree_{t}_geom_delete" AFTER DELETE ON "{t}" WHEN old."geom" NOT NULL
BEGIN DELETE FROM "rtree_{t}_geom" WHERE id = OLD."fid"; END`,
}

// movedTrigger forgets the landmass of a facility that was moved in a GIS, so
// that Load finds it anew.
const movedTrigger = `CREATE TRIGGER facilities_moved AFTER UPDATE OF geom ON facilities
WHEN NEW.geom IS NOT OLD.geom AND NEW.landmass IS OLD.landmass
BEGIN UPDATE facilities SET landmass = NULL WHERE fid = NEW.fid; END`

var sqlTypes = map[layer.Type]string{layer.Int: "INTEGER", layer.Real: "REAL", layer.Text: "TEXT", layer.Bool: "BOOLEAN", layer.Blob: "BLOB"}

func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// createTable is the statement that makes the table of a layer.
func createTable(l layer.Layer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE TABLE %s (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", quote(l.Name))
	if l.Geometry != "" {
		fmt.Fprintf(&b, ", geom %s", l.Geometry)
	}
	for _, c := range l.Columns {
		fmt.Fprintf(&b, ", %s %s", quote(c.Name), sqlTypes[c.Type])
	}
	return b.String() + ")"
}

func createView() string {
	var b strings.Builder
	fmt.Fprintf(&b, "CREATE VIEW %s AS SELECT r.fid AS OGC_FID, z.geom AS geom", zoneView)
	for _, c := range layer.ZoneColumns() {
		fmt.Fprintf(&b, ", r.%[1]s AS %[1]s", quote(c.Name))
	}
	return b.String() + " FROM coverage_rows r LEFT JOIN zones z ON z.id = r.zone"
}

// register lists a table in the GeoPackage's own tables; extent is nil when it
// holds no geometry.
func (c *conn) register(name, geometry, about string, extent *orb.Bound) error {
	kind, srs := "attributes", any(nil)
	box := []any{nil, nil, nil, nil}
	if geometry != "" {
		kind, srs = "features", int64(srsID)
	}
	if extent != nil {
		box = []any{extent.Min[0], extent.Min[1], extent.Max[0], extent.Max[1]}
	}
	changed := time.Now().UTC().Format("2006-01-02T15:04:05.000Z")
	err := c.exec("INSERT INTO gpkg_contents VALUES (?,?,?,?,?,?,?,?,?,?)",
		append(append([]any{name, kind, name, about, changed}, box...), srs)...)
	if err != nil || geometry == "" {
		return err
	}
	return c.exec("INSERT INTO gpkg_geometry_columns VALUES (?,'geom',?,?,0,0)", name, geometry, int64(srsID))
}

// drop takes a layer out of the file, if it is there.
func (c *conn) drop(name string) error {
	for _, table := range []string{"gpkg_extensions", "gpkg_geometry_columns", "gpkg_contents", "gpkg_ogr_contents"} {
		there, err := c.has(table)
		if err != nil {
			return err
		}
		if there {
			if err := c.exec("DELETE FROM "+table+" WHERE table_name = ?", name); err != nil {
				return err
			}
		}
	}
	if name == zoneView {
		return c.exec("DROP VIEW IF EXISTS " + zoneView)
	}
	return c.execAll("DROP TABLE IF EXISTS "+quote("rtree_"+name+"_geom"), "DROP TABLE IF EXISTS "+quote(name))
}

// restyle puts the default styles in. A default that a user has made for a
// layer stays the default.
func (c *conn) restyle(styles []style.Style) error {
	there, err := c.has("layer_styles")
	if err != nil {
		return err
	}
	if !there {
		if err := c.exec(layerStyles); err != nil {
			return err
		}
		if err := c.register("layer_styles", "", "", nil); err != nil {
			return err
		}
	}
	for _, s := range styles {
		if err := c.exec("DELETE FROM layer_styles WHERE f_table_name = ? AND styleName = ?", s.Layer, style.Name); err != nil {
			return err
		}
		err := c.exec(`INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
 useAsDefault, description, owner) SELECT '', '', ?1, 'geom', ?2, ?3, ?4,
 NOT EXISTS (SELECT 1 FROM layer_styles WHERE f_table_name = ?1 AND useAsDefault), '', ''`, s.Layer, style.Name, s.QML, s.SLD)
		if err != nil {
			return err
		}
	}
	return nil
}
