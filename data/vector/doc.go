// Package vector reads features (a geometry and its attributes) from GeoJSON
// (RFC 7946, and the crs member of the 2008 form), GeoPackage (OGC 12-128),
// Shapefile (ESRI white paper of 1998; loose files or in a .zip), KML and KMZ
// (OGC 12-007) and CSV with a column of well-known text.
//
// The central function is [Read], which gives a [Layer]. Every reader follows
// the same rules:
//
//   - A row that cannot be used (an open ring, a missing position, no geometry)
//     becomes a fatal issue at its place, and the rest is read. A file that
//     cannot be read at all is a [coverage.Error] that names it.
//   - Nothing is closed, repaired or moved silently. Z and M values are dropped
//     and counted in one issue.
//   - Rings come out with outer rings counter-clockwise and holes clockwise,
//     however they went in.
//   - Coordinates stay in the reference system of the file, x (east, longitude)
//     first; [Layer.CRS] and [Layer.WKT] say which, as far as the file does.
//
// Polygons are not judged beyond their structure: one may cross itself.
package vector
