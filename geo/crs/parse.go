package crs

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// ErrUnknown is in the chain of errors of [Parse] for a code that is not one of
// the systems of this package.
var ErrUnknown = errors.New("unknown coordinate reference system")

// ErrDatum is in the chain of errors of [Parse] for a system on the Beijing
// 1954 or Xi'an 1980 datum: turning it into WGS 84 takes parameters of the
// province, so the data have to be converted to CGCS2000 first.
var ErrDatum = errors.New("the datums Beijing 1954 and Xi'an 1980 need local parameters")

// Parse reads the code or name of a system, in any case and spacing:
//
//   - "EPSG:4547", "epsg 4547", "4547"; EPSG 4326, 4490, 4491-4554, 3857,
//     32601-32660, 32701-32760;
//   - "urn:ogc:def:crs:EPSG::4547", "http://www.opengis.net/def/crs/EPSG/0/4547",
//     CRS84 in its urn, http and short forms;
//   - names as EPSG and ESRI write them: "WGS 84", "CGCS2000",
//     "CGCS2000 / 3-degree Gauss-Kruger CM 114E", "WGS_1984_UTM_Zone_50N";
//   - "GCJ-02", "BD-09" and a few Chinese names.
//
// The axis order that a form implies is not kept: x is always longitude or
// easting. The error wraps [ErrUnknown] or [ErrDatum].
func Parse(code string) (CRS, error) {
	if len(code) > 256 {
		return CRS{}, fmt.Errorf("%w: a name of %d bytes", ErrUnknown, len(code))
	}
	if c, ok := names()[squeeze(code)]; ok {
		return c, nil
	}
	n, ok := epsgNumber(code)
	if !ok {
		return CRS{}, fmt.Errorf("%w: %q", ErrUnknown, code)
	}
	if c, ok := fromEPSG(n); ok {
		return c, nil
	}
	if oldDatum(n) {
		return CRS{}, fmt.Errorf("%w: EPSG:%d", ErrDatum, n)
	}
	return CRS{}, fmt.Errorf("%w: EPSG:%d", ErrUnknown, n)
}

// epsgPrefixes are what may stand before an EPSG number, squeezed. A version
// between authority and number ("0", "9.9.1") is taken off by epsgNumber.
var epsgPrefixes = []string{
	"", "epsg", "urnogcdefcrsepsg", "urnxogcdefcrsepsg",
	"httpwwwopengisnetdefcrsepsg", "httpswwwopengisnetdefcrsepsg",
	"httpwwwopengisnetgmlsrsepsgxml", "httpsepsgio",
}

// epsgNumber finds the number at the end of a code of one of the known forms.
func epsgNumber(code string) (int32, bool) {
	code = strings.TrimSpace(code)
	cut := len(code)
	for cut > 0 && code[cut-1] >= '0' && code[cut-1] <= '9' {
		cut--
	}
	n, err := strconv.ParseInt(code[cut:], 10, 32)
	if err != nil || n == 0 {
		return 0, false
	}
	head := code[:cut]
	// A number stands alone or after a separator or the letters EPSG, so that
	// "-4326" and "4.4326" are none.
	if strings.HasSuffix(head, "-") || strings.HasSuffix(head, "+") || strings.HasSuffix(head, ".") {
		return 0, false
	}
	head = squeeze(strings.TrimRight(head, "0123456789.:/#"))
	for _, p := range epsgPrefixes {
		if head == p {
			return int32(n), true
		}
	}
	return 0, false
}

// oldDatum knows the EPSG codes of Beijing 1954 and Xi'an 1980: geographic, and
// their Gauss-Kruger zones.
func oldDatum(n int32) bool {
	return n == 4214 || n == 4610 || n >= 2327 && n <= 2442 || n >= 21413 && n <= 21463
}

// squeeze keeps letters and digits, in lower case.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// names maps squeezed names to systems.
var names = sync.OnceValue(func() map[string]CRS {
	all := map[string]CRS{}
	add := func(c CRS, names ...string) {
		for _, n := range names {
			all[squeeze(n)] = c
		}
	}
	mustEPSG := func(n int32) CRS {
		c, _ := fromEPSG(n)
		return c
	}
	add(WGS84(), "WGS 84", "WGS 1984", "GCS_WGS_1984", "CRS84", "OGC:CRS84", "World Geodetic System 1984",
		"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "urn:ogc:def:crs:OGC:2:84",
		"http://www.opengis.net/def/crs/OGC/1.3/CRS84", "https://www.opengis.net/def/crs/OGC/1.3/CRS84",
		"http://www.opengis.net/def/crs/OGC/0/CRS84")
	add(mustEPSG(4490), "CGCS2000", "CGCS 2000", "GCS_China_Geodetic_Coordinate_System_2000",
		"China Geodetic Coordinate System 2000", "国家2000", "2000国家大地坐标系", "国家2000大地坐标系")
	add(mustEPSG(3857), "Web Mercator", "WGS 84 / Pseudo-Mercator", "WGS_1984_Web_Mercator_Auxiliary_Sphere",
		"EPSG:900913", "ESRI:102100")
	add(CRS{kind: kindGCJ02}, "GCJ-02", "火星坐标系", "国测局坐标系")
	add(CRS{kind: kindBD09}, "BD-09", "BD-09LL", "百度坐标系")
	for n := int32(4491); n <= 4554; n++ {
		add(mustEPSG(n), gaussKrugerNames(n)...)
	}
	for zone := int32(1); zone <= 60; zone++ {
		add(mustEPSG(32600+zone), fmt.Sprintf("WGS 84 / UTM zone %dN", zone), fmt.Sprintf("WGS_1984_UTM_Zone_%dN", zone))
		add(mustEPSG(32700+zone), fmt.Sprintf("WGS 84 / UTM zone %dS", zone), fmt.Sprintf("WGS_1984_UTM_Zone_%dS", zone))
	}
	return all
})

// gaussKrugerNames returns the EPSG and the ESRI name of a code.
func gaussKrugerNames(n int32) []string {
	lon, zone := gaussKruger(n)
	place := fmt.Sprintf("CM %dE", lon)
	if zone > 0 {
		place = fmt.Sprintf("zone %d", zone)
	}
	if n <= 4512 {
		return []string{"CGCS2000 / Gauss-Kruger " + place, "CGCS2000_GK_" + place}
	}
	return []string{"CGCS2000 / 3-degree Gauss-Kruger " + place, "CGCS2000_3_Degree_GK_" + place}
}
