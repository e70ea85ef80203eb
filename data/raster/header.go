package raster

import (
	"context"
	"strconv"

	"lifecircle/coverage"
	"lifecircle/geo/grid"
)

// SampleType is the number type that a file stores its cells in.
type SampleType uint8

// The sample types.
const (
	UnknownType SampleType = iota
	Uint8
	Uint16
	Uint32
	Uint64
	Int8
	Int16
	Int32
	Int64
	Float16
	Float32
	Float64
)

// String returns the name of the type, such as "float32".
func (t SampleType) String() string {
	names := [...]string{
		"unknown", "uint8", "uint16", "uint32", "uint64",
		"int8", "int16", "int32", "int64", "float16", "float32", "float64",
	}
	if int(t) >= len(names) {
		return "SampleType(" + strconv.Itoa(int(t)) + ")"
	}
	return names[t]
}

// Header is what a raster file says of itself.
type Header struct {
	Format     string // "GeoTIFF" or "ASCII grid"
	Cols, Rows int32
	Bands      int
	Type       SampleType
	NoData     float64 // as written in the file; meaningful when HasNoData
	HasNoData  bool
	Spec       grid.Spec // north-up; CRS "EPSG:4326" ..., "" when the file names none that has a code
	Citation   string    // the CRS in the file's own words; may be empty
	BandNames  []string  // one a band, "" where the file has none
	Pages      int       // full-resolution images in the file; only the first one is read
	Mask       bool      // the file has a mask page too, which is not applied
}

// Limits bound what a file may make the program do. A zero field takes its
// default.
type Limits struct {
	MaxCells    int64 // cells of one band; 2^29 (2 GiB as float32)
	MaxRowBytes int64 // one row of a strip or tile, decoded; 2^28
}

func (l Limits) withDefaults() Limits {
	if l.MaxCells <= 0 {
		l.MaxCells = 1 << 29
	}
	if l.MaxRowBytes <= 0 {
		l.MaxRowBytes = 1 << 28
	}
	return l
}

// File is an open raster. It may be used by several goroutines at once, as far
// as its reader may.
type File struct {
	head Header
	read func(ctx context.Context, band int, p coverage.Progress) ([]float32, error)
}

// Header returns what the file says of itself.
func (f *File) Header() Header { return f.head }

// ReadBand decodes a band, counted from 0, into a slice of Cols*Rows values in
// the cell order of [grid.Spec]. Cells without data are NaN. Scale and offset
// that the file states for the band are applied.
//
// Values are rounded to float32: integers above 2^24 and float64 lose their
// last digits, float64 beyond 3.4e38 becomes infinite. Besides the result it
// needs a few rows a core of memory.
func (f *File) ReadBand(ctx context.Context, band int, p coverage.Progress) ([]float32, error) {
	if band < 0 || band >= f.head.Bands {
		return nil, &coverage.Error{
			Code: coverage.NotFound, Key: "raster.band",
			Args: coverage.Args{"band": band + 1, "bands": f.head.Bands},
		}
	}
	return f.read(ctx, band, p)
}
