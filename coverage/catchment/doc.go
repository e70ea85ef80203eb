// Package catchment draws what is reached from one place within some limits, and
// counts who lives there. The central type is [Area], the entry [Areas].
//
// The polygons are drawings, contoured from the costs of cells by
// lifecircle/geo/isochrone; the people are counted from the costs of the demand
// rows themselves, never with the polygons.
//
// Over open ground the cells are those of the ground. Otherwise they are a grid
// made for the picture, some 400 cells wide, of which a cell is asked for its
// cost at its centre; cells off the land, where that is known, are never painted.
package catchment
