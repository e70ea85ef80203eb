// Package osm reads OpenStreetMap extracts (PBF): streets, turn restrictions and
// ferries into a [network.Builder] ([Fill], [Network]), and points of interest
// ([Facilities]). It decides nothing about speeds or access; it keeps the tags
// that profiles look at and puts some of them into one form.
//
// Several extracts are read as one: a way in two of them is one way, and what
// one lacks the other may have, so that neighbours join without a seam. The
// order of the files does not matter.
//
// A file is read more than once: ways and relations first, then the places of
// the nodes that they need, in a dense table.
//
// The decoder is github.com/paulmach/osm. It stops for no context and panics on
// some damaged files, so it reads from a guard that unpacks and checks every
// block, and says which one is wrong. Formats: OSM PBF 1.6 with dense nodes;
// raw, zlib or zstd blocks (https://wiki.openstreetmap.org/wiki/PBF_Format).
package osm
