// Package plan turns a planner's question about sites into a bare instance of
// package siting, and the solution back into places and people: where to build
// ([Build]), what may close ([Close]).
//
// It computes no travel (the caller's [Pairs] does) and solves nothing. The
// central types are [Question], [Candidate] and [Setup].
//
// # How a question becomes an instance
//
// Every demand row that the rules judge is a demand, weighted by its people.
// What stands already is one site that is open in every answer: it serves the
// rows that are served now, at what they cost now. Values and bounds therefore
// count all people, and p counts new sites. With capacities every facility is a
// site of its own.
//
//   - MCLP and LSCP: a candidate serves the rows within the threshold of their own
//     setting.
//   - p-median and p-center: a row costs what its nearest open site costs, at most
//     [Question].Reach; what lies beyond counts as that where what stands is one
//     site. Planned afresh, or with capacities, every row must have a site within
//     Reach. A candidate matters to the rows that it is nearer to than what stands.
//
// To close k of n facilities is to keep n-k that serve the most of the people who
// are served now; to close all that can be closed is the least set of facilities
// that serves all of them.
package plan
