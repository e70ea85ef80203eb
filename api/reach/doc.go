// Package reach answers questions about one place in GeoJSON: the way to the
// nearest facility, step by step, and what is reached within some thresholds.
//
// It computes no travel time: routes and areas are those of package analysis, in
// the words of the command line (analysis.RouteSaid, analysis.AreaSaid).
package reach
