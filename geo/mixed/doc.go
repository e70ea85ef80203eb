// Package mixed finds the fastest ways over roads and open ground together, in
// one search: off the road, over a field on foot, along another road, onto a
// boat. A hill hamlet is neither out of reach because no street comes near it
// nor set down on the nearest street. It knows nothing of tags, timetables or
// files: the roads are the ways of lifecircle/geo/network/search, the ground is
// a surface of lifecircle/geo/friction, and [World], the central type, joins them.
//
// # Where one steps between road and ground
//
// A stile is such a place. For every street that is open and every open cell
// that its line passes through there is one: of the part of the line inside the
// cell the place that is nearest to the cell's centre. The step takes the
// straight distance between the two at the cell's seconds per metre, without
// slope, rounded up to a millisecond and at least 1, and [Options].ChangeMS. It lies within one open
// cell, so nobody ever sets foot on a closed one (infinite seconds per metre, or
// none): a river that is a barrier is crossed by road or by boat alone. There
// are no stiles on the streets that [Options].NoStep names, and none on the
// lines of boats: who walks along the shore boards nothing. Boats are boarded at
// their quays, which streets lead to.
//
// # How one moves
//
// On the road the profile's speeds hold, on every road that is met: a vehicle is
// at hand wherever one comes to a road, as in AccessMod (N. Ray and S. Ebener,
// AccessMod 3.0, International Journal of Health Geographics 7, 2008). On the
// ground the surface's own speeds hold, with slope. One-way rules, barriers and
// turn restrictions hold for what stays on the road; the ground goes round
// them, at its own speed. To turn back between two junctions one has to leave
// the road and come on again.
//
// A point joins the ground in its own cell without a further leg, as in friction
// (in a closed cell not at all; [Points].LegMS lets it walk to an open one), and the road at the places to which
// search.Snapper brings it, with the legs that it gives. Small pieces of network
// that the snapper leaves out are streets like others here.
//
// # What is certain
//
// All times are sums of the whole milliseconds of network and friction, and the
// search is exact. So for every target the time is at most that of search.Nearest
// for the same places, and at most that of friction.Nearest over the same
// surface up to [network.MaxMS]; without streets it equals the latter, on closed
// ground the former. Another street or boat makes no time longer as long as the
// points keep their places (but for a millisecond where it cuts a street between
// two vertices that lie in one place: each part takes 1 ms at least). Equal times
// go to the lowest source. The answer depends neither on the number of processors
// nor on the order of anything but the sources.
//
// # Method
//
// E. W. Dijkstra's search (1959), started at all sources at once, over the nodes
// of the network, the two directions at every stile and the cells, whose steps
// are worked out when they are taken. The queue is a radix heap (R. K. Ahuja and
// others, Faster algorithms for the shortest path problem, Journal of the ACM
// 37, 1990) over spans of time wider than the shortest step, within which an
// entry may be settled twice and the answer stays exact.
package mixed
