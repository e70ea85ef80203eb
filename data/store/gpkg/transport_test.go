package gpkg

import (
	"bytes"
	"os"
	"runtime"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/store/storetest"

	"github.com/klauspost/compress/zstd"
)

// frame compresses b.
func frame(t testing.TB, b []byte) []byte {
	t.Helper()
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return z.EncodeAll(b, nil)
}

// change runs SQL on the file of a store, as a user of SQLite might.
func change(t testing.TB, s *Store, sql string, args ...any) {
	t.Helper()
	c, err := open(s.path, "rw")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.exec(sql, args...); err != nil {
		t.Fatal(err)
	}
	if err := c.close(); err != nil {
		t.Fatal(err)
	}
}

// part returns the bytes of a part of one piece, unpacked.
func part(t testing.TB, s *Store, name string) (out []byte) {
	t.Helper()
	err := s.read(func(c *conn) error {
		v, err := c.scalar("SELECT data FROM transport_parts WHERE part = ?", name)
		if err != nil {
			return err
		}
		z, err := zstd.NewReader(nil)
		if err != nil {
			return err
		}
		defer z.Close()
		out, err = z.DecodeAll(v.([]byte), nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestHostileParts puts wrong things into the parts of a transport: the error
// must name the store or the row, and little memory may be taken for it.
func TestHostileParts(t *testing.T) {
	whole, _, _ := saved(t)
	file, err := os.ReadFile(whole.path)
	if err != nil {
		t.Fatal(err)
	}
	settings := string(part(t, whole, "settings"))
	zeros := frame(t, make([]byte, 100<<20)) // 100 MiB in some 10 KB
	set := func(name string, data any) func(*Store) {
		return func(s *Store) { change(t, s, "UPDATE transport_parts SET data = ? WHERE part = ?", data, name) }
	}
	settingsAs := func(old, new string) func(*Store) {
		if !strings.Contains(settings, old) {
			t.Fatalf("%s is not in %s", old, settings)
		}
		return set("settings", frame(t, []byte(strings.Replace(settings, old, new, 1))))
	}
	sql := func(text string) func(*Store) { return func(s *Store) { change(t, s, text) } }
	grid := `"ground":{"grid":{"crs":"EPSG:4326","X0":122,"Y0":30.5,"DX":0.03333333333333333,"DY":0.01,"Cols":6,"Rows":6}`
	for name, spoil := range map[string]func(*Store){
		"cut":             sql("UPDATE transport_parts SET data = substr(data, 1, length(data) - 5) WHERE part = 'roads'"),
		"empty":           sql("UPDATE transport_parts SET data = X'' WHERE part = 'seconds'"),
		"null":            sql("UPDATE transport_parts SET data = NULL WHERE part = 'roads'"),
		"text":            sql("UPDATE transport_parts SET data = 'x' WHERE part = 'seconds'"),
		"no data":         sql("UPDATE transport_parts SET data = zeroblob(1000) WHERE part = 'settings'"),
		"row lost":        sql("DELETE FROM transport_parts WHERE part = 'heights'"),
		"all rows lost":   sql("DELETE FROM transport_parts"),
		"row twice":       sql("INSERT INTO transport_parts (part, piece, data) SELECT part, piece, data FROM transport_parts WHERE part = 'roads'"),
		"piece twice":     sql("INSERT INTO transport_parts (part, piece, data) SELECT part, 1, data FROM transport_parts WHERE part = 'seconds'"),
		"parts swapped":   sql("UPDATE transport_parts SET part = CASE part WHEN 'roads' THEN 'seconds' WHEN 'seconds' THEN 'roads' ELSE part END"),
		"negative piece":  sql("UPDATE transport_parts SET piece = -1 WHERE part = 'roads'"),
		"no table":        sql("DROP TABLE transport_parts"),
		"bomb of roads":   set("roads", zeros),
		"bomb of ground":  set("seconds", zeros),
		"bomb of words":   set("settings", zeros),
		"bombs in bombs":  set("roads", frame(t, zeros)),
		"zeros for roads": set("roads", frame(t, make([]byte, 1<<20))),
		"not JSON":        set("settings", frame(t, []byte("{"))),
		"unknown setting": settingsAs(`"snap":`, `"stress":1,"snap":`),
		"huge grid":       settingsAs(grid, strings.Replace(grid, `"Cols":6,"Rows":6`, `"Cols":2147483647,"Rows":2147483647`, 1)),
		"largest grid":    settingsAs(grid, strings.Replace(grid, `"Cols":6,"Rows":6`, `"Cols":16384,"Rows":16384`, 1)),
		"larger grid":     settingsAs(grid, strings.Replace(grid, `"Rows":6`, `"Rows":7`, 1)),
		"negative grid":   settingsAs(grid, strings.Replace(grid, `"Cols":6,"Rows":6`, `"Cols":-6,"Rows":-6`, 1)),
		"no speed":        settingsAs(`"residential":5`, `"residential":-5`),
		"scenario":        settingsAs(`"Scenario":2`, `"Scenario":9`),
	} {
		s := create(t)
		if err := os.WriteFile(s.path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		spoil(s)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := s.Load(t.Context(), nil)
		runtime.ReadMemStats(&after)
		if coverage.CodeOf(err) != coverage.Unusable {
			t.Errorf("%s: %v", name, err)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 100 {
			t.Errorf("%s: %d MiB were allocated", name, used)
		}
	}
}

// TestDamagedParts flips every byte of every part: Load must fail, or give the
// same transport where the byte says nothing.
func TestDamagedParts(t *testing.T) {
	s, ds, _ := saved(t)
	for _, name := range []string{"settings", "roads", "seconds", "heights"} {
		var data []byte
		if err := s.read(func(c *conn) error {
			v, err := c.scalar("SELECT data FROM transport_parts WHERE part = ?", name)
			data, _ = v.([]byte)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		kept := 0
		for i := 0; i < len(data); i += 1 + len(data)/60 {
			bad := bytes.Clone(data)
			bad[i] ^= 0x11
			change(t, s, "UPDATE transport_parts SET data = ? WHERE part = ?", bad, name)
			got, err := s.Load(t.Context(), nil)
			switch {
			case err == nil && storetest.Same(ds, got) != "":
				t.Fatalf("%s: byte %d damaged: another transport comes back", name, i)
			case err == nil:
				kept++
			case coverage.CodeOf(err) != coverage.Unusable || !strings.Contains(err.Error(), s.path):
				t.Fatalf("%s: byte %d damaged: %v", name, i, err)
			}
		}
		if kept > 3 {
			t.Errorf("%s: %d damages were not found", name, kept)
		}
		change(t, s, "UPDATE transport_parts SET data = ? WHERE part = ?", data, name)
	}
	if got, err := s.Load(t.Context(), nil); err != nil || storetest.Same(ds, got) != "" {
		t.Fatal("mended: ", err)
	}
}
