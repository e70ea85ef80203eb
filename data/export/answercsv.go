package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"lifecircle/coverage"
	"lifecircle/coverage/analysis"
)

// CoverageCSV writes the rows of a coverage as the answer to a question: plain
// columns, numbers with as many digits as they have.
func CoverageCSV(w io.Writer, rows []coverage.Row) error {
	return answerCSV(w, []string{
		"standard", "kind", "mode", "threshold", "level", "zone", "name", "group", "setting",
		"population", "served", "share", "facilities", "target",
	}, len(rows), func(i int) []string {
		r := &rows[i]
		return []string{
			r.Standard, strings.Join(r.Kind, "+"), r.Mode, strings.ReplaceAll(threshold(r.Threshold), ", ", "; "), r.Level, r.Zone, r.Name, r.Group, r.Setting,
			digits(r.Population), digits(r.Served), digits(r.Share), strconv.Itoa(r.Facilities), digits(r.Target),
		}
	})
}

// SharingCSV writes what sharing across borders brings.
func SharingCSV(w io.Writer, rows []analysis.SharingRow) error {
	return answerCSV(w, []string{
		"standard", "level", "zone", "name", "group", "population", "own", "stated", "open", "share_own", "share_stated", "share_open", "gained", "could_gain",
	}, len(rows), func(i int) []string {
		r := &rows[i]
		return []string{
			r.Standard, r.Level, r.Zone, r.Name, r.Group, digits(r.Population), digits(r.Own), digits(r.Stated), digits(r.Open),
			digits(r.ShareOwn), digits(r.ShareStated), digits(r.ShareOpen), digits(r.Gained), digits(r.CouldGain),
		}
	})
}

func answerCSV(w io.Writer, head []string, n int, row func(i int) []string) error {
	out := csv.NewWriter(w)
	_ = out.Write(head) // errors are sticky: Flush and Error below
	for i := range n {
		_ = out.Write(row(i))
	}
	out.Flush()
	return out.Error()
}

func digits(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
