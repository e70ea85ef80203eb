// Package tiles answers with vector tiles of the demand, of a run's coverage and
// of the streets. The drawing is that of package geo/tile, of streets that of
// package streets; here stand the two measures, what is kept of them, and the
// finished tiles, each compressed once.
package tiles
