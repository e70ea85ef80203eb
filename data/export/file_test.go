package export_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/datatest"
	"lifecircle/data/export"
)

// A file is replaced as a whole: a fault in the middle leaves the old one and
// no litter.
func TestFileReplaces(t *testing.T) {
	ds, run := islands(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "out.geojson")
	o := export.Options{Layer: "zones", Format: "geojson"}
	if err := export.File(context.Background(), path, ds, run, o, nil); err != nil {
		t.Fatal(err)
	}
	old, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(old, write(t, ds, run, o)) {
		t.Fatalf("%d bytes, %v", len(old), err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, format := range []string{"geojson", "csv", "xlsx", "gpkg", "tif"} {
		o := export.Options{Layer: "demand", Format: format}
		if err := export.File(cancelled, path, ds, run, o, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", format, err)
		}
	}
	now, _ := os.ReadFile(path)
	entries, _ := os.ReadDir(dir)
	if !bytes.Equal(now, old) || len(entries) != 1 {
		t.Errorf("%d bytes were %d, %d files", len(now), len(old), len(entries))
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("out.geojson", link); err != nil {
		t.Skip(err)
	}
	if err := export.File(context.Background(), link, ds, run, export.Options{Layer: "zones", Format: "csv"}, nil); err != nil {
		t.Fatal(err)
	}
	if now, _ = os.ReadFile(path); bytes.Equal(now, old) {
		t.Error("the file behind the link was not replaced")
	}
	if err := export.File(context.Background(), os.DevNull, ds, run, o, nil); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatal("a device was replaced by a file")
	}
	err = export.File(context.Background(), dir, ds, run, o, nil)
	if coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("a folder: %v", err)
	}
	err = export.File(context.Background(), filepath.Join(dir, "no", "x.csv"), ds, run, export.Options{Layer: "zones", Format: "csv"}, nil)
	if coverage.CodeOf(err) != coverage.NotFound {
		t.Errorf("no folder: %v", err)
	}
}

// GDAL reads what is written.
func TestOGR(t *testing.T) {
	tool := datatest.Program(t, "ogrinfo", "gdal-bin")
	ds, run := islands(t)
	want := map[string]int{
		"facilities": 1, "zones": len(ds.Zones), "demand": ds.Demand.Len(),
		"coverage": len(run.Coverage[0].Rows), "gaps": len(run.Coverage[0].Gaps),
	}
	for layer, n := range want {
		for _, format := range []string{"gpkg", "geojson"} {
			if layer == "coverage" && format == "geojson" {
				continue // its totals are no features
			}
			path := filepath.Join(t.TempDir(), "o."+format)
			if err := export.File(context.Background(), path, ds, run, export.Options{Layer: layer, Format: format}, nil); err != nil {
				t.Fatal(err)
			}
			out, err := exec.Command(tool, "-ro", "-so", "-al", path).CombinedOutput()
			if err != nil || !strings.Contains(string(out), "Feature Count: "+strconv.Itoa(n)+"\n") || strings.Contains(string(out), "Warning") {
				t.Errorf("%s as %s: %v\n%s", layer, format, err, out)
			}
		}
	}
}
