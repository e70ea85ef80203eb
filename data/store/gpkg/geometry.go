package gpkg

import (
	"encoding/binary"
	"math"

	"lifecircle/data/gpkgblob"

	"github.com/paulmach/orb"
)

const srsID = 4326

const (
	headerLen = 8
	pointLen  = headerLen + 1 + 4 + 16
)

// appendBlob writes g as a GeoPackage blob to b. Points, the outlines of cells
// and roads, of which there are millions, are written here, the latter two
// without the envelope that the R-tree holds anyway; all else by package
// gpkgblob.
func appendBlob(b []byte, g orb.Geometry) ([]byte, error) {
	switch g := g.(type) {
	case orb.Point:
		return appendPoints(appendHead(b, 1), g), nil
	case orb.LineString:
		if len(g) > 0 {
			b = appendHead(b, 2)
			b = binary.LittleEndian.AppendUint32(b, uint32(len(g)))
			return appendPoints(b, g...), nil
		}
	case orb.Polygon:
		if len(g) == 1 && len(g[0]) > 0 {
			b = appendHead(b, 3)
			b = binary.LittleEndian.AppendUint32(b, 1)
			b = binary.LittleEndian.AppendUint32(b, uint32(len(g[0])))
			return appendPoints(b, g[0]...), nil
		}
	}
	blob, err := gpkgblob.Encode(g, srsID)
	return append(b, blob...), err
}

// appendHead writes a header without envelope and the start of well-known
// binary of a type.
func appendHead(b []byte, kind uint32) []byte {
	b = append(b, 'G', 'P', 0, 1)
	b = binary.LittleEndian.AppendUint32(b, srsID)
	b = append(b, 1)
	return binary.LittleEndian.AppendUint32(b, kind)
}

func appendPoints(b []byte, ps ...orb.Point) []byte {
	for _, p := range ps {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[0]))
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[1]))
	}
	return b
}

// decode reads a blob; no blob is no geometry.
func decode(v any) (orb.Geometry, error) {
	b, ok := v.([]byte)
	if !ok || len(b) == 0 {
		return nil, nil
	}
	if len(b) == pointLen && string(b[:4]) == "GP\x00\x01" && b[8] == 1 && binary.LittleEndian.Uint32(b[9:]) == 1 {
		p := orb.Point{
			math.Float64frombits(binary.LittleEndian.Uint64(b[13:])),
			math.Float64frombits(binary.LittleEndian.Uint64(b[21:])),
		}
		if !math.IsNaN(p[0]-p[0]) && !math.IsNaN(p[1]-p[1]) {
			return p, nil
		}
	}
	g, _, _, err := gpkgblob.Decode(b)
	return g, err
}
