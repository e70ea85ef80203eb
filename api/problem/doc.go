// Package problem writes errors as problem details (RFC 9457) in the language of
// the request. One table turns the code of a [coverage.Error] into an HTTP
// status. It logs nothing and shows no cause that is not meant for people: what
// the catalogue does not know becomes "internal".
package problem
