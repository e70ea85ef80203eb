// Package ground reads the zones and landmasses of a project and tells where
// things lie: the coordinates of a row in WGS 84, its zone, its landmass, and
// the zones that a word in a list may mean.
//
// It tells of zones that overlap, cross themselves or leave a hole where people
// live, and of coordinates that fit much better in another system than the
// declared one (package audit); nothing is ever moved. It reads no people and no
// facilities. The central type is [Ground].
package ground

import (
	"lifecircle/coverage"
	"lifecircle/data/audit"
	"lifecircle/data/source"
	"lifecircle/geo/zonal"
)

// Ground is the zones and the land of a project, and with the folder's dataset
// what lies on them. The zero value but for Folder has no zones and no land: every
// place is in zone -1 and landmass -1.
type Ground struct {
	*source.Folder

	Levels   []Level
	ZoneRefs []coverage.Ref     // of Dataset.Zones
	ByName   map[string][]int32 // zones by id and plain name; nil until [Ground.Stated] is asked
	Land     *Lookup            // nil: landmasses unknown

	// What the project names but could not be read: nothing is said then of places
	// that seem to lie in no zone or off the land.
	ZonesFailed, LandFailed bool

	areas   []float64              // that Dataset.Zones cover, in squared degrees
	mosaics []*audit.Mosaic        // of Levels
	single  map[int32]*zonal.Index // of one zone each
	words   map[string][]int32     // that [Ground.Stated] was asked for
	quiet   []quietList            // for AuditRoads
}
