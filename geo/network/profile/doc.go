// Package profile says how fast one moves over a street, by its tags: [Profile]
// is a table of speeds, access and one-way rules, surfaces, limits and barriers
// for one way of moving. [Walk], [Bicycle], [EBike] and [Car] are shipped; every
// number in them can be changed.
//
// [Tags] are the properties of a street, barrier or boat, as OpenStreetMap has
// them; its wiki is the source followed for what they mean. The package knows
// nothing of graphs or of time: lifecircle/geo/network weighs a graph with it.
package profile
