// Package coverage holds the nouns of a spatial facility-coverage plan:
// facilities, demand (people in cells), zones, standards, and the answers that
// the program gives about them. It computes nothing: readers in package data
// fill a [Dataset], the packages below this one turn it into a [Run].
//
// Large things are columns ([DemandSet], [Coverage]); few things are structs
// ([Facility], [Zone], [Standard], [Row], [Gap]).
//
// Every location is WGS 84 longitude and latitude in degrees ([orb.Point]).
// Thresholds are closed: a cell whose cost equals the threshold is served.
package coverage
