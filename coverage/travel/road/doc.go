// Package road is the impedance over streets and boats: how long it takes from
// people to facilities, or from a facility to people, by a profile of
// [coverage.Transport].
//
// The central type is [Network], one mode ready to be asked: [Network.Nearest],
// [Network.Count], [Network.Matrix], [Network.Route]. It judges nothing; packages
// assess and gap do. Searching and snapping are those of
// lifecircle/geo/network/search, exact in whole milliseconds.
//
// # What counts
//
// A point walks to a usable street: any within [search.SnapOptions].NearM, or where
// there is none any within LimitM; never over water where landmasses are known. A point without a street in reach, or beside a piece of network that
// nothing connects, reaches nothing; it is told as a [search.Miss], never put at
// distance zero.
//
// Where a threshold is a distance the shortest way along the streets that the
// profile may use counts, walks to the street included; boats do not run then.
package road
