// Package gpkg keeps a project in one file: an OGC GeoPackage 1.3 that QGIS,
// GDAL and every other reader of the format open as it is, with default styles
// for QGIS. It is the embedded default store and needs no server; SQLite is
// modernc.org/sqlite, in pure Go.
//
// The central type is [Store]. A write never touches the file: it makes a new
// one beside it (a copy, when users have put layers of their own into the
// file), changes that, flushes it to the disk and renames it over the old one.
// A crash at any moment leaves the old file or the new one, whole.
//
// Two programs that write at once are kept apart by SQLite's own lock on the
// old file; the one that waits longer than [LockTimeoutS] gets a Conflict. A
// file that another program holds open in write-ahead mode (QGIS, while a
// layer is being edited) is a Conflict too: its journal must not meet the new
// file.
//
// Source: OGC 12-128r17 (GeoPackage 1.3), annex F.3 for the R-tree index; the
// layout of its nodes is that of SQLite's rtree.c.
package gpkg
