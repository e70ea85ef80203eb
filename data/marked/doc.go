// Package marked shows faults where people look for them: a copy of each faulty
// table with the cells coloured and a note in each ([Copies]), and the places of
// faults as GeoJSON for a map ([Places]). It reads the tables of a project once
// more, and never writes to them.
package marked
