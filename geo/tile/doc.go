// Package tile draws values of many small things (grid cells, points) as Mapbox
// Vector Tiles of the WebMercatorQuad tile matrix set.
//
// A [Pyramid] merges the cells of a grid into blocks of 2^k x 2^k cells, so that
// a tile of any zoom shows at most [MaxAcross] x [MaxAcross] whole squares; a
// grid with few occupied cells is shown as fine as can still be seen. What is known of an item (people, a cost, ...) is the caller's: a [Measure] says how
// items are put together and which properties come of it. [Cells] keeps the
// merged values of every level and draws them; [Points] does the same for
// scattered points, gathered into small squares on the fly.
//
// The package does not read geometry files, simplify polygons, compress or cache.
//
// Sources: Mapbox Vector Tile Specification 2.1; OGC 17-083r4 (Two Dimensional
// Tile Matrix Set), annex D, WebMercatorQuad.
package tile
