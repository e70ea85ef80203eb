// Package features answers with GeoJSON: facilities, zones and demand as they
// are in the dataset; coverage, gaps and service circles as a run found them;
// and what is known of one place. Lists are filtered by box and by words and
// come in pages. What sharing across borders brings is a plain table.
//
// It computes no coverage: rows, gaps and cell values are those of the run.
package features
