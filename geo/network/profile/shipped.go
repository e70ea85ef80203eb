package profile

import "maps"

// The shipped profiles are fair averages for towns and country where nothing
// better is known, after the tables of OpenStreetMap's wiki, Valhalla and
// GraphHopper. Vehicles are on the slow side: their speeds are those from door
// to door, stops included.

var noEntry = []string{"no", "private", "agricultural", "forestry", "military", "restricted", "delivery", "use_sidepath", "emergency"}

var entry = []string{"yes", "designated", "permissive", "official", "public", "destination", "customers"}

// Walk is a grown-up on foot, 5 km/h.
func Walk() Profile {
	kmh := map[string]float64{"steps": 2.5, "path": 4.5, "track": 4.5}
	for _, k := range []string{
		"footway", "pedestrian", "living_street", "residential", "service", "unclassified", "road", "tertiary", "tertiary_link",
		"secondary", "secondary_link", "primary", "primary_link", "trunk", "trunk_link", "cycleway", "bridleway", "corridor",
		"platform", "man_made=pier", "railway=platform", "public_transport=platform",
	} {
		kmh[k] = 5
	}
	return Profile{
		Name: "walk", KMH: kmh, OpenKMH: 5, LinkKMH: 5,
		Access: []string{"access", "foot"}, Closed: noEntry, Open: entry,
		Barriers: []string{"wall", "fence", "hedge", "ditch", "retaining_wall", "city_wall"},
		Surface:  map[string]float64{"sac_scale=mountain_hiking": 3, "sac_scale=demanding_mountain_hiking": 2, "sac_scale=alpine_hiking": 1.5, "sac_scale=demanding_alpine_hiking": 1, "sac_scale=difficult_alpine_hiking": 1},
	}
}

// Bicycle is an everyday cyclist, 15 km/h on a good road, who pushes where
// riding is not allowed.
func Bicycle() Profile {
	kmh := map[string]float64{
		"cycleway": 15, "residential": 15, "living_street": 10, "service": 12, "unclassified": 15, "road": 13, "tertiary": 15,
		"tertiary_link": 15, "secondary": 15, "secondary_link": 15, "primary": 15, "primary_link": 15, "trunk": 15, "trunk_link": 15,
		"track": 10, "path": 10, "footway": 4, "pedestrian": 4, "bridleway": 6, "steps": 1.5, "platform": 4, "man_made=pier": 8,
		"railway=platform": 4, "public_transport=platform": 4,
	}
	return Profile{
		Name: "bike", KMH: kmh, OpenKMH: 12, LinkKMH: 4,
		Access: []string{"access", "vehicle", "bicycle"}, Closed: noEntry, Open: entry, Slow: map[string]float64{"dismount": 4},
		Oneway: []string{"oneway:bicycle", "oneway"}, OnewayKinds: []string{"roundabout", "circular"},
		MaxSpeed: "cap",
		Surface: map[string]float64{
			"surface=gravel": 10, "surface=ground": 9, "surface=dirt": 9, "surface=earth": 9, "surface=grass": 7, "surface=sand": 5, "surface=mud": 4,
			"surface=cobblestone": 9, "surface=sett": 11, "surface=unpaved": 10, "surface=rock": 5, "tracktype=grade4": 8, "tracktype=grade5": 6,
			"smoothness=bad": 10, "smoothness=very_bad": 7, "smoothness=horrible": 5, "smoothness=very_horrible": 3, "smoothness=impassable": 0,
		},
		Barriers: []string{"wall", "fence", "hedge", "ditch", "retaining_wall", "city_wall", "turnstile", "full-height_turnstile"},
	}
}

// EBike is an electric bicycle or scooter of the kind that may use cycle paths:
// as [Bicycle], but 22 km/h where the road allows it.
func EBike() Profile {
	p := Bicycle()
	p.Name = "ebike"
	p.KMH = maps.Clone(p.KMH)
	for k, v := range p.KMH {
		if v >= 12 {
			p.KMH[k] = v * 22 / 15
		}
	}
	p.OpenKMH = 18
	return p
}

// Car is a car or an ambulance without right of way.
func Car() Profile {
	kmh := map[string]float64{
		"motorway": 100, "motorway_link": 50, "trunk": 75, "trunk_link": 45, "primary": 55, "primary_link": 40, "secondary": 45,
		"secondary_link": 35, "tertiary": 38, "tertiary_link": 30, "unclassified": 32, "residential": 25, "living_street": 8,
		"service": 12, "road": 25, "track": 10,
	}
	return Profile{
		Name: "drive", KMH: kmh, OpenKMH: 10, LinkKMH: 10,
		Access: []string{"access", "vehicle", "motor_vehicle", "motorcar"}, Closed: noEntry, Open: entry,
		Oneway: []string{"oneway:motor_vehicle", "oneway"}, OnewayKinds: []string{"motorway", "motorway_link", "roundabout", "circular"},
		MaxSpeed: "cap", MaxSpeedShare: 0.9,
		Surface: map[string]float64{
			"surface=gravel": 40, "surface=fine_gravel": 45, "surface=compacted": 50, "surface=unpaved": 35, "surface=ground": 25, "surface=dirt": 25,
			"surface=earth": 25, "surface=grass": 15, "surface=sand": 12, "surface=mud": 8, "surface=rock": 8, "surface=cobblestone": 25, "surface=sett": 35,
			"tracktype=grade3": 15, "tracktype=grade4": 10, "tracktype=grade5": 6,
			"smoothness=bad": 30, "smoothness=very_bad": 15, "smoothness=horrible": 8, "smoothness=very_horrible": 5, "smoothness=impassable": 0,
		},
		Barriers: []string{
			"bollard", "block", "jersey_barrier", "cycle_barrier", "motorcycle_barrier", "stile", "kissing_gate", "turnstile", "full-height_turnstile",
			"wall", "fence", "hedge", "ditch", "retaining_wall", "city_wall", "log", "debris", "chain", "planter", "horse_stile", "sump_buster", "bus_trap",
		},
		Turns:         []string{"restriction:motor_vehicle", "restriction:motorcar"},
		FerryNeedsTag: true,
	}
}

// Shipped returns the shipped profiles in the order in which they are listed.
func Shipped() []Profile { return []Profile{Walk(), Bicycle(), EBike(), Car()} }
