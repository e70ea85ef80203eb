package raster

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"lifecircle/coverage"
	"lifecircle/data/datatest"
)

// variant is what GDAL says of one file of testdata/variants.py.
type variant struct {
	Name      string
	Type      string
	Cols      int
	Rows      int
	Bands     int
	Transform [6]float64
	EPSG      string
	Masked    bool
	dir       string
}

func readVariants(t testing.TB, dir string) []variant {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []variant
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	for i := range list {
		list[i].dir = dir
	}
	return list
}

func (v variant) bytes(t testing.TB, ext string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(v.dir, v.Name+ext))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// want converts GDAL's samples one by one, with no code of the reader.
func (v variant) want(t testing.TB) [][]float32 {
	t.Helper()
	raw, mask := bytes.NewReader(v.bytes(t, ".raw")), v.bytes(t, ".mask")
	n := v.Cols * v.Rows
	bands := make([][]float32, v.Bands)
	for b := range bands {
		bands[b] = make([]float32, n)
		readNumbers(t, raw, v.Type, bands[b])
		for i := range bands[b] {
			if v.Masked && mask[b*n+i] == 0 {
				bands[b][i] = float32(math.NaN())
			}
		}
	}
	return bands
}

func readNumbers(t testing.TB, raw *bytes.Reader, kind string, out []float32) {
	t.Helper()
	switch kind {
	case "uint8":
		fill[uint8](t, raw, out)
	case "int8":
		fill[int8](t, raw, out)
	case "uint16":
		fill[uint16](t, raw, out)
	case "int16":
		fill[int16](t, raw, out)
	case "uint32":
		fill[uint32](t, raw, out)
	case "int32":
		fill[int32](t, raw, out)
	case "uint64":
		fill[uint64](t, raw, out)
	case "int64":
		fill[int64](t, raw, out)
	case "float16", "float32": // GDAL hands halves out as float32
		fill[float32](t, raw, out)
	case "float64":
		fill[float64](t, raw, out)
	default:
		t.Fatalf("no such type: %s", kind)
	}
}

func fill[T uint8 | int8 | uint16 | int16 | uint32 | int32 | uint64 | int64 | float32 | float64](t testing.TB, raw *bytes.Reader, out []float32) {
	t.Helper()
	values := make([]T, len(out))
	if err := binary.Read(raw, binary.LittleEndian, values); err != nil {
		t.Fatal(err)
	}
	for i, v := range values {
		out[i] = float32(v)
	}
}

// diff returns the first cell where two bands differ in any bit; every NaN is
// the same.
func diff(got, want []float32) string {
	if len(got) != len(want) {
		return fmt.Sprintf("%d cells, want %d", len(got), len(want))
	}
	for i := range got {
		nan := got[i] != got[i] && want[i] != want[i]
		if !nan && math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			return fmt.Sprintf("cell %d is %v, want %v", i, got[i], want[i])
		}
	}
	return ""
}

func openBytes(b []byte) (*File, error) {
	return Open("test", bytes.NewReader(b), int64(len(b)))
}

func checkVariant(t *testing.T, v variant) {
	t.Helper()
	f, err := openBytes(v.bytes(t, ".tif"))
	if err != nil {
		t.Errorf("%s: %v", v.Name, err)
		return
	}
	h := f.Header()
	if int(h.Cols) != v.Cols || int(h.Rows) != v.Rows || h.Bands != v.Bands || h.Type.String() != v.Type {
		t.Errorf("%s: header %+v", v.Name, h)
		return
	}
	g, s := v.Transform, h.Spec
	if s.X0 != g[0] || s.DX != g[1] || s.Y0 != g[3] || s.DY != -g[5] {
		t.Errorf("%s: grid %+v, GDAL says %v", v.Name, s, g)
	}
	if want := map[bool]string{true: "EPSG:" + v.EPSG}[v.EPSG != ""]; s.CRS != want {
		t.Errorf("%s: CRS %q, want %q", v.Name, s.CRS, want)
	}
	for b, want := range v.want(t) {
		got, err := f.ReadBand(context.Background(), b, nil)
		if err != nil {
			t.Errorf("%s: %v", v.Name, err)
		} else if d := diff(got, want); d != "" {
			t.Errorf("%s, band %d: %s", v.Name, b, d)
		}
	}
}

// TestSmallVariants reads files that GDAL 3.6 wrote, kept beside the test.
func TestSmallVariants(t *testing.T) {
	for _, v := range readVariants(t, filepath.Join("testdata", "small")) {
		checkVariant(t, v)
	}
}

// gdalVariants writes the whole matrix with the GDAL of this machine.
func gdalVariants(t *testing.T) map[string]variant {
	t.Helper()
	dir := t.TempDir()
	script := filepath.Join("testdata", "variants.py")
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import osgeo.gdal, numpy").Run() != nil {
			continue
		}
		if out, err := exec.Command(python, script, dir, "matrix").CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", script, err, out)
		}
		all := map[string]variant{}
		for _, v := range readVariants(t, dir) {
			all[v.Name] = v
		}
		return all
	}
	datatest.Missing(t, "needs Python with osgeo.gdal and numpy (Debian: python3-gdal python3-numpy)")
	return nil
}

// TestGDAL compares every bit with what GDAL reads in the same file.
func TestGDAL(t *testing.T) {
	all := gdalVariants(t)
	if len(all) < 1000 {
		t.Fatalf("only %d variants", len(all))
	}
	refused := map[string]string{
		"rotated": "raster.rotated", "no-position": "raster.no_position", "lerc": "raster.compression",
	}
	for name, key := range refused {
		_, err := openBytes(all[name].bytes(t, ".tif"))
		wantKey(t, name, err, key)
	}
	for name, v := range all {
		if _, special := refused[name]; !special && name != "south-up" && name != "scaled" && name != "custom-crs" {
			checkVariant(t, v)
		}
	}
	t.Run("south-up", func(t *testing.T) { checkSouthUp(t, all["south-up"]) })
	t.Run("scaled", func(t *testing.T) { checkScaled(t, all["scaled"]) })
	t.Run("custom CRS", func(t *testing.T) {
		h := open(t, all["custom-crs"]).Header()
		if h.Spec.CRS != "" || h.Citation != "Own grid" {
			t.Errorf("CRS %q, citation %q", h.Spec.CRS, h.Citation)
		}
	})
	if h := open(t, all["overviews"]).Header(); h.Pages != 1 || !h.Mask || h.BandNames[0] != "band 1" {
		t.Errorf("overviews: %+v", h)
	}
}

func open(t *testing.T, v variant) *File {
	t.Helper()
	f, err := openBytes(v.bytes(t, ".tif"))
	if err != nil {
		t.Fatalf("%s: %v", v.Name, err)
	}
	return f
}

func read(t *testing.T, f *File) []float32 {
	t.Helper()
	got, err := f.ReadBand(context.Background(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// checkSouthUp: the file's first row is its southernmost; ours is its last.
func checkSouthUp(t *testing.T, v variant) {
	f := open(t, v)
	if s := f.Header().Spec; s.Y0 != 31+0.25*float64(v.Rows) || s.DY != 0.25 {
		t.Errorf("grid %+v", s)
	}
	want := v.want(t)[0]
	var turned []float32
	for y := v.Rows - 1; y >= 0; y-- {
		turned = append(turned, want[y*v.Cols:(y+1)*v.Cols]...)
	}
	if d := diff(read(t, f), turned); d != "" {
		t.Error(d)
	}
}

func checkScaled(t *testing.T, v variant) {
	want := v.want(t)[0]
	for i := range want {
		want[i] = want[i]*0.25 - 3
	}
	if d := diff(read(t, open(t, v)), want); d != "" {
		t.Error(d)
	}
}

func wantKey(t *testing.T, what string, err error, key string) {
	t.Helper()
	e := asError(err)
	if e == nil || e.Key != key {
		t.Errorf("%s: error %v, want %s", what, err, key)
		return
	}
	for _, lang := range []string{"zh", "en"} {
		if text := coverage.Explain(err, lang); text == "" || bytes.ContainsAny([]byte(text), "{}") {
			t.Errorf("%s: message %q", what, text)
		}
	}
}
