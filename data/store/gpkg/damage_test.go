package gpkg

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lifecircle/coverage"
	"lifecircle/data/gpkgblob"
	"lifecircle/data/store/storetest"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// codes checks that Open, Load, Runs and Save all give an error of one code.
func codes(t *testing.T, path string, want coverage.Code) {
	t.Helper()
	if _, err := Open(t.Context(), path); coverage.CodeOf(err) != want {
		t.Errorf("Open: %v, want %s", err, want)
	}
	s := &Store{path}
	if _, err := s.Load(t.Context(), nil); coverage.CodeOf(err) != want {
		t.Errorf("Load: %v, want %s", err, want)
	}
	if _, err := s.Runs(t.Context()); coverage.CodeOf(err) != want {
		t.Errorf("Runs: %v, want %s", err, want)
	}
}

func TestNoStore(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, path := range map[string]string{
		"missing": filepath.Join(folder, "missing.gpkg"),
		"empty":   write("empty.gpkg", ""),
		"text":    write("text.gpkg", strings.Repeat("id,name,lon,lat\n", 100)),
		"folder":  folder,
	} {
		t.Run(name, func(t *testing.T) { codes(t, path, coverage.NotFound) })
	}
	if _, err := Create(t.Context(), filepath.Join(folder, "no", "a.gpkg")); coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("a store in a folder that is not there: %v", err)
	}
}

// TestForeign leaves a GeoPackage of somebody else, and any other file, alone.
func TestForeign(t *testing.T) {
	folder := t.TempDir()
	source := filepath.Join(folder, "a.geojson")
	if err := os.WriteFile(source, []byte(`{"type":"Point","coordinates":[1,2]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "theirs.gpkg")
	gdal(t, "ogr2ogr", path, source)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	codes(t, path, coverage.NotFound)
	if _, err := Create(t.Context(), path); coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("Create: %v", err)
	}
	if err := (&Store{path}).Save(t.Context(), storetest.Town(), nil); coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("Save: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Error("the file was touched: ", err)
	}
}

// TestCutShort cuts the file at many places: every method must say that it is
// damaged, or that it is no GeoPackage when not even the header is left.
func TestCutShort(t *testing.T) {
	s, _, _ := saved(t)
	whole, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cut.gpkg")
	for _, n := range []int{1, 50, 99, 100, 512, 4095, 4096, 4097, len(whole) / 2, len(whole) - 4096, len(whole) - 1} {
		if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := (&Store{path}).Load(t.Context(), nil)
		if code := coverage.CodeOf(err); code != coverage.Unusable && (n >= 100 || code != coverage.NotFound) {
			t.Errorf("cut at %d of %d: %v", n, len(whole), err)
		}
	}
}

// TestFlippedBytes damages bytes all over the file: Load must give an error for
// people or a dataset, never a panic. Damage to a number that is still a number
// is told as an edit.
func TestFlippedBytes(t *testing.T) {
	s, ds, _ := saved(t)
	whole, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	path := filepath.Join(t.TempDir(), "flipped.gpkg")
	failed := 0
	for range 300 {
		broken := bytes.Clone(whole)
		for range 1 + rng.IntN(40) {
			broken[100+rng.IntN(len(broken)-100)] ^= byte(1 + rng.IntN(255))
		}
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := (&Store{path}).Load(t.Context(), nil)
		if err != nil {
			failed++
			if coverage.CodeOf(err) == coverage.Internal {
				t.Errorf("an error that is not for people: %v", err)
			}
			continue
		}
		got.Name, got.Note, got.Credit = ds.Name, ds.Note, ds.Credit
		got.Standards, got.Packs = ds.Standards, ds.Packs
		if storetest.Same(ds, got) != "" && len(got.Sources) == len(ds.Sources) && storetest.Same(ds, with(got, ds.Sources)) != "" {
			t.Error("changed data pass for those that were saved: ", storetest.Same(ds, got))
		}
	}
	if failed == 0 {
		t.Error("no damage was found")
	}
}

func with(ds *coverage.Dataset, sources []coverage.Source) *coverage.Dataset {
	other := *ds
	other.Sources = sources
	return &other
}

// TestWriteAhead has another program hold the file open in write-ahead mode
// with an edit that only stands in its journal.
func TestWriteAhead(t *testing.T) {
	s, ds, _ := saved(t)
	defer func(usual time.Duration) { wait = usual }(wait)
	wait = 200 * time.Millisecond
	other, err := open(s.path, "rw")
	if err != nil {
		t.Fatal(err)
	}
	if err := other.execAll("PRAGMA journal_mode = WAL", "UPDATE packs SET yaml = 'edited' WHERE fid = 1"); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), ds, nil); coverage.CodeOf(err) != coverage.Conflict {
		t.Errorf("a save beside an open journal: %v", err)
	}
	edited, err := s.Load(t.Context(), nil)
	if err != nil || edited.Packs[0].YAML != "edited" {
		t.Errorf("the edit in the journal is not seen: %v", err)
	}
	if err := other.close(); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveRun(t.Context(), storetest.RunOn(edited, 9), nil); err != nil {
		t.Error(err)
	}
	if again, err := s.Load(t.Context(), nil); err != nil || storetest.Same(edited, again) != "" {
		t.Errorf("the edit is lost: %v", err)
	}
	tidy(t, s)
}

// TestLockedByAnEdit has another program in the middle of an edit.
func TestLockedByAnEdit(t *testing.T) {
	s, ds, _ := saved(t)
	defer func(usual time.Duration) { wait = usual }(wait)
	wait = 200 * time.Millisecond
	other, err := open(s.path, "rw")
	if err != nil {
		t.Fatal(err)
	}
	defer other.close()
	if err := other.execAll("BEGIN IMMEDIATE", "UPDATE packs SET yaml = 'x'"); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), ds, nil); coverage.CodeOf(err) != coverage.Conflict {
		t.Errorf("a save in the middle of another program's edit: %v", err)
	}
}

// TestFastBlobs holds the blobs that this package writes and reads itself to
// package gpkgblob.
func TestFastBlobs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coordinate := rapid.Custom(func(t *rapid.T) float64 { return rapid.Float64Range(-1e300, 1e300).Draw(t, "c") })
		var ring orb.Ring
		for range rapid.IntRange(1, 9).Draw(t, "points") {
			ring = append(ring, orb.Point{coordinate.Draw(t, "x"), coordinate.Draw(t, "y")})
		}
		shapes := []orb.Geometry{ring[0], orb.Polygon{ring}, orb.MultiPolygon{{ring}, {ring}}}
		if len(ring) > 1 {
			shapes = append(shapes, orb.LineString(ring))
		}
		for _, g := range shapes {
			blob, err := appendBlob(nil, g)
			if err != nil {
				t.Fatal(err)
			}
			slow, srs, _, err := gpkgblob.Decode(blob)
			if err != nil || srs != srsID || !orb.Equal(slow, g) {
				t.Fatalf("%v reads as %v (%v)", g, slow, err)
			}
			fast, err := decode(blob)
			if err != nil || !orb.Equal(fast, g) {
				t.Fatalf("%v is decoded as %v (%v)", g, fast, err)
			}
		}
	})
}

// TestPackedIndex holds the packed tree to a look at every box.
func TestPackedIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var boxes []box
		for i := range rapid.IntRange(1, 4000).Draw(t, "boxes") {
			x, y := float64(i*7919%1009)/10, float64(i*104729%997)/10
			boxes = append(boxes, boxOf(int64(i), orb.Bound{Min: orb.Point{x, y}, Max: orb.Point{x + 0.3, y + 0.1}}))
		}
		x, y := float32(rapid.IntRange(0, 100).Draw(t, "x")), float32(rapid.IntRange(0, 100).Draw(t, "y"))
		hits := func(b box) bool { return b.minX <= x+5 && b.maxX >= x && b.minY <= y+5 && b.maxY >= y }
		want := map[int64]bool{}
		for _, b := range boxes {
			if hits(b) {
				want[b.id] = true
			}
		}
		p := pack(boxes)
		byNumber := map[int64]node{}
		for _, n := range p.nodes {
			byNumber[n.number] = n
		}
		var walk func(n node)
		found := 0
		walk = func(n node) {
			for _, e := range n.entries {
				switch {
				case !hits(e):
				case n.leaf:
					if !want[e.id] {
						t.Fatal("a box that is not in the window, or twice: ", e.id)
					}
					delete(want, e.id)
					found++
				default:
					walk(byNumber[e.id])
				}
			}
		}
		walk(byNumber[rootNode])
		if len(want) > 0 {
			t.Fatalf("%d boxes of %d not found", len(want), found+len(want))
		}
	})
}
