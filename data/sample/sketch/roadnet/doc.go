// Package roadnet draws the invented roads of an island: main roads along given
// places, roads to villages, streets of towns, lanes to houses, and footpaths up
// the hills. It knows the coast and where people live, and nothing of names of
// islands, of boats or of files; package sketch tells it and writes the result.
// The central function is [Draw]; the same island gives the same roads.
//
// Roads are laid over a raster of the land as the cheapest ways (Dijkstra),
// where hills and the edge of the sea are dear and existing roads are cheap,
// then thinned (Douglas and Peucker) and rounded (Chaikin). At last they are made
// to meet: every junction is a vertex of all roads that meet there.
package roadnet
