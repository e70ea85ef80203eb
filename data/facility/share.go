package facility

import (
	"lifecircle/coverage"
	"lifecircle/coverage/border"
	"lifecircle/data/source"
)

// readShare returns who else may use a facility, as it stands. Words that open it
// to nobody, as no zone is called so or several are, are told: where a question
// sets borders they would be missed.
func (f *facilityReader) readShare(rec *source.Record) string {
	text := rec.Cell(f.share)
	if text == "" {
		return text
	}
	if f.borders == nil {
		f.borders = border.New(f.Dataset.Zones)
	}
	_, faults := f.borders.Read(text)
	for _, fault := range faults {
		key := "facility.share"
		if fault.Zones > 0 {
			key = "facility.share_ambiguous"
		}
		f.Issues.Add(coverage.Issue{Ref: rec.Ref, Key: key, Column: f.r.Name(f.share), Value: text, Args: coverage.Args{"part": fault.Part, "zones": fault.Zones}})
	}
	return text
}
