// Package streets draws the streets and boats of a network as one layer of vector
// tiles: a quiet ground to read other things on. It finds no way and knows no
// speed; which streets are drawn from which zoom on is decided by their class
// alone, and a tile never has more than a fixed number of vertices.
//
// Edges of one rank that meet two by two are joined to strands first, so that a
// simplified street has no holes where side streets leave it. The central type is
// [Map]. Lines are simplified by Douglas and Peucker's method.
package streets
