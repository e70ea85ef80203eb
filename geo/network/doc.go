// Package network keeps streets, junctions and ferries as a graph and weighs it.
// It knows nothing of who travels or why, and finds no ways: that is the work of
// lifecircle/geo/network/search.
//
// Two things are kept apart:
//
//   - [Graph], the central type: streets, junctions, barriers, turn restrictions
//     and boats as flat arrays, made once by a [Builder] and kept by
//     [Graph.Encode]. Streets carry their length and an interned set of tags,
//     never a speed.
//   - [Weights]: a graph under a [profile.Profile] and a state of the ferries
//     ([Boats]), in whole milliseconds. Turn restrictions and boats become extra
//     nodes.
//
// Each piece between two vertices takes its length over its speed, rounded to
// the nearest millisecond, and everything else is a sum, so a street that is
// split by a new junction takes exactly as long as before. The time of a street
// is at least 1 ms.
//
// It does not model traffic by the hour, delays at crossings, or turning round
// on the spot: a car may turn wherever no restriction says otherwise. Tags, turn
// restrictions and ferries are meant as OpenStreetMap's wiki has them.
package network
