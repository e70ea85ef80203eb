// Package gap finds the gaps of a coverage: connected areas of people whom the
// standard promises a facility within reach and who have none.
//
// Cells that share an edge belong together, unless the landmass rule parts
// them. People given as points are first put into a drawing grid of
// [Options.PointCellM]. Summed over all gaps (minimum people 0), population is
// exactly the number of people not served.
package gap
