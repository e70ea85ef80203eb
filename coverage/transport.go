package coverage

import (
	"lifecircle/geo/grid"
	"lifecircle/geo/network"
	"lifecircle/geo/network/profile"
	"lifecircle/geo/network/search"
)

// The impedances that are no profile of [Transport]. Every other mode of
// [Travel] is the name of a profile: "walk", "bike", "ebike", "drive" are shipped.
const (
	ModeLine     = "line"     // straight, over land
	ModeFriction = "friction" // over open ground, on foot
	ModeMixed    = "mixed"    // over roads with a profile and over open ground on foot, in one search
)

// Transport is how people move other than straight. Nil where a project has
// neither roads nor ground.
type Transport struct {
	Roads    *network.Graph    // nil: no roads
	Profiles []profile.Profile // ways of moving over Roads, by name; the first of a name counts
	Boats    network.Boats     // the numbers of ferries, and the scenario unless a rule names one
	Snap     search.SnapOptions
	Ground   *Ground // nil: no surface to cross
}

// Ground is open country: a grid of speeds on foot. Roads are not burned in.
type Ground struct {
	Grid    grid.Spec
	Seconds []float32 // over a metre on the flat, > 0; +Inf a barrier, NaN no data (the sea)
	Heights []float32 // metres; nil for flat ground, NaN not known
	Slope   string    // "tobler", "naismith", "langmuir"; "" heights do not count
	Knights bool      // 16 neighbours, not 8
	Roads   string    // profile whose speeds the roads have in the friction mode; "" roads are not burned in
	KMH     float64   // the speed on foot on good ground, to which a chosen speed is held; 0: 5
}

// Profile returns the profile of a mode, nil when there is none.
func (t *Transport) Profile(mode string) *profile.Profile {
	if t == nil {
		return nil
	}
	for i := range t.Profiles {
		if t.Profiles[i].Name == mode {
			return &t.Profiles[i]
		}
	}
	return nil
}

// TransportUsed is the part of a [Transport] that decides a run, but for the
// roads and the ground themselves, which the sources name.
type TransportUsed struct {
	Profiles []profile.Profile  `json:"profiles,omitempty"`
	Boats    network.Boats      `json:"boats"`
	Snap     search.SnapOptions `json:"snap"`
	Ground   *GroundUsed        `json:"ground,omitempty"`
}

// GroundUsed is a [Ground] without its columns.
type GroundUsed struct {
	Slope     string  `json:"slope,omitempty"`
	Knights   bool    `json:"knights,omitempty"`
	Roads     string  `json:"roads,omitempty"`
	KMH       float64 `json:"kmh,omitempty"`
	CellsWide int32   `json:"cells_wide"`
	CellsHigh int32   `json:"cells_high"`
}
