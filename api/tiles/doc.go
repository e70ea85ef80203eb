// Package tiles answers with vector tiles of the demand and of a run's coverage.
// The drawing is that of package geo/tile; here stand the two measures, what is
// kept of them, and the finished tiles, each compressed once.
package tiles
