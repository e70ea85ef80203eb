// Package query reads the query parameters of a request strictly: a parameter
// that is unknown, repeated, empty or out of range is refused by name, never
// skipped. [Parse] gives [Values]; its methods read the parameters that several
// answers share: the choice of a standard, boxes, pages, zones, the language.
//
// It knows nothing of the data: whether a standard or a zone exists is not
// decided here.
package query
