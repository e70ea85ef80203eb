// Package data opens a project: a folder with a project.yaml and the files that
// it names. [Open] puts the dataset together and returns a [coverage.Dataset]
// with everything that is wrong as [coverage.Issues]. The parts are read by
// packages of their own, each on top of the one before: source (the reader for
// every file, coordinate systems), ground (zones and landmasses, and where things
// lie in WGS 84), people (rasters and point tables), facility (lists), roads
// (networks and ferries) and terrain (open ground).
//
// What is told beyond faults of single cells: places in another zone than their
// list says, in the water, listed twice (package audit); zones that overlap,
// cross themselves or leave a hole where people live; coordinates that fit much
// better in another system than the declared one, with the figures, and never
// moved. Words for kinds are read by the table of package kinds; people are
// scaled to a census by package scale, and town is told from country by package
// settle, where the project asks for it.
//
// It computes no coverage and writes nothing. Files outside the project's
// folder are never opened, not even through links.
//
// Bad rows are left out and counted; a file that cannot be read, a faulty
// project.yaml, a bad zone, or too many bad rows in one source refuse the
// project. All faults are looked for before the answer is given.
package data
