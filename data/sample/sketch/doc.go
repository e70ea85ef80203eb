// Package sketch draws the built-in example of package sample: a small county
// of islands modelled on Daishan (岱山县), as ordinary project files.
//
// Public facts are the names of the county, its towns and villages, and the
// people counted in 2020 by age and by town and country (census.go). All else
// is invented here: coasts are drawn by hand and roughened, villages and
// facilities are put where they look plausible, people are shared out to cells
// by a formula, roads follow from where they live (package roadnet), and boats
// are a table of plausible numbers. No map, grid, list or timetable went into it.
//
// The central function is [Files]. It is deterministic: the random numbers come
// from a fixed seed. The program itself does not import this package; a test
// holds the files of package sample equal to it, and writes them anew with
//
//	go test ./data/sample/sketch -update
package sketch
