package features

import (
	"net/http"

	"lifecircle/api/problem"
	"lifecircle/api/route"
	"lifecircle/api/snapshot"
	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
)

// sharing answers what sharing across borders brings, as a table: zones with no
// shapes, which /zones has.
func sharing(w http.ResponseWriter, r *route.Request) error {
	level := r.Query.Get("level")
	if err := snapshot.CheckWord("level", level, r.Data.Levels()); err != nil {
		return err
	}
	if r.Query.Get("borders") == "" {
		return problem.Param("borders", "api.missing", coverage.Args{"name": "borders"})
	}
	choice, err := r.Query.Choice()
	if err != nil {
		return err
	}
	a, err := r.Data.Sharing(r.Context(), choice)
	if err != nil {
		return err
	}
	var hashes []string
	for _, run := range a.Runs {
		hashes = append(hashes, run.Hash)
	}
	if route.Fresh(w, r, hashes...) {
		return nil
	}
	said := *a
	said.Rows = []analysis.SharingRow{}
	for _, row := range a.Rows {
		if level == "" || row.Level == level || row.Level == "total" {
			said.Rows = append(said.Rows, row)
		}
	}
	return route.JSON(w, said)
}
