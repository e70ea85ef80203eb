package postgis

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/store/postgis/pgtest"
	"lifecircle/data/store/storetest"

	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// TestFirstFormat takes the migration to transport and delays back and opens the
// store again: the dataset must be there, without them and without edits.
func TestFirstFormat(t *testing.T) {
	url := pgtest.URL(t)
	s, ds := create(t, url), storetest.Town()
	ds.Transport = nil
	for i := range ds.Facilities {
		ds.Facilities[i].DelayS = 0
	}
	if err := errors.Join(s.Save(t.Context(), ds, nil), s.SaveRun(t.Context(), storetest.RunOn(ds, 1), nil)); err != nil {
		t.Fatal(err)
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		t.Fatal(err)
	}
	db := stdlib.OpenDBFromPool(s.pool)
	defer db.Close()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.DownTo(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	var format string
	var columns int
	err = s.pool.QueryRow(t.Context(), `SELECT value, (SELECT count(*) FROM pg_attribute WHERE attrelid = 'facilities'::regclass AND attname = 'delay_s')
 FROM project WHERE key = 'format'`).Scan(&format, &columns)
	if err != nil || format != "1" || columns != 0 {
		t.Fatalf("the store is not of the first format: %q, %d columns, %v", format, columns, err)
	}
	again, err := Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got, err := again.Load(t.Context(), nil); err != nil || storetest.Same(ds, got) != "" {
		t.Fatalf("%v %s", err, storetest.Same(ds, got))
	}
	ds = storetest.Town()
	if err := again.Save(t.Context(), ds, nil); err != nil {
		t.Fatal(err)
	}
	if got, err := again.Load(t.Context(), nil); err != nil || storetest.Same(ds, got) != "" {
		t.Errorf("saved anew: %v %s", err, storetest.Same(ds, got))
	}
}

// TestDamagedParts breaks the parts of a transport one way after another.
func TestDamagedParts(t *testing.T) {
	s, ds, conn := saved(t)
	for _, query := range []string{
		"UPDATE lifecircle.transport_parts SET data = set_byte(data, 30, get_byte(data, 30) # 17) WHERE part = 'settings'",
		"UPDATE lifecircle.transport_parts SET data = substr(data, 1, length(data) - 3) WHERE part = 'roads'",
		"UPDATE lifecircle.transport_parts SET data = NULL WHERE part = 'seconds'",
		"DELETE FROM lifecircle.transport_parts WHERE part = 'heights'",
		"TRUNCATE lifecircle.transport_parts",
	} {
		exec(t, conn, query)
		_, err := s.Load(t.Context(), nil)
		if coverage.CodeOf(err) != coverage.Unusable || !strings.Contains(err.Error(), "127.0.0.1") {
			t.Errorf("%s: %v", query, err)
		}
		if err := s.Save(t.Context(), ds, nil); err != nil {
			t.Fatal(err)
		}
	}
	exec(t, conn, "UPDATE lifecircle.facilities SET delay_s = -1 WHERE fid = 2")
	if _, err := s.Load(t.Context(), nil); coverage.CodeOf(err) != coverage.Unusable || !strings.Contains(err.Error(), "delay_s") {
		t.Errorf("a negative delay: %v", err)
	}
	exec(t, conn, "DELETE FROM lifecircle.transport_roads; UPDATE lifecircle.facilities SET delay_s = 90 WHERE fid = 2")
	got, err := s.Load(t.Context(), nil)
	if err != nil || len(got.Sources) != len(ds.Sources)+1 || got.Facilities[1].DelayS != 90 {
		t.Errorf("a delay that was set in a GIS: %v", err)
	}
	if err == nil && got.Transport.Roads.Edges() != ds.Transport.Roads.Edges() {
		t.Error("the drawn roads were read")
	}
}
