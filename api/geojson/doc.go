// Package geojson writes GeoJSON as RFC 7946 wants it: WGS 84 with at most seven
// decimals (a centimetre), outer rings anticlockwise and holes clockwise, shapes
// cut at the antimeridian, a bbox that may cross it, no crs member. It reads
// nothing; the paging members are those of OGC API Features.
package geojson
