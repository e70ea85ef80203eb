package raster

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
)

// Numbers of fewer than 8 bits, of odd widths and complex ones are refused, and
// what is read is said.
func TestNumberTypesThatAreNotRead(t *testing.T) {
	spec := grid.Spec{CRS: "EPSG:4326", X0: 100, Y0: 40, DX: 0.01, DY: 0.01, Cols: 2, Rows: 2}
	for _, c := range []struct{ bits, format uint16 }{{1, 1}, {2, 1}, {4, 1}, {7, 1}, {12, 1}, {24, 3}, {32, 5}, {64, 6}, {128, 6}} {
		text := stripFile(t, spec, make([]float32, 4), 2, 0)
		setShort(t, text, tagBits, c.bits)
		setShort(t, text, tagSampleFormat, c.format)
		_, err := Open("people.tif", bytes.NewReader(text), int64(len(text)))
		var e *coverage.Error
		if !errors.As(err, &e) || e.Key != "raster.sample_type" {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		if en, zh := e.In("en"), e.In("zh"); !strings.Contains(en, "complex") || !strings.Contains(en, "Float32") || !strings.Contains(zh, "复数") {
			t.Error(en, zh)
		}
	}
}

// setShort changes a tag that holds one short.
func setShort(t *testing.T, text []byte, tag, value uint16) {
	t.Helper()
	le := binary.LittleEndian
	at := int(le.Uint32(text[4:]))
	for i := range int(le.Uint16(text[at:])) {
		if entry := text[at+2+12*i:]; le.Uint16(entry) == tag {
			le.PutUint16(entry[8:], value)
			return
		}
	}
	t.Fatalf("no tag %d", tag)
}
