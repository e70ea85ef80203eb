package raster

import (
	"encoding/binary"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"lifecircle/data/datatest"
	"lifecircle/geo/grid"
)

// TestGDALReadsOurs lets GDAL judge the writer: its cells, place, CRS and no
// data.
func TestGDALReadsOurs(t *testing.T) {
	datatest.Program(t, "gdal_translate", "gdal-bin")
	for crs, wants := range map[string][]string{
		"EPSG:4326": {`ID["EPSG",4326]]`, "Origin = (122.000000000000000,31.000000000000000)"},
		"EPSG:4490": {`ID["EPSG",4490]]`}, "EPSG:4547": {`ID["EPSG",4547]]`}, "EPSG:32651": {`ID["EPSG",32651]]`},
		"": {"NoData Value=-1"}, "GCJ-02": {"GCJ-02"},
	} {
		spec := grid.Spec{CRS: crs, X0: 122, Y0: 31, DX: 0.001, DY: 0.002, Cols: 300, Rows: 270}
		if crs == "EPSG:4547" || crs == "EPSG:32651" {
			spec.X0, spec.Y0, spec.DX, spec.DY = 400000, 3400000, 100, 100
		}
		data := people(int(spec.Cells()))
		data[17] = float32(math.NaN())
		info, cells := gdalReads(t, writeBytes(t, spec, data, -1), len(data))
		for _, want := range append(wants, "NoData Value=-1", "Block=256x256 Type=Float32") {
			if !strings.Contains(info, want) {
				t.Errorf("%q: no %q in\n%s", crs, want, info)
			}
		}
		data[17] = -1
		if d := diff(cells, data); d != "" {
			t.Errorf("%q: %s", crs, d)
		}
	}
}

// gdalReads returns what gdalinfo says and the raw cells.
func gdalReads(t *testing.T, file []byte, n int) (string, []float32) {
	t.Helper()
	dir := t.TempDir()
	tif, raw := filepath.Join(dir, "a.tif"), filepath.Join(dir, "a.raw")
	if err := os.WriteFile(tif, file, 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := exec.Command("gdalinfo", tif).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, info)
	}
	if out, err := exec.Command("gdal_translate", "-q", "-of", "ENVI", tif, raw).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	b, err := os.ReadFile(raw)
	if err != nil || len(b) != 4*n {
		t.Fatalf("%d bytes, %v", len(b), err)
	}
	cells := make([]float32, n)
	for i := range cells {
		cells[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return string(info), cells
}
