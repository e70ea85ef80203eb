// Package isochrone draws the polygons of what is reached within given times,
// from the time of each cell of a grid: [Areas] (all that is reached within a
// limit) and [Bands] (what lies between one limit and the next), both of a
// [Field], the central type. The polygons are drawings: nothing is to be counted
// with them. It computes no times, reads no files and transforms no coordinates.
//
// # What holds for every polygon
//
// The centre of a cell is inside Areas of a limit exactly when the cell's time
// is at most the limit, and never on a line: contours run at half a millisecond
// above the limit, and times are whole. Areas are nested without exception, and
// bands are exactly their differences: they tile the largest area. Polygons are
// valid by the rules of OGC simple features and wound by RFC 7946. Rings of Areas
// never touch; rings of a band touch at single points where the band thins out.
//
// # Where the lines run
//
// Marching squares between the centres of four cells (W. E. Lorensen and H. E.
// Cline, Marching cubes, SIGGRAPH 1987, in the plane). A line leaves a reached
// cell on the way to one of its four neighbours
//
//   - where the time, linear between the two centres, passes the limit, but at
//     least 1/256 of a step from either centre, so that a cell keeps an area;
//   - at the common edge, half a step out, when the neighbour is [Never] or
//     beyond the grid, the same for every limit;
//   - 3/8 of a step out when the neighbour is of another piece of land. Times of
//     different pieces are never compared, no polygon bridges two pieces, and a
//     quarter of a step stays free between them, since polygons that share an
//     edge make no valid collection.
//
// Where two cells at opposite corners are reached and the other two are not, the
// two hang together when all four have times and are of one piece and the mean
// of the four times is within the limit. Otherwise a corner joins nothing.
//
// # Exactness
//
// Places along a step are whole multiples of 1/65536 of it, computed once in
// integers from the cell with the lower number to the higher and rounded towards
// the lower, so that lines of different limits have the same order in every
// square of the lattice, or are the same, bit by bit, on every machine. Grids too
// fine for that in 64-bit floating point are refused.
//
// Of a run of points along a row or a column the ends are kept and every 32nd
// cell, the same ones for all limits, so that the polygons can be brought to
// other coordinates point by point; nothing else is simplified. In other
// coordinates runs bend, and what is said above holds up to 1/50 of a cell for
// cells of up to 1 km.
package isochrone
