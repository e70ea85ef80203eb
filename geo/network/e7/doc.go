// Package e7 keeps places in whole units of 1e-7 degree, as OpenStreetMap keeps
// them: some 11 mm on the equator. [Coord] is such a place.
//
// It rounds places to units, orders them along a Hilbert curve, and measures
// pieces of lines between two of them, also across the antimeridian. Distances
// are those of lifecircle/geo/geodesy. It knows nothing of streets.
package e7
