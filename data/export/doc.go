// Package export writes one layer of a dataset or of a run to a file for other
// programs: GeoJSON (RFC 7946), CSV, XLSX, GeoPackage (OGC 12-128) or GeoTIFF.
//
// The central function is [File], which puts the whole file in its place or
// leaves what was there; [Layer] writes the same bytes to a stream. [Options]
// name the layer and the format:
//
//	facilities  points
//	zones       polygons with the people of every group who live in them
//	demand      cells (polygons) or points with people by group; tif: one group
//	coverage    the coverage table, a row with the polygon of its zone; tif: the
//	            minutes or metres of every cell to the nearest facility
//	gaps        polygons with people by group and the nearest facility
//
// CSV and XLSX hold no polygons: a spreadsheet cell is too small for them.
// Points, demand and gaps have columns lon and lat there. What a dataset says
// of itself (its note, the credit that licences ask for) and the run that a
// figure comes from go along wherever the format has room for them.
//
// The same input gives the same bytes; of a GeoPackage only when [Options.At]
// is set. Longitudes are written as they stand: shapes are not cut at the
// antimeridian.
package export
