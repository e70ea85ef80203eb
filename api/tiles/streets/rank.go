package streets

import "lifecircle/geo/network"

// rank is what is drawn together, the most important first.
type rank struct {
	kind string // as the tiles say it
	zoom uint32 // drawn from there on
}

// The kinds of the tiles.
const (
	Motorway = "motorway"
	Main     = "main"
	Street   = "street"
	Path     = "path"
	Ferry    = "ferry"
)

const (
	highways = iota
	boats
	primary
	secondary
	tertiary
	residential
	service
	paths
	ranks
)

var rankOf = [ranks]rank{
	highways:    {Motorway, 4},
	boats:       {Ferry, 5},
	primary:     {Main, 6},
	secondary:   {Main, 8},
	tertiary:    {Main, 9},
	residential: {Street, 11},
	service:     {Street, 13},
	paths:       {Path, 13},
}

// byHighway has the values of OpenStreetMap's key highway; their links are of the
// same rank.
var byHighway = map[string]int{
	"motorway": highways, "trunk": highways, "primary": primary, "secondary": secondary, "tertiary": tertiary,
	"motorway_link": highways, "trunk_link": highways, "primary_link": primary, "secondary_link": secondary, "tertiary_link": tertiary,
	"unclassified": residential, "residential": residential, "living_street": residential, "road": residential, "pedestrian": residential, "busway": residential,
	"service": service, "track": paths, "footway": paths, "path": paths, "steps": paths, "cycleway": paths, "bridleway": paths, "corridor": paths, "platform": paths,
}

// of is the rank of an edge: a boat, or its class; of an unknown class as a
// residential street.
func of(g *network.Graph, edge uint32) int {
	if _, boat := g.Boat(edge); boat {
		return boats
	}
	if r, known := byHighway[g.Tags(edge).Get("highway")]; known {
		return r
	}
	return residential
}
