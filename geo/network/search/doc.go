// Package search finds the fastest ways over a weighed graph of
// lifecircle/geo/network: it answers with milliseconds between places. It knows
// nothing of tags, speeds or timetables; [network.Compile] has put them into the
// weights.
//
//   - [Ways], the central type: weights ready to be searched ([Over]).
//   - [Snapper]: brings points off the street to it, as [Places].
//   - [Nearest], [KNearest], [Matrix] and [Route] answer between places.
//   - [Searcher]: the scratch memory of one search, one a goroutine.
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
package search
