package raster

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"
	"runtime"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/grid"

	"pgregory.net/rapid"
)

func asError(err error) *coverage.Error {
	var e *coverage.Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

func writeBytes(t testing.TB, spec grid.Spec, data []float32, noData float32) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WriteGeoTIFF(&b, spec, data, noData); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestRoundTrip writes any grid and reads the same back.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		spec := grid.Spec{
			CRS: rapid.SampledFrom([]string{"EPSG:4326", "EPSG:4490", "EPSG:4547", "EPSG:32651", ""}).Draw(rt, "crs"),
			X0:  rapid.Float64Range(-180, 179).Draw(rt, "x"), Y0: rapid.Float64Range(-80, 90).Draw(rt, "y"),
			DX: rapid.Float64Range(1e-6, 1e-3).Draw(rt, "dx"), DY: rapid.Float64Range(1e-6, 1e-3).Draw(rt, "dy"),
			Cols: rapid.Int32Range(1, 600).Draw(rt, "cols"), Rows: rapid.Int32Range(1, 300).Draw(rt, "rows"),
		}
		data := make([]float32, spec.Cells())
		seed := rapid.Uint32().Draw(rt, "seed")
		for i := range data {
			seed = seed*1664525 + 1013904223
			data[i] = math.Float32frombits(seed)
			if data[i] == -99999 {
				data[i] = 0
			}
		}
		f, err := openBytes(writeBytes(t, spec, data, -99999))
		if err != nil {
			rt.Fatal(err)
		}
		if f.Header().Spec != spec {
			rt.Fatalf("grid %+v, want %+v", f.Header().Spec, spec)
		}
		got, err := f.ReadBand(context.Background(), 0, nil)
		if err != nil {
			rt.Fatal(err)
		}
		if d := diff(got, data); d != "" {
			rt.Fatal(d)
		}
	})
}

var tinySpec = grid.Spec{CRS: "EPSG:4326", X0: 122, Y0: 31, DX: 0.5, DY: 0.25, Cols: 3, Rows: 2}

func TestWriteInt32(t *testing.T) {
	var b bytes.Buffer
	if err := WriteGeoTIFFInt32(&b, tinySpec, []int32{-5, 0, 7, 1 << 24, -1, 9}, -1); err != nil {
		t.Fatal(err)
	}
	f, err := openBytes(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	nan := float32(math.NaN())
	if d := diff(read(t, f), []float32{-5, 0, 7, 1 << 24, nan, 9}); d != "" || f.Header().Type != Int32 {
		t.Error(d, f.Header().Type)
	}
	wantKey(t, "size", WriteGeoTIFF(io.Discard, tinySpec, nil, 0), "raster.write_size")
}

// TestSameBytes: neither writer nor reader depends on the number of cores.
func TestSameBytes(t *testing.T) {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 1, Y0: 2, DX: 0.001, DY: 0.001, Cols: 700, Rows: 900}
	data := people(int(spec.Cells()))
	var first []byte
	for _, n := range []int{1, 2, 7} {
		before := runtime.GOMAXPROCS(n)
		b := writeBytes(t, spec, data, -1)
		f, err := openBytes(b)
		if err != nil {
			t.Fatal(err)
		}
		d := diff(read(t, f), data)
		runtime.GOMAXPROCS(before)
		if d != "" {
			t.Error(d)
		}
		if first == nil {
			first = b
		}
		if !bytes.Equal(b, first) {
			t.Errorf("%d cores write other bytes", n)
		}
	}
}

// people is a column of plausible counts, many of them 0.
func people(n int) []float32 {
	data, seed := make([]float32, n), uint32(1)
	for i := range data {
		seed = seed*1664525 + 1013904223
		if seed>>28 > 9 {
			data[i] = float32(seed>>8&0xffff) / 977
		}
	}
	return data
}

func TestCancel(t *testing.T) {
	f, err := openBytes(writeBytes(t, tinySpec, make([]float32, 6), 0))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := f.ReadBand(ctx, 0, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	_, err = f.ReadBand(context.Background(), 1, nil)
	wantKey(t, "band", err, "raster.band")
}

// TestTruncated cuts a file at every length: an error, or the right values.
func TestTruncated(t *testing.T) {
	for _, v := range readVariants(t, "testdata/small") {
		whole := v.bytes(t, ".tif")
		for n := range whole {
			f, err := openBytes(whole[:n])
			if err == nil {
				var got []float32
				got, err = f.ReadBand(context.Background(), 0, nil)
				if err == nil && diff(got, v.want(t)[0]) == "" {
					continue
				}
			}
			if e := asError(err); e == nil || e.Code == coverage.Internal {
				t.Fatalf("%s cut to %d of %d bytes: %v", v.Name, n, len(whole), err)
			}
		}
	}
}

// TestChecksum: a flipped bit in deflated cells is told.
func TestChecksum(t *testing.T) {
	spec := grid.Spec{X0: 1, Y0: 2, DX: 1, DY: 1, Cols: 100, Rows: 50}
	b := writeBytes(t, spec, people(5000), -1)
	b[len(b)-1] ^= 1
	f, err := openBytes(b)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.ReadBand(context.Background(), 0, nil)
	wantKey(t, "checksum", err, "raster.corrupt")
}

// TestHostileSize: a few bytes that promise a huge grid take no memory.
func TestHostileSize(t *testing.T) {
	b := writeBytes(t, tinySpec, make([]float32, 6), 0)
	huge := func(tag uint16, v byte) []byte {
		c := bytes.Clone(b)
		for i := 10; i < len(c)-12; i += 12 {
			if c[i] == byte(tag) && c[i+1] == byte(tag>>8) {
				c[i+11] = v
				return c
			}
		}
		t.Fatal("no such tag")
		return nil
	}
	_, err := openBytes(huge(tagWidth, 0x7f))
	wantKey(t, "width", err, "raster.too_large")
	_, err = openBytes(huge(tagTileCounts, 0x7f))
	if err != nil { // the count of the only tile now passes the end of the file
		t.Fatal(err)
	}
	f, _ := openBytes(huge(tagTileCounts, 0x7f))
	_, err = f.ReadBand(context.Background(), 0, nil)
	wantKey(t, "count", err, "raster.truncated")
	_, err = OpenWithin("x", bytes.NewReader(b), int64(len(b)), Limits{MaxCells: 5})
	wantKey(t, "limit", err, "raster.too_large")
}

func TestPackBits(t *testing.T) {
	c := newCodec() // the example of TIFF 6.0, section 9
	r, err := c.open(32773, bytes.NewReader([]byte{
		0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA, 0x80, 0x03, 0x80, 0x00, 0x2A, 0x22, 0xF7, 0xAA,
	}))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	want := "\xAA\xAA\xAA\x80\x00\x2A\xAA\xAA\xAA\xAA\x80\x00\x2A\x22\xAA\xAA\xAA\xAA\xAA\xAA\xAA\xAA\xAA\xAA"
	if err != nil || string(got) != want {
		t.Errorf("% x, %v", got, err)
	}
}

func TestOpenOther(t *testing.T) {
	for text, key := range map[string]string{
		"": "raster.truncated", " \n": "raster.truncated", "PK\x03\x04....": "raster.format", "hello world": "raster.format",
		"II*\x00": "raster.truncated", "II\x07\x00\x08\x00\x00\x00": "raster.corrupt", "MM\x00\x2b\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10": "raster.corrupt",
	} {
		_, err := openBytes([]byte(text))
		wantKey(t, text, err, key)
		if err != nil && !strings.HasPrefix(err.Error(), "test: ") {
			t.Errorf("no name in %q", err)
		}
	}
}
