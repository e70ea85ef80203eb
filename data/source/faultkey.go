package source

import "lifecircle/geo/crs"

var faultKeys = map[crs.Fault]string{
	crs.NotFinite: "lonlat.text", crs.Swapped: "lonlat.swapped", crs.Outside: "lonlat.range",
	crs.Degrees: "lonlat.degrees", crs.Metres: "lonlat.metres", crs.NoZonePrefix: "lonlat.no_zone_prefix", crs.ZonePrefix: "lonlat.zone_prefix",
}

// FaultKey is the key of the message about coordinates that cannot belong to
// their system, "" of [crs.None]. The message names {value} and {crs}.
func FaultKey(f crs.Fault) string { return faultKeys[f] }
