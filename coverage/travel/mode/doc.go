// Package mode makes every way to travel answer alike: straight lines, roads by
// a profile, open ground, and roads and ground in one search.
//
// The central type is [Book], which makes the [Impedance] of a rule of a dataset
// when it is first asked for and keeps it. It computes nothing itself.
// [Bordered] makes any of them heed who may use what.
package mode
