// Package style draws the layers of a store for QGIS: the default styles that
// QGIS finds in the table layer_styles of a GeoPackage or a PostGIS schema, as
// QML (what QGIS reads) and as SLD 1.0 (for other programs, simpler).
//
// The central function is [Of]. Colours: what is served is blue, the longer
// the way the paler; what is not is orange; gaps are outlined red. The ramps
// stay apart for people with red-green blindness.
package style
