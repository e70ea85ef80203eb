// Package zonal tells which polygon a point or a grid cell is in, how the area
// of a cell is shared out between polygons, how far the nearest polygon is, and
// which polygons make one landmass. The central type is [Index]; polygons are
// known by their place in the list that they were given in.
//
// The rule of being inside is the same everywhere: even-odd over the rings of
// each polygon of a multipolygon, the multipolygon holding what any of its
// polygons holds. A polygon is closed on its left and lower side and open on
// its right and upper side, so that of two polygons that share an edge (with
// the same end points) exactly one holds a point on it. [Index.Find] and
// [AssignCells] agree on every point to the last bit.
//
// Rings may be open or closed, wound either way. Points that are not finite or
// beyond ±1e15, and repeated points, are passed over; a ring with fewer than
// three points left holds nothing, and a polygon without an outer ring is left
// out. Nothing is repaired or reported here: readers do that.
//
// Coordinates are planar in whatever system the polygons are in; only
// [Index.Nearest] and [Landmasses] ask for WGS 84, and neither looks across the
// antimeridian. Nothing here transforms coordinates or reads files.
package zonal
