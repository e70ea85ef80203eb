package raster

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// sharedData is the folder of real data beside the checkout.
const sharedData = "../../../shared/data"

// sumFile returns the people in a file's first band.
func sumFile(t *testing.T, path string) (float64, Header) {
	t.Helper()
	r, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	info, err := r.Stat()
	if err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, r, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	data, err := f.ReadBand(context.Background(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for _, v := range data {
		if v == v {
			sum += float64(v)
		}
	}
	return sum, f.Header()
}

func TestComoros(t *testing.T) {
	path := filepath.Join(sharedData, "comoros", "worldpop-2020-100m.tif")
	if _, err := os.Stat(path); err != nil {
		t.Skip("needs the shared data (comoros):", err)
	}
	sum, h := sumFile(t, path)
	if math.Round(sum) != 869595 || h.Spec.CRS != "EPSG:4326" || h.NoData != -99999 {
		t.Errorf("%.1f people, %+v; want 869,595 in EPSG:4326", sum, h)
	}
}

func TestWuhan(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(sharedData, "china", "wuhan-worldpop", "*.tif"))
	if len(files) == 0 {
		t.Skip("needs the shared data (china/wuhan-worldpop)")
	}
	total := 0.0
	for _, path := range files {
		sum, h := sumFile(t, path)
		if h.Cols != 1662 || h.Rows != 1668 {
			t.Errorf("%s: %d x %d", path, h.Cols, h.Rows)
		}
		total += sum
	}
	if len(files) != 10 || math.Round(total) != 1942653 {
		t.Errorf("%.1f people in %d files, want 1,942,653 in 10", total, len(files))
	}
}
