// Package gpkgblob writes and reads the geometry blobs of a GeoPackage
// (GeoPackage 1.3, clause 2.1.3 "BLOB format"): a small header with the number
// of the reference system and an envelope, followed by ISO well-known binary.
//
// The central functions are [Encode] and [Decode]. Geometries are two
// dimensional (package orb); Z and M values of what is read are dropped, and
// [Dropped] says so. The package does not judge a geometry beyond its
// structure: rings may be open, polygons may cross themselves.
//
// No size field of a blob drives an allocation before it has been checked
// against the bytes that follow it.
package gpkgblob
