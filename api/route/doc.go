// Package route is what the packages of handlers share: a [Route] with the
// parameters it takes, the [Request] that its handler gets, and answers with an
// entity tag. Package api wires routes into the router.
package route
