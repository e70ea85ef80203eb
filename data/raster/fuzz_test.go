package raster

import (
	"bytes"
	"context"
	"testing"
)

// FuzzOpen: no bytes whatever make the reader panic, take memory beyond the
// limits, or give an error without a message.
func FuzzOpen(f *testing.F) {
	for _, v := range readVariants(f, "testdata/small") {
		f.Add(v.bytes(f, ".tif"))
	}
	f.Add([]byte("ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2 3 4"))
	limits := Limits{MaxCells: 1 << 16, MaxRowBytes: 1 << 16}
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := OpenWithin("fuzz", bytes.NewReader(b), int64(len(b)), limits)
		if err != nil {
			if asError(err) == nil {
				t.Fatalf("no message: %v", err)
			}
			return
		}
		h := file.Header()
		for band := range min(h.Bands, 3) {
			got, err := file.ReadBand(context.Background(), band, nil)
			if err != nil && asError(err) == nil {
				t.Fatalf("no message: %v", err)
			}
			if err == nil && int64(len(got)) != h.Spec.Cells() {
				t.Fatalf("%d cells of %+v", len(got), h)
			}
		}
	})
}
