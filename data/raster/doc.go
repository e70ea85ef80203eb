// Package raster reads population grids and other rasters from GeoTIFF and
// ESRI ASCII grid files into plain columns of float32, and writes small
// GeoTIFFs for other programs.
//
// The central type is [File]: [Open] looks at the content, checks the header
// and tells it as a [Header]; [File.ReadBand] decodes one band, in parallel, the
// same values on any number of cores, NaN where the file says "no data".
//
// Read: TIFF 6.0 and BigTIFF, both byte orders, strips and tiles, chunky and
// planar, sparse segments; compression none, LZW, Deflate, ZSTD and PackBits
// with predictors 1 to 3; integers of 8 to 64 bits and floats of 16 to 64; the
// full-resolution image of a cloud-optimised file. Sources: TIFF 6.0, OGC
// GeoTIFF 1.1 (19-008r4), and GDAL's notes on its tags 42112 and 42113.
//
// Not read, and refused with what to do: numbers of other widths (GDAL's NBITS of
// 1, 2 or 4 and the like) and complex numbers; convert them to Float32 first.
// Not read either: rotated grids, ground control points, pages after the first one,
// overviews, mask pages, palettes as colours, JPEG and other lossy images. The
// package opens no files: callers hand it an [io.ReaderAt]. It transforms no
// coordinates: [Header] names the CRS, as far as the file does.
package raster
