// Package ground is the impedance over open ground: the least time over a
// surface of walking speeds, with roads burned in, barriers and slope.
//
// The central type is [Surface], ready to be asked: [Surface.Nearest],
// [Surface.Matrix], [Surface.Path]. The search is that of lifecircle/geo/friction,
// exact in whole milliseconds; the package only brings people, facilities and
// roads to its cells.
//
// # What counts
//
// A point stands in its cell. Where that cell cannot be entered (the sea of a
// coarse coast, no data) the point walks straight to the centre of the nearest
// open cell, at most [search.SnapOptions].LimitM far and on its own landmass; what
// finds none reaches nothing and is told so.
//
// Roads are burned in as bridges, cell by cell, with the faster of the two
// directions of the profile; one-way rules are not for a surface. Slope tells on
// roads for a profile on foot only.
package ground
