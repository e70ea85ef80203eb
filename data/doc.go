// Package data opens a project: a folder with a project.yaml and the files that
// it names. [Open] chooses the reader for every file, converts every coordinate
// to WGS 84, finds the zone and the landmass of every cell and facility, and
// returns a [coverage.Dataset] with everything that is wrong as
// [coverage.Issues].
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
