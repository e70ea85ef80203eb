// Package postgis keeps a project in a schema of a PostGIS database, for teams:
// the same layers as tables that QGIS, GDAL and every SQL client open, with
// spatial indexes and default styles. The central type is [Store].
//
// The URL is that of PostgreSQL, with the schema as one more parameter:
//
//	postgres://user:password@host:5432/database?schema=lifecircle
//
// Without it the schema is "lifecircle". [Create] makes the schema and its
// tables (numbered migrations, goose) and, if it may, the extension PostGIS.
//
// Every write is one transaction that holds the table "project" alone, so that
// [Store.Load] sees a dataset before the write or after it, never between; it
// waits meanwhile. Two writers do not wait for one another longer than
// [LockTimeoutS]: the later one gets a Conflict.
//
// The table layer_styles stands in the schema of the project, not in "public":
// QGIS looks for it along the search path, so connect with
// options='-c search_path=lifecircle,public' to see the styles.
package postgis
