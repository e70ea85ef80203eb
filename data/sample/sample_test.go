package sample

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lifecircle/coverage"

	"github.com/goccy/go-yaml"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return strings.Join(list, " ")
}

const all = "SHA256SUMS county.geojson daishan-roads.yaml facilities.xlsx ferries.csv paths.geojson population-0-2.tif population-3-6.tif population-60plus.tif population-80plus.tif " +
	"population-all.tif project.yaml roads.geojson schools.geojson towns.geojson villages.geojson"

func TestWriteTo(t *testing.T) {
	root := t.TempDir()
	empty := filepath.Join(root, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{filepath.Join(root, "new", "deeper"), empty, empty} { // twice does no harm
		if err := WriteTo(dir); err != nil {
			t.Fatal(err)
		}
		if got := names(t, dir); got != all {
			t.Errorf("%s holds %s", dir, got)
		}
	}
	if got := names(t, root); got != "empty new" {
		t.Errorf("left behind: %s", got)
	}
}

func TestWriteToForeign(t *testing.T) {
	for name, spoil := range map[string]func(dir string){
		"other file":   func(dir string) { write(t, filepath.Join(dir, "mine.txt"), "x") },
		"edited":       func(dir string) { write(t, filepath.Join(dir, "project.yaml"), "name: mine") },
		"file missing": func(dir string) { os.Remove(filepath.Join(dir, "towns.geojson")) },
	} {
		dir := filepath.Join(t.TempDir(), "example")
		if err := WriteTo(dir); err != nil {
			t.Fatal(err)
		}
		spoil(dir)
		before := names(t, dir)
		err := WriteTo(dir)
		if coverage.CodeOf(err) != coverage.Conflict || strings.Contains(err.Error(), "{") {
			t.Errorf("%s: %v", name, err)
		}
		if got := names(t, dir); got != before {
			t.Errorf("%s: %s before, %s after", name, before, got)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	write(t, file, "mine")
	if err := WriteTo(file); coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("over a file: %v", err)
	}
	if b, _ := os.ReadFile(file); string(b) != "mine" {
		t.Error("the file was overwritten")
	}
}

// TestWriteToOlder: an example of another version gives way to this one.
func TestWriteToOlder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "example")
	old := map[string][]byte{"project.yaml": []byte("name: old"), "gone.tif": []byte("x")}
	old[sums] = hashes(old)
	if err := replace(dir, old); err != nil {
		t.Fatal(err)
	}
	if err := WriteTo(dir); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); got != all {
		t.Errorf("holds %s", got)
	}
	if got := names(t, filepath.Dir(dir)); got != "example" {
		t.Errorf("left behind: %s", got)
	}
}

// TestProjectNamesFiles: project.yaml says that the data are illustrative, and
// every file it names is there, and the other way round.
func TestProjectNamesFiles(t *testing.T) {
	text, err := fs.ReadFile(Files(), "project.yaml")
	if err != nil {
		t.Fatal(err)
	}
	type source struct{ File string }
	var p struct {
		Name, Note, Credit            coverage.Text
		Zones, Population, Facilities []source
		Networks, Ferries             []source
		Standards                     []string
	}
	if err := yaml.Unmarshal(text, &p); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.Name.ZH, "示意") || !strings.Contains(p.Note.ZH, "虚构") || !strings.Contains(p.Note.EN, "invented") {
		t.Errorf("name %+v, note %+v", p.Name, p.Note)
	}
	named := 1
	sources := slices.Concat(p.Zones, p.Population, p.Facilities, p.Networks, p.Ferries)
	for _, s := range p.Standards {
		if strings.HasSuffix(s, ".yaml") {
			sources = append(sources, source{s})
		}
	}
	if len(p.Standards) == 0 || p.Standards[0] != "xianning-2025" {
		t.Errorf("standards %v", p.Standards)
	}
	for _, s := range sources {
		named++
		if _, err := fs.Stat(Files(), s.File); err != nil {
			t.Error(err)
		}
	}
	if n := len(strings.Fields(all)) - 1; named != n { // all but the list of hashes
		t.Errorf("%d files named, %d there", named, n)
	}
	if _, err := fs.Stat(Files(), "none"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}
