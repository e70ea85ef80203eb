// Package audit looks for what is wrong with places that were read without
// fault: rings that cross themselves, zones that overlap, holes between zones,
// facilities listed twice, and sets of places that fit where they should lie
// much better in another coordinate system than the declared one.
//
// It judges values in memory and says what it found; it changes nothing, except
// that [Mend] returns a mended copy of a polygon when asked. Turning findings
// into issues at their rows is the work of package data.
//
// Coordinates are WGS 84 unless said otherwise.
package audit
