// Package geodesy measures on the WGS 84 ellipsoid: distances, destinations,
// circles, areas and a local metric frame. It knows no coordinate system but
// WGS 84 longitude and latitude in degrees ([orb.Point]) and the earth-centred
// metres that belong to it ([Vec]); package geo/crs turns others into it.
//
// The central function is [Metres], the length of the geodesic between two
// earth-centred points. [Distance] is the same for longitudes and latitudes.
//
// Errors against the exact value, measured against PROJ's geodesic routines
// (tables in the tests):
//
//   - [Distance], [Metres]: under 5 nm up to 100 km, 20 nm anywhere (also for
//     points that are almost opposite each other); 0 for equal points
//   - [Destination], [Circle]: under 10 nm
//   - [Area]: under 1e-9 of the area for polygons of 10 m and more
//   - [Frame]: 3e-9 of the distance within 1 km, 8e-6 within 60 km of its origin
//
// Sources: C. F. F. Karney, Algorithms for geodesics, Journal of Geodesy 87
// (2013) 43-55, doi:10.1007/s00190-012-0578-z, to the sixth order of the third
// flattening; NIMA TR8350.2 for the ellipsoid.
package geodesy
