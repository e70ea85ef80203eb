package data

import "lifecircle/coverage"

// CheckReport is the answer of "lifecircle check --json".
type CheckReport struct {
	Usable   bool             `json:"usable"`
	RowsRead int64            `json:"rows_read"`
	Issues   []CheckIssue     `json:"issues"` // never null; of each key the first ones, unless all were kept
	Counts   map[string]int64 `json:"counts"`
	Kinds    []KindCount      `json:"kinds,omitempty"` // of the facilities, when the data are usable; see [KindCounts]
}

// CheckIssue is an issue of a report.
type CheckIssue struct {
	Key     string        `json:"key"`
	File    string        `json:"file"`
	Sheet   string        `json:"sheet"`
	Row     int           `json:"row"`
	Column  string        `json:"column"`
	Value   string        `json:"value"`
	Message coverage.Text `json:"message"`
	Fatal   bool          `json:"fatal"`
	At      []float64     `json:"at,omitempty"`      // longitude and latitude in WGS 84, when the place is known
	Element string        `json:"element,omitempty"` // of an OpenStreetMap extract: "n12", "w34" or "r56"
}

// Report puts issues into the form of the answer. usable is whether [Open]
// returned no error.
func Report(iss *coverage.Issues, usable bool) CheckReport {
	r := CheckReport{Usable: usable, RowsRead: iss.RowsRead, Issues: []CheckIssue{}, Counts: map[string]int64{}}
	for _, i := range iss.List() {
		told := CheckIssue{
			Key: i.Key, File: i.File, Sheet: i.Sheet, Row: i.Row, Column: i.Column, Value: i.Value, Message: i.Message(), Fatal: i.Fatal, At: placeOf(i),
		}
		if told.Element = i.Element(); told.Element != "" {
			told.Sheet = ""
		}
		r.Issues = append(r.Issues, told)
	}
	for _, k := range iss.Keys() {
		r.Counts[k] = iss.Count(k)
	}
	return r
}

func placeOf(i coverage.Issue) []float64 {
	lon, ok1 := i.Args["lon"].(float64)
	lat, ok2 := i.Args["lat"].(float64)
	if !ok1 || !ok2 {
		return nil
	}
	return []float64{lon, lat}
}
