// Package data opens a project: a folder with a project.yaml and the files that
// it names. [Open] chooses the reader for every file, converts every coordinate
// to WGS 84, finds the zone and the landmass of every cell and facility, and
// returns a [coverage.Dataset] with everything that is wrong as
// [coverage.Issues].
//
// It computes no coverage and writes nothing. Files outside the project's
// folder are never opened, not even through links.
//
// Bad rows are left out and counted; a file that cannot be read, a faulty
// project.yaml, a bad zone, or too many bad rows in one source refuse the
// project. All faults are looked for before the answer is given.
package data
