package vector

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"lifecircle/data/gpkgblob"

	"github.com/paulmach/orb"
)

type shapeRecord struct {
	kind    uint32
	content []byte // without its shape type
}

type dbfColumn struct {
	name       string
	kind       byte
	size, decs int
}

// makeShapefile writes the .shp and .dbf of records; texts go in as they are.
func makeShapefile(records []shapeRecord, columns []dbfColumn, rows [][]string) (shp, dbf []byte) {
	body := new(bytes.Buffer)
	kind := uint32(0)
	for i, r := range records {
		_ = binary.Write(body, binary.BigEndian, []uint32{uint32(i + 1), uint32(len(r.content)+4) / 2})
		_ = binary.Write(body, binary.LittleEndian, r.kind)
		body.Write(r.content)
		kind = max(kind, r.kind)
	}
	head := make([]byte, shpHeader)
	binary.BigEndian.PutUint32(head, 9994)
	binary.BigEndian.PutUint32(head[24:], uint32(shpHeader+body.Len())/2)
	binary.LittleEndian.PutUint32(head[28:], 1000)
	binary.LittleEndian.PutUint32(head[32:], kind)
	return append(head, body.Bytes()...), makeDBF(columns, rows)
}

func makeDBF(columns []dbfColumn, rows [][]string) []byte {
	length := 1
	head := make([]byte, 32)
	for _, c := range columns {
		d := make([]byte, 32)
		copy(d[:11], c.name)
		d[11], d[16], d[17] = c.kind, byte(c.size), byte(c.decs)
		head = append(head, d...)
		length += c.size
	}
	head = append(head, '\r')
	head[0] = 3
	binary.LittleEndian.PutUint32(head[4:], uint32(len(rows)))
	binary.LittleEndian.PutUint16(head[8:], uint16(len(head)))
	binary.LittleEndian.PutUint16(head[10:], uint16(length))
	for _, row := range rows {
		mark := byte(' ')
		if len(row) > len(columns) {
			mark = '*' // one cell too many: deleted
		}
		head = append(head, mark)
		for i, c := range columns {
			cell := bytes.Repeat([]byte{' '}, c.size)
			copy(cell, row[i])
			head = append(head, cell...)
		}
	}
	return append(head, 0x1a)
}

// polygonContent lays rings out as the content of a polygon record, with extra
// bytes behind (Z, M).
func polygonContent(extra int, rings ...orb.Ring) []byte {
	b := new(bytes.Buffer)
	bound := orb.MultiPolygon{orb.Polygon(rings)}.Bound()
	total, starts := 0, []uint32{}
	for _, r := range rings {
		starts = append(starts, uint32(total))
		total += len(r)
	}
	_ = binary.Write(b, binary.LittleEndian, []float64{bound.Min[0], bound.Min[1], bound.Max[0], bound.Max[1]})
	_ = binary.Write(b, binary.LittleEndian, []uint32{uint32(len(rings)), uint32(total)})
	_ = binary.Write(b, binary.LittleEndian, starts)
	for _, r := range rings {
		_ = binary.Write(b, binary.LittleEndian, r)
	}
	return append(b.Bytes(), make([]byte, extra)...)
}

func pointContent(numbers ...float64) []byte {
	var b []byte
	for _, v := range numbers {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	}
	return b
}

func zipped(t testing.TB, members map[string][]byte) []byte {
	names := make([]string, 0, len(members))
	for n := range members {
		names = append(names, n)
	}
	sort.Strings(names)
	b := new(bytes.Buffer)
	z := zip.NewWriter(b)
	for _, n := range names {
		w, err := z.Create(n)
		if err == nil {
			_, err = w.Write(members[n])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const packageSchema = `
PRAGMA application_id = 0x47504B47;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('a', 4490, 'epsg', 4490, 'GEOGCS["CGCS2000"]', ''), ('b', -1, 'NONE', -1, 'undefined', '');`

// addLayer are the statements for a layer; columns as in CREATE TABLE.
func addLayer(table, identifier, columns string, srs int) string {
	return fmt.Sprintf(`CREATE TABLE %s (%s); INSERT INTO gpkg_contents VALUES ('%s', 'features', '%s', %d);
		INSERT INTO gpkg_geometry_columns VALUES ('%s', 'geom', 'GEOMETRY', %d, 0, 0);`,
		quote(table), columns, table, identifier, srs, table, srs)
}

// makePackage writes a GeoPackage with fill and returns its bytes.
func makePackage(t testing.TB, fill func(t testing.TB, db *sql.DB)) []byte {
	file := filepath.Join(t.TempDir(), "made.gpkg")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	mustExec(t, db, packageSchema)
	fill(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustExec(t testing.TB, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

func blobOf(t testing.TB, g orb.Geometry, srs int32) []byte {
	b, err := gpkgblob.Encode(g, srs)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func twoPolygons(t testing.TB, db *sql.DB) {
	mustExec(t, db, addLayer("towns", "towns", "fid INTEGER PRIMARY KEY, geom BLOB, name TEXT", 4490))
	mustExec(t, db, `INSERT INTO towns VALUES (1, ?, '甲'), (2, ?, '乙')`,
		blobOf(t, orb.Polygon{{{0, 0}, {0, 4}, {4, 4}, {4, 0}, {0, 0}}, {{1, 1}, {2, 1}, {2, 2}, {1, 1}}}, 4490),
		blobOf(t, orb.Polygon{{{8, 0}, {8, 4}, {12, 4}, {8, 0}}}, 4490))
}
