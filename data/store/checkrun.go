package store

import (
	"slices"

	"lifecircle/coverage"
)

// CheckRun reports whether a run was made on ds as it now stands: the inputs
// that the run names are the sources of ds, and its columns fit. The error is
// Conflict: somebody has imported or edited data since.
func CheckRun(ds *coverage.Dataset, run *coverage.Run) error {
	stale := &coverage.Error{Code: coverage.Conflict, Key: "store.run_stale"}
	if run.Hash == "" {
		return &coverage.Error{Code: coverage.Invalid, Key: "store.run_no_hash"}
	}
	if !slices.Equal(run.Inputs, ds.Sources) {
		return stale
	}
	n := 0
	if ds.Demand != nil {
		n = ds.Demand.Len()
	}
	for i := range run.Coverage {
		if !fits(&run.Coverage[i], n, int32(len(ds.Facilities))) {
			return stale
		}
	}
	return nil
}

// fits reports whether the columns of c are n long and name facilities that
// there are.
func fits(c *coverage.Coverage, n int, facilities int32) bool {
	if len(c.Cost) != n || len(c.Nearest) != n || len(c.Served) != n ||
		c.Within != nil && len(c.Within) != n || c.Judged != nil && len(c.Judged) != n {
		return false
	}
	for _, f := range c.Nearest {
		if f < -1 || f >= facilities {
			return false
		}
	}
	return true
}
