package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// Fault says why a coordinate cannot belong to a system. [None] is "".
type Fault string

// The faults that [CRS.Check] finds.
const (
	None         Fault = ""
	NotFinite    Fault = "not_finite"     // NaN or infinite
	Swapped      Fault = "swapped"        // would fit with x and y exchanged
	Degrees      Fault = "degrees"        // looks like degrees, the system is in metres
	Metres       Fault = "metres"         // looks like metres, the system is in degrees
	NoZonePrefix Fault = "no_zone_prefix" // the easting lacks the zone number of the system
	ZonePrefix   Fault = "zone_prefix"    // the easting begins with another zone number, or with one where there is none
	Outside      Fault = "outside"        // outside the range of the system for another reason
)

// box is a closed range of coordinates.
type box struct{ minX, minY, maxX, maxY float64 }

func (b box) holds(p orb.Point) bool {
	return p[0] >= b.minX && p[0] <= b.maxX && p[1] >= b.minY && p[1] <= b.maxY
}

// Check reports whether p can be a coordinate of c: None, or the most helpful
// reason why not. It judges plausibility, not truth. Bounds are closed:
//
//   - WGS 84: -180..180, -90..90;
//   - CGCS2000 in degrees, GCJ-02, BD-09: the box 72.004..137.8347 E,
//     0.8293..55.8271 N, a little wider than China with its seas (a GCJ-02 file
//     that reaches beyond it is rightly the identity there, and still flagged);
//   - Gauss-Kruger: easting within 500 km of the central meridian, after the
//     zone prefix where the system has one; northing 90 km..6,200 km. Planners
//     keep counties that cross a zone edge in one zone, so the zone's own width
//     is no bound;
//   - UTM: easting 0..1,000 km, northing 0..9,400 km north, 600..10,000 km south;
//   - Web Mercator: the square of the web maps.
//
// The zero value flags every point as Outside.
func (c CRS) Check(p orb.Point) Fault {
	if math.IsNaN(p[0]-p[0]) || math.IsNaN(p[1]-p[1]) {
		return NotFinite
	}
	if c.kind == kindNone {
		return Outside
	}
	b := c.limits()
	if c.IsGeographic() {
		return checkDegrees(b, p)
	}
	if math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 180 && p != (orb.Point{}) {
		return Degrees
	}
	if b.holds(p) {
		return None
	}
	swapped := orb.Point{p[1], p[0]}
	if b.holds(swapped) {
		return Swapped
	}
	if f := c.checkPrefix(b, p); f != None {
		return f
	}
	if c.checkPrefix(b, swapped) != None {
		return Swapped
	}
	return Outside
}

func checkDegrees(b box, p orb.Point) Fault {
	switch {
	case b.holds(p):
		return None
	case b.holds(orb.Point{p[1], p[0]}):
		return Swapped
	case math.Abs(p[0]) > 1000 || math.Abs(p[1]) > 1000:
		return Metres
	}
	return Outside
}

// checkPrefix looks for an easting that differs from a good one by its zone
// prefix alone. Prefixes of the Gauss-Kruger zones of China are 13 to 45.
func (c CRS) checkPrefix(b box, p orb.Point) Fault {
	if c.kind != kindTransverse || p[1] < b.minY || p[1] > b.maxY {
		return None
	}
	prefix := math.Floor(p[0] / 1e6)
	switch {
	case prefix == 0 && c.tm.falseEast > 1e6:
		return NoZonePrefix
	case prefix >= 13 && prefix <= 45:
		return ZonePrefix
	}
	return None
}

// limits returns the plausible range of c.
func (c CRS) limits() box {
	switch {
	case c.kind == kindWebMercator:
		return box{-20037508.3428, -20048966.2, 20037508.3428, 20048966.2}
	case c.kind == kindTransverse && c.tm.scale == 1:
		return box{c.tm.falseEast - 500e3, 90e3, c.tm.falseEast + 500e3, 6200e3}
	case c.kind == kindTransverse && c.tm.falseNorth == 0:
		return box{0, 0, 1000e3, 9400e3}
	case c.kind == kindTransverse:
		return box{0, 600e3, 1000e3, 10000e3}
	case c.epsg == 4326:
		return box{-180, -90, 180, 90}
	}
	return box{gcjMinLon, gcjMinLat, gcjMaxLon, gcjMaxLat}
}
