// Package network finds the fastest ways over roads, paths and ferries. It knows
// nothing of who travels or why: it answers with milliseconds between places.
//
// Four things are kept apart:
//
//   - [Graph]: streets, junctions, barriers, turn restrictions and boats as flat
//     arrays, made once by a [Builder] and kept by [Graph.Encode]. Streets carry
//     their length and an interned set of tags, never a speed.
//   - [Profile]: a table of speeds, access and one-way rules, surfaces and
//     barriers, for one way of moving. [Walk], [Bicycle], [EBike] and [Car] are
//     shipped; every number in them can be changed.
//   - [Weights]: a graph under a profile and a state of the ferries ([Boats]),
//     in whole milliseconds. Turn restrictions and boats become extra nodes.
//   - [Searcher]: the scratch memory of one search, one a goroutine.
//
// Points off the street are brought to it by a [Snapper] as [Places]; [Nearest],
// [KNearest], [Matrix] and [Route] answer between places.
//
// # Exactness
//
// Each piece between two vertices takes its length over its speed, rounded to
// the nearest millisecond, and everything else is a sum, so a street that is
// split by a new junction takes exactly as long as before. The time of a street
// is at least 1 ms. A place within a street is reached after the whole pieces
// before it and its share, rounded down, of its own piece. Equal times go to the
// lowest source. Answers depend neither on the number of processors nor on the
// order of anything but the sources.
//
// The search is E. W. Dijkstra's (A note on two problems in connexion with
// graphs, 1959) with the buckets of R. B. Dial (1969) made wider than the
// shortest arc, so that a node may be settled twice within a bucket and the
// answer stays exact. Strong components are R. Tarjan's (1972).
//
// It does not model traffic by the hour, delays at crossings, or turning round
// on the spot: a car may turn wherever no restriction says otherwise.
package network
