package osm

import (
	"slices"
	"strings"

	"lifecircle/geo/network/profile"

	"github.com/paulmach/osm"
)

// kept are the keys of a street that profiles may look at.
var kept = keySet(
	"highway", "route", "man_made", "railway", "public_transport", "access", "foot", "vehicle", "bicycle", "motor_vehicle", "motorcar", "moped", "mofa",
	"motorcycle", "bus", "psv", "hgv", "emergency", "oneway", "oneway:bicycle", "oneway:foot", "oneway:motor_vehicle", "junction", "surface",
	"tracktype", "smoothness", "sac_scale", "maxspeed", "maxspeed:forward", "maxspeed:backward", "service", "tunnel", "bridge",
)

// accessKeys are those of a barrier, besides "barrier" itself.
var accessKeys = keySet("access", "foot", "vehicle", "bicycle", "motor_vehicle", "motorcar", "moped", "motorcycle", "emergency")

// noStreet are values of "highway" of what is not there.
var noStreet = keySet("construction", "proposed", "planned", "abandoned", "razed", "disused", "demolished", "dismantled", "no", "none", "rest_area", "services", "bus_stop", "street_lamp", "traffic_sign")

// NoRoad reports whether a value of "highway" is of what is not there to be
// moved over: being built, planned, gone, or no road at all.
func NoRoad(value string) bool { return noStreet[value] }

// harmless are barriers that everybody passes.
var harmless = keySet("kerb", "entrance", "border_control", "toll_booth", "height_restrictor", "cattle_grid", "no")

func keySet(names ...string) map[string]bool {
	m := make(map[string]bool, len(names))
	for _, n := range names {
		m[n] = true
	}
	return m
}

// isFerry reports whether a way is a line of a ferry.
func isFerry(t osm.Tags) bool {
	return t.Find("route") == "ferry" || t.Find("ferry") == "yes" && t.Find("highway") == ""
}

// isStreet reports whether somebody may travel along a way on land.
func isStreet(t osm.Tags) bool {
	if v := t.Find("highway"); v != "" {
		return !noStreet[v]
	}
	return t.Find("man_made") == "pier" || t.Find("railway") == "platform" || t.Find("public_transport") == "platform"
}

// streetTags keeps the tags that matter, some brought to one form: contraflow
// cycling becomes oneway:bicycle=no, and motorroad refuses those on foot and on
// bicycles.
func streetTags(t osm.Tags, also []string) profile.Tags {
	var list []profile.Tag
	put := func(key, value string) { list = append(list, profile.Tag{Key: key, Value: value}) }
	ferry := isFerry(t)
	for _, tag := range t {
		switch {
		case !kept[tag.Key] && !slices.Contains(also, tag.Key):
		case tag.Key == "route" && !ferry, tag.Key == "service" && tag.Value != "driveway" && tag.Value != "parking_aisle" && tag.Value != "emergency_access":
		case ferry && (tag.Key == "highway" || tag.Key == "public_transport" || tag.Key == "railway"):
		case tag.Key == "railway" && tag.Value != "platform", tag.Key == "man_made" && tag.Value != "pier", tag.Key == "public_transport" && tag.Value != "platform":
		default:
			put(tag.Key, tag.Value)
		}
	}
	if ferry {
		put("route", "ferry")
	}
	for _, key := range []string{"cycleway", "cycleway:left", "cycleway:right", "cycleway:both"} {
		if strings.HasPrefix(t.Find(key), "opposite") {
			put("oneway:bicycle", "no")
			break
		}
	}
	if t.Find("motorroad") == "yes" {
		put("foot", "no")
		put("bicycle", "no")
	}
	return profile.NewTags(list...)
}

// barrierTags are the tags of a node that may stop somebody, nil for any other.
func barrierTags(t osm.Tags) profile.Tags {
	b := t.Find("barrier")
	if b == "" || harmless[b] {
		return nil
	}
	list := []profile.Tag{{Key: "barrier", Value: b}}
	for _, tag := range t {
		if accessKeys[tag.Key] {
			list = append(list, profile.Tag{Key: tag.Key, Value: tag.Value})
		}
	}
	return profile.NewTags(list...)
}

// isQuay reports whether a node on a ferry's line is a stop.
func isQuay(t osm.Tags) bool {
	return t.Find("amenity") == "ferry_terminal" || t.Find("public_transport") == "stop_position" || t.Find("public_transport") == "station" && t.Find("ferry") == "yes"
}
