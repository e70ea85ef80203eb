// Package people reads where people live: rasters that share one grid and
// tables of points, by group. It finds the zone and the landmass of every cell,
// divides cells on borders by area where the project asks for it, scales the
// people to a census (package scale) and tells town from country (package
// settle).
//
// It tells of cells and rows that cannot be, and of people in no zone or off the
// land. The central type is [People]; the result is the folder's
// Dataset.Demand.
package people

import "lifecircle/data/ground"

// People reads the demand of a project. The zones and the land of Ground have
// to be read before. The zero value but for Ground is ready.
type People struct {
	*ground.Ground

	unscaled bool // the census could not be read
	snapped  snapped
}
