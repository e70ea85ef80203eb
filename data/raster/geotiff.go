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
	chain, err := src.walk(first)
	if err != nil {
		return nil, err
	}
	dir := chain.image
	img, err := readLayout(dir, limits.withDefaults())
	if err != nil {
		return nil, err
	}
	head, err := readHead(dir, img)
	if err != nil {
		return nil, err
	}
	head.Pages, head.Mask = chain.pages, chain.mask
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

// directories is what a chain of IFDs holds.
type directories struct {
	image *directory // the first that is neither an overview nor a mask
	pages int        // how many of that sort there are
	mask  bool       // whether one is a mask
}

// walk follows the chain of directories from the first one.
func (s *source) walk(at uint64) (directories, error) {
	var found directories
	seen := map[uint64]bool{}
	for at != 0 {
		if seen[at] || len(seen) == maxPages {
			return found, corrupt("IFD chain")
		}
		seen[at] = true
		dir, err := s.readDirectory(at)
		if err != nil {
			return found, err
		}
		kind, err := dir.uint(tagSubfileType, 0)
		if err != nil {
			return found, err
		}
		found.add(dir, kind)
		at = dir.next
	}
	if found.image == nil {
		return found, corrupt("IFD")
	}
	return found, nil
}

// add takes a directory by its NewSubfileType: bit 0 overview, bit 2 mask.
func (d *directories) add(dir *directory, kind uint64) {
	switch {
	case kind&4 != 0:
		d.mask = true
	case kind&1 == 0:
		d.pages++
		if d.image == nil {
			d.image = dir
		}
	}
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
