// Package shape reads the shapes of a Shapefile (ESRI Shapefile Technical
// Description, 1998): the content of one record becomes a geometry, with Z and M
// dropped, and the rings of a polygon sorted into polygons with holes. The
// central function is [Decode]. It reads no files and judges no structure:
// rings may be open or too short.
package shape
