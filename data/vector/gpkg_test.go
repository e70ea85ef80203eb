package vector

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"testing"
	"testing/fstest"

	"lifecircle/coverage"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func inPackage(t testing.TB, fill func(t testing.TB, db *sql.DB)) fstest.MapFS {
	return fstest.MapFS{"a.gpkg": {Data: makePackage(t, fill)}}
}

// Names that need quoting, every column type, and rows with faults.
func TestGeoPackageRows(t *testing.T) {
	curve, _ := hex.DecodeString("47500001ffffffff" + "010a00000000000000")
	z, _ := hex.DecodeString("475000018a110000" + "01e9030000" + "000000000000f03f" + "0000000000000040" + "0000000000000840")
	fsys := inPackage(t, func(t testing.TB, db *sql.DB) {
		mustExec(t, db, addLayer(`乡镇 "x"; --`, "towns of x", `"id ""n""" INTEGER PRIMARY KEY, geom BLOB, "名 称" TEXT, n MEDIUMINT, r REAL, b BOOLEAN, d DATE, t DATETIME, raw BLOB`, 4490))
		for _, row := range []struct {
			id   int
			geom any
		}{
			{3, blobOf(t, orb.Point{1, 2}, 4490)},
			{4, nil},
			{5, []byte("GP")},
			{6, curve},
			{7, blobOf(t, orb.Point{1, 2}, 4326)},
			{8, z},
			{9, blobOf(t, orb.MultiPolygon{}, 4490)},
			{2, blobOf(t, orb.Point{3, 4}, 0)},
		} {
			mustExec(t, db, `INSERT INTO "乡镇 ""x""; --" VALUES (?, ?, '岱山', 7, 1.5, 1, '2026-01-31', '2026-01-31T08:00:00.000Z', x'00')`, row.id, row.geom)
		}
	})
	l, issues := mustRead(t, fsys, "a.gpkg", Options{})
	want := []string{"geometry.none", "geometry.corrupt", "geometry.unsupported", "geometry.srs", "geometry.none", "z_dropped"}
	if diff := cmp.Diff(want, keys(issues)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{`id "n"`, "名 称", "n", "r", "b", "d", "t"}, l.Columns); diff != "" {
		t.Error(diff)
	}
	var rows []int
	for _, f := range l.Features {
		rows = append(rows, f.Ref.Row)
	}
	if diff := cmp.Diff([]int{2, 3, 8}, rows); diff != "" {
		t.Error(diff)
	}
	values := []any{int64(3), "岱山", int64(7), 1.5, true, "2026-01-31", "2026-01-31T08:00:00.000Z"}
	if diff := cmp.Diff(values, l.Features[1].Values); diff != "" {
		t.Error(diff)
	}
	if l.CRS != "EPSG:4490" || l.WKT != `GEOGCS["CGCS2000"]` || l.Rows != 8 {
		t.Errorf("%s %s %d", l.CRS, l.WKT, l.Rows)
	}
	if l, _ := mustRead(t, fsys, "a.gpkg", Options{Layer: "towns of x"}); len(l.Features) != 3 {
		t.Error("not found by its identifier")
	}
}

func TestGeoPackageLayers(t *testing.T) {
	two := inPackage(t, func(t testing.TB, db *sql.DB) {
		twoPolygons(t, db)
		mustExec(t, db, addLayer("empty", "empty", "geom BLOB", -1))
	})
	e := wantError(t, two, "a.gpkg", Options{}, coverage.Invalid, "vector.layer.choose")
	if e.Args["layers"] != "towns, empty" {
		t.Errorf("layers %v", e.Args["layers"])
	}
	wantError(t, two, "a.gpkg", Options{Layer: "x"}, coverage.NotFound, "vector.layer.missing")
	if l, _ := mustRead(t, two, "a.gpkg", Options{Layer: "towns"}); len(l.Features) != 2 {
		t.Errorf("%+v", l)
	}
	if l, _ := mustRead(t, two, "a.gpkg", Options{Layer: "empty"}); len(l.Features) != 0 || l.CRS != "" || l.WKT != "" {
		t.Errorf("%+v", l)
	}
	wantError(t, inPackage(t, func(testing.TB, *sql.DB) {}), "a.gpkg", Options{}, coverage.Unusable, "vector.layer.none")
}

// A view has no row ids; its rows count from 1.
func TestGeoPackageView(t *testing.T) {
	fsys := inPackage(t, func(t testing.TB, db *sql.DB) {
		mustExec(t, db, addLayer("base", "base", "geom BLOB, name TEXT", 4490))
		mustExec(t, db, `INSERT INTO base VALUES (?, '甲')`, blobOf(t, orb.Point{1, 2}, 4490))
		mustExec(t, db, `ALTER TABLE base RENAME TO hidden; CREATE VIEW base AS SELECT geom, name FROM hidden`)
	})
	l, _ := mustRead(t, fsys, "a.gpkg", Options{})
	if len(l.Features) != 1 || l.Features[0].Ref.Row != 1 || l.Features[0].Values[0] != "甲" {
		t.Errorf("%+v", l)
	}
}

func TestGeoPackageBroken(t *testing.T) {
	good := inPackage(t, twoPolygons)
	withWAL := fstest.MapFS{"a.gpkg": good["a.gpkg"], "a.gpkg-wal": {Data: []byte("x")}}
	wantError(t, withWAL, "a.gpkg", Options{}, coverage.Conflict, "vector.gpkg.busy")
	for at := 100; at < len(good["a.gpkg"].Data); at += 4096 {
		b := bytes.Clone(good["a.gpkg"].Data)
		for i := at; i < min(at+4000, len(b)); i++ {
			b[i] = 0xff
		}
		issues := &coverage.Issues{}
		l, err := Read(context.Background(), fstest.MapFS{"a.gpkg": {Data: b}}, "a.gpkg", Options{}, issues, nil)
		if err == nil && len(l.Features) < 2 && issues.Fatal() == 0 {
			t.Errorf("damage at %d: %d features, no error and no issue", at, len(l.Features))
		}
	}
	plain := []byte("SQLite format 3\x00")
	wantError(t, fstest.MapFS{"a.gpkg": {Data: plain}}, "a.gpkg", Options{}, coverage.Unusable, "vector.file.broken")
}

func FuzzGeoPackage(f *testing.F) {
	f.Add(makePackage(f, twoPolygons))
	f.Fuzz(func(t *testing.T, b []byte) { fuzzOne(t, fstest.MapFS{"a.gpkg": {Data: b}}, "a.gpkg") })
}
