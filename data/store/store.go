// Package store is the contract that every store of a project keeps: one
// GeoPackage file (package gpkg) or a PostGIS database (package postgis). The
// suite in package storetest holds them equal; package openstore chooses one by
// its URL.
//
// A dataset comes back from Load as Save was given it: the same rows in the
// same order, the same bits of every number (a negative zero becomes zero). What
// people change in a store with a GIS is what Load returns, and it says so with
// one more [coverage.Source] a changed layer ([Edits]), so that a run on edited
// data has another hash.
package store

import (
	"context"

	"lifecircle/coverage"
)

// Store keeps one project: its dataset, and the runs made on it. Every method
// that writes either does all of its work or leaves the store as it was.
//
// Errors: NotFound when there is no store or nothing in it, Unusable when what
// is there is damaged or cannot be kept ([Check]), Conflict when somebody else
// is writing, and ctx's error.
type Store interface {
	// Save replaces the dataset, and forgets every run.
	Save(ctx context.Context, ds *coverage.Dataset, p coverage.Progress) error
	// Load returns the dataset as Save was given it, rows in the same order.
	Load(ctx context.Context, p coverage.Progress) (*coverage.Dataset, error)
	// SaveRun keeps a run under its hash, and shows its cells, zone rows and gaps
	// as layers in place of those of the run before. Keeping the run that is shown
	// changes nothing; keeping an earlier one only shows it again. The run must
	// have been made on the dataset as it now stands, else the error is Conflict.
	SaveRun(ctx context.Context, run *coverage.Run, p coverage.Progress) error
	// Runs lists the kept runs, oldest first.
	Runs(ctx context.Context) ([]RunInfo, error)
	// Answer returns the kept answer of a run, the bytes of [Document].
	Answer(ctx context.Context, hash string) ([]byte, error)
	// Close frees what the store holds open.
	Close() error
}

// RunInfo names a kept run.
type RunInfo struct {
	Hash    string `json:"hash"`
	Version string `json:"version"` // of the program that made it
}
