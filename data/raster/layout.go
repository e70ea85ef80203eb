package raster

import (
	"encoding/binary"
	"math"

	"lifecircle/coverage"
)

// layout says where the samples of an image stand in the file, and how they
// are packed.
type layout struct {
	src         *source
	cols, rows  int
	samples     int  // bands
	planar      bool // each band in segments of its own
	segW, segH  int  // size of a strip or tile
	across      int  // segments in a row of segments
	down        int
	tiled       bool
	offsets     []uint64
	counts      []uint64
	typ         SampleType
	compression uint64
	predictor   uint64
	southUp     bool
	meaning     meaning
}

func readLayout(dir *directory, limits Limits) (*layout, error) {
	l := &layout{src: dir.src}
	for _, step := range []func(*directory, Limits) error{l.readSize, l.readSamples, l.readPacking, l.readSegments} {
		if err := step(dir, limits); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// readSize reads the size of the image and refuses what no int32 cell number
// or no memory can hold.
func (l *layout) readSize(dir *directory, limits Limits) error {
	cols, err := dir.uint(tagWidth, 0)
	if err != nil {
		return err
	}
	rows, err := dir.uint(tagHeight, 0)
	if err != nil {
		return err
	}
	if err := checkSize(cols, rows, limits); err != nil {
		return err
	}
	l.cols, l.rows = int(cols), int(rows)
	return nil
}

// checkSize holds for every format.
func checkSize(cols, rows uint64, limits Limits) error {
	if cols == 0 || rows == 0 || cols > math.MaxInt32 || rows > math.MaxInt32 {
		return corrupt("size")
	}
	if limit := min(limits.MaxCells, math.MaxInt32); cols*rows > uint64(limit) {
		return unsupported("raster.too_large", coverage.Args{"cols": cols, "rows": rows, "limit": limit})
	}
	return nil
}

// readSamples reads how many numbers a cell has, and their type.
func (l *layout) readSamples(dir *directory, _ Limits) error {
	samples, err := dir.uint(tagSamples, 1)
	if err != nil {
		return err
	}
	if samples == 0 || samples > math.MaxUint16 {
		return corrupt(tagName(tagSamples))
	}
	bits, err := uniform(dir, tagBits, 1)
	if err != nil {
		return err
	}
	format, err := uniform(dir, tagSampleFormat, 1)
	if err != nil {
		return err
	}
	l.samples, l.typ = int(samples), sampleType(bits, format)
	if l.typ == UnknownType {
		return unsupported("raster.sample_type", coverage.Args{"bits": bits, "format": format})
	}
	return nil
}

// uniform returns the value of a tag that has one a band, all equal.
func uniform(dir *directory, tag uint16, preset uint64) (uint64, error) {
	values, err := dir.uints(tag, math.MaxUint16)
	if err != nil || len(values) == 0 {
		return preset, err
	}
	for _, v := range values {
		if v != values[0] {
			return 0, unsupported("raster.mixed_bands", coverage.Args{"tag": tagName(tag)})
		}
	}
	return values[0], nil
}

// readPacking reads compression, predictor and the order of bits and rows.
func (l *layout) readPacking(dir *directory, _ Limits) error {
	var planar, fill, orientation uint64
	for _, t := range []struct {
		tag    uint16
		preset uint64
		into   *uint64
	}{
		{tagCompression, 1, &l.compression},
		{tagPredictor, 1, &l.predictor},
		{tagPlanar, 1, &planar},
		{tagFillOrder, 1, &fill},
		{tagOrientation, 1, &orientation},
	} {
		v, err := dir.uint(t.tag, t.preset)
		if err != nil {
			return err
		}
		*t.into = v
	}
	l.planar = planar == 2 && l.samples > 1
	if planar < 1 || planar > 2 {
		return corrupt(tagName(tagPlanar))
	}
	if fill != 1 || orientation != 1 {
		return unsupported("raster.orientation", coverage.Args{"fill": fill, "orientation": orientation})
	}
	return l.checkPacking()
}

func (l *layout) checkPacking() error {
	c, ok := codecs[l.compression]
	if !ok {
		return unsupported("raster.compression", coverage.Args{"compression": compressionName(l.compression)})
	}
	if !c.predicts {
		l.predictor = 1
	}
	if l.predictor < 1 || l.predictor > 3 || l.predictor == 3 && l.typ < Float16 {
		return unsupported("raster.predictor", coverage.Args{"predictor": l.predictor, "type": l.typ.String()})
	}
	return nil
}

// readSegments reads where strips or tiles stand.
func (l *layout) readSegments(dir *directory, limits Limits) error {
	offsetTag, countTag, err := l.readSegmentSize(dir)
	if err != nil {
		return err
	}
	if int64(l.rowBytes()) > limits.MaxRowBytes {
		return unsupported("raster.too_large", coverage.Args{"cols": l.segW, "rows": l.segH, "limit": limits.MaxCells})
	}
	l.across = (l.cols + l.segW - 1) / l.segW
	l.down = (l.rows + l.segH - 1) / l.segH
	total := l.perPlane()
	if l.planar {
		total *= l.samples
	}
	if l.offsets, err = dir.uints(uint16(offsetTag), math.MaxUint64); err != nil {
		return err
	}
	if l.counts, err = dir.uints(uint16(countTag), math.MaxUint64); err != nil {
		return err
	}
	if len(l.offsets) < total {
		return corrupt(tagName(offsetTag))
	}
	if len(l.counts) == 0 && l.compression == 1 {
		l.countPlain(total)
	}
	if len(l.counts) < total {
		return corrupt(tagName(countTag))
	}
	return nil
}

// readSegmentSize reads the size of a strip or tile and says which tags place
// them.
func (l *layout) readSegmentSize(dir *directory) (offsets, counts uint16, err error) {
	_, l.tiled = dir.tags[tagTileWidth]
	if !l.tiled {
		rows, err := dir.uint(tagRowsPerStrip, math.MaxUint32)
		if rows == 0 {
			return 0, 0, corrupt(tagName(tagRowsPerStrip))
		}
		l.segW, l.segH = l.cols, int(min(rows, uint64(l.rows)))
		return tagStripOffsets, tagStripCounts, err
	}
	w, err := dir.uint(tagTileWidth, 0)
	if err != nil {
		return 0, 0, err
	}
	h, err := dir.uint(tagTileHeight, 0)
	if w == 0 || h == 0 || w > math.MaxInt32 || h > math.MaxInt32 {
		return 0, 0, corrupt(tagName(tagTileWidth))
	}
	l.segW, l.segH = int(w), int(h)
	return tagTileOffsets, tagTileCounts, err
}

// countPlain fills in the byte counts that old writers leave out of
// uncompressed files.
func (l *layout) countPlain(total int) {
	l.counts = make([]uint64, total)
	for i := range l.counts {
		rows := l.segH
		if !l.tiled {
			rows = l.place(i % l.perPlane()).h
		}
		l.counts[i] = uint64(rows) * uint64(l.rowBytes())
	}
}

func (l *layout) perPlane() int { return l.across * l.down }

// inSegment is how many samples a cell has within one segment.
func (l *layout) inSegment() int {
	if l.planar {
		return 1
	}
	return l.samples
}

// rowBytes is the decoded length of one row of a segment.
func (l *layout) rowBytes() int { return l.segW * l.inSegment() * l.typ.size() }

// place is the part of the image that a segment holds.
type place struct{ x, y, w, h int }

func (l *layout) place(i int) place {
	x, y := i%l.across*l.segW, i/l.across*l.segH
	return place{x, y, min(l.segW, l.cols-x), min(l.segH, l.rows-y)}
}

// segment is the number of band's i-th segment in the file's lists.
func (l *layout) segment(band, i int) int {
	if l.planar {
		return band*l.perPlane() + i
	}
	return i
}

// sparse reports whether a segment is left out of the file: no data there.
func (l *layout) sparse(seg int) bool { return l.offsets[seg] == 0 || l.counts[seg] == 0 }

// checkPlausible looks at all segments of a band before memory is taken for
// it: they lie inside the file, and no codec could squeeze their cells into
// fewer bytes than they have.
func (l *layout) checkPlausible(band int) error {
	ratio := codecs[l.compression].maxRatio
	for i := range l.perPlane() {
		seg := l.segment(band, i)
		if l.sparse(seg) {
			continue
		}
		off, n, size := l.offsets[seg], l.counts[seg], uint64(l.src.size)
		if off > size || n > size-off {
			return truncated()
		}
		need := uint64(l.place(i).h) * uint64(l.rowBytes())
		if n < need/ratio {
			return corrupt(tagName(tagStripCounts))
		}
	}
	return nil
}

func (l *layout) bigEndian() bool { return l.src.order == binary.ByteOrder(binary.BigEndian) }
