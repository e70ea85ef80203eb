package raster

import "strconv"

// tagName names a tag in errors, as the TIFF standard does.
func tagName(tag uint16) string {
	names := map[uint16]string{
		tagSubfileType: "NewSubfileType", tagWidth: "ImageWidth", tagHeight: "ImageLength",
		tagBits: "BitsPerSample", tagCompression: "Compression", tagFillOrder: "FillOrder",
		tagStripOffsets: "StripOffsets", tagOrientation: "Orientation", tagSamples: "SamplesPerPixel",
		tagRowsPerStrip: "RowsPerStrip", tagStripCounts: "StripByteCounts", tagPlanar: "PlanarConfiguration",
		tagPredictor: "Predictor", tagTileWidth: "TileWidth", tagTileHeight: "TileLength",
		tagTileOffsets: "TileOffsets", tagTileCounts: "TileByteCounts", tagSampleFormat: "SampleFormat",
		tagPixelScale: "ModelPixelScale", tagTiepoint: "ModelTiepoint", tagTransformation: "ModelTransformation",
		tagGeoKeys: "GeoKeyDirectory", tagGeoDoubles: "GeoDoubleParams", tagGeoASCII: "GeoAsciiParams",
		tagGDALMetadata: "GDAL_METADATA", tagGDALNoData: "GDAL_NODATA",
	}
	if n, ok := names[tag]; ok {
		return n
	}
	return "tag " + strconv.Itoa(int(tag))
}
