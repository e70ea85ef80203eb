package store

import (
	"encoding/json"

	"lifecircle/coverage"
)

// Document is the kept answer of a run as canonical JSON: the run, its rows and
// its gaps without polygons. The same run gives the same bytes.
func Document(run *coverage.Run) ([]byte, error) {
	doc := struct {
		Run  *coverage.Run  `json:"run"`
		Rows []coverage.Row `json:"rows"`
		Gaps []coverage.Gap `json:"gaps"`
	}{Run: run, Rows: []coverage.Row{}, Gaps: []coverage.Gap{}}
	for i := range run.Coverage {
		doc.Rows = append(doc.Rows, run.Coverage[i].Rows...)
		doc.Gaps = append(doc.Gaps, run.Coverage[i].Gaps...)
	}
	return json.Marshal(doc)
}
