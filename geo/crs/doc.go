// Package crs turns coordinates of the reference systems that Chinese planning
// data come in into WGS 84 longitude and latitude, and back: WGS 84, CGCS2000
// (geographic and every EPSG Gauss-Kruger zone, with and without the zone
// prefix in the easting), UTM, Web Mercator, and the offset systems of Chinese
// web maps, GCJ-02 and BD-09. The central type is [CRS]; [Parse] reads a code
// or a name, [FromWKT] a .prj file, [CRS.Check] tells whether a coordinate can
// belong to a system at all.
//
// Axis order. A point is always x, y: x is the longitude or the easting, y the
// latitude or the northing, whatever order EPSG states for the code (EPSG puts
// latitude or northing first for 4326, 4490 and all Gauss-Kruger codes).
//
// Datum. CGCS2000 and WGS 84 are treated as one datum. CGCS2000 is ITRF97 at
// epoch 2000.0 and WGS 84 follows ITRF: at that epoch they agree to
// centimetres, their ellipsoids differ by 0.1 mm. The Eurasian plate has since
// carried coordinates fixed in 2000 some 3 cm a year, under a metre in all,
// which is far below the size of a population cell. Beijing 1954 and Xi'an 1980
// differ by up to 100 m and more and need local parameters: they are refused
// ([ErrDatum]), never guessed.
//
// Methods. Transverse Mercator by the Krueger series to the sixth order in the
// third flattening (C. F. F. Karney, Transverse Mercator with an accuracy of a
// few nanometers, J. Geodesy 85, 2011), which agrees with PROJ to well under a
// millimetre in the zones and beyond. GCJ-02 and BD-09 by the formulas that
// became public with the map services; the way back is found by iteration. What
// the state's own software does beyond them is not known: take GCJ-02 results
// as good to about a metre against the ground.
//
// A geometry is converted in place with orb's project package:
//
//	g = project.MultiPolygon(g, c.ToWGS84)
package crs
