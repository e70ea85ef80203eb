package crs

import (
	"math"
	"strconv"

	"github.com/paulmach/orb"
)

type kind uint8

const (
	kindNone kind = iota
	kindGeographic
	kindTransverse
	kindWebMercator
	kindGCJ02
	kindBD09
)

// CRS is a coordinate reference system. Values can be compared with ==. The
// zero value is no system: its Code is empty and its conversions give NaN, so
// that a forgotten Parse shows.
type CRS struct {
	kind kind
	epsg int32 // 0 for GCJ-02 and BD-09
	tm   transverse
}

// WGS84 is EPSG:4326, the system of everything inside the program.
func WGS84() CRS { return CRS{kind: kindGeographic, epsg: 4326} }

// IsZero reports whether c is no system.
func (c CRS) IsZero() bool { return c.kind == kindNone }

// Code returns the code that [Parse] reads back: "EPSG:4547", "GCJ-02",
// "BD-09"; "" for the zero value.
func (c CRS) Code() string {
	switch c.kind {
	case kindNone:
		return ""
	case kindGCJ02:
		return "GCJ-02"
	case kindBD09:
		return "BD-09"
	}
	return "EPSG:" + strconv.Itoa(int(c.epsg))
}

// String returns the code.
func (c CRS) String() string { return c.Code() }

// IsGeographic reports whether coordinates are degrees of longitude and
// latitude; otherwise they are metres.
func (c CRS) IsGeographic() bool {
	return c.kind == kindGeographic || c.kind == kindGCJ02 || c.kind == kindBD09
}

// ToWGS84 converts a point of c to WGS 84 longitude and latitude in degrees. It
// does not judge the point (see [CRS.Check]): what cannot be converted gives
// NaN or infinite coordinates.
func (c CRS) ToWGS84(p orb.Point) orb.Point {
	switch c.kind {
	case kindGeographic:
		return p
	case kindTransverse:
		return c.tm.inverse(p)
	case kindWebMercator:
		return mercatorInverse(p)
	case kindGCJ02:
		return gcjToWGS(p)
	case kindBD09:
		return gcjToWGS(bdToGCJ(p))
	}
	return orb.Point{math.NaN(), math.NaN()}
}

// FromWGS84 converts WGS 84 longitude and latitude in degrees to a point of c;
// the inverse of [CRS.ToWGS84].
func (c CRS) FromWGS84(p orb.Point) orb.Point {
	switch c.kind {
	case kindGeographic:
		return p
	case kindTransverse:
		return c.tm.forward(p)
	case kindWebMercator:
		return mercatorForward(p)
	case kindGCJ02:
		return wgsToGCJ(p)
	case kindBD09:
		return gcjToBD(wgsToGCJ(p))
	}
	return orb.Point{math.NaN(), math.NaN()}
}

// fromEPSG makes the system of a supported EPSG code.
func fromEPSG(n int32) (CRS, bool) {
	switch {
	case n == 4326 || n == 4490:
		return CRS{kind: kindGeographic, epsg: n}, true
	case n == 3857:
		return CRS{kind: kindWebMercator, epsg: n}, true
	case n >= 4491 && n <= 4554:
		lon, zone := gaussKruger(n)
		return CRS{kindTransverse, n, transverse{
			ellipsoid: grs80, lon0: float64(lon), scale: 1,
			falseEast: float64(zone)*1e6 + 500000,
		}}, true
	case n >= 32601 && n <= 32660, n >= 32701 && n <= 32760:
		return CRS{kindTransverse, n, utm(n)}, true
	}
	return CRS{}, false
}

// gaussKruger returns the central meridian of a CGCS2000 Gauss-Kruger code and
// the zone number that its eastings begin with, 0 when they have none. EPSG
// lists four runs: 6-degree zones 13-23, 6-degree meridians 75-135 E, 3-degree
// zones 25-45, 3-degree meridians 75-135 E.
func gaussKruger(n int32) (lon, zone int32) {
	switch {
	case n <= 4501:
		zone = n - 4491 + 13
		return zone*6 - 3, zone
	case n <= 4512:
		return 75 + (n-4502)*6, 0
	case n <= 4533:
		zone = n - 4513 + 25
		return zone * 3, zone
	}
	return 75 + (n-4534)*3, 0
}

// utm returns the projection of a UTM code, 326zz north and 327zz south.
func utm(n int32) transverse {
	t := transverse{ellipsoid: wgs84, lon0: float64(n%100*6 - 183), scale: 0.9996, falseEast: 500000}
	if n > 32700 {
		t.falseNorth = 1e7
	}
	return t
}
