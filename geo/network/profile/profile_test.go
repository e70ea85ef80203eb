package profile

import (
	"math"
	"testing"
)

func TestSpeedsOfTheShippedProfiles(t *testing.T) {
	for _, c := range []struct {
		profile           Profile
		tags              []string
		forward, backward float64
	}{
		{Walk(), []string{"highway", "residential", "oneway", "yes"}, 5, 5},
		{Walk(), []string{"highway", "steps"}, 2.5, 2.5},
		{Walk(), []string{"highway", "motorway"}, 0, 0},
		{Walk(), []string{"highway", "motorway", "foot", "yes"}, 5, 5},
		{Walk(), []string{"highway", "footway", "access", "private"}, 0, 0},
		{Walk(), []string{"highway", "footway", "access", "private", "foot", "yes"}, 5, 5},
		{Walk(), []string{"highway", "path", "foot", "no"}, 0, 0},
		{Walk(), []string{"highway", "path", "sac_scale", "alpine_hiking"}, 1.5, 1.5},
		{Walk(), []string{"man_made", "pier"}, 5, 5},
		{Walk(), []string{"highway", "construction"}, 0, 0},
		{Bicycle(), []string{"highway", "residential", "oneway", "yes"}, 15, 0},
		{Bicycle(), []string{"highway", "residential", "oneway", "yes", "oneway:bicycle", "no"}, 15, 15},
		{Bicycle(), []string{"highway", "footway", "bicycle", "yes"}, 4, 4},
		{Bicycle(), []string{"highway", "residential", "bicycle", "dismount"}, 4, 4},
		{Bicycle(), []string{"highway", "motorway"}, 0, 0},
		{Bicycle(), []string{"highway", "track", "surface", "sand"}, 5, 5},
		{EBike(), []string{"highway", "residential"}, 22, 22},
		{EBike(), []string{"highway", "footway"}, 4, 4},
		{Car(), []string{"highway", "residential"}, 25, 25},
		{Car(), []string{"highway", "residential", "maxspeed", "10"}, 9, 9},
		{Car(), []string{"highway", "residential", "maxspeed", "80"}, 25, 25},
		{Car(), []string{"highway", "primary", "maxspeed:forward", "30", "maxspeed", "40"}, 27, 36},
		{Car(), []string{"highway", "primary", "maxspeed", "30 mph"}, 30 * 1.609344 * 0.9, 30 * 1.609344 * 0.9},
		{Car(), []string{"highway", "primary", "maxspeed", "CN:urban"}, 55, 55},
		{Car(), []string{"highway", "footway"}, 0, 0},
		{Car(), []string{"highway", "pedestrian", "motor_vehicle", "destination"}, 10, 10},
		{Car(), []string{"highway", "residential", "vehicle", "no"}, 0, 0},
		{Car(), []string{"highway", "residential", "vehicle", "no", "motorcar", "yes"}, 25, 25},
		{Car(), []string{"highway", "motorway"}, 100, 0},
		{Car(), []string{"highway", "motorway", "oneway", "no"}, 100, 100},
		{Car(), []string{"highway", "primary", "oneway", "-1"}, 0, 55},
		{Car(), []string{"highway", "primary", "junction", "roundabout"}, 55, 0},
		{Car(), []string{"highway", "track", "surface", "mud", "tracktype", "grade5"}, 6, 6},
		{Car(), []string{"highway", "unclassified", "smoothness", "impassable"}, 0, 0},
		{Car(), []string{"highway", "living_street"}, 8, 8},
		{Car(), []string{"highway", "ferry_link"}, 10, 10},
	} {
		f, b := c.profile.Speeds(tagsOf(c.tags...))
		if math.Abs(f-c.forward) > 1e-9 || math.Abs(b-c.backward) > 1e-9 {
			t.Errorf("%s on %v: %v and %v, want %v and %v", c.profile.Name, c.tags, f, b, c.forward, c.backward)
		}
	}
}

func TestLimitsReplaceSpeedsWhenAskedTo(t *testing.T) {
	p := Car()
	p.MaxSpeed, p.MaxSpeedShare = "use", 0
	if f, _ := p.Speeds(tagsOf("highway", "residential", "maxspeed", "80")); f != 80 {
		t.Errorf("%v km/h", f)
	}
	p.MaxSpeed = ""
	if f, _ := p.Speeds(tagsOf("highway", "residential", "maxspeed", "5")); f != 25 {
		t.Errorf("%v km/h", f)
	}
}

func TestMaxSpeedValues(t *testing.T) {
	for s, want := range map[string]float64{
		"50": 50, "50 km/h": 50, "30 mph": 48.28032, "30mph": 48.28032, "80;60": 60, "walk": 7, "10 knots": 18.52,
		"none": 0, "signals": 0, "": 0, "CN:urban": 0, "-5": 0, "0": 0, "NaN": 0, "Inf": 0, "1e9": 0, ";": 0,
	} {
		if got, ok := parseKMH(s); math.Abs(got-want) > 1e-9 || ok != (want > 0) {
			t.Errorf("%q: %v %v, want %v", s, got, ok, want)
		}
	}
}

func TestBarriersAndTurnsByProfile(t *testing.T) {
	car, walk := Car(), Walk()
	for _, c := range []struct {
		tags      []string
		car, walk bool
	}{
		{[]string{"barrier", "bollard"}, false, true},
		{[]string{"barrier", "bollard", "motor_vehicle", "yes"}, true, true},
		{[]string{"barrier", "gate"}, true, true},
		{[]string{"barrier", "gate", "access", "private"}, false, false},
		{[]string{"barrier", "lift_gate", "motor_vehicle", "no"}, false, true},
	} {
		if tags := tagsOf(c.tags...); car.Passes(tags) != c.car || walk.Passes(tags) != c.walk {
			t.Errorf("%v: car %v, walk %v", c.tags, car.Passes(tags), walk.Passes(tags))
		}
	}
	for _, c := range []struct {
		tags []string
		car  bool
	}{
		{[]string{"restriction", "no_left_turn"}, true},
		{[]string{"restriction", "no_left_turn", "except", "bus; motorcar"}, false},
		{[]string{"restriction", "no_left_turn", "except", "bus"}, true},
		{[]string{"restriction:hgv", "no_left_turn"}, false},
		{[]string{"restriction:motorcar", "no_left_turn"}, true},
	} {
		if tags := tagsOf(c.tags...); car.Holds(tags) != c.car || walk.Holds(tags) {
			t.Errorf("%v: car %v, walk %v", c.tags, car.Holds(tags), walk.Holds(tags))
		}
	}
}

func TestValidateTellsEverything(t *testing.T) {
	for _, p := range Shipped() {
		if faults := p.Validate(); len(faults) > 0 {
			t.Errorf("%s: %v", p.Name, faults)
		}
	}
	bad := Profile{KMH: map[string]float64{"residential": -1, "a": math.NaN()}, Surface: map[string]float64{"surface=mud": 301}, MaxSpeed: "often", MaxSpeedShare: 3, LinkKMH: math.Inf(1)}
	want := []string{"kmh.a", "kmh.residential", "surface.surface=mud", "link_kmh", "kmh", "maxspeed", "maxspeed_share"}
	faults := bad.Validate()
	if len(faults) != len(want) {
		t.Fatalf("%v", faults)
	}
	for i, f := range faults {
		if f.Field != want[i] || reasons[f.Reason] == "" {
			t.Errorf("fault %d: %v, want %s", i, f, want[i])
		}
	}
}

func tagsOf(pairs ...string) Tags {
	var list []Tag
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, Tag{pairs[i], pairs[i+1]})
	}
	return NewTags(list...)
}
