// Package index finds things by place: [Live], an R-tree over int32 ids for
// what is edited (facilities, scenarios), and [Packed], a read-only k-d tree for
// bulk work, which answers "nearest" some twenty times as fast. Distances are metres along
// the WGS 84 geodesic and results come in a total order, so that an answer never
// depends on the order of insertion.
//
// It holds ids and places only; what they mean is the caller's.
package index
