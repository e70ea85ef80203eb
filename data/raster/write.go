package raster

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"runtime"
	"strconv"

	"lifecircle/coverage"
	"lifecircle/geo/grid"

	"github.com/klauspost/compress/zlib"
	"golang.org/x/sync/errgroup"
)

// WriteGeoTIFF writes a grid of float32 as a GeoTIFF that QGIS, ArcGIS and GDAL
// read: little-endian, tiles of 256 x 256 cells, Deflate, EPSG code when
// spec.CRS is one. NaN cells are written as noData (which may be NaN). The same
// input gives the same bytes. It holds the compressed file in memory.
func WriteGeoTIFF(w io.Writer, spec grid.Spec, data []float32, noData float32) error {
	put := func(b []byte, cell int) {
		v := data[cell]
		if v != v {
			v = noData
		}
		binary.LittleEndian.PutUint32(b, math.Float32bits(v))
	}
	empty := math.Float32bits(noData)
	return writeTIFF(w, tiffOut{spec: spec, format: 3, noData: formatNoData(float64(noData)), empty: empty, put: put}, len(data))
}

// WriteGeoTIFFInt32 is [WriteGeoTIFF] for whole numbers.
func WriteGeoTIFFInt32(w io.Writer, spec grid.Spec, data []int32, noData int32) error {
	put := func(b []byte, cell int) { binary.LittleEndian.PutUint32(b, uint32(data[cell])) }
	return writeTIFF(w, tiffOut{
		spec: spec, format: 2, noData: strconv.Itoa(int(noData)), empty: uint32(noData), put: put,
	}, len(data))
}

// tiffOut is what is to be written: cells of 32 bits.
type tiffOut struct {
	spec   grid.Spec
	format uint16 // SampleFormat
	noData string
	empty  uint32 // bits of the cells that pad the last tiles
	put    func(b []byte, cell int)
}

const tileSide = 256

func writeTIFF(w io.Writer, t tiffOut, values int) error {
	s := t.spec
	if s.IsZero() || s.Cols < 0 || s.Rows < 0 || int64(values) != s.Cells() {
		return &coverage.Error{Code: coverage.Invalid, Key: "raster.write_size", Args: coverage.Args{
			"values": values, "cols": s.Cols, "rows": s.Rows,
		}}
	}
	tiles, err := t.compress()
	if err != nil {
		return err
	}
	head, err := t.header(tiles)
	if err != nil {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	for _, tile := range tiles {
		if _, err := w.Write(tile); err != nil {
			return err
		}
	}
	return nil
}

// compress makes every tile, tile i in slot i.
func (t tiffOut) compress() ([][]byte, error) {
	across := (int(t.spec.Cols) + tileSide - 1) / tileSide
	down := (int(t.spec.Rows) + tileSide - 1) / tileSide
	tiles := make([][]byte, across*down)
	var group errgroup.Group
	workers := min(runtime.GOMAXPROCS(0), len(tiles))
	for first := range workers {
		group.Go(func() error {
			raw := make([]byte, tileSide*tileSide*4)
			z, err := zlib.NewWriterLevel(nil, 6)
			if err != nil {
				return err
			}
			for i := first; i < len(tiles); i += workers {
				t.fill(raw, i%across*tileSide, i/across*tileSide)
				if tiles[i], err = deflate(z, raw); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return tiles, group.Wait()
}

// fill puts the cells of the tile at (x0, y0) into raw.
func (t tiffOut) fill(raw []byte, x0, y0 int) {
	cols, rows := int(t.spec.Cols), int(t.spec.Rows)
	for i := range tileSide * tileSide {
		x, y := x0+i%tileSide, y0+i/tileSide
		if x >= cols || y >= rows {
			binary.LittleEndian.PutUint32(raw[i*4:], t.empty)
			continue
		}
		t.put(raw[i*4:], y*cols+x)
	}
}

func deflate(z *zlib.Writer, raw []byte) ([]byte, error) {
	var out bytes.Buffer
	z.Reset(&out)
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	err := z.Close()
	return bytes.Clone(out.Bytes()), err
}
