// Package sample holds the built-in example: a project folder of a small county
// of islands modelled on Daishan (岱山县), ready to be imported. Coasts, village
// borders, the population grid, the facilities, roads and boats are invented;
// only place names and census totals are public facts, and project.yaml says so
// in its note.
//
// The files are embedded as they stand in the folder files; package
// sample/sketch draws them. The central function is [WriteTo]. The package does
// not read the project: it is read like any other.
package sample
