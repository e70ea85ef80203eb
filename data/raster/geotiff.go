package raster

import (
	"encoding/binary"
	"io"

	"lifecircle/coverage"
)

// OpenGeoTIFF opens a GeoTIFF of size bytes and checks its header.
func OpenGeoTIFF(r io.ReaderAt, size int64) (*File, error) {
	return openGeoTIFF(r, size, Limits{})
}

func openGeoTIFF(r io.ReaderAt, size int64, limits Limits) (*File, error) {
	src, first, err := readHeader(r, size)
	if err != nil {
		return nil, err
	}
	dir, pages, err := src.fullResolution(first)
	if err != nil {
		return nil, err
	}
	img, err := readLayout(dir, limits.withDefaults())
	if err != nil {
		return nil, err
	}
	head, err := readHead(dir, img)
	if err != nil {
		return nil, err
	}
	head.Pages = pages
	return &File{head: head, read: img.readBand}, nil
}

// readHeader reads the first 8 or 16 bytes: byte order, version, first IFD.
func readHeader(r io.ReaderAt, size int64) (*source, uint64, error) {
	src := &source{r: r, size: max(size, 0), order: binary.LittleEndian}
	b, err := src.bytesAt(0, 8)
	if err != nil {
		return nil, 0, err
	}
	if !isTIFF(b) {
		return nil, 0, unsupported("raster.format", coverage.Args{})
	}
	if b[0] == 'M' {
		src.order = binary.BigEndian
	}
	switch version := src.order.Uint16(b[2:]); version {
	case 42:
		return src, src.number(b[4:8]), nil
	case 43:
		src.big = true
	default:
		return nil, 0, corrupt("version")
	}
	if b, err = src.bytesAt(0, 16); err != nil {
		return nil, 0, err
	}
	if src.order.Uint16(b[4:]) != 8 {
		return nil, 0, corrupt("BigTIFF offset size")
	}
	return src, src.number(b[8:16]), nil
}

// maxPages ends the walk along a chain of directories.
const maxPages = 4096

// fullResolution returns the first directory that is neither an overview nor a
// mask, and how many of that sort there are.
func (s *source) fullResolution(at uint64) (*directory, int, error) {
	var found *directory
	pages, seen := 0, map[uint64]bool{}
	for at != 0 {
		if seen[at] || len(seen) == maxPages {
			return nil, 0, corrupt("IFD chain")
		}
		seen[at] = true
		dir, err := s.readDirectory(at)
		if err != nil {
			return nil, 0, err
		}
		kind, err := dir.uint(tagSubfileType, 0)
		if err != nil {
			return nil, 0, err
		}
		if kind&(1|4) == 0 {
			pages++
			if found == nil {
				found = dir
			}
		}
		at = dir.next
	}
	if found == nil {
		return nil, 0, corrupt("IFD")
	}
	return found, pages, nil
}

// readHead gathers what the tags say beside the pixels.
func readHead(dir *directory, img *layout) (Header, error) {
	h := Header{
		Format: "GeoTIFF", Cols: int32(img.cols), Rows: int32(img.rows), Bands: img.samples,
		Type: img.typ, BandNames: make([]string, img.samples),
	}
	keys, err := readGeoKeys(dir)
	if err != nil {
		return h, err
	}
	h.Citation = keys.citation()
	if h.Spec, img.southUp, err = readPosition(dir, keys, img.cols, img.rows); err != nil {
		return h, err
	}
	h.Spec.CRS = keys.crs()
	if h.NoData, h.HasNoData, err = readNoData(dir); err != nil {
		return h, err
	}
	img.meaning = meaning{typ: img.typ, noData: h.NoData, hasNoData: h.HasNoData, scale: make([]linear, img.samples)}
	return h, readMetadata(dir, h.BandNames, img.meaning.scale)
}
