// Package layer says what stands in a store, whatever keeps it: the tables and
// layers of a dataset ([Dataset]) and of a run ([Run]) with their columns and
// rows, and the way back ([Load]). A store only has to write a [Layer] and to
// read one through [Source].
//
// Layers of a dataset: facilities, zones, land, demand, and transport_roads,
// which is drawn for the eye and never read. Tables: project (keys and values),
// standards, packs, sources, transport_parts (the road graph and the columns of
// the ground, cut into compressed pieces). Layers of the latest kept run:
// coverage (a row a standard and demand row), gaps; the table coverage_rows,
// which the view coverage_zones joins to the zones.
//
// The package knows neither SQL nor files. What a user may have changed with a
// GIS is read with care: an error names the feature and the field.
package layer
