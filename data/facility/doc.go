// Package facility reads the lists of facilities of a project: their kinds by
// the table of package kinds, ids, capacity, hours and status, and holds every
// place against the zones, the land and the zone that its row states.
//
// It tells of places in another zone than their list says, in the water, or
// listed twice. It reads no people and computes no coverage. The central type is
// [Lists]; the result is the folder's Dataset.Facilities.
package facility

import (
	"lifecircle/coverage/border"
	"lifecircle/data/ground"
	"lifecircle/data/kinds"
)

// Lists reads the facilities of a project. The zones and the land of Ground
// have to be read before. Make it by [New].
type Lists struct {
	*ground.Ground

	nameColumns map[string]string // of lists, by file
	kinds       *kinds.Table
	borders     *border.Map // nil until a list states a share
}

// New reads lists against the ground.
func New(g *ground.Ground) *Lists {
	return &Lists{Ground: g, nameColumns: map[string]string{}}
}
