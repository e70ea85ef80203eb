// Package friction finds the least time of travel over a surface: a grid whose
// cells each have a speed, some of them none. It knows nothing of who travels or
// why, reads no files and transforms no coordinates but to measure cells: arrays
// go in, arrays come out. The central function is [Nearest]: the time from every
// cell to the source that is nearest by time, over a [Surface].
//
// Around it stand what makes a surface from the data that there are: classes
// become speeds by a table ([SecondsPerMetre]), columns of other grids are
// brought to this one ([Resample], [ResampleHeights]), lines become cells
// ([Line]), and roads, barriers and bridges are burned in ([Burn]).
//
// # The time of a step
//
// A step to one of the 8 cells around takes the mean of the two cells' seconds
// per metre times the distance of their centres. A knight's move (with 16
// neighbours) crosses four cells for a quarter of its length each and weighs
// them so. The time is computed in float64 and rounded half up to a whole
// millisecond, at least 1 ms, for each step by itself; everything after that is
// a sum of integers, and so exact: no better way exists on the grid, equal times
// go to the source of the lowest number, and the answer depends neither on the
// number of processors nor on the order of the cells.
//
// Distances between centres are constant for projected grids in metres;
// for geographic grids, and for Web Mercator whose metres are not metres, they
// are geodesics on WGS 84, row by row ([Measure]). Grids do not join across
// their left and right edges.
//
// # What cannot be crossed
//
// Cells with infinite seconds per metre (speed 0) are barriers, NaN is no data;
// neither is ever entered. A diagonal step between two cells that are both
// closed is refused: a river that is a chain of cells corner to corner holds.
// GRASS r.cost and scikit-image's MCP_Geometric let it through;
// [Options].CutCorners does as they do. A knight's move is refused when one of
// the two cells that it passes is closed.
//
// # Slope
//
// With heights and a [Slope] a step's time is multiplied by how much slower the
// way is than on the flat. Uphill differs from downhill, and so does the way to
// a source from the way back ([Options].Toward). Lengths stay horizontal, as in
// the published functions and in r.walk. Result.Sloped tells whether the slope
// changed anything.
//
// # Method
//
// E. W. Dijkstra's search (1959) with wide buckets (E. V. Denardo and B. L. Fox,
// Shortest-route methods 1: reaching, pruning, and buckets, Operations Research
// 27, 1979) in tiles of the grid: within a span of time all tiles are searched
// side by side, hand what crosses their edges to their neighbours, and are
// searched again until nothing changes, which corrects early guesses as delta
// stepping does (U. Meyer and P. Sanders, Journal of Algorithms 49, 2003).
package friction
