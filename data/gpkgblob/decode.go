package gpkgblob

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/twpayne/go-geom"
	"github.com/twpayne/go-geom/encoding/ewkb"
	"github.com/twpayne/go-geom/encoding/wkb"
	"github.com/twpayne/go-geom/encoding/wkbcommon"
)

var (
	// ErrCorrupt is wrapped by the errors about bytes that are no blob, or not a
	// whole one.
	ErrCorrupt = errors.New("corrupt geometry")
	// ErrUnsupported is wrapped by the errors about geometries that are rightly
	// written but that this program cannot use: curves, surfaces, extensions.
	ErrUnsupported = errors.New("unsupported geometry")
)

// Dropped says what [Decode] left out. The zero value is nothing.
type Dropped struct {
	ZM bool // Z or M values, or both
}

// Decode reads a GeoPackage geometry blob in either byte order with any kind of
// envelope (which is skipped, not believed). An empty point is returned as nil,
// any other empty geometry as an empty one. Errors wrap [ErrCorrupt] or
// [ErrUnsupported].
func Decode(b []byte) (g orb.Geometry, srsID int32, dropped Dropped, err error) {
	if len(b) < headerLen || b[0] != 'G' || b[1] != 'P' {
		return nil, 0, dropped, fmt.Errorf("gpkgblob: %w: no GP header", ErrCorrupt)
	}
	flags := b[3]
	if b[2] != 0 || flags&flagExtended != 0 {
		return nil, 0, dropped, fmt.Errorf("gpkgblob: %w: version %d, flags %#x", ErrUnsupported, b[2], flags)
	}
	var order binary.ByteOrder = binary.BigEndian
	if flags&flagLittle != 0 {
		order = binary.LittleEndian
	}
	srsID = int32(order.Uint32(b[4:]))
	kind := int(flags&flagEnvelope) >> 1
	sizes := [...]int{0, 32, 48, 48, 64}
	if kind >= len(sizes) || len(b) < headerLen+sizes[kind] {
		return nil, 0, dropped, fmt.Errorf("gpkgblob: %w: envelope", ErrCorrupt)
	}
	g, dropped.ZM, err = DecodeWKB(b[headerLen+sizes[kind]:])
	return g, srsID, dropped, err
}

// DecodeWKB reads well-known binary, ISO or extended (PostGIS), in either byte
// order, as [Decode] does. The bytes must hold one geometry and no more.
func DecodeWKB(b []byte) (g orb.Geometry, zmDropped bool, err error) {
	extended, err := check(b)
	if err != nil {
		return nil, false, err
	}
	t, err := unmarshal(b, extended)
	if err != nil {
		return nil, false, fmt.Errorf("gpkgblob: %w: %w", ErrCorrupt, err)
	}
	return FromGeom(t)
}

func unmarshal(b []byte, extended bool) (geom.T, error) {
	if extended {
		return ewkb.Unmarshal(b)
	}
	return wkb.Unmarshal(b, wkbcommon.WKBOptionEmptyPointHandling(wkbcommon.EmptyPointHandlingNaN))
}
