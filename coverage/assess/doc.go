// Package assess turns distances into coverage: which rows of the demand a
// standard serves, and how many people that is by zone, group and setting.
//
// It also tells in which zone places lie ([FacilityZones], [ZoneFinder]) and where
// the corners of cells are.
//
// The decision is made row by row ([Judge]); the table only adds up ([Table]).
// Population in the table is the denominator: the people whom the standard
// promises something, that is those in a setting that it has a rule for.
package assess
