package raster

import (
	"encoding/binary"
	"math"
	"sort"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
)

// outTag is a tag to be written, its values as bytes.
type outTag struct {
	id, typ uint16
	count   uint32
	value   []byte
}

func shorts(id uint16, values ...uint16) outTag {
	t := outTag{id: id, typ: 3, count: uint32(len(values))}
	for _, v := range values {
		t.value = binary.LittleEndian.AppendUint16(t.value, v)
	}
	return t
}

func longs(id uint16, values ...uint32) outTag {
	t := outTag{id: id, typ: 4, count: uint32(len(values))}
	for _, v := range values {
		t.value = binary.LittleEndian.AppendUint32(t.value, v)
	}
	return t
}

func doubles(id uint16, values ...float64) outTag {
	t := outTag{id: id, typ: 12, count: uint32(len(values))}
	for _, v := range values {
		t.value = binary.LittleEndian.AppendUint64(t.value, math.Float64bits(v))
	}
	return t
}

func ascii(id uint16, text string) outTag {
	return outTag{id: id, typ: 2, count: uint32(len(text) + 1), value: append([]byte(text), 0)}
}

// header makes everything before the first tile: file header, directory, and
// the values that do not fit into it. Its length does not depend on where the
// tiles stand, so it is made twice.
func (t tiffOut) header(tiles [][]byte) ([]byte, error) {
	offsets, counts := make([]uint32, len(tiles)), make([]uint32, len(tiles))
	at := uint64(len(t.encode(offsets, counts)))
	for i, tile := range tiles {
		offsets[i], counts[i] = uint32(at), uint32(len(tile))
		at += uint64(len(tile))
	}
	if at > math.MaxUint32 {
		return nil, unsupported("raster.write_large", coverage.Args{})
	}
	return t.encode(offsets, counts), nil
}

func (t tiffOut) tags(offsets, counts []uint32) []outTag {
	s := t.spec
	tags := []outTag{
		longs(tagWidth, uint32(s.Cols)), longs(tagHeight, uint32(s.Rows)),
		shorts(tagBits, 32), shorts(tagCompression, 8), shorts(262, 1), // photometric: min is black
		shorts(tagSamples, 1), shorts(tagPlanar, 1),
		shorts(tagTileWidth, tileSide), shorts(tagTileHeight, tileSide),
		longs(tagTileOffsets, offsets...), longs(tagTileCounts, counts...),
		shorts(tagSampleFormat, t.format),
		doubles(tagPixelScale, s.DX, s.DY, 0), doubles(tagTiepoint, 0, 0, 0, s.X0, s.Y0, 0),
		ascii(tagGDALNoData, t.noData),
	}
	tags = append(tags, geoTags(s)...)
	sort.Slice(tags, func(i, j int) bool { return tags[i].id < tags[j].id })
	return tags
}

func (t tiffOut) encode(offsets, counts []uint32) []byte {
	tags := t.tags(offsets, counts)
	le := binary.LittleEndian
	head := append([]byte("II*\x00"), 8, 0, 0, 0)
	head = le.AppendUint16(head, uint16(len(tags)))
	restAt := len(head) + 12*len(tags) + 4
	var rest []byte
	for _, tag := range tags {
		head = le.AppendUint16(head, tag.id)
		head = le.AppendUint16(head, tag.typ)
		head = le.AppendUint32(head, tag.count)
		if len(tag.value) <= 4 {
			head = append(head, append(tag.value, 0, 0, 0, 0)[:4]...)
			continue
		}
		head = le.AppendUint32(head, uint32(restAt+len(rest)))
		rest = append(rest, tag.value...)
		rest = append(rest, make([]byte, len(rest)%2)...) // values start at even offsets
	}
	return append(le.AppendUint32(head, 0), rest...)
}

// geoTags names the CRS: by its code when it is an EPSG one, else by its name
// alone.
func geoTags(s grid.Spec) []outTag {
	code, _ := strconv.ParseUint(strings.TrimPrefix(s.CRS, "EPSG:"), 10, 15)
	if code < firstEPSG {
		code = codeUserDefined
	}
	model, key := uint16(modelProjected), uint16(keyProjected)
	if geographic(int(code), s) {
		model, key = modelGeographic, keyGeographic
	}
	if s.CRS == "" {
		return []outTag{shorts(tagGeoKeys, 1, 1, 0, 1, keyRasterType, 0, 1, 1)}
	}
	dir := []uint16{1, 1, 0, 3, keyModelType, 0, 1, model, keyRasterType, 0, 1, 1, key, 0, 1, uint16(code)}
	if code != codeUserDefined {
		return []outTag{shorts(tagGeoKeys, dir...)}
	}
	text := strings.Map(printable, s.CRS) + "|"
	dir[3] = 4
	citation := []uint16{keyCitation, tagGeoASCII, uint16(len(text)), 0}
	if model == modelGeographic {
		citation[0] = keyGeogCitation
		dir = append(dir, citation...) // keys stand in rising order
	} else {
		dir = append(dir[:12:12], append(citation, dir[12:]...)...)
	}
	return []outTag{shorts(tagGeoKeys, dir...), ascii(tagGeoASCII, text)}
}

func printable(r rune) rune {
	if r < ' ' || r > '~' || r == '|' {
		return '?'
	}
	return r
}

// geographic tells degrees from metres. EPSG keeps geographic systems among
// 4001 to 4999, with projected ones between them (CGCS2000 zones 4491-4554);
// in metres no real grid fits into 360 x 90 about the origin.
func geographic(code int, s grid.Spec) bool {
	inRange := code > 4000 && code < 5000 || code == codeUserDefined
	x1, y1 := s.X0+s.DX*float64(s.Cols), s.Y0-s.DY*float64(s.Rows)
	return inRange && s.X0 >= -360.001 && x1 <= 540.001 && s.Y0 <= 90.001 && y1 >= -90.001
}

// formatNoData writes a number as GDAL does.
func formatNoData(v float64) string {
	switch {
	case math.IsNaN(v):
		return "nan"
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
