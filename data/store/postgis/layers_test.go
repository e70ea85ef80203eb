package postgis

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/data/store/postgis/pgtest"
	"lifecircle/data/store/storetest"

	"github.com/jackc/pgx/v5"
)

// saved is a store that holds the town and a run on it, and a connection of
// somebody else to its database.
func saved(t *testing.T) (*Store, *coverage.Dataset, *pgx.Conn) {
	t.Helper()
	url := pgtest.URL(t)
	s, ds := create(t, url), storetest.Town()
	if err := errors.Join(s.Save(t.Context(), ds, nil), s.SaveRun(t.Context(), storetest.RunOn(ds, 1), nil)); err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return s, ds, conn
}

func exec(t *testing.T, conn *pgx.Conn, query string) {
	t.Helper()
	if _, err := conn.Exec(t.Context(), query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// TestLayers asks the server itself for what the layers hold.
func TestLayers(t *testing.T) {
	_, ds, conn := saved(t)
	n := ds.Demand.Len()
	for query, want := range map[string]string{
		"SELECT count(*) FROM lifecircle.coverage":                                                                                                                fmt.Sprint(2 * n),
		"SELECT count(*) FROM lifecircle.gaps WHERE ST_IsValid(geom)":                                                                                             "6",
		"SELECT count(*) FROM lifecircle.coverage_zones":                                                                                                          fmt.Sprint(2 * (1 + len(ds.Zones))),
		"SELECT count(*) FROM lifecircle.coverage_zones WHERE level = 'total' AND geom IS NULL":                                                                   "2",
		"SELECT count(*) FROM lifecircle.coverage_zones WHERE zone = '330921' AND ST_NPoints(geom) = 5":                                                           "2",
		"SELECT ST_AsText(geom) FROM lifecircle.facilities WHERE id = 'z-last-first'":                                                                             "POINT(122.0123456789 30.3987654321)",
		"SELECT ST_AsText(geom) FROM lifecircle.coverage WHERE fid = 1":                                                                                           "POLYGON((122 30.466666666666665,122.03333333333333 30.466666666666665,122.03333333333333 30.5,122 30.5,122 30.466666666666665))",
		"SELECT ST_AsText(geom) || name FROM lifecircle.transport_roads WHERE ferry = 'yes'":                                                                      "LINESTRING(122.03 30.315,122.11 30.41)高亭—衢山",
		"SELECT string_agg(kind, ' ' ORDER BY kind) FROM lifecircle.transport_roads WHERE abs(length_m - ST_Length(geom::geography)) < 0.01 AND ST_IsValid(geom)": "primary primary residential route=ferry track",
		"SELECT string_agg(part, ' ' ORDER BY fid) FROM lifecircle.transport_parts":                                                                               "settings roads seconds heights",
		"SELECT sum(\"people_男60_64\")::text FROM lifecircle.demand":                                                                                              fmt.Sprint(sum(ds.Demand.Pop[4])),
		"SELECT string_agg(DISTINCT seconds::text, ' ') FROM lifecircle.coverage WHERE demand = 10":                                                               "901",
		"SELECT count(*) FROM lifecircle.coverage WHERE metres IS NOT NULL AND standard = 'b'":                                                                    fmt.Sprint(reached(storetest.RunOn(ds, 1).Coverage[1])),
		"SELECT count(*) FROM lifecircle.layer_styles WHERE useasdefault":                                                                                         "8",
		"SELECT f_table_schema FROM lifecircle.layer_styles LIMIT 1":                                                                                              "lifecircle",
		"SELECT count(DISTINCT tablename) FROM pg_indexes WHERE indexdef LIKE '%gist%geom%'":                                                                      "7",
		"SELECT string_agg(f_table_name || ' ' || type, ', ' ORDER BY f_table_name) FROM geometry_columns WHERE srid = 4326":                                      "coverage GEOMETRY, coverage_zones MULTIPOLYGON, demand POINT, facilities POINT, gaps MULTIPOLYGON, land MULTIPOLYGON, transport_roads LINESTRING, zones MULTIPOLYGON",
	} {
		var got any
		if err := conn.QueryRow(t.Context(), query).Scan(&got); err != nil || fmt.Sprint(got) != want {
			t.Errorf("%s: %v %v, want %s", query, got, err, want)
		}
	}
}

// reached is how many rows have a facility.
func reached(c coverage.Coverage) (n int) {
	for _, f := range c.Nearest {
		if f >= 0 {
			n++
		}
	}
	return n
}

func sum(column []float32) (total float64) {
	for _, v := range column {
		total += float64(v)
	}
	return total
}

func TestEditsInAGIS(t *testing.T) {
	s, _, conn := saved(t)
	exec(t, conn, "UPDATE lifecircle.facilities SET kind = 'clinic' WHERE id = 'z-last-first'")
	exec(t, conn, "UPDATE lifecircle.facilities SET geom = ST_SetSRID(ST_MakePoint(122.15, 30.45), 4326) WHERE id = 'a'")
	exec(t, conn, "INSERT INTO lifecircle.facilities (geom, kind) VALUES (ST_SetSRID(ST_MakePoint(122.05, 30.35), 4326), 'clinic')")
	want := storetest.Town()
	want.Facilities[0].Kind = "clinic"
	want.Facilities[1].At, want.Facilities[1].Landmass = [2]float64{122.15, 30.45}, 1
	want.Facilities = append(want.Facilities, coverage.Facility{ID: "new-4", Kind: "clinic", At: [2]float64{122.05, 30.35}})
	got, err := s.Load(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Sources) != 3 || got.Sources[2].Layer != "facilities" {
		t.Fatalf("the sources do not tell of the edit: %v", got.Sources)
	}
	want.Sources = got.Sources
	if diff := storetest.Same(want, got); diff != "" {
		t.Error("(-want +got): ", diff)
	}
	if err := s.SaveRun(t.Context(), storetest.RunOn(storetest.Town(), 2), nil); coverage.CodeOf(err) != coverage.Conflict {
		t.Errorf("a run on the data before the edit was kept: %v", err)
	}
	exec(t, conn, "UPDATE lifecircle.facilities SET geom = NULL WHERE fid = 3")
	if _, err := s.Load(t.Context(), nil); coverage.CodeOf(err) != coverage.Unusable || !strings.Contains(err.Error(), "feature 3") {
		t.Errorf("a facility without a place: %v", err)
	}
}

// TestWhatOthersHaveMade keeps views and rights on the tables over writes.
func TestWhatOthersHaveMade(t *testing.T) {
	s, ds, conn := saved(t)
	exec(t, conn, "CREATE ROLE reader_of_layers; GRANT USAGE ON SCHEMA lifecircle TO reader_of_layers; GRANT SELECT ON lifecircle.demand, lifecircle.coverage TO reader_of_layers")
	t.Cleanup(func() { // roles belong to the server, not to the database
		_, err := conn.Exec(context.Background(), "RESET ROLE; DROP OWNED BY reader_of_layers; DROP ROLE reader_of_layers")
		if err != nil {
			t.Error(err)
		}
	})
	exec(t, conn, "CREATE VIEW public.far AS SELECT fid, geom, people_all FROM lifecircle.demand JOIN lifecircle.coverage USING (fid, geom)")
	exec(t, conn, "UPDATE lifecircle.layer_styles SET stylename = 'mine' WHERE f_table_name = 'coverage'")
	if err := errors.Join(s.Save(t.Context(), ds, nil), s.SaveRun(t.Context(), storetest.RunOn(ds, 2), nil)); err != nil {
		t.Fatal(err)
	}
	exec(t, conn, "SET ROLE reader_of_layers")
	exec(t, conn, "SELECT count(*) FROM lifecircle.demand, lifecircle.coverage")
	exec(t, conn, "RESET ROLE; SELECT * FROM public.far")
	var names string
	err := conn.QueryRow(t.Context(), "SELECT string_agg(stylename, ' ') FROM lifecircle.layer_styles WHERE f_table_name = 'coverage' AND useasdefault").Scan(&names)
	if err != nil || names != "mine" {
		t.Errorf("the default style is %q (%v), not that of the user", names, err)
	}
}

// TestBareDatabase has Create put in what is missing.
func TestBareDatabase(t *testing.T) {
	url := pgtest.Bare(t)
	if _, err := Open(t.Context(), url); coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("a bare database: %v", err)
	}
	s := create(t, url)
	if err := s.Save(t.Context(), storetest.Town(), nil); err != nil {
		t.Error(err)
	}
}

func TestOpen(t *testing.T) {
	url := pgtest.URL(t)
	if _, err := Open(t.Context(), url); coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("a database without a store: %v", err)
	}
	s := create(t, url)
	if _, err := s.Load(t.Context(), nil); coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("a store without a dataset: %v", err)
	}
	again, err := Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	exec := func(query string) {
		if _, err := s.pool.Exec(context.Background(), query); err != nil { // cleanups come after the test's context
			t.Error(err)
		}
	}
	exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)")
	if _, err := Open(t.Context(), url); coverage.CodeOf(err) != coverage.Unsupported {
		t.Errorf("a store of a newer program: %v", err)
	}
	if _, err := Open(t.Context(), strings.Replace(url, "/test_", "/none_", 1)); coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("a database that is not there: %v", err)
	}
	exec("CREATE ROLE nobody_much LOGIN")
	t.Cleanup(func() { exec("DROP ROLE nobody_much") })
	_, err = Open(t.Context(), strings.Replace(url, "postgres@", "nobody_much:secret@", 1))
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a user without rights: %v", err)
	}
}

// TestTwoWriters has one writer in the middle of its work while another comes:
// the other gets a conflict.
func TestTwoWriters(t *testing.T) {
	s, ds, conn := saved(t)
	defer func(usual int) { lockTimeoutS = usual }(lockTimeoutS)
	lockTimeoutS = 1
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), "LOCK TABLE lifecircle.project IN ACCESS EXCLUSIVE MODE"); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), ds, nil); coverage.CodeOf(err) != coverage.Conflict {
		t.Errorf("the second writer: %v", err)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), ds, nil); err != nil {
		t.Error(err)
	}
}

// TestServerEndsTheConnection kills the server's side in the middle of a save:
// the old dataset must stay, and the store must go on working.
func TestServerEndsTheConnection(t *testing.T) {
	s, ds, conn := saved(t)
	killed := false
	err := s.Save(t.Context(), storetest.Cells(100), func(string, int64, int64) {
		if !killed {
			killed = true
			_, err := conn.Exec(context.Background(), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lifecircle' AND state <> 'idle'")
			if err != nil {
				t.Error(err)
			}
		}
	})
	if err == nil || !killed {
		t.Fatalf("the save got through: %v", err)
	}
	got, err := s.Load(t.Context(), nil)
	if err != nil || storetest.Same(ds, got) != "" {
		t.Errorf("after the connection broke: %v %s", err, storetest.Same(ds, got))
	}
	if err := s.Save(t.Context(), ds, nil); err != nil {
		t.Error(err)
	}
}

// TestCancelReachesTheServer cancels a load that waits for a lock: it returns
// at once, and nothing of it goes on in the server.
func TestCancelReachesTheServer(t *testing.T) {
	s, _, conn := saved(t)
	exec(t, conn, "BEGIN; LOCK TABLE lifecircle.project IN ACCESS EXCLUSIVE MODE")
	ctx, stop := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer stop()
	if _, err := s.Load(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a load that waits: %v", err)
	}
	var busy int
	for range 100 {
		err := conn.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lifecircle' AND state <> 'idle' AND datname = current_database()").Scan(&busy)
		if err != nil {
			t.Fatal(err)
		}
		if busy == 0 {
			return
		}
		exec(t, conn, "SELECT pg_stat_clear_snapshot()")
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d statements go on in the server", busy)
}

// TestStatementTimeout takes the limit of the URL.
func TestStatementTimeout(t *testing.T) {
	url := pgtest.URL(t)
	create(t, url)
	s, err := Open(t.Context(), url+"&statement_timeout=700")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.pool.Exec(t.Context(), "SELECT pg_sleep(20)")
	if err = s.explain(t.Context(), err); coverage.CodeOf(err) != coverage.Conflict {
		t.Errorf("a statement beyond the limit: %v", err)
	}
}
