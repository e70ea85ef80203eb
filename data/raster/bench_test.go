package raster

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"testing"

	"lifecircle/geo/grid"

	"github.com/klauspost/compress/zlib"
)

var benchSpec = grid.Spec{CRS: "EPSG:4326", X0: 100, Y0: 40, DX: 0.001, DY: 0.001, Cols: 4000, Rows: 3000}

// stripFile writes data as strips of rows rows, compressed with predictor
// (0: neither), by straight loops.
func stripFile(tb testing.TB, s grid.Spec, data []float32, rows, predictor int) []byte {
	tb.Helper()
	var offsets, counts []uint32
	body := bytes.NewBuffer(make([]byte, 8))
	for y := 0; y < int(s.Rows); y += rows {
		part := data[y*int(s.Cols) : min(y+rows, int(s.Rows))*int(s.Cols)]
		strip := packStrip(tb, part, int(s.Cols), predictor)
		offsets, counts = append(offsets, uint32(body.Len())), append(counts, uint32(len(strip)))
		body.Write(strip)
	}
	compression, tagged := uint16(8), uint16(predictor)
	if predictor == 0 {
		compression, tagged = 1, 1
	}
	tags := []outTag{
		longs(tagWidth, uint32(s.Cols)), longs(tagHeight, uint32(s.Rows)), shorts(tagBits, 32), shorts(tagCompression, compression),
		longs(tagStripOffsets, offsets...), longs(tagRowsPerStrip, uint32(rows)), longs(tagStripCounts, counts...),
		shorts(tagPredictor, tagged), shorts(tagSampleFormat, 3),
		doubles(tagPixelScale, s.DX, s.DY, 0), doubles(tagTiepoint, 0, 0, 0, s.X0, s.Y0, 0), ascii(tagGDALNoData, "-99999"),
	}
	out := body.Bytes()
	copy(out, "II*\x00")
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)))
	return appendDirectory(out, tags)
}

// appendDirectory puts an IFD behind the strips.
func appendDirectory(out []byte, tags []outTag) []byte {
	le := binary.LittleEndian
	rest, restAt := []byte(nil), len(out)+2+12*len(tags)+4
	out = le.AppendUint16(out, uint16(len(tags)))
	for _, tag := range tags {
		out = le.AppendUint32(le.AppendUint16(le.AppendUint16(out, tag.id), tag.typ), tag.count)
		if len(tag.value) <= 4 {
			out = append(out, append(tag.value, 0, 0, 0, 0)[:4]...)
			continue
		}
		out = le.AppendUint32(out, uint32(restAt+len(rest)))
		rest = append(rest, tag.value...)
	}
	return append(le.AppendUint32(out, 0), rest...)
}

func packStrip(tb testing.TB, part []float32, cols, predictor int) []byte {
	tb.Helper()
	raw := make([]byte, 4*len(part))
	for i, v := range part {
		bits := math.Float32bits(v)
		at := i % cols
		switch {
		case predictor == 2 && at > 0:
			bits -= math.Float32bits(part[i-1])
			fallthrough
		case predictor != 3:
			binary.LittleEndian.PutUint32(raw[4*i:], bits)
		default:
			for k := range 4 {
				raw[4*(i-at)+k*cols+at] = byte(bits >> (24 - 8*k))
			}
		}
	}
	if predictor == 0 {
		return raw
	}
	for row := 0; predictor == 3 && row < len(raw); row += 4 * cols {
		for i := row + 4*cols - 1; i > row; i-- {
			raw[i] -= raw[i-1]
		}
	}
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	if _, err := z.Write(raw); err != nil {
		tb.Fatal(err)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// TestStripFile holds the encoder of the benchmarks to the reader.
func TestStripFile(t *testing.T) {
	s := grid.Spec{X0: 1, Y0: 2, DX: 1, DY: 1, Cols: 61, Rows: 47}
	data := people(int(s.Cells()))
	for _, predictor := range []int{0, 1, 2, 3} {
		f, err := openBytes(stripFile(t, s, data, 10, predictor))
		if err != nil {
			t.Fatal(err)
		}
		if d := diff(read(t, f), data); d != "" {
			t.Errorf("predictor %d: %s", predictor, d)
		}
	}
}

// BenchmarkRead reads 12 million float32 cells.
func BenchmarkRead(b *testing.B) {
	data := people(int(benchSpec.Cells()))
	var tiled bytes.Buffer
	if err := WriteGeoTIFF(&tiled, benchSpec, data, -99999); err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name string
		file []byte
	}{
		{"none", stripFile(b, benchSpec, data, 8, 0)},
		{"none-one-strip", stripFile(b, benchSpec, data, 3000, 0)},
		{"deflate-tiles", tiled.Bytes()},
		{"deflate-predictor2", stripFile(b, benchSpec, data, 8, 2)},
		{"deflate-predictor3", stripFile(b, benchSpec, data, 8, 3)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(benchSpec.Cells() * 4)
			for b.Loop() {
				f, err := openBytes(c.file)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := f.ReadBand(context.Background(), 0, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkWrite writes 12 million float32 cells.
func BenchmarkWrite(b *testing.B) {
	data := people(int(benchSpec.Cells()))
	b.SetBytes(benchSpec.Cells() * 4)
	for b.Loop() {
		var out bytes.Buffer
		if err := WriteGeoTIFF(&out, benchSpec, data, -99999); err != nil {
			b.Fatal(err)
		}
	}
}
