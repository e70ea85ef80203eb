// Package pgtest starts a PostgreSQL server with PostGIS for tests, out of the
// binaries that the machine has: a new cluster in a temporary folder, reached
// through a Unix socket there and a free port of the loopback, stopped and
// removed when the tests of the process end. [URL] gives an empty database.
//
// Without the binaries tests are skipped, or fail when the variable
// LIFECIRCLE_REQUIRE is "all". The server trusts every local user and does not
// wait for the disk: it is for tests only.
package pgtest
