package raster

import (
	"encoding/binary"
	"io"
	"math"
	"strings"
)

// The tags that are read.
const (
	tagSubfileType    = 254
	tagWidth          = 256
	tagHeight         = 257
	tagBits           = 258
	tagCompression    = 259
	tagFillOrder      = 266
	tagStripOffsets   = 273
	tagOrientation    = 274
	tagSamples        = 277
	tagRowsPerStrip   = 278
	tagStripCounts    = 279
	tagPlanar         = 284
	tagPredictor      = 317
	tagTileWidth      = 322
	tagTileHeight     = 323
	tagTileOffsets    = 324
	tagTileCounts     = 325
	tagSampleFormat   = 339
	tagPixelScale     = 33550
	tagTiepoint       = 33922
	tagTransformation = 34264
	tagGeoKeys        = 34735
	tagGeoDoubles     = 34736
	tagGeoASCII       = 34737
	tagGDALMetadata   = 42112
	tagGDALNoData     = 42113
)

// source reads numbers of a TIFF file, never beyond its end.
type source struct {
	r     io.ReaderAt
	size  int64
	order binary.ByteOrder
	big   bool // BigTIFF
}

// bytesAt returns n bytes from off. Nothing is allocated for bytes that the
// file does not have.
func (s *source) bytesAt(off, n uint64) ([]byte, error) {
	if off > uint64(s.size) || n > uint64(s.size)-off {
		return nil, truncated()
	}
	b := make([]byte, n)
	if got, err := s.r.ReadAt(b, int64(off)); got < len(b) {
		return nil, readFault(err, "file")
	}
	return b, nil
}

// entry is a tag: where its values stand, or the values themselves when short.
type entry struct {
	typ    uint16
	count  uint64
	inline []byte
}

// directory is an IFD: the tags of one image.
type directory struct {
	src  *source
	tags map[uint16]entry
	next uint64 // offset of the next directory, 0 none
}

// maxTags is far above what any program writes into a directory.
const maxTags = 4096

// readDirectory reads the IFD at off.
func (s *source) readDirectory(off uint64) (*directory, error) {
	countLen, entryLen, nextLen := uint64(2), uint64(12), uint64(4)
	if s.big {
		countLen, entryLen, nextLen = 8, 20, 8
	}
	b, err := s.bytesAt(off, countLen)
	if err != nil {
		return nil, err
	}
	n := s.number(b)
	if n == 0 || n > maxTags {
		return nil, corrupt("IFD")
	}
	b, err = s.bytesAt(off+countLen, n*entryLen+nextLen)
	if err != nil {
		return nil, err
	}
	d := &directory{src: s, tags: make(map[uint16]entry, n), next: s.number(b[n*entryLen:])}
	for i := range n {
		d.add(b[i*entryLen : (i+1)*entryLen])
	}
	return d, nil
}

// add keeps an entry; of a repeated tag the first one counts.
func (d *directory) add(b []byte) {
	tag := d.src.order.Uint16(b)
	if _, twice := d.tags[tag]; twice {
		return
	}
	valueAt := 8
	if d.src.big {
		valueAt = 12
	}
	d.tags[tag] = entry{
		typ: d.src.order.Uint16(b[2:]), count: d.src.number(b[4:valueAt]), inline: b[valueAt:],
	}
}

// number reads an unsigned integer as long as b.
func (s *source) number(b []byte) uint64 {
	switch len(b) {
	case 1:
		return uint64(b[0])
	case 2:
		return uint64(s.order.Uint16(b))
	case 4:
		return uint64(s.order.Uint32(b))
	}
	return s.order.Uint64(b)
}

// typeSize is the length of a TIFF field type, 0 for unknown ones.
func typeSize(typ uint16) uint64 {
	switch typ {
	case 1, 2, 6, 7:
		return 1
	case 3, 8:
		return 2
	case 4, 9, 11, 13:
		return 4
	case 5, 10, 12, 16, 17, 18:
		return 8
	}
	return 0
}

// raw returns the bytes of a tag and the size of one value, nil when the tag is
// absent. More than limit values are a fault.
func (d *directory) raw(tag uint16, limit uint64) ([]byte, uint64, error) {
	e, ok := d.tags[tag]
	if !ok || e.count == 0 {
		return nil, 0, nil
	}
	size := typeSize(e.typ)
	if size == 0 || e.count > limit || e.count > uint64(d.src.size) {
		return nil, 0, corrupt(tagName(tag))
	}
	if n := size * e.count; n <= uint64(len(e.inline)) {
		return e.inline[:n], size, nil
	}
	b, err := d.src.bytesAt(d.src.number(e.inline), size*e.count)
	return b, size, err
}

// uints returns the values of a tag of unsigned integers.
func (d *directory) uints(tag uint16, limit uint64) ([]uint64, error) {
	b, size, err := d.raw(tag, limit)
	if err != nil || b == nil {
		return nil, err
	}
	switch d.tags[tag].typ {
	case 1, 3, 4, 13, 16, 18:
	default:
		return nil, corrupt(tagName(tag))
	}
	values := make([]uint64, uint64(len(b))/size)
	for i := range values {
		values[i] = d.src.number(b[uint64(i)*size : uint64(i+1)*size])
	}
	return values, nil
}

// uint returns the first value of a tag, or preset when it is absent.
func (d *directory) uint(tag uint16, preset uint64) (uint64, error) {
	values, err := d.uints(tag, 1<<16)
	if err != nil || len(values) == 0 {
		return preset, err
	}
	return values[0], nil
}

// floats returns the values of a tag of doubles.
func (d *directory) floats(tag uint16, limit uint64) ([]float64, error) {
	b, size, err := d.raw(tag, limit)
	if err != nil || b == nil {
		return nil, err
	}
	if d.tags[tag].typ != 12 {
		return nil, corrupt(tagName(tag))
	}
	values := make([]float64, uint64(len(b))/size)
	for i := range values {
		values[i] = math.Float64frombits(d.src.number(b[i*8 : i*8+8]))
	}
	return values, nil
}

// text returns a text tag without its closing NUL.
func (d *directory) text(tag uint16, limit uint64) (string, error) {
	b, size, err := d.raw(tag, limit)
	if err != nil || size != 1 {
		return "", err
	}
	return strings.TrimRight(string(b), "\x00"), nil
}
