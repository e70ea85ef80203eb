package raster

import (
	"bytes"
	"fmt"
	"io"

	"lifecircle/coverage"
)

// Open opens a raster of size bytes in the format that its content shows. The
// name stands in errors only.
func Open(name string, r io.ReaderAt, size int64) (*File, error) {
	return OpenWithin(name, r, size, Limits{})
}

// OpenWithin is [Open] with limits of the caller's choice.
func OpenWithin(name string, r io.ReaderAt, size int64, limits Limits) (*File, error) {
	f, err := openAny(r, size, limits)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}

func openAny(r io.ReaderAt, size int64, limits Limits) (*File, error) {
	head := make([]byte, min(max(size, 0), 64))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return nil, readFault(err, "header")
	}
	switch {
	case isTIFF(head):
		return openGeoTIFF(r, size, limits)
	case isASCIIGrid(head):
		return openASCIIGrid(r, size, limits)
	case len(bytes.TrimSpace(head)) == 0:
		return nil, truncated()
	}
	return nil, unsupported("raster.format", coverage.Args{})
}

// isTIFF knows TIFF by its byte order mark; a bad version is told later.
func isTIFF(head []byte) bool {
	return len(head) >= 4 && (string(head[:2]) == "II" && head[3] == 0 || string(head[:2]) == "MM" && head[2] == 0)
}
