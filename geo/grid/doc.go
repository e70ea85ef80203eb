// Package grid describes regular grids of cells: where a cell lies, which cell
// a point is in ([Spec], the central type), which of a set of cells hang
// together ([Components]), and what polygon they make ([Outline]). It knows
// nothing of what the cells hold, reads no files and transforms no coordinates:
// all of them are in the grid's own system.
//
// Two cells are neighbours when they share an edge; cells that touch at a
// corner alone are not connected. Outlines are valid by the rules of OGC simple
// features: rings may touch one another at a point and never cross.
package grid
